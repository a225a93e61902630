// Keys sealed to public keys; lianfang/sealing/envelopes.py is its twin.
// A pair is {publicKey, privateKey}, as libsodium makes them.
export const ALGORITHM = "x25519-sealedbox-1";
export const SEALED_KEY = 80;

export const newPair = (sodium) => sodium.crypto_box_keypair();

export const sealKey = (sodium, key, publicKey) => sodium.crypto_box_seal(key, publicKey);

export const openKey = (sodium, sealed, pair) =>
  sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey);

export function split(sodium, key) {
  const half = sodium.randombytes_buf(key.length);
  return [half, joinedKey(key, half)];
}

// The key whose two halves these are.
export function joinedKey(one, other) {
  if (one.length !== other.length) throw new Error("These are not two halves of a key");
  return one.map((byte, at) => byte ^ other[at]);
}
