// A whole report or letter, sealed in one go; lianfang/sealing/filing.py is its twin.
import { sealKey, split } from "./envelopes.js";
import { lettersPair, sealLetter } from "./letters.js";
import {
  BODY,
  filePart,
  IDENTITY,
  letterFilePart,
  newKey,
  packedFile,
  sealPart,
  written,
} from "./parts.js";

function envelopes(sodium, kind, key, to) {
  return to.map(({ id, publicKey }) => ({ key: id, kind, sealed: sealKey(sodium, key, publicKey) }));
}

function sealedFile(sodium, file, { key, report, name }) {
  return { name, sealed: sealPart(sodium, packedFile(file.content, file), { key, report, name }) };
}

// `readers` and `witnesses` are {id, publicKey}; `files` are {name, type, content}.
export function sealReport(sodium, { report, body, files, identity, readers, witnesses }) {
  if (!readers.length || (identity && !witnesses.length)) {
    throw new Error("There is nobody to whom this could be sealed");
  }
  const key = newKey(sodium);
  const found = {
    report,
    body: sealPart(sodium, written(body), { key, report, name: BODY }),
    lettersKey: lettersPair(sodium, key).publicKey,
    envelopes: envelopes(sodium, "content", key, readers),
    files: files.map((file, at) =>
      sealedFile(sodium, file, { key, report, name: filePart(at + 1) }),
    ),
    identity: new Uint8Array(),
  };
  if (identity) {
    const own = newKey(sodium);
    const [one, other] = split(sodium, own);
    found.envelopes.push(...envelopes(sodium, "identity_a", one, readers));
    found.envelopes.push(...envelopes(sodium, "identity_b", other, witnesses));
    found.identity = sealPart(sodium, written(identity), { key: own, report, name: IDENTITY });
  }
  return found;
}

// `office` is the report's public key for letters; with `sender` it is an answer.
export function sealFurther(sodium, { report, letter, office, sender, content, files }) {
  const key = newKey(sodium);
  return {
    letter,
    sealed: sealLetter(sodium, written(content), { key, report, letter, office, sender }),
    files: files.map((file, at) =>
      sealedFile(sodium, file, { key, report, name: letterFilePart(letter, at + 1) }),
    ),
  };
}
