"""Duties that ask for words, and reports that have come some way."""

from datetime import date
from typing import Any

from lianfang.duties.actions import judging, writing
from lianfang.duties.models import Duty, Report
from lianfang.duties.rules.reports import HELD, PARTS
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
BEGINS, ENDS = date(2026, 1, 1), date(2026, 6, 30)
UNTIL = date(2026, 5, 24)
RULES = {
    "report": "report_medium",
    "unit_report": "unit_report",
    "statement": "statement_high",
    "disclosure": "disclosure_high",
    "visit": "supervision_visit",
}
_OF_UNIT = {"person": None, "post": None}
ACTORS: dict[str, tuple[str, Duty.ActorRole, dict[str, Any]]] = {
    "report": ("clerk", Duty.ActorRole.HOLDER, {}),
    "unit_report": ("head", Duty.ActorRole.CONTROL_OWNER, _OF_UNIT),
    "statement": ("clerk", Duty.ActorRole.HOLDER, {"form": "organisation_life"}),
    "disclosure": ("clerk", Duty.ActorRole.HOLDER, {}),
    "visit": ("deputy", Duty.ActorRole.PORTFOLIO_LEADER, _OF_UNIT),
}


def asked(cast: Cast, kind: str = "report", **values: Any) -> Duty:
    """Return an open duty of the first half of the year that asks for words about finance."""
    part, role, more = ACTORS[kind]
    given = {
        "ground": f"{RULES[kind]}:{Duty.objects.count()}",
        "rule": RULES[kind],
        "kind": kind,
        "actor": cast.people[part],
        "actor_role": role,
        "opens_on": BEGINS,
        "due_on": ENDS,
        **more,
        **values,
    }
    return owed(cast, **given)


def begun(cast: Cast, kind: str = "report", **values: Any) -> Report:
    """Return a draft that holds what is on record, and nothing that was written."""
    duty = asked(cast, kind, **values)
    return writing.start_report(
        duty=duty, scheme=SCHEME, on=ON, by=cast.logins[ACTORS[kind][0]], at=AT
    )


def written(cast: Cast, kind: str = "report", **values: Any) -> Report:
    """Return a draft with something in every section."""
    report = begun(cast, kind, **values)
    return writing.write_report(
        report=report,
        texts={part.code: f"{part.label.zh}已查" for part in PARTS[kind]},
        held_on=ON if kind in HELD else None,
        by=cast.logins[ACTORS[kind][0]],
        at=AT,
    )


def sent(cast: Cast, kind: str = "report", **values: Any) -> Report:
    """Return a report that was sent, put on record, or is disclosed until UNTIL."""
    return send(written(cast, kind, **values), cast)


def send(report: Report, cast: Cast, on: date = ON) -> Report:
    """Send a report by whoever wrote it."""
    return writing.send_report(
        report=report,
        public_until=UNTIL if report.kind == Duty.Kind.DISCLOSURE else None,
        on=on,
        by=cast.logins[ACTORS[report.kind][0]],
        at=AT,
    )


def send_back(report: Report, cast: Cast, part: str = "head") -> Report:
    """Return a report to be mended."""
    return judging.return_report(report=report, comment="请补写时限", by=cast.logins[part], at=AT)
