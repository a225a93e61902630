// The browser's side of the format, run by test_twin.py: reads a task, says what it found.
import { readFileSync } from "node:fs";
import sodiumPlain from "libsodium-wrappers";
import sodiumSumo from "libsodium-wrappers-sumo";
import * as envelopes from "../../frontend/js/sealing/envelopes.js";
import * as filing from "../../frontend/js/sealing/filing.js";
import * as keys from "../../frontend/js/sealing/keys.js";
import * as letters from "../../frontend/js/sealing/letters.js";
import * as padding from "../../frontend/js/sealing/padding.js";
import * as parts from "../../frontend/js/sealing/parts.js";
import * as receipts from "../../frontend/js/sealing/receipts.js";
import * as work from "../../frontend/js/sealing/work.js";

await sodiumPlain.ready;
await sodiumSumo.ready;
const sodium = sodiumPlain;
const hex = sodium.to_hex;
const bytes = sodium.from_hex;
const task = JSON.parse(readFileSync(0, "utf-8"));
const pairOf = ({ public_key, secret_key }) => ({
  publicKey: bytes(public_key),
  privateKey: bytes(secret_key),
});
const idOf = ({ id, public_key }) => ({ id, publicKey: bytes(public_key) });

const does = {
  async vectors({ padding: pads, part, receipt, letters: pair, envelope, wrapped, work: done }) {
    const key = bytes(part.key);
    const bound = { key, report: part.report, name: part.name };
    const found = await receipts.derive(sodium, receipt.digits, bytes(receipt.salt), receipt.rounds);
    const own = keys.unwrap(
      sodiumSumo,
      { ...wrapped, sealed: bytes(wrapped.sealed), salt: bytes(wrapped.salt) },
      wrapped.passphrase,
      bytes(wrapped.public_key),
    );
    return {
      classes: pads.map(([length]) => [length, padding.classOf(length)]),
      sealed: hex(
        parts.sealPart(sodium, parts.written(part.content), { ...bound, nonce: bytes(part.nonce) }),
      ),
      opened: parts.read(parts.openPart(sodium, bytes(part.sealed), bound)),
      typed: receipts.typed(receipt.typed),
      token: hex(found.token),
      public: hex(found.pair.publicKey),
      letters: hex(letters.lettersPair(sodium, key).publicKey),
      key: hex(envelopes.openKey(sodium, bytes(envelope.sealed), pairOf(envelope))),
      secret: hex(own.privateKey),
      number: await work.find(sodium, done.challenge, done.purpose, done.bits),
      expected_letters: pair.public_key,
    };
  },
  seal({ report, letter, body, identity, file, readers, witnesses, sender }) {
    const found = filing.sealReport(sodium, {
      report,
      body,
      files: [{ ...file, content: bytes(file.content) }],
      identity,
      readers: readers.map(idOf),
      witnesses: witnesses.map(idOf),
    });
    const further = (to) =>
      filing.sealFurther(sodium, {
        report,
        letter,
        office: found.lettersKey,
        sender: to,
        content: body,
        files: [{ ...file, content: bytes(file.content) }],
      });
    const told = ({ name, sealed }) => [name, hex(sealed)];
    const [more, answer] = [further(), further(bytes(sender))];
    const wrapped = keys.wrap(sodiumSumo, pairOf(readers[0]), "通行短语 phrase", 2, 32 << 20);
    return {
      body: hex(found.body),
      identity: hex(found.identity),
      letters_key: hex(found.lettersKey),
      envelopes: found.envelopes.map(({ key, kind, sealed }) => [key, kind, hex(sealed)]),
      files: found.files.map(told),
      letter: hex(more.sealed),
      letter_files: more.files.map(told),
      answer: hex(answer.sealed),
      wrapped: { ...wrapped, sealed: hex(wrapped.sealed), salt: hex(wrapped.salt) },
    };
  },
  open({ report, letter, name, reader, witness, sender, sealed }) {
    const key = envelopes.openKey(sodium, bytes(sealed.content), pairOf(reader));
    const identityKey = envelopes.joinedKey(
      envelopes.openKey(sodium, bytes(sealed.identity_a), pairOf(reader)),
      envelopes.openKey(sodium, bytes(sealed.identity_b), pairOf(witness)),
    );
    const open = (part, by, called) =>
      parts.openPart(sodium, bytes(part), { key: by, report, name: called });
    const file = parts.unpackedFile(open(sealed.file, key, name));
    const answer = bytes(sealed.answer);
    const forOffice = letters.keyForOffice(sodium, answer, key);
    const forSender = letters.keyForSender(sodium, answer, pairOf(sender));
    return {
      body: parts.read(open(sealed.body, key, "body")),
      identity: parts.read(open(sealed.identity, identityKey, "identity")),
      file: { ...file, content: hex(file.content) },
      answers: [forOffice, forSender].map((by) =>
        parts.read(letters.openLetter(sodium, answer, { key: by, report, letter })),
      ),
    };
  },
};

process.stdout.write(JSON.stringify(await does[task.does](task.given)));
