// Words of the page, libsodium when it is needed, and requests that carry no cookie.
import { find } from "../sealing/work.js";

export const words = document.getElementById("words")?.dataset ?? {};

// Sealing needs PBKDF2, which browsers have in secure contexts alone, and WebAssembly.
export const canSeal = () =>
  Boolean(globalThis.crypto?.subtle) && typeof WebAssembly === "object";

let loading;
export function sodium() {
  loading ??= import(words.sodium)
    .then(async ({ default: found }) => {
      await found.ready;
      return found;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

// What the server says in the language of the page; `again` asks for a fresh challenge.
export class Refused extends Error {
  constructor({ error, again }) {
    super(error);
    this.again = Boolean(again);
  }
}

async function asked(url, options = {}) {
  const headers = { "Accept-Language": document.documentElement.lang };
  const answer = await fetch(url, { credentials: "omit", cache: "no-store", headers, ...options });
  if (answer.status === 422) throw new Refused(await answer.json());
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

export const keys = () => asked(words.keys);

// Sends fields with the work done for `purpose`, and once more where the challenge was too old.
export async function send(url, purpose, fields) {
  const found = await sodium();
  for (let left = 1; ; left -= 1) {
    const { challenge, bits } = await keys();
    const body = new FormData();
    body.set("challenge", challenge);
    body.set("number", await find(found, challenge, purpose, bits));
    for (const [name, value] of fields) {
      body.append(name, value instanceof Uint8Array ? new Blob([value]) : value);
    }
    try {
      return await asked(url, { method: "POST", body });
    } catch (error) {
      if (!(error instanceof Refused && error.again && left)) throw error;
    }
  }
}

// Offers something as a file to keep.
export function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export const said = (error) => (error instanceof Refused ? error.message : words.network);

// Shows why nothing was sent, with a way to keep what was written.
export function watchRefusals(form, text) {
  const note = form.querySelector("[data-refused]");
  note.querySelector("[data-keep]").addEventListener("click", () => {
    save(`${words.filename}.txt`, "text/plain;charset=utf-8", text());
  });
  return (message) => {
    note.hidden = !message;
    note.querySelector("span").textContent = message;
    if (message) note.scrollIntoView({ block: "nearest" });
  };
}
