// Asks the browser itself how long it keeps a cookie. Chromium's CookieStore tells; others give name and value only.
const days = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: "unit", unit: "day", unitDisplay: "long" });

for (const told of document.querySelectorAll("[data-ends]")) {
  window.cookieStore?.get(told.dataset.ends).then((cookie) => {
    if (!cookie?.expires) return;
    told.textContent = told.textContent.replace("…", days.format(Math.round((cookie.expires - Date.now()) / 86400000)));
    told.hidden = false;
  });
}
