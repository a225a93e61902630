"""Who may have which key, and which envelopes are missing.

A reader opens what was reported; a witness only half of who sent it. Nobody is both, so that no one
person opens an identity. Source: 质检认纪〔2012〕1号 五（六）2（2）, 三.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lianfang.org.rules.roles import Role


class KeyKind(StrEnum):
    READER = "reader"
    WITNESS = "witness"


class EnvelopeKind(StrEnum):
    CONTENT = "content"
    IDENTITY_A = "identity_a"
    IDENTITY_B = "identity_b"


def kinds_for(roles: Collection[Role]) -> tuple[KeyKind, ...]:
    """Return the kinds of key that somebody with these roles may make.

    The discipline office reads, or is named to witness; the body over it only witnesses.
    """
    if Role.DISCIPLINE_OFFICE in roles:
        return (KeyKind.READER, KeyKind.WITNESS)
    if Role.DISCIPLINE_OVERSIGHT in roles:
        return (KeyKind.WITNESS,)
    return ()


def envelopes_for(kind: str, *, is_signed: bool) -> tuple[EnvelopeKind, ...]:
    """Return the envelopes that a key of this kind is to have of a report."""
    if kind == KeyKind.READER:
        signed = (EnvelopeKind.IDENTITY_A,) if is_signed else ()
        return (EnvelopeKind.CONTENT, *signed)
    return (EnvelopeKind.IDENTITY_B,) if is_signed else ()


@dataclass(frozen=True)
class Key:
    """An active key: its id, whose it is, and its kind."""

    id: UUID
    person: int
    kind: str


@dataclass(frozen=True)
class Gap:
    """An envelope that is missing: of which report, for which key, with what in it."""

    report: UUID
    key: UUID
    kind: EnvelopeKind


def gaps(
    *,
    report: UUID,
    is_signed: bool,
    keys: Iterable[Key],
    there: Collection[tuple[UUID, str]],
    recused: Collection[int],
) -> list[Gap]:
    """Return which envelopes a report lacks for the active keys of people who are not recused.

    `there` names the envelopes by key and kind.
    """
    return [
        Gap(report=report, key=key.id, kind=kind)
        for key in keys
        if key.person not in recused
        for kind in envelopes_for(key.kind, is_signed=is_signed)
        if (key.id, kind.value) not in there
    ]


def to_end(keys: Iterable[Key], roles: dict[int, frozenset[Role]]) -> list[Key]:
    """Return the keys of people who may have none of that kind any more: they left the body."""
    return [key for key in keys if KeyKind(key.kind) not in kinds_for(roles.get(key.person, ()))]
