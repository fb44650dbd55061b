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
