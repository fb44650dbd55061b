// Keeps what is being typed as a draft: a closed tab or a log-in that ended loses nothing. The server sets the cookie.
const form = document.querySelector("form.drafted");
const typed = () => [form.elements.title?.value, form.elements.text.value].join("\n");
let saved = typed();
let timer;
let sending;
let sent = false;

function keep() {
  clearTimeout(timer);
  if (sent || typed() === saved) return;
  saved = typed();
  const body = new URLSearchParams(new FormData(form));
  body.set("script", "yes");
  sending = new AbortController();
  const options = { method: "POST", body, credentials: "same-origin", keepalive: true, signal: sending.signal };
  // Nothing to say is the rule: else it was too long, or the oldest draft had to go.
  fetch(form.elements.keep.formAction, options)
    .then((answer) => answer.text())
    .then((text) => (form.querySelector("[data-kept]").textContent = text))
    .catch(() => {});
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 1500);
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "preview") return;
  // A draft that arrives after the post would bring the text back.
  sent = true;
  clearTimeout(timer);
  sending?.abort();
});
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => document.hidden && keep());
addEventListener("pageshow", (event) => {
  if (event.persisted) sent = false;
});
