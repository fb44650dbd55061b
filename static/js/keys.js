// A clicker's keys, in presenter mode: forward, back, and a black screen. All of it can be done without.
const root = document.documentElement;
const steps = {
  PageDown: "next",
  PageUp: "previous",
  [root.dir === "rtl" ? "ArrowLeft" : "ArrowRight"]: "next",
  [root.dir === "rtl" ? "ArrowRight" : "ArrowLeft"]: "previous",
};
let gone = false;

function go(where, event) {
  const target = document.querySelector(`[data-key=${where}], a[rel~=${where === "next" ? "next" : "prev"}]`);
  if (!target) return;
  event.preventDefault();
  if (!gone) target.click(); // a second press before the next page is there would leave a step out
  gone = true;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, select, textarea")) return;
  // A clicker presses the place of the key, whatever the keyboard's language writes there; a person, the sign.
  if (["Period", "KeyB"].includes(event.code) || [".", "b"].includes(event.key)) root.toggleAttribute("data-blank");
  else if (event.key === "Escape") root.removeAttribute("data-blank");
  else if (event.key in steps) go(steps[event.key], event);
});
addEventListener("pageshow", () => {
  gone = false;
});
