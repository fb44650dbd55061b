// Says of each picture that came what its host does; until then its text says that the host does not answer.
for (const picture of document.querySelectorAll("img[data-there]")) {
  const say = () => { if (picture.naturalWidth) picture.alt = picture.dataset.there; };
  picture.addEventListener("load", say);
  say();
}
