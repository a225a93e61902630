// The search key, and the print buttons.
export function watchKeys(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...page.querySelectorAll("input[type=search]")].find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}
