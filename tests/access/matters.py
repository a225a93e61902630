"""Who may open matters of accountability: who keeps, decides, and whom they are about."""

from lianfang.assessment.actions import holding
from lianfang.assessment.models import Accountability
from lianfang.assessment.tests.making import candidate, heard, matter
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.parts import ADMINISTRATORS, EVERYBODY, NOBODY, STAFF, Row, own_and_other, row

KEEPS, DECIDES, CONCERNED = {"officer"}, {"secretary"}, {"head"}
KNOWS = KEEPS | DECIDES | CONCERNED
UNKNOWN = EVERYBODY - KNOWS
_YEAR = 2025


def _found(cast: Cast, state: str) -> Accountability | None:
    return Accountability.objects.filter(organisation=cast.organisation, state=state).first()


def opened_matter(cast: Cast) -> int:
    """Return a matter about the head of finance."""
    return (_found(cast, "opened") or matter(cast, key=f"reporting:{cast.units['CW'].pk}:1")).pk


def heard_matter(cast: Cast) -> int:
    """Return a matter in which the head was heard."""
    return (_found(cast, "heard") or heard(cast)).pk


def decided_matter(cast: Cast) -> int:
    """Return a matter that was decided, without its letter."""
    found = _found(cast, "decided")
    if found is None:
        found = matter(cast, key=f"reporting:{cast.units['CW'].pk}:2")
        found.state, found.heard_on, found.hearing = Accountability.State.DECIDED, ON, "x"
        found.decided_on, found.decision = ON, "批评教育"
        found.save()
    return found.pk


def appealed_matter(cast: Cast) -> int:
    """Return a matter in which the head appealed."""
    found = _found(cast, "appealed")
    if found is None:
        found = holding.appeal_matter(
            matter=Accountability.objects.get(pk=decided_matter(cast)),
            appeal="不服",
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )
    return found.pk


def dismissed_matter(cast: Cast) -> int:
    """Return a matter that was dismissed: with those who keep it alone."""
    found = _found(cast, "dismissed")
    if found is None:
        found = matter(cast, key=f"reporting:{cast.units['CW'].pk}:3")
        found.state, found.dismissed_for = Accountability.State.DISMISSED, "查否"
        found.save()
    return found.pk


def silent(cast: Cast) -> list[object]:
    """Return the candidate of a unit whose report of last year is missing."""
    if not Duty.objects.filter(organisation=cast.organisation, rule="unit_report").exists():
        owed(
            cast,
            kind=Duty.Kind.UNIT_REPORT,
            rule="unit_report",
            ground="unit_report:1",
            person=None,
            post=None,
            opens_on=ON.replace(year=_YEAR),
            period=ON.replace(year=_YEAR),
            due_on=ON.replace(year=_YEAR),
        )
    return [_YEAR, candidate(cast).key.replace("2026", str(_YEAR))]


def _of_candidate(name: str) -> list[Row]:
    # those who keep matters but not this one don't learn of it
    hidden = ADMINISTRATORS | {"overseer"}
    return [
        row(name, KEEPS, lambda own, _: silent(own), hidden=hidden, about="own"),
        row(
            name,
            NOBODY,
            lambda _, other: silent(other),
            hidden=hidden | KEEPS,
            about="of another organisation",
        ),
    ]


MATTERS = [
    row("assessment:matters", STAFF, hidden=ADMINISTRATORS),
    *_of_candidate("assessment:candidate"),
    *_of_candidate("assessment:candidate-open"),
    *_of_candidate("assessment:candidate-dismiss"),
    *own_and_other("assessment:matter", KNOWS, opened_matter, hidden=UNKNOWN),
    row(
        "assessment:matter",
        KEEPS,
        lambda own, _: [dismissed_matter(own)],
        hidden=EVERYBODY - KEEPS,
        about="dismissed",
    ),
    *own_and_other("assessment:hear", KEEPS, opened_matter, hidden=UNKNOWN),
    *own_and_other("assessment:dismiss", KEEPS, opened_matter, hidden=UNKNOWN),
    *own_and_other("assessment:decide", DECIDES, heard_matter, hidden=UNKNOWN),
    *own_and_other("assessment:appeal", CONCERNED, decided_matter, hidden=UNKNOWN),
    *own_and_other("assessment:appeal-answer", DECIDES, appealed_matter, hidden=UNKNOWN),
    *own_and_other("assessment:close", KEEPS, decided_matter, hidden=UNKNOWN),
    *own_and_other("assessment:close", KEEPS, decided_matter, hidden=UNKNOWN, method="post"),
    row(
        "assessment:letter",
        NOBODY,
        lambda own, _: [decided_matter(own), "pdf"],
        hidden=EVERYBODY,
        about="not issued",
    ),
]
