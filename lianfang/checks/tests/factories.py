"""The smallest valid things for the tables of the checks; ids are never words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lianfang.register.model import (
    Arrow,
    Basis,
    Fact,
    Finder,
    Holder,
    Manifestation,
    Measure,
    Post,
    Power,
    PowerPost,
    Register,
    Regulation,
    RiskPoint,
    Role,
    Step,
    StepKind,
    Subject,
    SubjectKind,
    Total,
    Unit,
)

UNIT = "#unit-1"
OTHER = "#unit-2"


@dataclass(frozen=True)
class Case:
    """The Registers that a check must flag and must not flag."""

    code: str
    flagged: tuple[Register, ...]
    clean: tuple[Register, ...]


def unit(n: int = 1, name: str = "", **more: Any) -> Unit:
    return Unit(id=f"#unit-{n}", name=name or f"第{n}处", **more)


def post(n: int = 1, name: str = "", **more: Any) -> Post:
    return Post(id=f"#post-{n}", unit=more.pop("unit", UNIT), name=name or f"岗位{n}", **more)


def part(n: int, role: Role, **more: Any) -> PowerPost:
    return PowerPost(post=f"#post-{n}", role=role, **more)


def step(n: int, name: str, *to: int, kind: StepKind = StepKind.STEP, **more: Any) -> Step:
    arrows = tuple(Arrow(to=f"#step-{there}") for there in to)
    return Step(id=f"#step-{n}", name=name, kind=kind, arrows=arrows, **more)


def power(n: int = 1, name: str = "", **more: Any) -> Power:
    return Power(id=f"#power-{n}", unit=more.pop("unit", UNIT), name=name or f"职权{n}", **more)


def basis(text: str = "《公章使用办法》第三条", **more: Any) -> Basis:
    return Basis(text=text, **more)


def rule(n: int = 1, title: str = "公章使用办法", **more: Any) -> Regulation:
    return Regulation(id=f"#rule-{n}", title=title, **more)


def measure(n: int = 1, text: str = "每月由处长抽查档案并登记", **more: Any) -> Measure:
    return Measure(id=f"#measure-{n}", text=text, **more)


def risk(
    n: int = 1,
    title: str = "",
    shown: str | Iterable[str] = "",
    measures: Iterable[Measure | str] = (),
    **more: Any,
) -> RiskPoint:
    texts = [shown] if isinstance(shown, str) else list(shown)
    made = [
        measure(n * 100 + place, text) if isinstance(text, str) else text
        for place, text in enumerate(measures)
    ]
    return RiskPoint(
        id=f"#risk-{n}",
        unit=more.pop("unit", UNIT),
        about=more.pop("about", Subject(kind=SubjectKind.POWER, id="#power-1")),
        title=title or f"风险{n}",
        manifestations=tuple(Manifestation(text=text) for text in texts if text),
        measures=tuple(made),
        **more,
    )


def about_step(n: int) -> Subject:
    return Subject(kind=SubjectKind.STEP, id=f"#step-{n}")


def about_power(n: int) -> Subject:
    return Subject(kind=SubjectKind.POWER, id=f"#power-{n}")


def about_unit() -> Subject:
    return Subject(kind=SubjectKind.UNIT, id=UNIT)


def holder(n: int, person: str, **more: Any) -> Holder:
    return Holder(post=f"#post-{n}", person=person, **more)


def finder(person: str, found: int) -> Finder:
    return Finder(unit=UNIT, person=person, found=found)


def total(counted: str, number: int, of: str | None = None) -> Total:
    return Total(counted=counted, number=number, unit=of)


def register(*things: object, absent: tuple[Fact, ...] = (), **parts: Any) -> Register:
    """Return a Register of the things given, in order, that knows every optional part."""

    def of(kind: type) -> tuple[Any, ...]:
        return tuple(thing for thing in things if isinstance(thing, kind))

    return Register(
        units=of(Unit) or (unit(),),
        posts=of(Post),
        regulations=of(Regulation),
        powers=of(Power),
        risks=of(RiskPoint),
        holders=parts.pop("holders", of(Holder)),
        finders=parts.pop("finders", of(Finder)),
        totals=parts.pop("totals", of(Total)),
        absent=absent,
        **parts,
    )
