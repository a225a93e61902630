"""Python and the browser agree on the format: one file of vectors, and each opens the other's.

Node runs the browser's side; see `node`.
"""

import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

from lianfang.sealing import (
    envelopes,
    filing,
    keys,
    letters,
    padding,
    parts,
    receipts,
    work,
)
from lianfang.sealing.tests.node import program

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
REPORT = UUID("0f4c8a52-6a0e-4c64-9c2b-0d6f2c1f7a11")
LETTER = UUID("6d1d0b0e-7f6a-4b43-8f0a-0a8a5d1c2b33")
BODY = {"format": 1, "answers": {"what": "收受土特产两盒 ☂", "where": "二楼会议室"}}
IDENTITY = {"name": "王某", "contact": "010-1234"}
FILE = filing.PlainFile(name="照片 1.jpg", kind="image/jpeg", content=bytes(range(256)) * 40)
VECTORS: dict[str, Any] = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))


def asked(does: str, given: dict[str, Any]) -> Any:
    """Let Node do a task, and return what it says."""
    task = json.dumps({"does": does, "given": given})
    command = [program("libsodium-wrappers"), str(HERE / "twin.mjs")]
    done = subprocess.run(
        command, input=task, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_hex(pair: envelopes.Pair, **rest: str) -> dict[str, str]:
    """Return a pair as the twin reads it."""
    return {"public_key": pair.public.hex(), "secret_key": pair.secret.hex(), **rest}


def test_python_holds_to_the_vectors() -> None:
    part, receipt, envelope = VECTORS["part"], VECTORS["receipt"], VECTORS["envelope"]
    wrapped, done = VECTORS["wrapped"], VECTORS["work"]
    key, nonce = bytes.fromhex(part["key"]), bytes.fromhex(part["nonce"])
    report, name = UUID(part["report"]), part["name"]
    assert [[length, padding.class_of(length)] for length, _ in VECTORS["padding"]] == VECTORS[
        "padding"
    ]
    content = parts.written(part["content"])
    assert (
        parts.seal_part(content, key=key, report=report, name=name, nonce=nonce).hex()
        == (part["sealed"])
    )
    sealed = bytes.fromhex(part["sealed"])
    assert parts.read(parts.open_part(sealed, key=key, report=report, name=name)) == part["content"]
    assert receipts.typed(receipt["typed"]) == receipt["digits"]
    found = receipts.derive(
        receipt["digits"], bytes.fromhex(receipt["salt"]), rounds=receipt["rounds"]
    )
    assert (found.token.hex(), found.pair.public.hex()) == (
        receipt["token"],
        receipt["public_key"],
    )
    assert letters.letters_pair(key).public.hex() == VECTORS["letters"]["public_key"]
    pair = envelopes.Pair(
        public=bytes.fromhex(envelope["public_key"]), secret=bytes.fromhex(envelope["secret_key"])
    )
    assert envelopes.open_key(bytes.fromhex(envelope["sealed"]), pair).hex() == envelope["key"]
    opened = keys.unwrap(
        keys.Wrapped(
            sealed=bytes.fromhex(wrapped["sealed"]),
            salt=bytes.fromhex(wrapped["salt"]),
            operations=wrapped["operations"],
            memory=wrapped["memory"],
        ),
        wrapped["passphrase"],
        bytes.fromhex(wrapped["public_key"]),
    )
    assert opened.secret.hex() == wrapped["secret_key"]
    assert work.find(done["challenge"], done["purpose"], bits=done["bits"]) == done["number"]


def test_the_browser_holds_to_the_same_vectors() -> None:
    found = asked("vectors", VECTORS)
    assert found == {
        "classes": VECTORS["padding"],
        "sealed": VECTORS["part"]["sealed"],
        "opened": VECTORS["part"]["content"],
        "typed": VECTORS["receipt"]["digits"],
        "token": VECTORS["receipt"]["token"],
        "public": VECTORS["receipt"]["public_key"],
        "letters": VECTORS["letters"]["public_key"],
        "key": VECTORS["envelope"]["key"],
        "secret": VECTORS["wrapped"]["secret_key"],
        "number": VECTORS["work"]["number"],
        "expected_letters": VECTORS["letters"]["public_key"],
    }


def test_what_the_browser_seals_is_opened_here() -> None:
    reader, witness, sender = (envelopes.new_pair() for _ in range(3))
    found = asked(
        "seal",
        {
            "report": str(REPORT),
            "letter": str(LETTER),
            "body": BODY,
            "identity": IDENTITY,
            "file": {"name": FILE.name, "type": FILE.kind, "content": FILE.content.hex()},
            "readers": [in_hex(reader, id="reader")],
            "witnesses": [in_hex(witness, id="witness")],
            "sender": sender.public.hex(),
        },
    )
    held = {(key, kind): bytes.fromhex(sealed) for key, kind, sealed in found["envelopes"]}
    assert set(held) == {
        ("reader", "content"),
        ("reader", "identity_a"),
        ("witness", "identity_b"),
    }
    key = envelopes.open_key(held["reader", "content"], reader)
    body = bytes.fromhex(found["body"])
    assert parts.read(parts.open_part(body, key=key, report=REPORT, name="body")) == BODY
    own = envelopes.joined(
        envelopes.open_key(held["reader", "identity_a"], reader),
        envelopes.open_key(held["witness", "identity_b"], witness),
    )
    identity = bytes.fromhex(found["identity"])
    opened = parts.open_part(identity, key=own, report=REPORT, name="identity")
    assert parts.read(opened) == IDENTITY
    ((name, sealed),) = found["files"]
    packed = parts.open_part(bytes.fromhex(sealed), key=key, report=REPORT, name=name)
    assert parts.unpacked_file(packed) == (FILE.name, FILE.kind, FILE.content)
    assert letters.letters_pair(key).public.hex() == found["letters_key"]
    letter, answer = bytes.fromhex(found["letter"]), bytes.fromhex(found["answer"])
    letter_key = letters.key_for_office(letter, report_key=key)
    text = letters.open_letter(letter, key=letter_key, report=REPORT, letter=LETTER)
    assert parts.read(text) == BODY
    ((name, sealed),) = found["letter_files"]
    packed = parts.open_part(bytes.fromhex(sealed), key=letter_key, report=REPORT, name=name)
    assert parts.unpacked_file(packed)[2] == FILE.content
    for answer_key in (
        letters.key_for_office(answer, report_key=key),
        letters.key_for_sender(answer, pair=sender),
    ):
        text = letters.open_letter(answer, key=answer_key, report=REPORT, letter=LETTER)
        assert parts.read(text) == BODY
    kept = found["wrapped"]
    wrapped = keys.Wrapped(
        sealed=bytes.fromhex(kept["sealed"]),
        salt=bytes.fromhex(kept["salt"]),
        operations=kept["operations"],
        memory=kept["memory"],
    )
    assert keys.unwrap(wrapped, "通行短语 phrase", reader.public) == reader


def test_what_is_sealed_here_is_opened_by_the_browser() -> None:
    reader, witness, sender = (envelopes.new_pair() for _ in range(3))
    to = [filing.To(key=LETTER, public=reader.public)]
    seen = [filing.To(key=REPORT, public=witness.public)]
    sealed = filing.seal_report(
        report=REPORT, body=BODY, readers=to, files=[FILE], identity=IDENTITY, witnesses=seen
    )
    answer = filing.seal_further(
        report=REPORT,
        letter=LETTER,
        letters_key=sealed.letters_key,
        content=BODY,
        sender=sender.public,
    )
    held = {one.kind: one.sealed.hex() for one in sealed.envelopes}
    ((name, file),) = sealed.files
    found = asked(
        "open",
        {
            "report": str(REPORT),
            "letter": str(LETTER),
            "name": name,
            "reader": in_hex(reader),
            "witness": in_hex(witness),
            "sender": in_hex(sender),
            "sealed": {
                **held,
                "body": sealed.body.hex(),
                "identity": sealed.identity.hex(),
                "file": file.hex(),
                "answer": answer.sealed.hex(),
            },
        },
    )
    assert found == {
        "body": BODY,
        "identity": IDENTITY,
        "file": {"name": FILE.name, "type": FILE.kind, "content": FILE.content.hex()},
        "answers": [BODY, BODY],
    }
