"""The smallest valid parts, and strategies for whole Registers."""

from hypothesis import strategies as st

from lianfang.register.model import (
    Fact,
    Manifestation,
    Measure,
    Post,
    Power,
    Register,
    RiskPoint,
    Step,
    Subject,
    SubjectKind,
    Unit,
)

_WORDS = st.text(
    alphabet="采购审批考核招录资金车辆接待档案印章评审公示复核登记", min_size=2, max_size=12
)


def measure(text: str = "每月由两人核对派车单", made: str = "measure-1") -> Measure:
    """Return a measure."""
    return Measure(id=made, text=text)


def risk(
    title: str = "公车私用",
    made: str = "risk-1",
    *,
    level: str | None = "medium",
    measures: tuple[Measure, ...] = (),
    power: str = "power-1",
) -> RiskPoint:
    """Return a risk point about a power."""
    return RiskPoint(
        id=made,
        unit="unit-1",
        about=Subject(kind=SubjectKind.POWER, id=power),
        title=title,
        level=level,
        measures=measures,
    )


def register(*risks: RiskPoint, powers: tuple[Power, ...] | None = None) -> Register:
    """Return a register of one office with these risk points."""
    return Register(
        units=(Unit(id="unit-1", name="办公室"),),
        posts=(Post(id="post-1", unit="unit-1", name="车管员"),),
        powers=powers or (Power(id="power-1", unit="unit-1", name="公务用车管理"),),
        risks=risks,
    )


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Draw a register whose references all resolve."""
    units = tuple(
        Unit(id=f"unit-{n}", name=name)
        for n, name in enumerate(draw(st.lists(_WORDS, min_size=1, max_size=3, unique=True)), 1)
    )
    unit = st.sampled_from([entry.id for entry in units])
    posts = tuple(
        Post(id=f"post-{n}", unit=draw(unit), name=name)
        for n, name in enumerate(draw(st.lists(_WORDS, max_size=3)), 1)
    )
    powers = tuple(
        Power(
            id=f"power-{n}",
            unit=draw(unit),
            name=name,
            steps=(Step(id=f"step-{n}", name=draw(_WORDS)),),
        )
        for n, name in enumerate(draw(st.lists(_WORDS, min_size=1, max_size=4)), 1)
    )
    risks = tuple(
        _drawn_risk(draw, n, draw(unit), draw(st.sampled_from([p.id for p in powers])), title)
        for n, title in enumerate(draw(st.lists(_WORDS, max_size=6)), 1)
    )
    return Register(
        scheme="cnas-2012",
        units=units,
        posts=posts,
        powers=powers,
        risks=risks,
        absent=tuple(draw(st.sets(st.sampled_from(list(Fact)), max_size=3))),
    )


def _drawn_risk(draw: st.DrawFn, number: int, unit: str, power: str, title: str) -> RiskPoint:
    shown = draw(st.lists(_WORDS, max_size=2))
    texts = draw(st.lists(_WORDS, max_size=3))
    return RiskPoint(
        id=f"risk-{number}",
        unit=unit,
        about=Subject(kind=SubjectKind.POWER, id=power),
        title=title,
        level=draw(st.sampled_from([None, "high", "medium", "low"])),
        manifestations=tuple(Manifestation(text=text) for text in shown),
        measures=tuple(
            Measure(id=f"measure-{number}-{n}", text=text) for n, text in enumerate(texts, 1)
        ),
    )
