"""How a catalogue that would be published differs from the one that is public (一, 七（三）)."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from lianfang.public.rules.cards import Card

# Of which edition a power was taken is no difference that anybody would look for.
_FIELDS = ("name", "name_en", "unit", "category", "bases", "parts", "steps", "posts")


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Line(Struct, frozen=True, kw_only=True):
    """A power that appears, changes or goes; `fields` are what changes in it."""

    change: Change
    card: Card
    fields: tuple[str, ...] = ()


def compared(before: Iterable[Card], after: Iterable[Card]) -> list[Line]:
    """Return what would change, in the order of the new catalogue; what goes stands at the end."""
    old = {card.code: card for card in before}
    return list(_lines(old, list(after)))


def _lines(old: dict[str, Card], after: list[Card]) -> Iterator[Line]:
    for card in after:
        known = old.get(card.code)
        if known is None:
            yield Line(change=Change.ADDED, card=card)
        elif fields := differing(known, card):
            yield Line(change=Change.CHANGED, card=card, fields=fields)
    codes = {card.code for card in after}
    for code, card in old.items():
        if code not in codes:
            yield Line(change=Change.REMOVED, card=card)


def differing(before: Card, after: Card) -> tuple[str, ...]:
    """Return the names of the fields in which two cards of one power differ."""
    return tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
