"""Who may open the pages of learning: all staff, its organisers, those above, the public."""

from typing import Any

from lianfang.learning.models import (
    Activity,
    Attendance,
    Certificate,
    LearningPlan,
    Material,
    WarningCase,
)
from lianfang.learning.tests.making import (
    certified,
    draft,
    noted,
    opened,
    plan_of,
    planned,
    published,
    quizzed,
    with_file,
    written,
)
from lianfang.org.tests.cast import Cast
from tests.access.parts import (
    ADMINISTRATORS,
    EVERYBODY,
    MOVED,
    NOBODY,
    SHOWN,
    STAFF,
    own_and_other,
    row,
)

# the two offices organise all, the head of a unit what the unit does itself
OFFICES = {"office", "officer"}
ORGANISERS = OFFICES | {"head"}
ABOVE_CLERK = {"secretary", "deputy", "head", "clerk", "office", "officer"}
ADMIN = ADMINISTRATORS


def _activities(cast: Cast, **asked: Any) -> Activity | None:
    return Activity.objects.filter(organisation=cast.organisation, **asked).first()


def of_all(cast: Cast) -> int:
    """Return a planned activity of the whole organisation."""
    found = _activities(cast, unit=None, state="planned", kind="lecture")
    return (found or planned(cast)).pk


def of_finance(cast: Cast) -> int:
    """Return one that finance organises itself, open."""
    found = _activities(cast, unit=cast.units["CW"])
    return (found or opened(cast, cast.units["CW"])).pk


def running(cast: Cast) -> int:
    """Return one of the whole organisation that is open."""
    return (_activities(cast, unit=None, state="open") or opened(cast)).pk


def with_quiz(cast: Cast) -> int:
    """Return one with a quiz."""
    found = _activities(cast, kind="reading")
    return (found or quizzed(cast, planned(cast, kind="reading"))).pk


def without_quiz(cast: Cast) -> int:
    """Return one without a quiz."""
    return of_all(cast)


def material(cast: Cast) -> int:
    """Return a material of an activity of the whole organisation, a file."""
    found = Material.objects.filter(activity__organisation=cast.organisation).first()
    return (found or with_file(cast)).pk


def entry(cast: Cast) -> int:
    """Return that the clerk came to what finance organised."""
    found = Attendance.objects.filter(activity__organisation=cast.organisation).first()
    if found is None:
        activity = Activity.objects.get(pk=of_finance(cast))
        found = noted(cast, activity, "clerk")[0]
    return found.pk


def case(cast: Cast) -> int:
    """Return a published case."""
    rows = WarningCase.objects.filter(organisation=cast.organisation, published_at__isnull=False)
    return (rows.first() or published(cast)).pk


def case_draft(cast: Cast) -> int:
    """Return the draft of a case."""
    rows = WarningCase.objects.filter(organisation=cast.organisation, published_at=None)
    return (rows.first() or written(cast)).pk


def plan_draft(cast: Cast) -> int:
    """Return the draft of a plan."""
    found = LearningPlan.objects.filter(organisation=cast.organisation, year=2027).first()
    return (found or draft(cast, 2027)).pk


def plan_published(cast: Cast) -> int:
    """Return the plan of this year."""
    return plan_of(cast).pk


def clerk(cast: Cast) -> int:
    """Return the clerk of finance."""
    return cast.people["clerk"].pk


def certificate(cast: Cast) -> int:
    """Return a certificate of the clerk."""
    found = Certificate.objects.filter(person=cast.people["clerk"]).first()
    return (found or certified(cast)).pk


LEARNING = [
    row("learning:mine", STAFF, hidden=ADMIN),
    row("learning:sign-in", STAFF, hidden=ADMIN),
    row("learning:held", EVERYBODY, nobody=SHOWN),
    row("learning:plan", STAFF, hidden=ADMIN),
    row("learning:plan-write", OFFICES, hidden=ADMIN),
    *own_and_other("learning:plan-publish", OFFICES, plan_published, hidden=ADMIN),
    row(
        "learning:plan-publish",
        OFFICES,
        lambda own, _: [plan_draft(own)],
        hidden=EVERYBODY - OFFICES,
        about="draft",
    ),
    row("learning:activities", STAFF, hidden=ADMIN),
    row("learning:activities-export", STAFF, hidden=ADMIN),
    row("learning:activity-add", ORGANISERS | {"overseer"}, hidden=ADMIN),
    *own_and_other("learning:activity", STAFF, of_all, hidden=ADMIN),
    *own_and_other("learning:activity-change", OFFICES, of_all, hidden=ADMIN),
    *own_and_other("learning:activity-open", OFFICES, of_all, hidden=ADMIN),
    *own_and_other("learning:activity-close", ORGANISERS, of_finance, hidden=ADMIN),
    *own_and_other("learning:activity-cancel", OFFICES, of_all, hidden=ADMIN),
    *own_and_other("learning:activity-show", ORGANISERS, of_finance, hidden=ADMIN),
    *own_and_other("learning:activity-code", ORGANISERS, of_finance, hidden=ADMIN),
    row(
        "learning:activity-code",
        OFFICES,
        lambda own, _: [of_all(own)],
        hidden=ADMIN,
        status=MOVED,
        about="not open",
    ),
    *own_and_other("learning:activity-people", ORGANISERS, of_finance, hidden=ADMIN),
    *own_and_other("learning:activity-people-export", ORGANISERS, of_finance, hidden=ADMIN),
    *own_and_other("learning:material-add", OFFICES, of_all, hidden=ADMIN),
    *own_and_other("learning:material-file", STAFF, material, hidden=ADMIN),
    *own_and_other("learning:material-drop", OFFICES, material, hidden=ADMIN),
    *own_and_other("learning:quiz", STAFF, with_quiz, hidden=ADMIN),
    row(
        "learning:quiz",
        NOBODY,
        lambda own, _: [without_quiz(own)],
        hidden=EVERYBODY,
        about="without one",
    ),
    *own_and_other("learning:quiz-write", OFFICES, of_all, hidden=ADMIN),
    *own_and_other("learning:attendance-undo", ORGANISERS, entry, hidden=ADMIN),
    row("learning:cases", STAFF, hidden=ADMIN),
    row("learning:case-add", OFFICES, hidden=ADMIN),
    *own_and_other("learning:case", STAFF, case, hidden=ADMIN),
    row(
        "learning:case",
        OFFICES,
        lambda own, _: [case_draft(own)],
        hidden=EVERYBODY - OFFICES,
        about="draft",
    ),
    *own_and_other("learning:case-change", OFFICES, case, hidden=ADMIN),
    *own_and_other("learning:case-publish", OFFICES, case, hidden=ADMIN),
    *own_and_other("learning:case-read", STAFF, case, hidden=ADMIN),
    row("learning:units", STAFF, hidden=ADMIN),
    row("learning:units-export", STAFF, hidden=ADMIN),
    *own_and_other("learning:record", ABOVE_CLERK, clerk, hidden=ADMIN),
    *own_and_other("learning:certify", OFFICES, clerk, hidden=ADMIN),
    *own_and_other("learning:certificate", ABOVE_CLERK, certificate, hidden=EVERYBODY),
]
