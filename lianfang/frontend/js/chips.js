// Clause chips and menus are <details>: close them on Escape or a click elsewhere, keep them in view.
const OPEN = "details.cl[open], details[data-menu][open], details.dd[open]";

export function watchChips(page) {
  page.addEventListener("click", (event) => {
    for (const open of page.querySelectorAll(OPEN)) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of page.querySelectorAll(OPEN)) {
      const within = open.contains(page.activeElement);
      open.open = false;
      if (within) open.querySelector("summary").focus();
    }
  });
  page.addEventListener("toggle", (event) => place(event.target), true);
}

function place(chip) {
  const pop = chip.matches("details.cl[open]") && chip.querySelector(".pop");
  if (!pop) return;
  chip.classList.remove("up");
  const edge = document.documentElement;
  if (pop.getBoundingClientRect().right > edge.clientWidth - 8) chip.classList.add("right");
  if (pop.getBoundingClientRect().left < 0) chip.classList.remove("right");
  const { bottom, height } = pop.getBoundingClientRect();
  const above = chip.getBoundingClientRect().top;
  if (bottom > edge.clientHeight && above > height + 60) chip.classList.add("up");
}
