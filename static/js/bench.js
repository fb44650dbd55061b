// Lets the cookies' age count, and looks again when the table may have changed: on coming back, and after two minutes.
const age = document.querySelector("[data-age]");
const began = Date.now() - 1000 * age.dataset.age;
const young = age.dataset.age < 120;
const language = `${document.documentElement.lang}-u-nu-latn`;
const seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" });

setInterval(() => {
  const passed = Math.floor((Date.now() - began) / 1000);
  age.textContent = age.dataset.said.replace("…", seconds.format(passed));
  if (young && passed > 120) location.reload();
}, 1000);
document.addEventListener("visibilitychange", () => document.hidden || location.reload());
addEventListener("pageshow", (event) => event.persisted && location.reload());
