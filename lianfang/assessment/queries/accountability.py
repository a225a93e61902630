"""Breaches and silent units of a year with the facts around them, and the matters they became."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.alerts.models import Alert
from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.happened import alerts_in, duties_in
from lianfang.assessment.rules.accountability import Candidate, Harm, Silence, candidates_of
from lianfang.assessment.rules.figures.duties import MEASURE, OVERSIGHT, UNIT_REPORT
from lianfang.assessment.rules.figures.model import DutyFact
from lianfang.duties.models import Duty
from lianfang.org.models import Appointment, Person, Unit, holding
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import chain_of
from lianfang.risks.models import Breach, LevelOverride

_VISIT = "visit"


@dataclass(frozen=True, kw_only=True)
class NamedCandidate:
    """A candidate with names."""

    candidate: Candidate
    person: Person
    unit: Unit


def candidates_in(
    organisation: int, year: int, on: date, *, among: QuerySet[Alert]
) -> list[Candidate]:
    """Return who may have to answer for a year and was not taken up yet (五（七）2).

    `among` are the alerts that the reader's figures may count. Eleven statements, and seven for
    each breach.
    """
    taken = Accountability.objects.filter(organisation=organisation).values_list("key", flat=True)
    harms = _harms(organisation, year, among)
    return candidates_of(harms, _silences(organisation, year, on), on=on, taken=set(taken))


def named(found: Collection[Candidate]) -> list[NamedCandidate]:
    """Return candidates with names. Two statements, none for nobody."""
    if not found:
        return []
    people = Person.objects.in_bulk({one.person for one in found})
    units = Unit.objects.in_bulk({one.unit for one in found})
    return [
        NamedCandidate(candidate=one, person=people[one.person], unit=units[one.unit])
        for one in found
    ]


def matters_in(rows: QuerySet[Accountability], year: int) -> list[Accountability]:
    """Return the matters of a year, the newest first. One statement."""
    found = rows.filter(year=year).select_related("person", "unit", "post")
    return list(found.order_by("-opened_on", "-pk"))


def _harms(organisation: int, year: int, among: QuerySet[Alert]) -> list[Harm]:
    breaches = list(
        Breach.objects.filter(organisation=organisation, found_on__year=year)
        .select_related("post")
        .order_by("found_on", "pk")
    )
    if not breaches:
        return []
    levels = dict(
        LevelOverride.objects.filter(breach__in=breaches)
        .order_by("-pk")
        .values_list("breach", "level")
    )
    around, alerts = _around(breaches), alerts_in(organisation, year, among)
    found = []
    for breach in breaches:
        owner, holders = _people(organisation, breach)
        found.append(
            Harm(
                breach=breach.pk,
                post=breach.post_id,
                unit=breach.post.unit_id,
                label=breach.post.name,
                on=breach.found_on,
                level=levels.get(breach.pk, ""),
                owner=owner,
                holders=holders,
                duties=tuple(around[breach.pk]),
                alerts=tuple(alerts[breach.post.unit_id]),
            )
        )
    return found


def _people(organisation: int, breach: Breach) -> tuple[int | None, tuple[int, ...]]:
    """Return who answered for the post of a breach on its day, and who held it. Six statements."""
    holders = tuple(
        Appointment.objects.filter(holding(breach.found_on), post=breach.post_id)
        .order_by("from_on", "pk")
        .values_list("person", flat=True)
    )
    structure = structure_around(organisation, breach.found_on, [breach.post_id])
    if breach.post_id not in structure.posts:
        return None, holders
    chain = chain_of(structure, breach.post_id, holders[0] if holders else None)
    return chain.owner.person, holders


def _around(breaches: Collection[Breach]) -> dict[int, list[DutyFact]]:
    """Return the duties about the posts of breaches that were due before. One statement."""
    posts = {breach.post_id for breach in breaches}
    units = {breach.post.unit_id for breach in breaches}
    rows = Duty.objects.filter(
        Q(post__in=posts, kind__in=OVERSIGHT)
        | Q(measure__post__in=posts, kind=MEASURE)
        | Q(unit__in=units, kind=_VISIT)
    ).exclude(Q(state__in=(Duty.State.LAPSED, Duty.State.WAIVED)) | Q(origin=Duty.Origin.ALERT))
    found: dict[int, list[DutyFact]] = defaultdict(list)
    columns = rows.order_by("due_on", "pk").values_list(
        "pk", "unit", "post", "measure__post", "kind", "state", "due_on", "closed_on",
        "measure__text", "person__name", "unit__name",
    )  # fmt: skip
    for key, unit, post, of_measure, kind, state, due_on, closed_on, *labels in columns:
        fact = DutyFact(
            key=key,
            label=next((label for label in labels if label), ""),
            kind=kind,
            due_on=due_on,
            is_done=state == Duty.State.DONE,
            closed_on=closed_on,
        )
        for breach in breaches:
            is_near = breach.post_id in (post, of_measure)
            if is_near or (kind == _VISIT and unit == breach.post.unit_id):
                found[breach.pk].append(fact)
    return found


def _silences(organisation: int, year: int, on: date) -> list[Silence]:
    """Return the units with their reports of a year, and who heads each. Two statements."""
    reports: dict[int, list[DutyFact]] = defaultdict(list)
    for unit, _actor, fact in duties_in(year, Q(organisation=organisation, kind=UNIT_REPORT)):
        reports[unit].append(fact)
    heads = dict(
        Appointment.objects.filter(holding(on), organisation=organisation, post__is_unit_head=True)
        .order_by("-pk")
        .values_list("post__unit", "person")
    )
    return [
        Silence(unit=unit, year=year, head=heads.get(unit), duties=tuple(duties))
        for unit, duties in reports.items()
    ]
