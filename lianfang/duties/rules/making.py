"""Makes duties of a rule: about the holder of a post, a person, a unit, a measure."""

from datetime import date

from lianfang.duties.rules.actors import Acting
from lianfang.duties.rules.clock import Period
from lianfang.duties.rules.facts import Holding, MeasureFact
from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import Run
from lianfang.duties.rules.values import ActorRole, Origin, Wanted

# plain texts: a database takes them as they are
LEVEL, APPOINTMENT = Origin.LEVEL.value, Origin.APPOINTMENT.value
MEASURE, PLAN = Origin.MEASURE.value, Origin.PLAN.value
HOLDER = ActorRole.HOLDER.value


def of_holder(
    history: RuleHistory,
    holding: Holding,
    run: Run,
    acting: Acting,
    key: date,
    period: Period,
    *,
    form: str = "",
    origin: str = LEVEL,
) -> Wanted:
    """Return a duty about the holder of a post; `key` is the day that tells its period."""
    code, kind, clause = history.columns
    return Wanted(
        f"{code}/p{holding.person}/o{holding.post}",
        key,
        code,
        kind,
        origin,
        clause,
        run.level,
        holding.person,
        holding.post,
        holding.unit,
        None,
        *acting,
        *period,
        run.from_on,
        holding.from_on,
        run.edition,
        run.override,
        form,
        None,
    )


def of_person(
    history: RuleHistory, main: Holding, level: str, period: Period, hours: float | None
) -> Wanted:
    """Return a duty about a person whatever the posts, in the unit of the main one."""
    code, kind, clause = history.columns
    return Wanted(
        ground=f"{code}/p{main.person}",
        period=period.due_on,
        rule=code,
        kind=kind,
        origin=PLAN,
        clause=clause,
        level=level,
        person=main.person,
        post=None,
        unit=main.unit,
        measure=None,
        actor_role=HOLDER,
        actor=main.person,
        opens_on=period.opens_on,
        due_on=period.due_on,
        level_since=None,
        held_since=None,
        edition="",
        override=None,
        form="",
        hours=hours,
    )


def of_unit(history: RuleHistory, unit: int, acting: Acting, key: date, period: Period) -> Wanted:
    """Return a duty about a unit."""
    return _of_thing(history, f"u{unit}", unit, acting, key, period)


def of_measure(
    history: RuleHistory, measure: MeasureFact, acting: Acting, key: date, period: Period
) -> Wanted:
    """Return a duty about a measure of an edition."""
    made = _of_thing(history, f"m{measure.first}", measure.unit, acting, key, period)
    return made._replace(origin=MEASURE, measure=measure.id, edition=measure.edition)


def _of_thing(
    history: RuleHistory, subject: str, unit: int, acting: Acting, key: date, period: Period
) -> Wanted:
    role, actor = acting
    code, kind, clause = history.columns
    return Wanted(
        ground=f"{code}/{subject}",
        period=key,
        rule=code,
        kind=kind,
        origin=PLAN,
        clause=clause,
        level="",
        person=None,
        post=None,
        unit=unit,
        measure=None,
        actor_role=role,
        actor=actor,
        opens_on=period.opens_on,
        due_on=period.due_on,
        level_since=None,
        held_since=None,
        edition="",
        override=None,
        form="",
        hours=None,
    )
