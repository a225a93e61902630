// The command palette: pages, acts and what was opened lately are filtered here, the rest is asked.
const WAIT = 220;
const MOST = 10;

export function watchPalette(page) {
  const lately = remember(page.body);
  const dialog = page.getElementById("palette");
  if (!dialog?.showModal) return;
  const palette = new Palette(dialog, lately);
  for (const button of page.querySelectorAll("[data-palette]")) button.hidden = false;
  page.addEventListener("keydown", (event) => {
    const isAsked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isAsked || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    palette.toggle();
  });
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || !event.target.closest("[data-palette]")) return;
    event.preventDefault();
    palette.toggle();
  });
}

// The marks of what this login opened in this tab, the last one first; the tab forgets them.
function remember(body) {
  const { recent, login } = body.dataset;
  if (!login) return () => [];
  const place = `lianfang.recent.${login}`;
  const kept = () => (sessionStorage.getItem(place) || "").split(",").filter(Boolean);
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("lianfang.recent.") && key !== place) sessionStorage.removeItem(key);
    }
    if (recent) {
      const marks = [recent, ...kept().filter((mark) => mark !== recent)];
      sessionStorage.setItem(place, marks.slice(0, MOST).join(","));
    }
    kept();
  } catch {
    return () => [];
  }
  body.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-leave]")) sessionStorage.removeItem(place);
  });
  return () => kept().filter((mark) => mark !== recent);
}

class Palette {
  constructor(dialog, lately) {
    this.dialog = dialog;
    this.lately = lately;
    this.box = dialog.querySelector("input");
    this.offered = dialog.querySelector("[data-offered]");
    this.found = dialog.querySelector("[data-found]");
    this.box.addEventListener("input", () => this.narrow());
    dialog.addEventListener("keydown", (event) => this.move(event));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }

  async toggle() {
    if (this.dialog.open) return this.dialog.close();
    this.box.value = "";
    this.found.replaceChildren();
    this.dialog.showModal();
    this.box.focus();
    await this.fill(this.offered, { recent: this.lately().join(",") });
    this.narrow();
  }

  async fill(place, asked) {
    this.asking?.abort();
    this.asking = new AbortController();
    const address = `${this.dialog.dataset.from}?${new URLSearchParams(asked)}`;
    try {
      const answer = await fetch(address, {
        headers: { "HX-Request": "true" },
        signal: this.asking.signal,
      });
      if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") place.replaceChildren();
    }
  }

  narrow() {
    const words = this.box.value.trim().toLowerCase();
    const parts = words.split(/\s+/);
    for (const section of this.offered.querySelectorAll("[data-offers]")) {
      let here = 0;
      for (const line of section.querySelectorAll("li")) {
        line.hidden = !parts.every((part) => line.dataset.words.includes(part));
        here += line.hidden ? 0 : 1;
      }
      section.hidden = here === 0;
    }
    clearTimeout(this.timer);
    if (!words) return this.found.replaceChildren();
    this.timer = setTimeout(() => this.fill(this.found, { q: words }), WAIT);
  }

  move(event) {
    const lines = [...this.dialog.querySelectorAll(".pal-list a")].filter((a) => a.offsetParent);
    const here = lines.indexOf(document.activeElement);
    if (event.key === "ArrowDown") lines[Math.min(here + 1, lines.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here > 0) lines[here - 1].focus();
    else if (event.key === "ArrowUp") this.box.focus();
    else if (event.key === "Enter" && document.activeElement === this.box && lines.length) {
      lines[0].click();
    } else return;
    event.preventDefault();
  }
}
