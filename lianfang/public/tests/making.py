"""Catalogues for the tests: an edition in force with a public power, published or not."""

from datetime import datetime

from lianfang.cycles.tests.year import brought_to, powered
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import Power
from lianfang.public.actions.publishing import publish_catalogue
from lianfang.public.models import Publication, PublishedPower
from lianfang.public.queries.preview import preview_of
from lianfang.public.rules.cards import Card, digest_of, to_json, words_of

CONTACT = "监督电话 010-0000 0000"


def in_edition(cast: Cast, *, public: bool = True) -> Power:
    """Return finance's power, in an edition in force that calls it public or not."""
    powered(cast)
    Power.objects.filter(code="CW-01").update(public=public, name_en="Travel claims")
    brought_to(cast, "published")
    return Power.objects.get(organisation=cast.organisation, code="CW-01")


def published(cast: Cast, at: datetime = AT, **more: str) -> Publication:
    """Publish what there is to publish."""
    return publish_catalogue(
        organisation=cast.organisation,
        seen=more.pop("seen", preview_of(cast.organisation, ON).digest),
        reason=more.pop("reason", "年度版本发布"),
        contact=more.pop("contact", CONTACT),
        **more,
        on=ON,
        by=cast.logins["office"],
        at=at,
    )


def card(number: int, *, unit: str = "CW", name: str = "") -> Card:
    """Return a card of a power of some unit."""
    return Card(
        code=f"{unit}-{number:03}",
        name=name or f"职权{number}",
        unit=unit,
        unit_name=f"{unit}处",
        edition="2026-1",
        effective_from=ON,
        category="execution",
        bases=("《差旅费管理办法》第三条",),
    )


def placed(cast: Cast, cards: list[Card]) -> Publication:
    """Store a publication with these cards as it would be stored, whatever the editions hold."""
    made = Publication.objects.create(
        organisation=cast.organisation,
        serial=1,
        published_on=ON,
        published_at=AT,
        reason="试",
        digest=digest_of(cards),
        changed_at=AT,
    )
    PublishedPower.objects.bulk_create(
        PublishedPower(
            publication=made,
            place=place,
            code=one.code,
            name=one.name,
            unit_code=one.unit,
            unit_name=one.unit_name,
            category=one.category,
            words=words_of(one),
            content=to_json(one).decode(),
        )
        for place, one in enumerate(cards, 1)
    )
    return made
