// A small proof of work; lianfang/sealing/work.py is its twin.
const AT_ONCE = 2000;

function zeroBits(digest) {
  let bits = 0;
  for (const byte of digest) {
    if (byte) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}

export const isDone = (sodium, challenge, purpose, number, bits) =>
  zeroBits(sodium.crypto_generichash(32, `${challenge}/${purpose}/${number}`)) >= bits;

// Lets the page breathe between its steps.
export async function find(sodium, challenge, purpose, bits) {
  for (let number = 0; ; number += 1) {
    if (isDone(sodium, challenge, purpose, number, bits)) return number;
    if (number % AT_ONCE === AT_ONCE - 1) await new Promise((go) => setTimeout(go));
  }
}
