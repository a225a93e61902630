"""A whole report, sealed in one go: what a sender's browser does, and the server without one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lianfang.sealing import parts
from lianfang.sealing.envelopes import sealed_to, split
from lianfang.sealing.letters import letters_pair, seal_letter

# What an envelope holds: the key of the report, or a half of the key of the identity.
CONTENT, IDENTITY_A, IDENTITY_B = "content", "identity_a", "identity_b"


@dataclass(frozen=True, kw_only=True)
class PlainFile:
    """A file before it is sealed."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class To:
    """The public half of an officer's key, under the identifier of the key."""

    key: UUID
    public: bytes


@dataclass(frozen=True, kw_only=True)
class SealedEnvelope:
    """One envelope of a report."""

    key: UUID
    kind: str
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class SealedReport:
    """A report as it is sent: everything the server ever has of it."""

    report: UUID
    body: bytes
    letters_key: bytes
    envelopes: tuple[SealedEnvelope, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    identity: bytes = b""


@dataclass(frozen=True, kw_only=True)
class SealedLetter:
    """A letter as it is sent."""

    letter: UUID
    sealed: bytes
    files: tuple[tuple[str, bytes], ...] = field(default=())


def seal_report(
    *,
    report: UUID,
    body: dict[str, Any],
    readers: Sequence[To],
    files: Sequence[PlainFile] = (),
    identity: dict[str, Any] | None = None,
    witnesses: Sequence[To] = (),
    key: bytes | None = None,
) -> SealedReport:
    """Seal body, files and identity, with an envelope for every reader and witness.

    Raises ValueError where nobody could open it. `key` is given by test vectors alone.
    """
    if not readers or (identity is not None and not witnesses):
        raise ValueError("There is nobody to whom this could be sealed")
    key = parts.new_key() if key is None else key
    envelopes = _envelopes(CONTENT, key, readers)
    sealed_identity = b""
    if identity is not None:
        own = parts.new_key()
        one, other = split(own)
        envelopes += _envelopes(IDENTITY_A, one, readers)
        envelopes += _envelopes(IDENTITY_B, other, witnesses)
        sealed_identity = parts.seal_part(
            parts.written(identity), key=own, report=report, name=parts.IDENTITY
        )
    return SealedReport(
        report=report,
        body=parts.seal_part(parts.written(body), key=key, report=report, name=parts.BODY),
        letters_key=letters_pair(key).public,
        envelopes=tuple(envelopes),
        files=tuple(
            (name, _sealed_file(file, key, report, name))
            for number, file in enumerate(files, start=1)
            for name in [parts.file_part(number)]
        ),
        identity=sealed_identity,
    )


def seal_further(
    *,
    report: UUID,
    letter: UUID,
    letters_key: bytes,
    content: dict[str, Any],
    files: Sequence[PlainFile] = (),
    sender: bytes | None = None,
) -> SealedLetter:
    """Seal a letter and its files. With the sender's public key it is an answer."""
    key = parts.new_key()
    sealed = seal_letter(
        parts.written(content),
        key=key,
        report=report,
        letter=letter,
        office=letters_key,
        sender=sender,
    )
    return SealedLetter(
        letter=letter,
        sealed=sealed,
        files=tuple(
            (name, _sealed_file(file, key, report, name))
            for number, file in enumerate(files, start=1)
            for name in [parts.letter_file_part(letter, number)]
        ),
    )


def _envelopes(kind: str, key: bytes, to: Sequence[To]) -> list[SealedEnvelope]:
    return [
        SealedEnvelope(key=name, kind=kind, sealed=sealed)
        for name, sealed in sealed_to(key, [(one.key, one.public) for one in to])
    ]


def _sealed_file(file: PlainFile, key: bytes, report: UUID, name: str) -> bytes:
    packed = parts.packed_file(file.content, name=file.name, kind=file.kind)
    return parts.seal_part(packed, key=key, report=report, name=name)
