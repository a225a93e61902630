// The receipt: what it leads to is fetched sealed, and opened here.
import { sealFurther } from "../sealing/filing.js";
import { keyForSender, openLetter } from "../sealing/letters.js";
import { read } from "../sealing/parts.js";
import { derive, typed } from "../sealing/receipts.js";
import { canSeal, keys, said, save, send, sodium, watchRefusals, words } from "./asking.js";
import { watchFiles } from "./files.js";

export function watchFollow(page) {
  const form = page.querySelector("[data-follow]");
  if (!form || !canSeal()) return;
  const status = form.querySelector("[data-status]");
  const wrong = form.querySelector("[data-wrong]");
  const found = page.getElementById("found");
  const more = found.querySelector("[data-further]");
  let own = null;

  function tell(message) {
    wrong.textContent = message;
    wrong.hidden = !message;
    form.elements.receipt.toggleAttribute("aria-invalid", Boolean(message));
  }

  form.addEventListener("focusin", () => sodium().catch(() => {}), { once: true });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const receipt = typed(form.elements.receipt.value);
    tell(receipt ? "" : words.digits);
    if (!receipt) return;
    status.textContent = words.looking;
    try {
      const loaded = await sodium();
      const { salt } = await keys();
      own = await derive(loaded, receipt, loaded.from_hex(salt));
      await look(loaded);
      form.hidden = true;
      page.querySelector("main > .pubh1").textContent = words.found;
      page.querySelector("main > .lead").hidden = true;
      found.hidden = false;
      found.focus();
    } catch (error) {
      tell(said(error));
    } finally {
      status.textContent = "";
    }
  });

  async function look(loaded) {
    const token = loaded.to_hex(own.token);
    const answer = await send(words.open, token, [["token", token]]);
    Object.assign(own, answer);
    const place = found.querySelector("[data-case]");
    place.innerHTML = answer.html;
    for (const letter of place.querySelectorAll("[data-sealed]")) {
      letter.textContent = opened(loaded, letter.dataset);
    }
    found.querySelector("[data-more]").hidden = answer.destroyed;
  }

  function opened(loaded, { letter, sealed }) {
    try {
      const bytes = Uint8Array.from(atob(sealed), (one) => one.charCodeAt(0));
      const key = keyForSender(loaded, bytes, own.pair);
      return read(openLetter(loaded, bytes, { key, report: own.report, letter })).text;
    } catch {
      return words.unanswered;
    }
  }

  found.querySelector("[data-slip]").addEventListener("click", () => {
    save(`filing-${own.slip.on}.json`, "application/json", JSON.stringify(own.slip, null, 1));
  });

  const picked = watchFiles(more);
  const refuse = watchRefusals(more, () => more.elements.text.value);
  const button = more.querySelector("button[type=submit]");
  const doing = more.querySelector("[data-status]");
  let [told, letter] = ["", null];
  more.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!more.reportValidity() || button.disabled) return;
    button.disabled = true;
    refuse("");
    doing.textContent = words.sending;
    try {
      await add(await sodium());
    } catch (error) {
      refuse(said(error));
    } finally {
      button.disabled = false;
      doing.textContent = "";
    }
  });

  async function add(loaded) {
    const [text, files] = [more.elements.text.value.trim(), await picked.files()];
    const content = JSON.stringify([text, files.map(({ name }) => name)]);
    // the same letter again until it is known to have arrived
    if (told !== content) {
      letter = sealFurther(loaded, {
        report: own.report,
        letter: crypto.randomUUID(),
        office: loaded.from_hex(own.letters_key),
        content: { format: 1, text },
        files,
      });
      told = content;
    }
    const token = loaded.to_hex(own.token);
    await send(words.add, token, [
      ["token", token],
      ["letter", letter.letter],
      ["sealed", letter.sealed],
      ...letter.files.map((file) => ["files", file.sealed]),
    ]);
    [told, letter] = ["", null];
    more.elements.text.value = "";
    picked.clear();
    await look(loaded);
  }
}
