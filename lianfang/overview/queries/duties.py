"""How duties are done: by unit, by kind, and what is overdue down the chain (三, 五（七）2）."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from lianfang.duties.access import duties_visible_to, measures_visible_to
from lianfang.duties.models import Duty
from lianfang.duties.queries.narrowing import OWED, Asked, Days, narrowed
from lianfang.duties.rules.looks import Look
from lianfang.org.models import Person, Unit
from lianfang.org.rules.chain import answering_leader
from lianfang.org.rules.structure import Structure, UnitKind
from lianfang.org.standing import Standing
from lianfang.overview.queries.figures import figure
from lianfang.overview.rules.figure import Figure

LIST = "duties:duties"


@dataclass(frozen=True, kw_only=True)
class Late:
    """How many duties of a kind in a unit are overdue, since when the oldest."""

    unit: int
    kind: str
    count: int
    since: date


@dataclass(frozen=True, kw_only=True)
class Done:
    """How many of how many duties of the year are done."""

    done: int = 0
    owed: int = 0

    def __add__(self, other: "Done") -> "Done":
        """Return both together."""
        return Done(done=self.done + other.done, owed=self.owed + other.owed)


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """The duties of a kind in the year."""

    label: str
    done: Figure
    owed: Figure
    late: Figure


@dataclass(frozen=True, kw_only=True)
class ChainLine:
    """What is overdue in a unit, whose head answers for it; `days` is the age of the oldest."""

    unit: Unit
    head: Person | None
    kinds: tuple[tuple[str, int], ...]
    late: Figure
    days: int


@dataclass(frozen=True, kw_only=True)
class ChainGroup:
    """What is overdue under a leader; None where no leader is known."""

    leader: Person | None
    lines: tuple[ChainLine, ...]
    late: Figure
    days: int
    is_own: bool


def late_duties(standing: Standing, days: Days, unit: int | None) -> list[Late]:
    """Return what is overdue, whatever the year it fell due, by unit and kind. One statement."""
    asked = Asked(year=days.on.year, look=Look.LATE, earlier=True, unit=unit)
    rows = narrowed(duties_visible_to(standing), asked, days).order_by().values_list("unit", "kind")
    found = rows.annotate(many=Count("pk"), since=Min("due_on"))
    return [
        Late(unit=unit, kind=kind, count=many, since=since) for unit, kind, many, since in found
    ]


def done_by_unit(standing: Standing, days: Days, unit: int | None) -> dict[tuple[int, str], Done]:
    """Return what is done of the duties of the year, by unit and kind. One statement."""
    asked = Asked(year=days.on.year, unit=unit)
    rows = narrowed(duties_visible_to(standing), asked, days).order_by().values_list("unit", "kind")
    found = rows.annotate(
        done=Count("pk", filter=days.looks[Look.DONE]),
        owed=Count("pk", filter=~days.looks[Look.WAIVED]),
    )
    return {(unit, kind): Done(done=done, owed=owed) for unit, kind, done, owed in found}


def measures_by_unit(standing: Standing) -> Counter[int]:
    """Return how many measures are in force in each unit. One statement."""
    rows = measures_visible_to(standing).order_by().values_list("unit")
    return Counter(dict(rows.annotate(Count("pk"))))


def kind_lines(
    done: Mapping[tuple[int, str], Done], late: Sequence[Late], year: int, unit: int | None
) -> list[KindLine]:
    """Return a line for each kind of which anything is owed or overdue. No statement."""
    narrowing: dict[str, object] = {"unit": unit} if unit is not None else {}
    lines = []
    for kind in Duty.Kind:
        of_kind = [one for (_, code), one in done.items() if code == kind]
        overdue = sum(one.count for one in late if one.kind == kind)
        if not of_kind and not overdue:
            continue
        asked: dict[str, object] = {"view": "list", "kind": kind.value, **narrowing}
        lines.append(
            KindLine(
                label=str(kind.label),
                done=figure(
                    sum(one.done for one in of_kind),
                    LIST,
                    **asked,
                    year=year,
                    state=Look.DONE.value,
                ),
                owed=figure(sum(one.owed for one in of_kind), LIST, **asked, year=year, state=OWED),
                late=figure(overdue, LIST, **asked, state=Look.LATE.value),
            )
        )
    return lines


def chain_groups(
    late: Sequence[Late],
    structure: Structure,
    units: Mapping[int, Unit],
    people: Mapping[int, Person],
    standing: Standing,
    looked_at: Collection[int] | None = None,
) -> list[ChainGroup]:
    """Return what is overdue by leader and unit; the asker's own portfolio first, then the most.

    Numbers of units that are not `looked_at` lead nowhere; None for all. No statement.
    """
    by_leader: defaultdict[int | None, list[ChainLine]] = defaultdict(list)
    for line in _chain_lines(late, structure, units, people, standing.on, looked_at):
        by_leader[answering_leader(structure, line.unit.pk)].append(line)
    groups = [
        ChainGroup(
            leader=people.get(leader) if leader is not None else None,
            lines=tuple(sorted(lines, key=lambda line: (-line.days, line.unit.order))),
            late=_late_under(leader, lines),
            days=max(line.days for line in lines),
            is_own=leader is not None and leader == standing.person_id,
        )
        for leader, lines in by_leader.items()
    ]
    return sorted(groups, key=lambda group: (not group.is_own, -group.late.count, -group.days))


def duties_in(unit: int, count: int, looked_at: Collection[int] | None, **asked: object) -> Figure:
    """Return a number of duties of a unit, leading to their list where that is open to somebody."""
    if looked_at is not None and unit not in looked_at:
        return Figure(count=count)
    return figure(count, LIST, view="list", unit=unit, **asked)


def head_of(structure: Structure, unit: int) -> int | None:
    """Return who heads a unit; None where the post is vacant or missing.

    The leadership as a unit is headed by the head of the leadership.
    """
    fact = structure.units.get(unit)
    if fact is not None and fact.kind is UnitKind.LEADERSHIP:
        seat = structure.leadership_head
        return seat.person if seat is not None else None
    post = structure.head_posts.get(unit)
    seat = structure.first_in(post.id) if post is not None else None
    return seat.person if seat is not None else None


def _late_under(leader: int | None, lines: Sequence[ChainLine]) -> Figure:
    count = sum(line.late.count for line in lines)
    if leader is None:
        return Figure(count=count)
    return figure(count, LIST, view="list", state=Look.LATE.value, leader=leader)


def _chain_lines(
    late: Sequence[Late],
    structure: Structure,
    units: Mapping[int, Unit],
    people: Mapping[int, Person],
    on: date,
    looked_at: Collection[int] | None,
) -> Iterator[ChainLine]:
    by_unit: defaultdict[int, list[Late]] = defaultdict(list)
    for one in late:
        by_unit[one.unit].append(one)
    labels = dict(Duty.Kind.choices)
    for unit, found in by_unit.items():
        if unit not in units:
            continue
        head = head_of(structure, unit)
        yield ChainLine(
            unit=units[unit],
            head=people.get(head) if head is not None else None,
            kinds=tuple(
                (str(labels[one.kind]), one.count)
                for one in sorted(found, key=lambda one: -one.count)
            ),
            late=duties_in(unit, sum(one.count for one in found), looked_at, state=Look.LATE.value),
            days=(on - min(one.since for one in found)).days,
        )
