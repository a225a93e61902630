// The files somebody picked: each is cleaned at once, and the page says what was done.
import { Refused, words } from "./asking.js";
import { classOf } from "../sealing/padding.js";
import { cleaned } from "./cleaning.js";

const MEGABYTE = 1000 * 1000;
// lianfang/portal/rules/limits.py is its twin: sealed, each file fills its size class
const [NAME_ROOM, AROUND] = [4096, 24 + 16];

const sealedSize = ({ content }) => classOf(content.length + NAME_ROOM) + AROUND;

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

  // What keeps these files from being sent, in words; empty where nothing does.
  async function amiss() {
    const all = await Promise.all(found);
    if (all.length > Number(input?.dataset.most ?? 0)) return words.many;
    const sizes = all.filter(({ content }) => content).map(sealedSize);
    const together = sizes.reduce((sum, size) => sum + size, 0);
    return together > Number(input?.dataset.together ?? 0) ? words.together : "";
  }

  input?.addEventListener("change", async () => {
    list.replaceChildren();
    const mb = Number(input.dataset.mb);
    const picked = [...input.files].map((file) => told(file, file.size > mb * MEGABYTE));
    found = picked;
    const error = await amiss();
    if (!error || found !== picked) return;
    const item = document.createElement("li");
    item.className = "large";
    item.textContent = error;
    list.append(item);
  });
  return {
    async files() {
      const error = found.length ? await amiss() : "";
      if (error) throw new Refused({ error });
      return (await Promise.all(found)).filter(({ content }) => content);
    },
    clear() {
      found = [];
      list?.replaceChildren();
      if (input) input.value = "";
    },
  };
}
