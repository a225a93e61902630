"""Reads what duties follow from: a whole organisation, or some of its units."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from lianfang.duties.models import MeasureInForce, RotationExemption
from lianfang.duties.rules.day import looks_back_to
from lianfang.duties.rules.facts import Facts, Holding, MeasureFact, MeasureKind, joined
from lianfang.duties.rules.history import histories
from lianfang.duties.rules.levels import Given
from lianfang.org.models import Appointment, Organisation, SchemeOverride
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of, written_scheme
from lianfang.org.queries.structure import structure_around, structure_of
from lianfang.org.rules.structure import SeatKind
from lianfang.powers.models import Regulation
from lianfang.risks.models import LevelOverride, PostLevel

_DAY = timedelta(days=1)
_RANK = {kind.value: rank for rank, kind in enumerate(SeatKind)}
# above so many posts that answer for measures, all are read: a database takes no longer list
AROUND = 1_000
# how many rows are fetched at a time
_CHUNK = 5_000


def facts_of(organisation: Organisation, on: date, units: Collection[int] | None = None) -> Facts:
    """Return what duties follow from on a day, of all units or some.

    Fifteen statements, and one for each day on which the organisation set a number of duties.
    """
    return _Reading(organisation, on, units).facts()


@dataclass(frozen=True)
class _Reading:
    organisation: Organisation
    on: date
    units: Collection[int] | None

    def facts(self) -> Facts:
        scheme = scheme_of(self.organisation, self.on)
        measures = tuple(self._measures())
        posts = {measure.post for measure in measures if measure.post is not None}
        if len(posts) > AROUND:
            structure = structure_of(self.organisation.pk, self.on)
        else:
            structure = structure_around(self.organisation.pk, self.on, posts)
        return Facts(
            structure=structure,
            rules=histories(
                [
                    (date.min, written_scheme(self.organisation.scheme)),
                    *((day, scheme_of(self.organisation, day)) for day in self._days_set()),
                ]
            ),
            newcomer=scheme.duty_terms.newcomer,
            forms=scheme.statement_forms,
            units=frozenset(structure.units if self.units is None else self.units),
            holdings=tuple(joined(self._holdings())),
            levels=self._levels,
            begun=self._begun(),
            measures=measures,
            exempt=self._exempt(),
            calendar=calendar_of(self.organisation.pk),
            is_whole=self.units is None,
            scheme_version=scheme.version,
        )

    def _of_units(self, path: str) -> Q:
        return Q() if self.units is None else Q(**{f"{path}__in": self.units})

    def _days_set(self) -> list[date]:
        rows = SchemeOverride.objects.filter(
            organisation=self.organisation, path__startswith="duties.", from_on__lte=self.on
        )
        return list(rows.order_by("from_on").values_list("from_on", flat=True).distinct())

    def _holdings(self) -> Iterator[Holding]:
        """Yield who holds or will hold posts, or held them in a year that is still looked at.

        Earlier appointments are there, too, where the same person went on in the post.
        """
        year = date(looks_back_to(self.on).year, 1, 1)
        goes_on = Appointment.objects.filter(
            person=OuterRef("person"),
            post=OuterRef("post"),
            from_on__gt=OuterRef("from_on"),
            withdrawn_at=None,
        )
        rows = Appointment.objects.filter(
            Q(to_on=None) | Q(to_on__gte=year) | Exists(goes_on),
            self._of_units("post__unit"),
            organisation=self.organisation,
            withdrawn_at=None,
        )
        columns = rows.order_by("person", "post", "from_on", "pk").values_list(
            "person", "post", "post__unit", "from_on", "to_on", "kind",
            "person__is_party_member", "person__left_on", "post__retired_on",
            "post__unit__retired_on",
        )  # fmt: skip
        for person, post, unit, from_on, to_on, kind, is_member, *gone in columns.iterator(_CHUNK):
            ends = min((day - _DAY for day in gone if day is not None), default=to_on)
            if to_on is not None and ends is not None:
                ends = min(ends, to_on)
            if ends is None or ends >= from_on:
                yield Holding(person, post, unit, from_on, ends, _RANK[kind], is_member)

    @cached_property
    def _levels(self) -> dict[int, tuple[Given, ...]]:
        found: dict[int, tuple[Given, ...]] = {}
        for post, given in chain(self._given(), self._overrides()):
            found[post] = (*found.get(post, ()), given)
        return found

    def _given(self) -> Iterator[tuple[int, Given]]:
        rows = self._posts(PostLevel.objects.all()).values_list(
            "post", "level", "rank", "from_on", "until_on", "edition"
        )
        for post, level, rank, from_on, until_on, edition in rows.iterator(_CHUNK):
            yield post, Given(level, rank, from_on, until_on, edition)

    def _overrides(self) -> Iterator[tuple[int, Given]]:
        rows = self._posts(LevelOverride.objects.all()).values_list(
            "post", "level", "rank", "from_on", "until_on", "ended_on", "pk"
        )
        for post, level, rank, from_on, until_on, ended_on, key in rows:
            last = until_on
            if ended_on is not None and (last is None or ended_on <= last):
                last = ended_on - _DAY
            yield post, Given(level, rank, from_on, last, "", key)

    def _posts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(
            self._of_units("post__unit"), organisation=self.organisation, from_on__lte=self.on
        ).order_by("post", "from_on", "pk")

    def _begun(self) -> dict[int, date]:
        """Return since when each unit has an edition with levels; of all units, in any case."""
        rows = PostLevel.objects.filter(organisation=self.organisation, from_on__lte=self.on)
        return dict(rows.values_list("unit").annotate(first=Min("from_on")).order_by("unit"))

    def _exempt(self) -> dict[tuple[int, int], date]:
        """Return until when somebody stays in a post, by exemptions that have begun."""
        rows = RotationExemption.objects.filter(
            self._of_units("post__unit"), organisation=self.organisation, from_on__lte=self.on
        )
        latest = rows.order_by().values_list("person", "post").annotate(Max("until_on"))
        return {(person, post): until for person, post, until in latest}

    def _measures(self) -> Iterator[MeasureFact]:
        rows = MeasureInForce.objects.filter(
            Q(until_on=None) | Q(until_on__gte=self.on),
            self._of_units("unit"),
            organisation=self.organisation,
            from_on__lte=self.on,
        ).order_by("unit", "risk_code", "code")
        for row in rows.values_list(
            "pk", "first", "unit", "kind", "since_on", "post", "due_on", "edition",
            "regulation__state", "regulation__due_on", "regulation__in_force_on",
        ):  # fmt: skip
            key, first, unit, kind, since, post, due_on, edition, state, made_by, in_force = row
            yield MeasureFact(
                id=key,
                first=first or key,
                unit=unit,
                kind=MeasureKind(kind),
                from_on=since,
                post=post,
                due_on=due_on or made_by,
                edition=edition,
                is_met=kind == MeasureInForce.Kind.RULE
                and state == Regulation.State.IN_FORCE
                and (in_force is None or in_force <= self.on),
            )
