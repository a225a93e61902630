// Parts of a report under a key of 32 bytes; lianfang/sealing/parts.py is its twin.
// `sodium` is libsodium, ready: the plain one does here, officers' pages have the larger one.
import { padded, unpadded } from "./padding.js";

export const FORMAT = 1;
export const BODY = "body";
export const IDENTITY = "identity";
const NONCE = 24;
const HEAD = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export const filePart = (number) => `file/${number}`;
export const letterPart = (letter) => `letter/${letter}`;
export const letterFilePart = (letter, number) => `${letterPart(letter)}/file/${number}`;

export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export const newKey = (sodium) => sodium.randombytes_buf(32);

export const boundTo = (report, name) => encoder.encode(`lianfang/${FORMAT}/${report}/${name}`);

export function sealPart(sodium, content, { key, report, name, nonce }) {
  const chosen = nonce ?? sodium.randombytes_buf(NONCE);
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    padded(content),
    boundTo(report, name),
    null,
    chosen,
    key,
  );
  return joined(chosen, sealed);
}

// Throws where the key is the wrong one, or the bytes are not what was sealed.
export function openPart(sodium, sealed, { key, report, name }) {
  return unpadded(
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      sealed.subarray(NONCE),
      boundTo(report, name),
      sealed.subarray(0, NONCE),
      key,
    ),
  );
}

export const written = (content) => encoder.encode(JSON.stringify(content));
export const read = (content) => JSON.parse(decoder.decode(content));

export function packedFile(content, { name, type }) {
  const head = written({ name, type });
  const length = new Uint8Array(HEAD);
  new DataView(length.buffer).setUint32(0, head.length);
  return joined(length, head, content);
}

export function unpackedFile(packed) {
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0);
  const { name, type } = read(packed.subarray(HEAD, HEAD + length));
  return { name, type, content: packed.slice(HEAD + length) };
}
