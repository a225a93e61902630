from django.urls import path, register_converter

from lianfang.assessment.views import checking, items, matters, results, sheet, years

app_name = "assessment"


class _OneOf:
    """A part of an address that is one of a few words."""

    regex = ""

    def to_python(self, value: str) -> str:
        """Return the word as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the word as it stands."""
        return value


class Party(_OneOf):
    regex = "self|office|leadership"


class Many(_OneOf):
    regex = "office|leadership"


class PaperForm(_OneOf):
    regex = "docx|pdf"


class TableForm(_OneOf):
    regex = "xlsx|csv"


class CandidateKey(_OneOf):
    regex = "[a-z]+(?::[0-9]+){1,2}"


register_converter(Party, "assessment_party")
register_converter(Many, "assessment_many")
register_converter(PaperForm, "assessment_paper")
register_converter(TableForm, "assessment_table")
register_converter(CandidateKey, "assessment_candidate")

_SHEET = "sheets/<int:sheet_id>/"
_MATTER = "accountability/<int:matter_id>/"
_CANDIDATE = "accountability/<int:year>/<assessment_candidate:key>/"
urlpatterns = [
    path("", years.board, name="board"),
    path("draft/", items.draft, name="draft"),
    path("<int:assessment_id>/items/<slug:kind>/", items.asked, name="asked"),
    path("<int:assessment_id>/items/<slug:kind>/add/", items.item_add, name="item-add"),
    path(
        "<int:assessment_id>/items/<slug:kind>/<slug:code>/edit/",
        items.item_edit,
        name="item-edit",
    ),
    path(
        "<int:assessment_id>/items/<slug:kind>/<slug:code>/remove/",
        items.item_remove,
        name="item-remove",
    ),
    path("<int:assessment_id>/open/", years.open_year, name="open"),
    path("<int:assessment_id>/people/", years.people, name="people"),
    path("<int:assessment_id>/confirm/", years.confirm, name="confirm"),
    path("<int:assessment_id>/score/<assessment_many:party>/", years.score_many, name="score-many"),
    path("<int:assessment_id>/publish/", years.publish, name="publish"),
    path("<int:assessment_id>/results/", results.results, name="results"),
    path("<int:assessment_id>/notice.<assessment_paper:form>", results.notice, name="notice"),
    path("<int:assessment_id>/results.<assessment_table:form>", results.export, name="export"),
    path(_SHEET, sheet.sheet, name="sheet"),
    path(f"{_SHEET}score/<assessment_party:party>/", sheet.score, name="score"),
    path(f"{_SHEET}figures/<slug:code>/", sheet.figure, name="figure"),
    path(f"{_SHEET}return/", sheet.sheet_return, name="sheet-return"),
    path(f"{_SHEET}leave-out/", sheet.sheet_leave_out, name="leave-out"),
    path(f"{_SHEET}evidence/<int:score_id>/", sheet.evidence, name="evidence"),
    path(f"{_SHEET}visit/", checking.visit, name="visit"),
    path(f"{_SHEET}adjust/", checking.adjust, name="adjust"),
    path(f"{_SHEET}cap/", checking.cap, name="cap"),
    path(f"{_SHEET}object/", checking.objection, name="object"),
    path(f"{_SHEET}accept/", checking.accept, name="accept"),
    path(f"{_SHEET}correct/", checking.correct, name="correct"),
    path(f"{_SHEET}task/", results.task_add, name="task-add"),
    path(f"{_SHEET}use/", results.use_add, name="use-add"),
    path(
        "adjustments/<int:adjustment_id>/withdraw/",
        checking.adjustment_withdraw,
        name="adjustment-withdraw",
    ),
    path(
        "objections/<int:objection_id>/answer/",
        checking.objection_answer,
        name="objection-answer",
    ),
    path("tasks/<int:task_id>/", results.task, name="task"),
    path("tasks/<int:task_id>/do/", results.task_do, name="task-do"),
    path("tasks/<int:task_id>/confirm/", results.task_confirm, name="task-confirm"),
    path("tasks/<int:task_id>/return/", results.task_return, name="task-return"),
    path("tasks/<int:task_id>/file/", results.task_file, name="task-file"),
    path("accountability/", matters.matters, name="matters"),
    path(_CANDIDATE, matters.candidate, name="candidate"),
    path(f"{_CANDIDATE}open/", matters.candidate_open, name="candidate-open"),
    path(f"{_CANDIDATE}dismiss/", matters.candidate_dismiss, name="candidate-dismiss"),
    path(_MATTER, matters.matter, name="matter"),
    path(f"{_MATTER}hear/", matters.hear, name="hear"),
    path(f"{_MATTER}decide/", matters.decide, name="decide"),
    path(f"{_MATTER}dismiss/", matters.dismiss, name="dismiss"),
    path(f"{_MATTER}appeal/", matters.appeal, name="appeal"),
    path(f"{_MATTER}answer/", matters.appeal_answer, name="appeal-answer"),
    path(f"{_MATTER}close/", matters.close, name="close"),
    path(f"{_MATTER}letter.<assessment_paper:form>", matters.letter, name="letter"),
]
