// The receipt and what follows from it; lianfang/sealing/receipts.py is its twin.
export const DIGITS = 16;
export const ROUNDS = 600000;
const TOKEN = 32;

export function newReceipt(sodium) {
  return Array.from({ length: DIGITS }, () => sodium.randombytes_uniform(10)).join("");
}

export const grouped = (receipt) => receipt.replace(/(.{4})(?=.)/g, "$1 ");

// The 16 digits somebody typed, or null.
export function typed(text) {
  const digits = text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\s\-‐‑–—·.]+/g, "");
  return new RegExp(`^[0-9]{${DIGITS}}$`).test(digits) ? digits : null;
}

// Needs a secure context: browsers have no PBKDF2 elsewhere.
export async function derive(sodium, receipt, salt, rounds = ROUNDS) {
  const subtle = globalThis.crypto.subtle;
  const digits = new TextEncoder().encode(receipt);
  const key = await subtle.importKey("raw", digits, "PBKDF2", false, ["deriveBits"]);
  const bits = await subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    key,
    (TOKEN + 32) * 8,
  );
  const found = new Uint8Array(bits);
  const pair = sodium.crypto_box_seed_keypair(found.subarray(TOKEN));
  return { token: found.slice(0, TOKEN), pair };
}
