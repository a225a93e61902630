// Letters that follow a report; lianfang/sealing/letters.py is its twin.
import { openKey, SEALED_KEY, sealKey } from "./envelopes.js";
import { joined, letterPart, openPart, sealPart } from "./parts.js";

export function lettersPair(sodium, reportKey) {
  const seed = sodium.crypto_generichash(32, "lianfang/1/letters", reportKey);
  return sodium.crypto_box_seed_keypair(seed);
}

// `office` is the report's public key for letters; `sender` the sender's, for an answer.
export function sealLetter(sodium, content, { key, report, letter, office, sender }) {
  const envelopes = [office, sender].filter(Boolean).map((to) => sealKey(sodium, key, to));
  const part = sealPart(sodium, content, { key, report, name: letterPart(letter) });
  return joined(Uint8Array.of(envelopes.length), ...envelopes, part);
}

function envelopeOf(sealed, place) {
  if (place >= sealed[0]) throw new Error("This letter has no envelope for this reader");
  return sealed.subarray(1 + SEALED_KEY * place, 1 + SEALED_KEY * (place + 1));
}

export const keyForOffice = (sodium, sealed, reportKey) =>
  openKey(sodium, envelopeOf(sealed, 0), lettersPair(sodium, reportKey));

export const keyForSender = (sodium, sealed, pair) =>
  openKey(sodium, envelopeOf(sealed, 1), pair);

export function openLetter(sodium, sealed, { key, report, letter }) {
  const part = sealed.subarray(1 + SEALED_KEY * sealed[0]);
  return openPart(sodium, part, { key, report, name: letterPart(letter) });
}
