"""Letters that follow a report: the sender's further facts, and the office's answers.

The key of a report makes a pair of keys for letters; its public half is stored with the report. A
letter has a key of its own, sealed to that half and, when it is an answer, to the sender's public
key as well. So whoever reads the report reads every letter, the sender reads the answers, and the
receipt opens neither the report nor what was sent afterwards.

One byte with the number of envelopes ‖ the envelopes, the office's first ‖ the part.
"""

import hashlib
from uuid import UUID

from nacl.bindings import crypto_box_seed_keypair

from lianfang.sealing.envelopes import SEALED_KEY, Pair, open_key, seal_key
from lianfang.sealing.parts import KEY, CannotOpen, letter_part, open_part, seal_part

_LETTERS = b"lianfang/1/letters"
_FOR_OFFICE, _FOR_SENDER = 0, 1


def letters_pair(key: bytes) -> Pair:
    """Return the pair for letters that follows from the key of a report."""
    seed = hashlib.blake2b(_LETTERS, key=key, digest_size=KEY).digest()
    public, secret = crypto_box_seed_keypair(seed)
    return Pair(public=public, secret=secret)


def seal_letter(
    content: bytes,
    *,
    key: bytes,
    report: UUID,
    letter: UUID,
    office: bytes,
    sender: bytes | None = None,
) -> bytes:
    """Seal a letter under a fresh key of its own.

    `office` is the report's public key for letters; `sender` the sender's, for an answer.
    """
    envelopes = [seal_key(key, office)]
    if sender is not None:
        envelopes.append(seal_key(key, sender))
    part = seal_part(content, key=key, report=report, name=letter_part(letter))
    return bytes([len(envelopes)]) + b"".join(envelopes) + part


def key_for_office(sealed: bytes, *, report_key: bytes) -> bytes:
    """Return the key of a letter, for whoever has the key of its report. Raises CannotOpen."""
    return open_key(_envelope(sealed, _FOR_OFFICE), letters_pair(report_key))


def key_for_sender(sealed: bytes, *, pair: Pair) -> bytes:
    """Return the key of an answer, for the sender. Raises CannotOpen."""
    return open_key(_envelope(sealed, _FOR_SENDER), pair)


def open_letter(sealed: bytes, *, key: bytes, report: UUID, letter: UUID) -> bytes:
    """Open a letter with its key. Raises CannotOpen."""
    part = sealed[1 + SEALED_KEY * sealed[0] :] if sealed else b""
    return open_part(part, key=key, report=report, name=letter_part(letter))


def is_letter(sealed: bytes, *, envelopes: int, least: int) -> bool:
    """Return whether bytes have the shape of a letter with so many envelopes."""
    return bool(sealed) and sealed[0] == envelopes and len(sealed) >= least + SEALED_KEY * envelopes


def _envelope(sealed: bytes, place: int) -> bytes:
    if not sealed or place >= sealed[0]:
        raise CannotOpen("This letter has no envelope for this reader")
    begin = 1 + SEALED_KEY * place
    return sealed[begin : begin + SEALED_KEY]
