"""Regulations and powers of the example, from the files of its register."""

from collections.abc import Iterator, Mapping
from datetime import date

from lianfang.example.dates import day_of
from lianfang.example.entries import (
    PowerEntry,
    RegulationEntry,
    StepEntry,
    regulation_entries,
    unit_files,
    unit_of,
)
from lianfang.register.model import (
    Arrow,
    Basis,
    Power,
    PowerPost,
    Regulation,
    Step,
    StepKind,
)

# Stands in a regulation's number for the year in which it came into force.
_YEAR = "{年}"


def regulations_on(on: date) -> Iterator[Regulation]:
    """Yield the regulations with their days when the example is loaded on one. Raises NoDay."""
    for code, entry in regulation_entries().items():
        in_force_on = _day(entry.in_force, on)
        year = str(in_force_on.year) if in_force_on else ""
        yield Regulation(
            id=code,
            title=entry.title,
            number=entry.number.replace(_YEAR, year),
            issuer=entry.issuer,
            state=entry.state,
            in_force_on=in_force_on,
            repealed_on=_day(entry.repealed, on),
            owner=entry.owner,
            due_on=_day(entry.due, on),
        )


def powers() -> Iterator[Power]:
    """Yield the powers of all units, in the order of the units."""
    rules = regulation_entries()
    for file in unit_files().values():
        for code, entry in file.powers.items():
            yield _power(code, entry, rules)


def _day(text: str, on: date) -> date | None:
    return day_of(text, on) if text else None


def _power(code: str, entry: PowerEntry, rules: Mapping[str, RegulationEntry]) -> Power:
    return Power(
        id=code,
        code=code,
        unit=unit_of(code),
        name=entry.name,
        category=entry.category,
        matters=entry.matters,
        frequency=entry.often,
        bases=tuple(_basis(words, rules) for words in entry.bases),
        posts=tuple(
            PowerPost(post=part.post, role=part.role, limit=part.limit, amount=part.amount)
            for part in entry.posts
        ),
        steps=tuple(_step(code, place, entry.steps) for place in range(len(entry.steps))),
        public=entry.public,
    )


def _basis(words: str, rules: Mapping[str, RegulationEntry]) -> Basis:
    code, _, article = words.partition(" ")
    return Basis(text=f"《{rules[code].title}》{article}", regulation=code, article=article)


def _step(power: str, place: int, steps: tuple[StepEntry, ...]) -> Step:
    entry = steps[place]
    return Step(
        id=f"{power}-{place + 1}",
        name=entry.name,
        kind=entry.kind,
        post=entry.post,
        days=entry.days,
        term=entry.term,
        output=entry.output,
        arrows=tuple(
            Arrow(to=f"{power}-{to}", condition=condition)
            for condition, to in _ways(entry, below=place + 2)
        ),
    )


def _ways(entry: StepEntry, *, below: int) -> Iterator[tuple[str, int]]:
    """Yield on what condition, and to which place, the flow goes on from a step."""
    if isinstance(entry.to, dict):
        yield from entry.to.items()
    elif entry.to is not None:
        yield "", entry.to
    elif entry.kind is not StepKind.END:
        yield "", below
