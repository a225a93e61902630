// The files somebody picked: each is cleaned at once, and the page says what was done.
import { Refused, words } from "./asking.js";
import { cleaned } from "./cleaning.js";

const MEGABYTE = 1000 * 1000;

export function watchFiles(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-picked]");
  let found = [];

  async function told(file, large) {
    const item = document.createElement("li");
    item.textContent = `${file.name} · …`;
    list.append(item);
    const one = large ? { said: "large" } : await cleaned(file);
    item.textContent = `${file.name} · ${words[one.said]}`;
    item.className = one.said;
    return one;
  }

  input?.addEventListener("change", () => {
    list.replaceChildren();
    const [most, mb] = [Number(input.dataset.most), Number(input.dataset.mb)];
    found = [...input.files].map((file) => told(file, file.size > mb * MEGABYTE));
    if (found.length > most) {
      const item = document.createElement("li");
      item.className = "large";
      item.textContent = words.many;
      list.append(item);
    }
  });
  return {
    async files() {
      const all = await Promise.all(found);
      if (all.length > Number(input?.dataset.most ?? 0)) throw new Refused({ error: words.many });
      return all.filter(({ content }) => content);
    },
    clear() {
      found = [];
      list?.replaceChildren();
      if (input) input.value = "";
    },
  };
}
