"""The smallest parts of a register, and strategies for parts that say much the same."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hypothesis import strategies as st

from lianfang.register.model import (
    Arrow,
    Basis,
    Extra,
    Manifestation,
    Measure,
    Power,
    PowerPost,
    Register,
    RiskPoint,
    Role,
    Step,
    Subject,
    SubjectKind,
)

Drawn = TypeVar("Drawn")

# So few words that parts drawn apart often agree.
LETTERS = "ABCD"
LEVELS = (None, "high", "medium", "low")


def about(kind: str, made: str) -> Subject:
    """Return what a risk point hangs on."""
    return Subject(kind=SubjectKind(kind), id=made)


def measure(made: str = "A", text: str = "", **more: Any) -> Measure:
    """Return a measure, by default with its id for words."""
    return Measure(id=made, text=text or made, **more)


def measures(letters: Iterable[str]) -> tuple[Measure, ...]:
    """Return a measure for each letter."""
    return tuple(measure(letter) for letter in letters)


def risk(made: str = "R-CW-01", title: str = "虚报差旅", **more: Any) -> RiskPoint:
    """Return a risk point of the unit CW about its first power."""
    return RiskPoint(
        id=made,
        unit=more.pop("unit", "CW"),
        about=more.pop("about", about("power", "CW-01")),
        title=title,
        **more,
    )


def power(made: str = "CW-01", name: str = "经费报销审批", **more: Any) -> Power:
    """Return a power of the unit CW, stored under its code."""
    return Power(id=made, code=made, unit=more.pop("unit", "CW"), name=name, **more)


def bases(letters: Iterable[str]) -> tuple[Basis, ...]:
    """Return a basis for each letter."""
    return tuple(Basis(text=letter) for letter in letters)


def shown(letters: Iterable[str]) -> tuple[Manifestation, ...]:
    """Return a way in which a risk shows for each letter."""
    return tuple(Manifestation(text=letter) for letter in letters)


def links(*names: str, of: str = "CW-01") -> tuple[Step, ...]:
    """Return steps that risks name, without a flow."""
    return tuple(Step(id=f"{of}-{place}", name=name) for place, name in enumerate(names, 1) if name)


def flow(*names: str, of: str = "CW-01", lane: str = "") -> tuple[Step, ...]:
    """Return a flow of steps, one after the other."""
    return tuple(
        Step(
            id=f"{of}-{place}",
            name=name,
            lane=lane,
            arrows=(Arrow(to=f"{of}-{place + 1}"),) if place < len(names) else (),
        )
        for place, name in enumerate(names, 1)
    )


def register(*parts: Power | RiskPoint, **more: Any) -> Register:
    """Return a register of powers and risk points."""
    return Register(
        powers=tuple(part for part in parts if isinstance(part, Power)),
        risks=tuple(part for part in parts if isinstance(part, RiskPoint)),
        **more,
    )


# strategies


def _some(of: Callable[[str], Drawn]) -> st.SearchStrategy[tuple[Drawn, ...]]:
    letters = st.lists(st.sampled_from(LETTERS), max_size=3, unique=True)
    return letters.map(lambda drawn: tuple(of(letter) for letter in drawn))


_WORD = st.sampled_from(("", *LETTERS))
_CODE = st.sampled_from((None, *LETTERS))
_LEVEL = st.sampled_from(LEVELS)
_EXTRAS = st.lists(
    st.builds(lambda label, text: Extra(label=label, text=text), _WORD, _WORD), max_size=2
).map(tuple)
_ABOUTS = st.sampled_from(
    [
        about("unit", "CW"),
        about("post", "CN"),
        about("power", "CW-01"),
        about("power", "CW-02"),
        about("step", "CW-01-1"),
        about("step", "CW-02-1"),
    ]
)


@st.composite
def _measures(draw: st.DrawFn) -> tuple[Measure, ...]:
    return tuple(
        measure(
            letter,
            draw(st.sampled_from((letter, f"{letter}改", "同文"))),
            phase=draw(_CODE),
            post=draw(_CODE),
            responsible=draw(_WORD),
            frequency=draw(_WORD),
            evidence=draw(_WORD),
        )
        for letter in draw(st.lists(st.sampled_from(LETTERS), max_size=3, unique=True))
    )


@st.composite
def any_risks(draw: st.DrawFn) -> RiskPoint:
    """Draw a risk point under one id."""
    return risk(
        title=draw(_WORD),
        level=draw(_LEVEL),
        about=draw(_ABOUTS),
        posts=draw(_some(str)),
        aspects=draw(_some(str)),
        # the same words may stand twice in a table
        manifestations=tuple(
            Manifestation(text=text, level=draw(_LEVEL))
            for text in draw(st.lists(st.sampled_from(LETTERS), max_size=3))
        ),
        measures=draw(_measures()),
        extras=draw(_EXTRAS),
    )


@st.composite
def any_powers(draw: st.DrawFn) -> Power:
    """Draw a power under one id."""
    names = draw(st.lists(st.sampled_from(("受理", "审核", "决定")), max_size=3, unique=True))
    return power(
        name=draw(_WORD),
        category=draw(_CODE),
        kind=draw(_WORD),
        bases=tuple(
            Basis(text=text, regulation=draw(_CODE))
            for text in draw(st.lists(st.sampled_from(LETTERS), max_size=3))
        ),
        posts=draw(_some(lambda post: PowerPost(post=post, role=Role.EXECUTES))),
        steps=draw(st.sampled_from((links(*names), flow(*names), flow(*names, lane="科长")))),
        extras=draw(_EXTRAS),
    )
