// An officer's private key under a passphrase; lianfang/sealing/keys.py is its twin.
// Needs libsodium-wrappers-sumo: the plain one has no Argon2id.
import { joined } from "./parts.js";

export const OPERATIONS = 3;
export const MEMORY = 64 * 1024 * 1024;
const NONCE = 24;

function keyOf(sodium, passphrase, salt, operations, memory) {
  return sodium.crypto_pwhash(
    32,
    passphrase,
    salt,
    operations,
    memory,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
}

export function wrap(sodium, pair, passphrase, operations = OPERATIONS, memory = MEMORY) {
  const salt = sodium.randombytes_buf(16);
  const nonce = sodium.randombytes_buf(NONCE);
  const key = keyOf(sodium, passphrase, salt, operations, memory);
  const sealed = joined(nonce, sodium.crypto_secretbox_easy(pair.privateKey, nonce, key));
  return { sealed, salt, operations, memory };
}

// Throws for a wrong passphrase.
export function unwrap(sodium, wrapped, passphrase, publicKey) {
  const { sealed, salt, operations, memory } = wrapped;
  const key = keyOf(sodium, passphrase, salt, operations, memory);
  const nonce = sealed.subarray(0, NONCE);
  const privateKey = sodium.crypto_secretbox_open_easy(sealed.subarray(NONCE), nonce, key);
  return { publicKey, privateKey };
}
