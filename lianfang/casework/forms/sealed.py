"""What the scripts of officers' pages send: keys and envelopes, as JSON with bytes in base64."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from lianfang.casework.actions.keys import NewKey
from lianfang.sealing.keys import Wrapped


class SentKey(Struct, frozen=True, kw_only=True):
    """A key as the browser made it, its private half under a passphrase."""

    public: bytes
    wrapped: bytes
    salt: bytes
    operations: int
    memory: int

    def new(self) -> NewKey:
        """Return it as the actions take it."""
        return NewKey(
            public=self.public,
            wrapped=Wrapped(
                sealed=self.wrapped,
                salt=self.salt,
                operations=self.operations,
                memory=self.memory,
            ),
        )


class MadeKey(SentKey, frozen=True, kw_only=True):
    """A first key, and what it is for."""

    kind: Literal["reader", "witness"]


class SentEnvelope(Struct, frozen=True, kw_only=True):
    """A key sealed to somebody: of which report, and what it opens."""

    report: UUID
    kind: Literal["content", "identity_a", "identity_b"]
    sealed: bytes
    key: UUID | None = None


class Rotated(SentKey, frozen=True, kw_only=True):
    """A new key, with everything sealed anew that the old one opened."""

    envelopes: tuple[SentEnvelope, ...]


class SharedSent(Struct, frozen=True, kw_only=True):
    """Envelopes for others."""

    envelopes: tuple[SentEnvelope, ...]


class HalfSent(Struct, frozen=True, kw_only=True):
    """A witness's half, sealed to whoever asks."""

    half: bytes


class LetterSent(Struct, frozen=True, kw_only=True):
    """An answer sealed to one sender."""

    report: UUID
    letter: UUID
    sealed: bytes


class AnswerSent(Struct, frozen=True, kw_only=True):
    """An answer, sealed to each of those who sent something about the matter."""

    about: Literal["acceptance", "result", "other"]
    answers: tuple[LetterSent, ...]
