// What a learner does on a page, by what is in sight of it. Of links and buttons the words are found as
// tests/lessons/controls.py finds them; words are regular expressions. Run in the page: the first word says what.
([what, ...details]) => {
  const seen = (element) => element?.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const plain = (text) => text.replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
  const own = (element) =>
    plain([...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(""));
  const says = (words, text) => new RegExp(`^(?:${words})$`).test(text);
  const up = (element) => (element ? [element, ...up(element.parentElement)] : []);

  // Without what is for speech alone, and without the prefix of a name.
  function text(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".visually-hidden").forEach((part) => part.remove());
    return plain(copy.textContent).replace(/^__(Host|Secure)-/, "");
  }

  // The page itself, without bar and dock.
  const inSight = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => !element.closest(".lesson, .dock") && seen(element));

  function mark(element, name) {
    document.querySelectorAll(`[${name}]`).forEach((marked) => marked.removeAttribute(name));
    element?.setAttribute(name, "");
  }

  const acts = {
    // Marks the link or button, and tells how many there are that lead elsewhere.
    find(kind, words, near) {
      const wanted = (part) => says(words, text(part)) || says(words, own(part));
      let found = inSight(kind).filter((element) => [element, ...element.querySelectorAll("*")].some(wanted));
      if (near) {
        const marks = inSight("body *").filter((element) => says(near, text(element)));
        const places = new Set(marks.flatMap((element) => up(element.parentElement)));
        const depth = (element) => up(up(element).find((place) => places.has(place))).length;
        const most = Math.max(...found.map(depth));
        found = found.filter((element) => depth(element) === most);
      }
      mark(found[0], "data-found");
      return new Set(found.map((element) => element.href || element)).size;
    },
    // Marks the first link that a selector finds, and tells how many there are.
    pick(selector) {
      const found = inSight(selector);
      mark(found[0], "data-found");
      return found.length;
    },
    // Marks the field in the form of that button, and tells its kind; null for none or several.
    field(label) {
      const called = (field) => field.ariaLabel || [...(field.labels ?? [])].map(text).join(" ");
      const found = [...document.querySelector("[data-found]").form.elements].filter(
        (field) => says(label, called(field)) && [field, ...(field.labels ?? [])].some(seen),
      );
      mark(found[0], "data-field");
      return found.length === 1 ? found[0].type : null;
    },
    // The value of an option of that field.
    option: (words) =>
      [...document.querySelector("[data-field]").options].find((option) => says(words, text(option))).value,
    // What the bar says.
    bar: () => plain(document.querySelector(".lesson")?.textContent ?? ""),
    // Whether the page is at an address, or the bar has a link in sight that leads there.
    leads(address) {
      const link = document.querySelector(".lesson-do b + a");
      const reached = [location.href.split("#")[0], ...(seen(link) ? [link.href] : [])];
      return reached.includes(new URL(address, location.href).href);
    },
    // Unfolds the menu, and tells whether it was folded.
    unfold() {
      const fold = document.querySelector(".top details.fold:not([open]) > summary");
      const folded = Boolean(seen(fold));
      if (folded) fold.click();
      return folded;
    },
  };
  return acts[what](...details);
}
