// Security keys: the browser's ceremony around a form with one hidden field for what the key answers.
// Where a browser has no such ceremony the form stays away, and a note says so.
const BYTES = ["challenge", "id", "rawId"];

export function offerSecurityKeys(page) {
  if (!window.PublicKeyCredential) return;
  for (const note of page.querySelectorAll("[data-security-key-missing]")) note.hidden = true;
  for (const form of page.querySelectorAll("form[data-security-key]")) offer(form);
}

function offer(form) {
  const { publicKey } = JSON.parse(document.getElementById(form.dataset.options).textContent);
  const broken = form.querySelector("[data-security-key-broken]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    broken.hidden = true;
    try {
      const ask = form.dataset.securityKey === "create" ? "create" : "get";
      const key = await navigator.credentials[ask]({ publicKey: opened(publicKey) });
      form.elements.credential.value = JSON.stringify(answer(key));
      form.submit();
    } catch {
      broken.hidden = false;
    }
  });
}

// What comes as text is bytes to the browser: the challenge, and the ids of keys and of the login.
function opened(value) {
  if (Array.isArray(value)) return value.map(opened);
  if (value === null || typeof value !== "object") return value;
  const isParty = "name" in value && !("displayName" in value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => [
        name,
        BYTES.includes(name) && typeof part === "string" && !isParty ? bytes(part) : opened(part),
      ]),
  );
}

function answer(key) {
  const { response } = key;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
    response: Object.fromEntries(
      parts.filter((part) => response[part]).map((part) => [part, text(response[part])]),
    ),
  };
}

function bytes(encoded) {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
