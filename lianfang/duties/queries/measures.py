"""Measures in force with how far they are carried out (五（四）, 五（五）)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lianfang.duties.models import Duty, MeasureInForce
from lianfang.duties.queries.figures import Share, running_measures
from lianfang.duties.queries.narrowing import Days
from lianfang.duties.rules.looks import Look

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """A measure with what is to be done about it next, and when it was last seen to.

    `duty` is the open duty that falls due first, None where none is open; `may_confirm` whether
    the asker is to do it.
    """

    measure: MeasureInForce
    duty: Duty | None
    look: Look | None
    last_on: date | None
    may_confirm: bool


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """A page of measures; `older` is the number of the next one, if any. `count` are all."""

    lines: tuple[MeasureLine, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None

    @property
    def has_any_to_confirm(self) -> bool:
        """Whether the asker is to see to any of them."""
        return any(line.may_confirm for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class KindShare:
    """How many of the duties about measures of a kind are done in the period that runs."""

    kind: str
    label: str
    share: Share
    late: int


def measure_page(
    rows: QuerySet[MeasureInForce],
    days: Days,
    mine: QuerySet[Duty],
    *,
    kind: str = "",
    post: int | None = None,
    page: int = 1,
) -> MeasurePage:
    """Return a page of measures by unit and code; `mine` are the duties the asker is to do.

    Four statements.
    """
    if kind:
        rows = rows.filter(kind=kind)
    if post is not None:
        rows = rows.filter(post=post)
    count, first = rows.count(), (page - 1) * PAGE
    shown = list(
        rows.select_related("unit", "post", "regulation").order_by(
            "unit__order", "unit__code", "risk_code", "code"
        )[first : first + PAGE]
    )
    duties = _duties_of(shown)
    keys = {duty.pk for found in duties.values() for duty in found if _is_open(duty)}
    own = set(mine.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return MeasurePage(
        lines=tuple(_line(each, duties.get(_first(each), []), days, own) for each in shown),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def kind_shares(rows: QuerySet[MeasureInForce], days: Days) -> list[KindShare]:
    """Return how many of the duties about these measures that run are done. One statement."""
    state = Duty.State
    counted = (
        Duty.objects.filter(running_measures(days.on), measure__in=rows)
        .exclude(state__in=(state.LAPSED, state.WAIVED))
        .order_by()
        .values_list("measure__kind")
        .annotate(
            done=Count("pk", filter=Q(state=state.DONE)),
            owed=Count("pk"),
            late=Count("pk", filter=days.looks[Look.LATE]),
        )
    )
    found = {kind: (Share(done=done, owed=owed), late) for kind, done, owed, late in counted}
    return [
        KindShare(kind=kind.value, label=str(kind.label), share=found[kind][0], late=found[kind][1])
        for kind in MeasureInForce.Kind
        if kind in found
    ]


def _duties_of(measures: Collection[MeasureInForce]) -> Mapping[int, list[Duty]]:
    """Return the duties about measures through all editions, by the first row of each."""
    if not measures:
        return {}
    firsts = {_first(each) for each in measures}
    rows = Duty.objects.filter(
        Q(measure__in=firsts) | Q(measure__first__in=firsts), state__in=("open", "done")
    ).select_related("measure", "actor")
    found: dict[int, list[Duty]] = {}
    for duty in rows.order_by("due_on", "pk"):
        if duty.measure is not None:
            found.setdefault(_first(duty.measure), []).append(duty)
    return found


def _line(
    measure: MeasureInForce, duties: Collection[Duty], days: Days, own: Collection[int]
) -> MeasureLine:
    due = next(filter(_is_open, duties), None)
    done = [duty.closed_on for duty in duties if duty.closed_on is not None]
    return MeasureLine(
        measure=measure,
        duty=due,
        look=days.look_of(due) if due else None,
        last_on=max(done, default=None),
        may_confirm=due is not None and due.pk in own,
    )


def _first(measure: MeasureInForce) -> int:
    return measure.first_id or measure.pk


def _is_open(duty: Duty) -> bool:
    return duty.state == Duty.State.OPEN
