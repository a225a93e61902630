"""What would be published now, beside what is public: shown before anybody decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lianfang.cycles.models import Edition
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.org.queries.tree import in_use
from lianfang.powers.models import Power
from lianfang.public.models import Publication, Withholding
from lianfang.public.rules.cards import (
    Card,
    English,
    cards_of,
    digest_of,
    from_json,
    person_named,
)
from lianfang.public.rules.comparing import Line, compared
from lianfang.register.edition import read_frozen

PAST = 12


@dataclass(frozen=True, kw_only=True)
class Named:
    """A power that stays out, for the name of somebody of the staff stands in its text."""

    card: Card
    name: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be public, in its order, and what stays out of it.

    `lines` say how it differs from `current`. `proposed` are the powers that the editions in force
    call public; `keys` the powers' own keys by code.
    """

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    withheld: tuple[Withholding, ...]
    named: tuple[Named, ...]
    current: Publication | None
    proposed: int
    keys: Mapping[str, int]

    @property
    def digest(self) -> str:
        """What a decision is tied to: the digest of what would be public."""
        return digest_of(self.cards)


def preview_of(organisation: Organisation, on: date) -> Preview:
    """Return what would be published on a day. Eight statements; reads every edition in force."""
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(in_use(on), organisation=organisation).order_by(
            "order", "code"
        )
    }
    powers = {
        code: (pk, name)
        for code, pk, name in Power.objects.filter(in_use(on), organisation=organisation)
        .order_by()
        .values_list("code", "pk", "name_en")
    }
    proposed = list(_proposed(organisation, on, units, powers))
    withheld = {row.power.code: row for row in withholdings_of(organisation)}
    people = Person.objects.filter(organisation=organisation, left_on=None)
    names = tuple(people.order_by().values_list("name", flat=True))
    free = [card for card in proposed if card.code not in withheld]
    named = [Named(card=card, name=name) for card in free if (name := person_named(card, names))]
    out = {one.card.code for one in named}
    cards = tuple(card for card in free if card.code not in out)
    current = publication_in_force(organisation)
    return Preview(
        cards=cards,
        lines=tuple(compared(_shown_now(current), cards)),
        withheld=tuple(withheld.values()),
        named=tuple(named),
        current=current,
        proposed=len(proposed),
        keys={code: pk for code, (pk, _) in powers.items()},
    )


def publication_in_force(organisation: Organisation | int) -> Publication | None:
    """Return the catalogue that is public. One statement."""
    rows = Publication.objects.filter(organisation=organisation, replaced_on=None)
    return rows.select_related("published_by__person").first()


def publications_of(organisation: Organisation | int) -> list[Publication]:
    """Return the newest catalogues, the last one first. One statement."""
    rows = Publication.objects.filter(organisation=organisation)
    return list(rows.select_related("published_by__person").order_by("-serial")[:PAST])


def withholdings_of(organisation: Organisation | int) -> list[Withholding]:
    """Return what is withheld, by unit and code. One statement."""
    rows = Withholding.objects.filter(organisation=organisation, ended_on=None)
    return list(rows.select_related("power__unit").order_by("power__unit__order", "power__code"))


def editions_since(organisation: int, at: datetime, on: date) -> int:
    """Return how many editions in force were published after a moment. One statement."""
    return _editions(organisation, on).filter(published_at__gt=at).count()


def _proposed(
    organisation: Organisation,
    on: date,
    units: Mapping[str, Unit],
    powers: Mapping[str, tuple[int, str]],
) -> Iterator[Card]:
    """Yield the powers in use that editions in force call public, by unit and code."""
    posts = Post.objects.filter(organisation=organisation).exclude(name_en="").order_by()
    english = English(
        units={code: unit.name_en for code, unit in units.items()},
        posts=dict(posts.values_list("code", "name_en")),
        powers={code: name for code, (_, name) in powers.items()},
    )
    editions = _editions(organisation.pk, on).order_by("unit__order", "unit__code")
    for content in editions.values_list("content", flat=True):
        for card in cards_of(read_frozen(content.encode()), english):
            if card.unit in units and card.code in powers:
                yield card


def _editions(organisation: int, on: date) -> QuerySet[Edition]:
    rows = Edition.objects.filter(organisation=organisation, effective_from__lte=on)
    return rows.filter(Q(superseded_on=None) | Q(superseded_on__gt=on))


def _shown_now(current: Publication | None) -> list[Card]:
    if current is None:
        return []
    rows = current.powers.filter(withdrawn_on=None).order_by("place")
    return [from_json(content) for content in rows.values_list("content", flat=True)]
