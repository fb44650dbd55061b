// Asks this browser what it has of what the page tells, by the keys in webapp/lab/soon/views.py; undefined is no answer.
const twin = (rest) => document.cookie = `lab-twin=1; Path=/lab/soon; Secure; ${rest}`;

// A cookie and its partitioned twin have one name, and are two where the partition is part of what a cookie is.
function partitioned() {
  const lives = ["Max-Age=60", "Max-Age=60; Partitioned"];
  lives.forEach(twin);
  const held = document.cookie.split("; ").filter((pair) => pair === "lab-twin=1").length;
  lives.map((life) => life.replace("60", "0")).forEach(twin);
  return held ? held === 2 : undefined;
}

const asks = {
  "partitioned": partitioned,
  "storage-access": () => "requestStorageAccess" in document,
  "fedcm": () => isSecureContext ? "IdentityCredential" in window : undefined,
  "passkeys": () => isSecureContext ? "PublicKeyCredential" in window : undefined,
};

for (const place of document.querySelectorAll("[data-asked]")) {
  const has = { true: "yes", false: "no" }[asks[place.dataset.asked]()] ?? "unknown";
  place.dataset.has = has;
  place.textContent = place.closest("[data-yes]").dataset[has];
}
