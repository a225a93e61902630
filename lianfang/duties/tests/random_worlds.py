"""Random institutions over two years: any posts, seats, portfolios, levels, numbers, measures."""

from datetime import date, timedelta

from hypothesis import strategies as st

from lianfang.duties.rules.facts import MeasureFact, MeasureKind
from lianfang.duties.rules.levels import Given
from lianfang.duties.tests.world import (
    RANKS,
    ROOT,
    Led,
    Number,
    Rated,
    Seated,
    Sits,
    World,
    unit,
)
from lianfang.org.rules.structure import BodyKind, PostFact, SeatKind, UnitKind

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
DAYS = st.dates(FIRST, LAST)
# so that many things begin and end on one day
SOME_DAYS = st.sampled_from(
    [date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 7, 1)]
)
LEADERSHIP = 2
UNITS = range(3, 6)
POSTS = range(11, 20)
PEOPLE = range(101, 108)


def dates() -> st.SearchStrategy[date]:
    """Return a strategy for days of the two years and one before."""
    return st.one_of(DAYS, SOME_DAYS, st.dates(date(2022, 1, 1), FIRST))


def spans() -> st.SearchStrategy[tuple[date, date | None]]:
    """Return a strategy for first and last days; the end may be open."""
    length = st.none() | st.integers(0, 700)
    return st.builds(
        lambda start, days: (start, None if days is None else start + days * DAY), dates(), length
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Return a random institution; codes of the parts are fixed, all else is drawn."""
    kinds = st.sampled_from([UnitKind.DEPARTMENT, UnitKind.COMPANY])
    units = [unit(ROOT, None, UnitKind.ORGANISATION), unit(LEADERSHIP, kind=UnitKind.LEADERSHIP)]
    for key in UNITS:
        parent = draw(st.sampled_from([ROOT, *range(UNITS.start, key)]))
        units.append(unit(key, parent, draw(kinds)))
    posts = _posts(draw)
    return World(
        units=tuple(units),
        posts=posts,
        seated=_seated(draw),
        led=_led(draw),
        sits=tuple(draw(st.lists(_sits(), max_size=3, unique_by=lambda each: each[:2]))),
        rated=_rated(draw),
        numbers=tuple(draw(st.lists(_numbers(), max_size=2, unique_by=lambda each: each.path))),
        measures=tuple(_measures(draw)),
        retired=draw(st.dictionaries(st.sampled_from(UNITS), DAYS, max_size=1)),
        members=draw(st.dictionaries(st.sampled_from(PEOPLE), st.none() | st.booleans())),
    )


def _posts(draw: st.DrawFn) -> tuple[PostFact, ...]:
    headed: set[int] = set()
    posts = [
        PostFact(id=POSTS[0], unit=LEADERSHIP, leadership=True, leadership_head=True),
        PostFact(id=POSTS[1], unit=LEADERSHIP, leadership=True),
    ]
    for key in POSTS[2:]:
        within = draw(st.sampled_from([LEADERSHIP, *UNITS]))
        heads = within != LEADERSHIP and within not in headed and draw(st.booleans())
        if heads:
            headed.add(within)
        posts.append(PostFact(id=key, unit=within, unit_head=heads))
    return tuple(posts)


def _seated(draw: st.DrawFn) -> tuple[Seated, ...]:
    rows = st.builds(
        lambda person, post, span, kind: Seated(person, post, span[0], span[1], kind),
        st.sampled_from(PEOPLE),
        st.sampled_from(POSTS),
        spans(),
        st.sampled_from(SeatKind),
    )
    return tuple(
        draw(
            st.lists(
                rows,
                min_size=3,
                max_size=12,
                unique_by=lambda each: each[:3],
            )
        )
    )


def _led(draw: st.DrawFn) -> tuple[Led, ...]:
    rows = st.builds(
        lambda leader, within, span: Led(leader, within, *span),
        st.sampled_from(PEOPLE),
        st.sampled_from(UNITS),
        spans(),
    )
    return tuple(draw(st.lists(rows, max_size=3, unique_by=lambda each: each.unit)))


def _sits() -> st.SearchStrategy[Sits]:
    return st.builds(
        lambda person, body, span: Sits(person, body, *span),
        st.sampled_from(PEOPLE),
        st.sampled_from([BodyKind.DISCIPLINE_OFFICE, BodyKind.DISCIPLINE_OVERSIGHT]),
        spans(),
    )


def _rated(draw: st.DrawFn) -> tuple[Rated, ...]:
    """Return editions one after another, and a few overrides, for some posts."""
    rated: list[Rated] = []
    for post in draw(st.lists(st.sampled_from(POSTS), min_size=2, max_size=6, unique=True)):
        days = sorted(draw(st.lists(st.one_of(DAYS, SOME_DAYS), min_size=1, max_size=3)))
        for place, from_on in enumerate(days):
            level = draw(st.sampled_from(["", *RANKS]))
            ends = days[place + 1] - DAY if place + 1 < len(days) else None
            if level:
                edition = f"{from_on.year}-{place + 1}"
                rated.append(Rated(post, Given(level, RANKS[level], from_on, ends, edition)))
    for key in range(draw(st.integers(0, 3))):
        level = draw(st.sampled_from([*RANKS]))
        span = draw(spans())
        given = Given(level, RANKS[level], *span, "", key + 1)
        rated.append(Rated(draw(st.sampled_from(POSTS)), given))
    return tuple(sorted(rated, key=lambda each: (each.post, each.given.from_on)))


def _numbers() -> st.SearchStrategy[Number]:
    return st.one_of(
        st.builds(
            Number,
            st.sampled_from(["duties.report_high.on", "duties.check_high.on"]),
            st.sampled_from([0.0, 1.0]),
            DAYS,
        ),
        st.builds(
            Number,
            st.sampled_from(
                ["duties.talk_regular_high.interval", "duties.disclosure_high.interval"]
            ),
            st.sampled_from([1.0, 3.0, 12.0]),
            DAYS,
        ),
    )


def _measures(draw: st.DrawFn) -> list[MeasureFact]:
    """Return measures of one edition each; the first day is one on which it is in force."""
    made: list[MeasureFact] = []
    for key in range(1, draw(st.integers(0, 3)) + 1):
        kind = draw(st.sampled_from(MeasureKind))
        due = draw(DAYS) if kind is MeasureKind.DATED else draw(st.none() | DAYS)
        made.append(
            MeasureFact(
                id=key,
                first=key,
                unit=draw(st.sampled_from(UNITS)),
                kind=kind,
                from_on=FIRST,
                post=draw(st.none() | st.sampled_from(POSTS)),
                due_on=due,
                edition="2026-1",
            )
        )
    return made
