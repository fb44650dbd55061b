// Asks the browser itself how long it keeps a cookie. Chromium's CookieStore tells; others give name and value only.

// A length of time in whole days, as the page has it; below one in whole hours, minutes or seconds. It is less by the
// moment that passed since the cookie came.
function inWords(seconds) {
  const minutes = Math.round(seconds / 60);
  const days = Math.floor((minutes + 10) / 1440);
  const [count, unit] = days ? [days, "day"]
    : minutes && minutes % 60 === 0 ? [minutes / 60, "hour"]
    : minutes ? [minutes, "minute"]
    : [Math.round(seconds), "second"];
  const style = { style: "unit", unit, unitDisplay: "long" };
  return new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, style).format(count);
}

for (const told of document.querySelectorAll("[data-ends]")) {
  window.cookieStore?.getAll(told.dataset.ends).then((found) => {
    // Of several of a name, and of one that no script sees, only the value may tell which it is.
    const [cookie, another] = found.filter((each) => each.value === told.dataset.value);
    if (another || !cookie?.expires) return;
    told.textContent = told.textContent.replace("…", inWords((cookie.expires - Date.now()) / 1000));
    told.hidden = false;
  });
}
