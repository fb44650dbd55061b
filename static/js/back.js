// A page that Back brings from the browser's memory, or that was fetched ahead, is asked for again if it is out of date.
// In a block: the page's other scripts have names of their own.
{
  const { ahead, asks, held } = document.currentScript.dataset;
  let typed = false;

  addEventListener("input", () => {
    typed = true;
  });
  addEventListener("submit", () => {
    typed = false;
  });
  addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    const now = await fetch(asks, { cache: "no-store" }).then(
      (answer) => (answer.ok ? answer.text() : held),
      () => held,
    );
    // What is told from the record is out of date with whatever was asked for since.
    const old = now !== held || document.querySelector("[data-recorded]") !== null;
    if (old && !typed) location.reload();
    // What somebody is typing is worth more than what the page shows beside it.
    for (const note of document.querySelectorAll("[data-restored]")) note.hidden = old !== (note.dataset.restored === "old");
  });
  if (ahead !== undefined) {
    if (document.prerendering) document.addEventListener("prerenderingchange", () => location.reload());
    else location.reload();
  }
}
// What is half typed in one form is still there when another one, such as the dock's, has led back to the page.
// Where cookies are blocked, so is this store.
if (navigator.cookieEnabled) {
  const TYPED = "typed";
  const place = (field) => `${field.form.getAttribute("action")} ${field.name}`;
  const fields = () =>
    [...document.querySelectorAll("textarea, input:is([type=text], [type=search])")].filter((field) => field.form);
  const before = JSON.parse(sessionStorage.getItem(TYPED) ?? "{}");

  sessionStorage.removeItem(TYPED);
  for (const field of fields()) field.value = before[place(field)] ?? field.value;
  addEventListener("submit", (event) => {
    const typed = fields().filter((field) => field.form !== event.target && field.value !== field.defaultValue);
    sessionStorage.setItem(TYPED, JSON.stringify(Object.fromEntries(typed.map((field) => [place(field), field.value]))));
  });
}
