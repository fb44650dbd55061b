// Counts down what was left when the page was made.
for (const timer of document.querySelectorAll("[role=timer]")) {
  const end = performance.now() + timer.dataset.left * 1000;
  const tell = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left) setTimeout(tell, 1000);
  };
  tell();
}
