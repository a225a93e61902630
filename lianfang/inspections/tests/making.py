"""Draws, visits and findings as tests make them: levels are there, the officer inspects."""

from datetime import date, timedelta
from typing import Any

from lianfang.duties.models import Duty, MeasureInForce
from lianfang.duties.tests.making import owed
from lianfang.inspections.actions.correcting import correct_finding
from lianfang.inspections.actions.drawing import draw_sample, freeze_draw
from lianfang.inspections.actions.draws import Planned, plan_draw
from lianfang.inspections.actions.records import (
    Answered,
    Found,
    Written,
    confirm_record,
    write_record,
)
from lianfang.inspections.models import Draw, Finding, Record
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.risks.tests.leveling import publish

SCHEME = written_scheme("cnas-2012")
DAY = timedelta(days=1)
PUBLIC = ON + DAY
END = date(2026, 12, 31)
LEVELS = {"CWC": "medium", "CWG": "medium", "PSG": "low", "BGG": "medium", "JJG": "medium"}


def rate(cast: Cast, levels: dict[str, str]) -> None:
    """Let the units' first editions give posts their levels."""
    for unit in cast.units.values():
        own = {post: one for post, one in levels.items() if cast.posts[post].unit_id == unit.pk}
        if own:
            publish(cast, "2026-1", ON, unit.code, **own)


def planned(**values: Any) -> Planned:
    given: dict[str, Any] = {
        "title": "2026 年廉洁履责抽查",
        "levels": ["medium", "low"],
        "team": 2,
        "source": "上证综合指数收盘点位",
        "public_on": PUBLIC,
        "due_on": END,
    }
    return Planned(**{**given, **values})


def draft(cast: Cast, **values: Any) -> Draw:
    return plan_draw(
        organisation=cast.organisation,
        year=2026,
        planned=planned(**values),
        scheme=SCHEME,
        by=cast.logins["officer"],
        at=AT,
    )


def frozen(cast: Cast, levels: dict[str, str] | None = None, **values: Any) -> Draw:
    rate(cast, LEVELS if levels is None else levels)
    return freeze(cast, draft(cast, **values))


def freeze(cast: Cast, draw: Draw) -> Draw:
    return freeze_draw(draw=draw, scheme=SCHEME, on=ON, by=cast.logins["officer"], at=AT)


def draw_now(cast: Cast, draw: Draw, value: str = "3245.67", on: date = PUBLIC) -> Draw:
    return draw_sample(
        draw=draw,
        value=value,
        scheme=SCHEME,
        on=on,
        by=cast.logins["officer"],
        at=AT + (on - ON),
    )


def drawn(cast: Cast, levels: dict[str, str] | None = None, **values: Any) -> Draw:
    return draw_now(cast, frozen(cast, levels, **values))


def visit(cast: Cast, **values: Any) -> Duty:
    """Return a regular check of the clerk, open since yesterday."""
    given: dict[str, Any] = {
        "rule": "check_high",
        "ground": f"check_high:{Duty.objects.count()}",
        "kind": Duty.Kind.INSPECTION,
        "actor_role": Duty.ActorRole.DISCIPLINE_OFFICE,
        "actor": None,
        "opens_on": ON - DAY,
        "due_on": ON + 30 * DAY,
        "period": ON + 30 * DAY,
    }
    return owed(cast, **{**given, **values})


def measure(cast: Cast, code: str = "CW-1-1", **values: Any) -> MeasureInForce:
    """Return a measure of the clerk's post."""
    given: dict[str, Any] = {
        "organisation": cast.organisation,
        "unit": cast.units["CW"],
        "post": cast.posts["CWG"],
        "risk_code": "CW-1",
        "code": code,
        "text": "每月由两人核对付款单",
        "kind": MeasureInForce.Kind.RECURRING,
        "edition": "2026-1",
        "evidence": "核对签字单",
        "since_on": ON,
        "from_on": ON,
    }
    return MeasureInForce.objects.create(**{**given, **values})


def written(cast: Cast, *answers: Answered, **values: Any) -> Written:
    given: dict[str, Any] = {
        "held_on": ON,
        "inspectors": [cast.people["officer"]],
        "remark": "总体符合要求。",
        "answers": answers,
    }
    return Written(**{**given, **values})


def found(what: str = "四月核对单缺一人签字", **values: Any) -> Found:
    return Found(**{"what": what, "due_on": ON + 30 * DAY, **values})


def recorded(cast: Cast, duty: Duty | None = None, *answers: Answered, **values: Any) -> Record:
    return write_record(
        duty=duty or visit(cast),
        written=written(cast, *answers, **values),
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def confirmed(cast: Cast, duty: Duty | None = None, *answers: Answered, **values: Any) -> Record:
    record = recorded(cast, duty, *answers, **values)
    return confirm_record(record=record, on=ON, by=cast.logins["officer"], at=AT)


def finding(cast: Cast, duty: Duty | None = None, **values: Any) -> Finding:
    """Return a finding of a confirmed record, for the head of finance to put right."""
    return confirmed(cast, duty, findings=[found(**values)]).findings.get()


def corrected(cast: Cast, one: Finding | None = None) -> Finding:
    return correct_finding(
        finding=one or finding(cast), text="已补签并开会提醒。", by=cast.logins["head"], at=AT
    )
