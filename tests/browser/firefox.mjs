// Drives one Firefox over WebDriver BiDi for the Python tests: a line of JSON asks, a line of JSON answers.
//
// In:  {"do": "open", "tab": 0, "url": "http://..."}
// Out: {"result": ...} or {"error": "what went wrong"}

import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const LIMIT = 45_000; // milliseconds that a single step may take

let browser;
let tabs = [];
let opened; // the answer to the last `open`

const seconds = (cookie) => (cookie.session || cookie.expires === undefined || cookie.expires < 0 ? null : cookie.expires);

async function fillIn(page, selector, value) {
  await page.$eval(selector, (field) => { field.value = ""; });
  await page.type(selector, value);
}

// A page without scripts never tells where an element is, so that no mouse finds it.
async function click(page, selector, scripts) {
  await (scripts ? page.click(selector) : page.$eval(selector, (element) => element.click()));
}

async function press(page, selector, scripts) {
  await Promise.all([page.waitForNavigation(), click(page, selector, scripts)]);
}

const steps = {
  async launch({ executable, profile, preferences, insecure }) {
    browser = await puppeteer.launch({
      browser: "firefox",
      protocol: "webDriverBiDi",
      executablePath: executable,
      headless: true,
      userDataDir: profile,
      extraPrefsFirefox: preferences,
      acceptInsecureCerts: insecure,
      defaultViewport: null,
    });
    tabs = await browser.pages();
    return browser.version();
  },
  async tabs({ count }) {
    while (tabs.length < count) tabs.push(await browser.newPage());
  },
  async open({ tab, url, anew }) {
    if (anew) {
      const [old, fresh] = [tabs[tab], await browser.newPage()];
      tabs[tab] = fresh;
      await old.close();
    }
    opened = await tabs[tab].goto(url);
    return opened.status();
  },
  async openAll({ urls }) {
    const answers = await Promise.all(urls.map((url, tab) => tabs[tab].goto(url)));
    return answers.map((answer) => answer.status());
  },
  async pressAll({ selector }) {
    const soon = (page) => page.$eval(selector, (button) => { setTimeout(() => button.click()); });
    await Promise.all(tabs.map((page) => Promise.all([page.waitForNavigation(), soon(page)])));
  },
  async typeAndClose({ url, selector, value }) {
    const page = await browser.newPage();
    await page.goto(url);
    await page.type(selector, value);
    await page.close({ runBeforeUnload: true });
  },
  source: () => opened.text(),
  run: ({ tab, script, argument }) => tabs[tab].evaluate(`(${script})(${JSON.stringify(argument)})`),
  fill: ({ tab, selector, value }) => fillIn(tabs[tab], selector, value),
  choose: ({ tab, selector, value }) => tabs[tab].select(selector, value),
  press: ({ tab, selector, scripts }) => press(tabs[tab], selector, scripts),
  click: ({ tab, selector, scripts }) => click(tabs[tab], selector, scripts),
  async cookies() {
    return (await browser.cookies()).map((cookie) => ({
      name: cookie.name, value: cookie.value, domain: cookie.domain, path: cookie.path, http_only: cookie.httpOnly,
      secure: cookie.secure, same_site: cookie.sameSite ?? "", expires: seconds(cookie),
    }));
  },
  async plant({ cookies }) {
    await browser.setCookie(...cookies.map((cookie) => ({
      name: cookie.name, value: cookie.value, domain: cookie.domain, path: cookie.path, httpOnly: cookie.http_only,
      secure: cookie.secure, sameSite: cookie.same_site, expires: cookie.expires === null ? undefined : Math.round(cookie.expires),
    })));
  },
  async forget() {
    await browser.deleteCookie(...(await browser.cookies()));
  },
  async renew() {
    const fresh = await browser.newPage();
    for (const page of await browser.pages()) if (page !== fresh) await page.close();
    tabs = [fresh];
  },
  async close() {
    await browser?.close();
    browser = undefined;
  },
};

function late(name) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`${name} took too long`)), LIMIT).unref());
}

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { result: (await Promise.race([steps[name](rest), late(name)])) ?? null };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}

// The tests have ended, however they did.
await steps.close();
