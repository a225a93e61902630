"""Who may open the pages of surveys: who holds them, who is asked, whom they are about."""

from datetime import date

from lianfang.org.tests.cast import Cast
from lianfang.surveys.models import Survey, SurveySubject
from lianfang.surveys.tests.making import closed, opened, planned, published
from tests.access.parts import ADMINISTRATORS, EVERYBODY, NOBODY, STAFF, own_and_other, row

HOLDERS = {"officer", "overseer"}
ASKED = {"head", "office", "colleague", "secretary", "deputy"}
HIDDEN = EVERYBODY - {"officer"}
# a day that has not come, whenever the matrix is asked
LATER = date(2999, 1, 1)
# of an open survey those who are asked know as well
HIDDEN_OPEN = HIDDEN - ASKED


def _survey(cast: Cast, state: Survey.State, title: str) -> Survey | None:
    rows = Survey.objects.filter(organisation=cast.organisation, state=state, title=title)
    return rows.first()


def draft(cast: Cast) -> int:
    """Return a survey about the clerk that is not open yet."""
    found = _survey(cast, Survey.State.DRAFT, "2026 年廉洁履责测评")
    return (found or planned(cast, invited=sorted(ASKED))).pk


def subject_of_draft(own: Cast, other: Cast) -> list[object]:
    """Return the one it is about."""
    del other
    survey = draft(own)
    return [survey, SurveySubject.objects.get(survey=survey).pk]


def open_one(cast: Cast) -> int:
    """Return an open survey about the clerk that all but the overseer are asked for."""
    found = _survey(cast, Survey.State.OPEN, "2026 年廉洁履责测评")
    return (found or opened(cast, invited=sorted(ASKED), closes_on=LATER)).pk


def closed_one(cast: Cast) -> int:
    """Return one that was counted."""
    found = _survey(cast, Survey.State.CLOSED, "2026 年廉洁履责测评")
    return (found or closed(cast, invited=sorted(ASKED))).pk


def subject_closed(cast: Cast) -> int:
    """Return the one it is about."""
    return SurveySubject.objects.get(survey=closed_one(cast)).pk


def subject_published(cast: Cast) -> int:
    """Return the one about whom a survey was published."""
    found = _survey(cast, Survey.State.PUBLISHED, "2026 年廉洁履责测评")
    survey = found or published(cast, invited=sorted(ASKED))
    return SurveySubject.objects.get(survey=survey).pk


SURVEYS = [
    row("surveys:surveys", STAFF, hidden=ADMINISTRATORS),
    row("surveys:plan", HOLDERS),
    *own_and_other("surveys:survey", {"officer"}, draft, hidden=HIDDEN),
    row(
        "surveys:survey",
        {"officer"},
        lambda own, _: [open_one(own)],
        hidden=HIDDEN_OPEN,
        about="open",
    ),
    row("surveys:invite", {"officer"}, subject_of_draft, hidden=HIDDEN),
    row(
        "surveys:invite",
        NOBODY,
        lambda own, other: subject_of_draft(other, own),
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    *own_and_other("surveys:open", {"officer"}, draft, hidden=HIDDEN),
    *own_and_other(
        "surveys:open",
        {"officer"},
        draft,
        hidden=HIDDEN,
        method="post",
        sent={"closes_on": LATER.isoformat()},
        status=302,
    ),
    *own_and_other("surveys:drop", {"officer"}, draft, hidden=HIDDEN),
    *own_and_other("surveys:close", {"officer"}, open_one, hidden=HIDDEN_OPEN),
    *own_and_other("surveys:close", {"officer"}, open_one, hidden=HIDDEN_OPEN, method="post"),
    *own_and_other("surveys:publish", {"officer"}, closed_one, hidden=HIDDEN_OPEN),
    *own_and_other("surveys:answer", ASKED, open_one, hidden=HIDDEN_OPEN),
    *own_and_other("surveys:thanks", ASKED, open_one, hidden=HIDDEN_OPEN, status=302),
    *own_and_other("surveys:export", {"officer"}, closed_one, hidden=HIDDEN_OPEN),
    *own_and_other("surveys:print", {"officer"}, closed_one, hidden=HIDDEN_OPEN),
    *own_and_other("surveys:subject", {"officer"}, subject_closed, hidden=HIDDEN_OPEN),
    row(
        "surveys:subject",
        {"officer", "clerk", "head"},
        lambda own, _: [subject_published(own)],
        hidden=HIDDEN_OPEN - {"clerk"},
        about="published",
    ),
    *own_and_other(
        "surveys:subject-print",
        {"officer", "clerk", "head"},
        subject_published,
        hidden=HIDDEN_OPEN - {"clerk"},
    ),
]
