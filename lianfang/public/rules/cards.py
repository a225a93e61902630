"""What the public sees of a power: a card, made of an edition and nothing else.

An edition names posts, never persons. Of what it holds, risk points, levels, measures, limits of
authority and what an imported table held besides are left out.

Source: 质检认纪〔2012〕1号 一, 七（三）.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import msgspec
from msgspec import Struct

from lianfang.register.edition import Frozen
from lianfang.register.model import Basis, Power, Role, Step

CLAUSE = "七（三）"
ALGORITHM = "sha-256"
_LEAST_NAME = 2


class English(Struct, frozen=True, kw_only=True):
    """English names by code, which no edition holds."""

    units: Mapping[str, str] = {}
    posts: Mapping[str, str] = {}
    powers: Mapping[str, str] = {}


class CardPost(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A post by its code, named in both languages."""

    id: str
    name: str
    name_en: str = ""


class CardPart(Struct, frozen=True, kw_only=True):
    """What a post does in the power."""

    role: Role
    post: str


class Card(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A power as everybody may read it, of which edition, in force since when."""

    code: str
    name: str
    unit: str
    unit_name: str
    edition: str
    effective_from: date
    name_en: str = ""
    unit_name_en: str = ""
    category: str = ""
    bases: tuple[str, ...] = ()
    parts: tuple[CardPart, ...] = ()
    steps: tuple[Step, ...] = ()
    posts: tuple[CardPost, ...] = ()


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Card)


def cards_of(frozen: Frozen, english: English) -> list[Card]:
    """Return the unit's own powers that an edition says are public, in the edition's order."""
    names = {post.id: post.name for post in frozen.register.posts}
    return [
        _card(frozen, power, names, english)
        for power in frozen.register.powers
        if power.unit == frozen.unit and power.public
    ]


def to_json(card: Card) -> bytes:
    """Return a card as JSON, the same bytes for the same card."""
    return _ENCODER.encode(card)


def from_json(content: str) -> Card:
    """Return the card that `to_json` wrote."""
    return _DECODER.decode(content)


def digest_of(cards: Iterable[Card]) -> str:
    """Return the digest of cards in their order by ALGORITHM: of their JSON, a line each."""
    found = hashlib.sha256()
    for card in cards:
        found.update(to_json(card) + b"\n")
    return found.hexdigest()


def words_of(card: Card) -> str:
    """Return what a search looks through, in small letters."""
    return "\n".join(dict.fromkeys(texts_of(card))).lower()


def texts_of(card: Card) -> Iterator[str]:
    """Yield every text of a card that somebody wrote."""
    yield from filter(None, (card.code, card.name, card.name_en, card.unit_name, card.unit_name_en))
    yield from card.bases
    for post in card.posts:
        yield from filter(None, (post.name, post.name_en))
    for step in card.steps:
        yield from filter(None, (step.name, step.lane, step.term, step.output))
        yield from (arrow.condition for arrow in step.arrows if arrow.condition)


def person_named(card: Card, names: Collection[str]) -> str:
    """Return the first of these people's names that stands in a card, empty for none.

    A name of one character is no name. Linear in the number of names.
    """
    whole = "\n".join(texts_of(card))
    return next((name for name in names if len(name) >= _LEAST_NAME and name in whole), "")


def _card(frozen: Frozen, power: Power, names: Mapping[str, str], english: English) -> Card:
    parts = tuple(CardPart(role=part.role, post=part.post) for part in power.posts)
    mentioned = [part.post for part in parts] + [step.post for step in power.steps if step.post]
    return Card(
        code=power.id,
        name=power.name,
        name_en=english.powers.get(power.id, ""),
        unit=frozen.unit,
        unit_name=frozen.unit_name,
        unit_name_en=english.units.get(frozen.unit, ""),
        edition=frozen.number,
        effective_from=frozen.effective_from,
        category=power.category or "",
        bases=tuple(_basis(basis) for basis in power.bases),
        parts=parts,
        steps=power.steps,
        posts=tuple(
            CardPost(id=code, name=names.get(code, code), name_en=english.posts.get(code, ""))
            for code in dict.fromkeys(mentioned)
        ),
    )


def _basis(basis: Basis) -> str:
    return basis.text if basis.article in basis.text else f"{basis.text}{basis.article}"
