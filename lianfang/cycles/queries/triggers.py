"""The records that ask for revisions: appointments, structure, regulations, breaches (六（五）)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from lianfang.cycles.models import Edition
from lianfang.cycles.rules.triggers import Happened, InForce, Trigger
from lianfang.org.models import Appointment, Organisation, Post, Unit
from lianfang.powers.models import Basis, PowerPost, Regulation, Step
from lianfang.register import model
from lianfang.register.edition import read_frozen
from lianfang.risks.queries.levels import breaches_not_absorbed

Powers = Mapping[int, frozenset[int]]


def editions_in_force(organisation: Organisation) -> list[Edition]:
    """Return the editions in force with their content. One statement."""
    return list(Edition.objects.filter(organisation=organisation, superseded_on=None))


def in_force(editions: Iterable[Edition], time_zone: str) -> list[InForce]:
    """Return editions as the rules see them; their day is that of publication."""
    zone = ZoneInfo(time_zone)
    return [
        InForce(
            unit=one.unit_id,
            number=one.number,
            since=one.published_at.astimezone(zone).date(),
        )
        for one in editions
    ]


def happenings(
    organisation: Organisation, editions: Collection[Edition], on: date
) -> Iterator[Happened]:
    """Yield what is on record about the units of these editions. Nine statements.

    The cost grows with the editions' content and with what changed since the oldest of them.
    """
    if not editions:
        return
    since = min(one.since for one in in_force(editions, organisation.time_zone))
    units = [one.unit_id for one in editions]
    of_post = _powers_of_posts(units)
    yield from _holders(units, since, on, of_post)
    yield from _rules(organisation, units, since, on)
    yield from _breaches(organisation, of_post)
    yield from _structure(organisation, editions, on, of_post)


def _powers_of_posts(units: Collection[int]) -> Powers:
    found: defaultdict[int, set[int]] = defaultdict(set)
    kinds: tuple[QuerySet[Any], ...] = (PowerPost.objects.all(), Step.objects.exclude(post=None))
    for rows in kinds:
        own = rows.filter(
            power__unit__in=units, power__unit=F("post__unit"), power__retired_on=None
        )
        for post, power in own.values_list("post", "power"):
            found[post].add(power)
    return {post: frozenset(powers) for post, powers in found.items()}


def _holders(units: Collection[int], since: date, on: date, of_post: Powers) -> Iterator[Happened]:
    began, ended = Q(from_on__gt=since, from_on__lte=on), Q(to_on__gte=since, to_on__lt=on)
    rows = Appointment.objects.filter(began | ended, post__unit__in=units, withdrawn_at=None)
    for post, name, unit, from_on, to_on in rows.values_list(
        "post", "post__name", "post__unit", "from_on", "to_on"
    ):
        for day in {from_on, to_on}:
            if day is not None and since < day <= on:
                yield Happened(
                    unit=unit,
                    trigger=Trigger.HOLDER,
                    thing=f"{post}:{day.isoformat()}",
                    about=name,
                    on=day,
                    powers=of_post.get(post, frozenset()),
                )


def _rules(
    organisation: Organisation, units: Collection[int], since: date, on: date
) -> Iterator[Happened]:
    rows = Basis.objects.filter(
        regulation__organisation=organisation,
        regulation__state=Regulation.State.REPEALED,
        regulation__repealed_on__gt=since,
        regulation__repealed_on__lte=on,
        power__unit__in=units,
        power__retired_on=None,
    ).select_related("regulation", "power")
    found: dict[tuple[int, int], tuple[Regulation, set[int]]] = {}
    for row in rows:
        if row.regulation is not None:
            key = (row.power.unit_id, row.regulation.pk)
            found.setdefault(key, (row.regulation, set()))[1].add(row.power_id)
    for (unit, rule), (regulation, powers) in found.items():
        if regulation.repealed_on is not None:
            yield Happened(
                unit=unit,
                trigger=Trigger.REQUIREMENT,
                thing=str(rule),
                about=regulation.title,
                on=regulation.repealed_on,
                powers=frozenset(powers),
            )


def _breaches(organisation: Organisation, of_post: Powers) -> Iterator[Happened]:
    for breach in breaches_not_absorbed(organisation):
        powers = of_post.get(breach.post_id, frozenset())
        own = breach.power is not None and breach.power.unit_id == breach.post.unit_id
        yield Happened(
            unit=breach.post.unit_id,
            trigger=Trigger.BREACH,
            thing=str(breach.pk),
            about=breach.post.name,
            on=breach.found_on,
            powers=frozenset({breach.power_id}) if own and breach.power_id else powers,
        )


def _structure(
    organisation: Organisation, editions: Iterable[Edition], on: date, of_post: Powers
) -> Iterator[Happened]:
    """Yield posts and units that are other than an edition has them."""
    units = {one.code: one for one in Unit.objects.filter(organisation=organisation)}
    posts = {
        one.code: one
        for one in Post.objects.filter(organisation=organisation).select_related("unit")
    }
    codes = {one.pk: one.code for one in units.values()}
    for edition in editions:
        frozen = read_frozen(edition.content.encode())
        was = next(one for one in frozen.register.units if one.id == frozen.unit)
        unit = units[frozen.unit]
        above = codes.get(unit.parent_id or 0)
        if (was.name, was.parent) != (unit.name, above):
            yield _changed(edition.unit_id, "unit", unit.name, on)
        for entry in frozen.register.posts:
            post = posts.get(entry.id)
            if entry.unit == frozen.unit and post is not None and _is_other(entry, post, on):
                powers = of_post.get(post.pk, frozenset())
                yield _changed(edition.unit_id, f"post:{post.pk}", entry.name, on, powers)


def _is_other(entry: model.Post, post: Post, on: date) -> bool:
    return not post.in_use(on) or (entry.name, entry.unit) != (post.name, post.unit.code)


def _changed(
    unit: int, thing: str, about: str, on: date, powers: frozenset[int] = frozenset()
) -> Happened:
    return Happened(
        unit=unit, trigger=Trigger.STRUCTURE, thing=thing, about=about, on=on, powers=powers
    )
