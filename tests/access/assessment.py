"""Who may open the yearly check: its sheets, results and tasks, by who speaks, scores, confirms."""

from lianfang.assessment.actions.following import do_task
from lianfang.assessment.actions.scoring import File, Given
from lianfang.assessment.models import (
    Adjustment,
    AssessedSheet,
    Assessment,
    AssessmentTask,
    ItemScore,
    Objection,
)
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.tests.making import (
    confirmed,
    drafted,
    give,
    objected,
    opened,
    scored,
    share_of_all,
    sheet_of,
    task,
)
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.parts import (
    ADMINISTRATORS,
    EVERYBODY,
    MOVED,
    NOBODY,
    STAFF,
    Row,
    own_and_other,
    row,
)

OFFICE, PREPARES = {"office"}, {"office", "officer", "secretary"}
UNPREPARED = EVERYBODY - PREPARES
# of the sheet of finance
READS = {"head", "deputy", "secretary", "office", "officer"}
HIDDEN = EVERYBODY - READS
RESULTS = {"secretary", "deputy", "office", "officer"}
# a check of its own year for each state
DRAFT, OPEN, CHECKED, SCORED, CONFIRMED, PUBLISHED = 2031, 2026, 2027, 2028, 2029, 2030


def _year(cast: Cast, year: int) -> Assessment | None:
    return Assessment.objects.filter(organisation=cast.organisation, year=year).first()


def draft(cast: Cast) -> int:
    """Return a check in draft."""
    return (_year(cast, DRAFT) or drafted(cast, DRAFT)).pk


def open_year(cast: Cast) -> int:
    """Return an open check."""
    return (_year(cast, OPEN) or opened(cast)).pk


def confirmed_year(cast: Cast) -> int:
    """Return a check that was confirmed."""
    return (_year(cast, CONFIRMED) or confirmed(cast, CONFIRMED)).pk


def published_year(cast: Cast) -> int:
    """Return a check whose results were told to the leadership, without its notice."""
    found = _year(cast, PUBLISHED) or confirmed(cast, PUBLISHED)
    if found.state != Assessment.State.PUBLISHED:
        found.state, found.scope = Assessment.State.PUBLISHED, Assessment.Scope.EVERYBODY
        found.published_on = ON
        found.save()
    return found.pk


def sheet(cast: Cast) -> int:
    """Return the sheet of finance, which waits for its own points."""
    return sheet_of(Assessment.objects.get(pk=open_year(cast)), cast).pk


def sheet_in_office(cast: Cast) -> int:
    """Return a sheet of finance that has its own points."""
    found = _year(cast, CHECKED)
    if found is None:
        found = opened(cast, ("CW",), CHECKED)
        give(cast, sheet_of(found, cast), Party.SELF)
    return sheet_of(found, cast).pk


def sheet_scored(cast: Cast) -> int:
    """Return the sheet of finance with its score."""
    found = _year(cast, SCORED)
    if found is None:
        found = opened(cast, ("CW",), SCORED)
        scored(cast, sheet_of(found, cast))
    return sheet_of(found, cast).pk


def sheet_confirmed(cast: Cast) -> int:
    """Return the confirmed sheet of finance."""
    return sheet_of(Assessment.objects.get(pk=confirmed_year(cast)), cast).pk


def evidence(cast: Cast) -> list[int]:
    """Return points with a file."""
    rows = ItemScore.objects.filter(
        sheet__assessment__organisation=cast.organisation, evidence__isnull=False
    )
    if not rows.exists():
        other = sheet_of(Assessment.objects.get(pk=open_year(cast)), cast)
        file = File(name="纪要.pdf", chunks=[b"%PDF-1.4\n"])
        points = share_of_all(other, "1")["owners"].points
        give(
            cast,
            other,
            Party.SELF,
            given={"owners": Given(points=points, file=file)},
            is_sent=False,
        )
    found = rows.get()
    return [found.sheet_id, found.pk]


def adjustment(cast: Cast) -> int:
    """Return points added."""
    sheet_key = sheet_scored(cast)
    found = Adjustment.objects.filter(sheet=sheet_key).first()
    return (
        found or Adjustment.objects.create(sheet_id=sheet_key, points=1, reason="x", made_at=AT)
    ).pk


def objection(cast: Cast) -> int:
    """Return an objection that waits."""
    found = Objection.objects.filter(sheet=sheet_scored(cast)).first()
    return (found or objected(cast, AssessedSheet.objects.get(pk=sheet_scored(cast)))).pk


def open_task(cast: Cast) -> int:
    """Return a task that is to be done."""
    found = AssessmentTask.objects.filter(sheet=sheet_confirmed(cast), state="open").first()
    return (found or task(cast, AssessedSheet.objects.get(pk=sheet_confirmed(cast)))).pk


def done_task(cast: Cast) -> int:
    """Return a task that was done, with a file."""
    found = AssessmentTask.objects.filter(sheet=sheet_confirmed(cast), state="done").first()
    if found is None:
        found = do_task(
            task=task(cast, AssessedSheet.objects.get(pk=sheet_confirmed(cast))),
            outcome="已补齐。",
            file=File(name="纪要.pdf", chunks=[b"%PDF-1.4\n"]),
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )
    return found.pk


def _of_draft(name: str, *more: object) -> list[Row]:
    return [
        row(
            name,
            OFFICE,
            lambda own, _: [draft(own), *more],
            hidden=UNPREPARED,
            about="own",
        ),
        row(
            name,
            NOBODY,
            lambda _, other: [draft(other), *more],
            hidden=EVERYBODY,
            about="of another organisation",
        ),
    ]


def _of_sheet(name: str, opens: set[str], *more: object, status: int = 200) -> list[Row]:
    return [
        row(
            name,
            opens,
            lambda own, _: [sheet(own), *more],
            hidden=HIDDEN,
            about=f"own {more}",
            status=status,
        ),
        row(
            name,
            NOBODY,
            lambda _, other: [sheet(other), *more],
            hidden=EVERYBODY,
            about=f"of another organisation {more}",
        ),
    ]


ASSESSES, SPEAKS, LEADS = {"officer"}, {"head"}, {"deputy", "secretary"}
ASSESSMENT = [
    row("assessment:board", STAFF, hidden=ADMINISTRATORS),
    row("assessment:draft", OFFICE, hidden=ADMINISTRATORS),
    row(
        "assessment:asked",
        PREPARES,
        lambda own, _: [draft(own), "units"],
        hidden=UNPREPARED,
        about="draft",
    ),
    row(
        "assessment:asked",
        STAFF,
        lambda own, _: [open_year(own), "persons"],
        hidden=ADMINISTRATORS,
        about="open",
    ),
    *_of_draft("assessment:item-add", "units"),
    *_of_draft("assessment:item-edit", "units", "owners"),
    *_of_draft("assessment:item-remove", "persons", "opinion"),
    *own_and_other("assessment:open", OFFICE, draft, hidden=UNPREPARED),
    *own_and_other("assessment:people", STAFF, open_year, hidden=ADMINISTRATORS),
    *own_and_other("assessment:confirm", {"secretary"}, open_year, hidden=ADMINISTRATORS),
    row(
        "assessment:score-many",
        {"officer", "overseer"},
        lambda own, _: [open_year(own), "office"],
        hidden=ADMINISTRATORS,
        about="office",
    ),
    row(
        "assessment:score-many",
        LEADS,
        lambda own, _: [open_year(own), "leadership"],
        hidden=ADMINISTRATORS,
        about="leadership",
    ),
    *own_and_other("assessment:publish", OFFICE, confirmed_year, hidden=ADMINISTRATORS),
    *own_and_other("assessment:results", RESULTS, confirmed_year, hidden=ADMINISTRATORS),
    row(
        "assessment:results",
        STAFF,
        lambda own, _: [published_year(own)],
        hidden=ADMINISTRATORS,
        about="told to everybody",
    ),
    row(
        "assessment:notice",
        NOBODY,
        lambda own, _: [confirmed_year(own), "pdf"],
        hidden=ADMINISTRATORS | RESULTS,
        about="not issued",
    ),
    row(
        "assessment:export",
        OFFICE,
        lambda own, _: [confirmed_year(own), "csv"],
        hidden=ADMINISTRATORS,
        about="csv",
    ),
    row(
        "assessment:export",
        OFFICE,
        lambda own, _: [confirmed_year(own), "xlsx"],
        hidden=ADMINISTRATORS,
        about="xlsx",
    ),
    *_of_sheet("assessment:sheet", READS),
    *_of_sheet("assessment:figure", READS, "owners"),
    *_of_sheet("assessment:score", SPEAKS, "self"),
    *_of_sheet("assessment:score", ASSESSES, "office", status=MOVED),
    *_of_sheet("assessment:score", LEADS, "leadership", status=MOVED),
    row(
        "assessment:score",
        ASSESSES,
        lambda own, _: [sheet_in_office(own), "office"],
        hidden=HIDDEN,
        about="in the office",
    ),
    *_of_sheet("assessment:sheet-return", ASSESSES),
    *_of_sheet("assessment:leave-out", {"office", "secretary"}),
    *_of_sheet("assessment:visit", ASSESSES),
    *_of_sheet("assessment:adjust", ASSESSES),
    *_of_sheet("assessment:cap", ASSESSES),
    *_of_sheet("assessment:object", SPEAKS),
    *_of_sheet("assessment:accept", SPEAKS),
    *_of_sheet("assessment:correct", {"secretary"}),
    *_of_sheet("assessment:task-add", {"office", "officer"}),
    *_of_sheet("assessment:use-add", OFFICE),
    row(
        "assessment:evidence",
        READS,
        lambda own, _: evidence(own),
        hidden=HIDDEN,
        about="own",
    ),
    row(
        "assessment:evidence",
        NOBODY,
        lambda _, other: evidence(other),
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    *own_and_other("assessment:adjustment-withdraw", ASSESSES, adjustment, hidden=HIDDEN),
    *own_and_other("assessment:objection-answer", ASSESSES, objection, hidden=HIDDEN),
    *own_and_other("assessment:task", READS, open_task, hidden=HIDDEN),
    *own_and_other("assessment:task-do", SPEAKS, open_task, hidden=HIDDEN),
    *own_and_other("assessment:task-confirm", {"office", "officer"}, done_task, hidden=HIDDEN),
    *own_and_other(
        "assessment:task-confirm",
        {"office", "officer"},
        done_task,
        hidden=HIDDEN,
        method="post",
    ),
    *own_and_other("assessment:task-return", {"office", "officer"}, done_task, hidden=HIDDEN),
    *own_and_other("assessment:task-file", READS, done_task, hidden=HIDDEN),
]
