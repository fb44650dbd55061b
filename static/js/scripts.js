// Does what the visitor chose before its form goes, and tells with the form what came of it. The same acts, with what
// each comes to, stand in webapp/lab/scripts/views.py.
const acts = {
  "set": () => document.cookie = "lab-written=rye; Path=/lab/scripts",
  "set-http-only": () => document.cookie = "lab-secret=rye; Path=/lab/scripts; HttpOnly",
  "set-prefix": () => document.cookie = "__Http-lab-a=rye; Path=/lab/scripts; Secure; HttpOnly",
  "replace": () => document.cookie = "lab-locked=wheat; Path=/lab/scripts",
  "delete": () => document.cookie = "lab-locked=; Max-Age=0; Path=/lab/scripts",
  "read": () => document.cookie,
  "store-set": () => cookieStore.set({ name: "lab-stored", value: "rye", path: "/lab/" }),
  "store-prefix": () => cookieStore.set({ name: "__Http-lab-b", value: "rye", path: "/lab/" }),
  "store-read": () => cookieStore.getAll(),
  "store-delete": () => cookieStore.delete({ name: "lab-open", path: "/lab/scripts" }),
};

// Of document.cookie, or of what getAll() gives, the names of the lab's cookies.
function names(read) {
  const all = typeof read === "string" ? read.split("; ").map((pair) => pair.split("=")[0]) : read.map((each) => each.name);
  return all.filter((name) => name.startsWith("lab-")).slice(0, 20).join(" ");
}

for (const form of document.querySelectorAll("form[data-act]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const act = form.dataset.act;
    const query = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) query.set(event.submitter.name, event.submitter.value);
    try {
      const result = await acts[act]();
      query.set("ran", "yes");
      if (act.endsWith("read")) query.set("read", names(result));
    } catch (error) {
      query.set("ran", error.name);
    }
    location.assign(`${form.action}?${query}`);
  });
}
