// What every officers' page shares: its data and words, how it asks the server, how it unlocks.
import { unwrap } from "../sealing/keys.js";

export const pageData = () => JSON.parse(document.getElementById("casework-data").textContent);

export const said = (word) =>
  document
    .getElementById("casework-words")
    .content.querySelector(`[data-word="${word}"]`)
    .textContent.trim();

export const bytesOf = (sodium, text) =>
  sodium.from_base64(text, sodium.base64_variants.ORIGINAL);
export const textOf = (sodium, bytes) => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);

async function asked(url, body) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body ?? {}),
  });
  if (answer.status === 422) throw new Error((await answer.json()).error);
  if (!answer.ok || answer.redirected) throw new Error(said("refused"));
  return answer;
}

export const ask = async (url, body) => (await asked(url, body)).json();
export const askBytes = async (url) => new Uint8Array(await (await asked(url)).arrayBuffer());

export function tell(form, text) {
  const place = form.querySelector("[data-told]");
  place.hidden = !text;
  place.textContent = text ?? "";
  if (text) place.focus();
}

// Runs a deed with the buttons of a form off; what it throws is told beside them.
export async function busy(form, deed) {
  const buttons = form.querySelectorAll("button");
  tell(form, "");
  buttons.forEach((button) => (button.disabled = true));
  form.setAttribute("aria-busy", "true");
  try {
    // let the browser show that it is at work before a second of computing
    await new Promise((go) => setTimeout(go, 20));
    await deed();
  } catch (error) {
    tell(form, error.message);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
    form.removeAttribute("aria-busy");
  }
}

export function onSubmit(form, deed) {
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form, () => deed(form));
  });
}

// The pair of an officer's key, or an error that says the passphrase is wrong.
export function opened(sodium, key, passphrase) {
  const wrapped = {
    sealed: bytesOf(sodium, key.wrapped),
    salt: bytesOf(sodium, key.salt),
    operations: key.operations,
    memory: key.memory,
  };
  let pair;
  try {
    pair = unwrap(sodium, wrapped, passphrase, bytesOf(sodium, key.public));
  } catch {
    throw new Error(said("wrong"));
  }
  window.addEventListener("pagehide", () => pair.privateKey.fill(0), { once: true });
  return pair;
}
