"""Gives the parts of a Register other ids, wherever they are mentioned."""

from collections.abc import Mapping

from msgspec.structs import replace

from lianfang.register.model import (
    Charge,
    Measure,
    Post,
    Power,
    Register,
    RiskPoint,
    Step,
    Subject,
    SubjectKind,
)


class Names:
    """New ids by old id, one mapping for each kind of part; an id without one stays."""

    def __init__(self) -> None:
        self.units: dict[str, str] = {}
        self.posts: dict[str, str] = {}
        self.regulations: dict[str, str] = {}
        self.powers: dict[str, str] = {}
        self.steps: dict[str, str] = {}
        self.risks: dict[str, str] = {}
        self.measures: dict[str, str] = {}

    def subject(self, subject: Subject) -> Subject:
        """Return the same subject under its new id."""
        by_kind = {
            SubjectKind.UNIT: self.units,
            SubjectKind.POST: self.posts,
            SubjectKind.REGULATION: self.regulations,
            SubjectKind.POWER: self.powers,
            SubjectKind.STEP: self.steps,
        }
        return Subject(kind=subject.kind, id=_new(by_kind[subject.kind], subject.id))


def renamed(register: Register, names: Names) -> Register:
    """Return the same register with other ids. Linear in its parts."""
    return replace(
        register,
        units=tuple(
            replace(u, id=_new(names.units, u.id), parent=_maybe(names.units, u.parent))
            for u in register.units
        ),
        posts=tuple(_post(post, names) for post in register.posts),
        regulations=tuple(
            replace(r, id=_new(names.regulations, r.id), owner=_maybe(names.posts, r.owner))
            for r in register.regulations
        ),
        powers=tuple(_power(power, names) for power in register.powers),
        risks=tuple(_risk(risk, names) for risk in register.risks),
        holders=register.holders
        and tuple(replace(h, post=_new(names.posts, h.post)) for h in register.holders),
        finders=register.finders
        and tuple(replace(f, unit=_new(names.units, f.unit)) for f in register.finders),
        totals=register.totals
        and tuple(replace(t, unit=_maybe(names.units, t.unit)) for t in register.totals),
        charges=register.charges and tuple(_charge(charge, names) for charge in register.charges),
    )


def _new(names: Mapping[str, str], old: str) -> str:
    return names.get(old, old)


def _maybe(names: Mapping[str, str], old: str | None) -> str | None:
    return None if old is None else names.get(old, old)


def _post(post: Post, names: Names) -> Post:
    return replace(post, id=_new(names.posts, post.id), unit=_new(names.units, post.unit))


def _power(power: Power, names: Names) -> Power:
    return replace(
        power,
        id=_new(names.powers, power.id),
        unit=_new(names.units, power.unit),
        bases=tuple(
            replace(b, regulation=_maybe(names.regulations, b.regulation)) for b in power.bases
        ),
        posts=tuple(replace(p, post=_new(names.posts, p.post)) for p in power.posts),
        steps=tuple(_step(step, names) for step in power.steps),
    )


def _step(step: Step, names: Names) -> Step:
    return replace(
        step,
        id=_new(names.steps, step.id),
        post=_maybe(names.posts, step.post),
        arrows=tuple(replace(arrow, to=_new(names.steps, arrow.to)) for arrow in step.arrows),
    )


def _risk(risk: RiskPoint, names: Names) -> RiskPoint:
    return replace(
        risk,
        id=_new(names.risks, risk.id),
        unit=_new(names.units, risk.unit),
        about=names.subject(risk.about),
        posts=tuple(_new(names.posts, post) for post in risk.posts),
        measures=tuple(_measure(measure, names) for measure in risk.measures),
    )


def _measure(measure: Measure, names: Names) -> Measure:
    return replace(
        measure,
        id=_new(names.measures, measure.id),
        post=_maybe(names.posts, measure.post),
        regulation=_maybe(names.regulations, measure.regulation),
    )


def _charge(charge: Charge, names: Names) -> Charge:
    return replace(charge, risk=_new(names.risks, charge.risk))
