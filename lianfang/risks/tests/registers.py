"""Registers as they can be stored: generated, with codes for ids, over a small organisation."""

from datetime import date

from hypothesis import strategies as st

from lianfang.register import model

UNITS = ("CW", "PS", "BG")
POSTS = ("CWC", "CWG", "PSG", "BGC", "BGG")
LEVELS = ("high", "medium", "low")
words = st.text("审批核对收付款登记保管票据、，。（）ABC 12", min_size=1, max_size=30).map(
    str.strip
)
named = words.filter(bool)
maybe_words = st.one_of(st.just(""), named)
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
level = st.one_of(st.none(), st.sampled_from(LEVELS))
post = st.sampled_from(POSTS)
matter = st.sampled_from(("major_decision", "large_sum"))
maybe_post = st.one_of(st.none(), post)
extras = st.lists(st.builds(model.Extra, label=named, text=named), max_size=2).map(tuple)


@st.composite
def _regulations(draw: st.DrawFn) -> tuple[model.Regulation, ...]:
    count = draw(st.integers(0, 3))
    return tuple(
        model.Regulation(
            id=f"ZD-{number + 1:03}",
            title=draw(named),
            number=draw(maybe_words),
            issuer=draw(maybe_words),
            state=draw(st.sampled_from(model.RegulationState)),
            in_force_on=draw(days),
            owner=draw(maybe_post),
            due_on=draw(days),
        )
        for number in range(count)
    )


@st.composite
def _power(draw: st.DrawFn, code: str, unit: str, rules: tuple[str, ...]) -> model.Power:
    steps = [f"{code}-{number}" for number in range(1, draw(st.integers(0, 4)) + 1)]
    parts = draw(st.lists(st.tuples(post, st.sampled_from(model.Role)), max_size=3, unique=True))
    rule = st.sampled_from((None, *rules))
    return model.Power(
        id=code,
        code=code,
        unit=unit,
        name=draw(named),
        category=draw(st.sampled_from((None, "decision", "execution", "supervision"))),
        kind=draw(maybe_words),
        matters=tuple(
            draw(st.lists(st.sampled_from(("major_decision", "large_sum")), unique=True))
        ),
        frequency=draw(maybe_words),
        bases=tuple(
            model.Basis(text=draw(named), regulation=draw(rule), article=draw(maybe_words))
            for _ in range(draw(st.integers(0, 2)))
        ),
        posts=tuple(
            model.PowerPost(
                post=seat,
                role=role,
                limit=draw(maybe_words),
                amount=draw(st.one_of(st.none(), st.integers(0, 10**9))),
            )
            for seat, role in parts
        ),
        steps=tuple(
            model.Step(
                id=step,
                name=draw(named),
                kind=draw(st.sampled_from(model.StepKind)),
                post=draw(maybe_post),
                lane=draw(maybe_words),
                days=draw(st.one_of(st.none(), st.integers(0, 300))),
                term=draw(maybe_words),
                output=draw(maybe_words),
                arrows=tuple(
                    model.Arrow(to=draw(st.sampled_from(steps)), condition=draw(maybe_words))
                    for _ in range(draw(st.integers(0, 2)))
                ),
            )
            for step in steps
        ),
        public=draw(st.booleans()),
        extras=draw(extras),
    )


@st.composite
def _measure(draw: st.DrawFn, code: str, rules: tuple[str, ...]) -> model.Measure:
    return model.Measure(
        id=code,
        text=draw(named),
        phase=draw(st.sampled_from((None, "early", "during", "after"))),
        post=draw(maybe_post),
        responsible=draw(maybe_words),
        frequency=draw(maybe_words),
        due_on=draw(days),
        evidence=draw(maybe_words),
        method=draw(maybe_words),
        indicator=draw(maybe_words),
        regulation=draw(st.sampled_from((None, *rules))),
        asks_rule=draw(st.booleans()),
    )


@st.composite
def _risk(
    draw: st.DrawFn, code: str, unit: str, about: list[model.Subject], rules: tuple[str, ...]
) -> model.RiskPoint:
    scores = st.lists(
        st.builds(
            model.Score, factor=st.sampled_from(("frequency", "loopholes")), value=st.integers(1, 5)
        ),
        max_size=2,
        unique_by=lambda score: score.factor,
    ).map(tuple)
    return model.RiskPoint(
        id=code,
        unit=unit,
        about=draw(st.sampled_from(about)),
        title=draw(named),
        posts=tuple(draw(st.lists(post, max_size=3, unique=True))),
        aspects=tuple(draw(st.lists(st.sampled_from(("power", "rules", "conduct")), unique=True))),
        focus=draw(st.sampled_from((None, "duty"))),
        manifestations=tuple(
            model.Manifestation(text=draw(named), level=draw(level))
            for _ in range(draw(st.integers(0, 3)))
        ),
        found_on=draw(days),
        scores=draw(scores),
        residual=draw(scores),
        computed=draw(level),
        level=draw(level),
        confirmed=draw(level),
        reason=draw(maybe_words),
        measures=tuple(
            draw(_measure(f"{code}-{number}", rules))
            for number in range(1, draw(st.integers(0, 3)) + 1)
        ),
        extras=draw(extras),
    )


@st.composite
def registers(draw: st.DrawFn) -> model.Register:
    """Return regulations, powers and risk points as they come out of the database."""
    regulations = draw(_regulations())
    rules = tuple(rule.id for rule in regulations)
    powers, risks = [], []
    for unit in UNITS:
        own = [
            draw(_power(f"{unit}-{number:02}", unit, rules))
            for number in range(1, draw(st.integers(0, 2)) + 1)
        ]
        powers += own
        kinds = model.SubjectKind
        about = [model.Subject(kind=kinds.UNIT, id=unit)]
        about += [model.Subject(kind=kinds.POST, id=seat) for seat in POSTS]
        about += [model.Subject(kind=kinds.REGULATION, id=rule) for rule in rules]
        about += [model.Subject(kind=kinds.POWER, id=power.id) for power in own]
        about += [model.Subject(kind=kinds.STEP, id=s.id) for power in own for s in power.steps]
        risks += [
            draw(_risk(f"R-{unit}-{number:02}", unit, about, rules))
            for number in range(1, draw(st.integers(0, 3)) + 1)
        ]
    return model.Register(regulations=regulations, powers=tuple(powers), risks=tuple(risks))
