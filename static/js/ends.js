// Asks the browser itself how long it keeps a cookie. Chromium's CookieStore tells; others give name and value only.
const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

// A length of time in the largest unit that tells it, but for the seconds that passed since the cookie came.
function inWords(seconds) {
  const [unit, size] = units.find(([, size]) => seconds > size / 2 && Math.abs(Math.round(seconds / size) * size - seconds) < 5) ?? units.at(-1);
  const style = { style: "unit", unit, unitDisplay: "long" };
  return new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, style).format(Math.round(seconds / size));
}

for (const told of document.querySelectorAll("[data-ends]")) {
  window.cookieStore?.getAll(told.dataset.ends).then((found) => {
    if (found.length !== 1 || !found[0].expires) return; // of two of the name it does not tell which is which
    told.textContent = told.textContent.replace("…", inWords((found[0].expires - Date.now()) / 1000));
    told.hidden = false;
  });
}
