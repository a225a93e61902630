"""The figures of a survey as a workbook: groups that are too small are named without a number."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lianfang.common.http import language_now
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.surveys.models import Survey
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.queries.results import Result, Results


def results_workbook(survey: Survey, results: Results, *, on: date) -> bytes:
    """Return the .xlsx: a row for each subject, each unit and the whole.

    Raises CellRefused for a text that no cell can hold.
    """
    language = language_now()
    questions = asked_in(survey).questions
    columns = [
        TextColumn(header=_("单位"), width=18),
        TextColumn(header=_("岗位"), width=20),
        TextColumn(header=_("姓名"), width=12),
        TextColumn(header=_("作答人数"), width=9),
        TextColumn(header=_("总体平均"), width=9),
        *(TextColumn(header=q.text.in_(language), width=18) for q in questions),
    ]
    sheet = TextSheet(
        title=_("测评结果"), columns=columns, rows=list(_rows(results, len(questions)))
    )
    return text_workbook(title=survey.title, day=on, sheets=[sheet], stop="")


def _rows(results: Results, questions: int) -> Iterator[list[str]]:
    for unit in results.units:
        for each in unit.subjects:
            told = (
                unit.unit.shown_name,
                each.subject.post.shown_name,
                each.subject.person.shown_name,
            )
            yield [*told, *_figures(each.result, questions)]
        yield [unit.unit.shown_name, _("单位合计"), "", *_figures(unit.result, questions)]
    yield [_("全部"), "", "", *_figures(results.whole, questions)]


def _figures(result: Result | None, questions: int) -> list[str]:
    if result is None:
        return [_("人数不足，不公布"), "", *([""] * questions)]
    means = [line.figure.mean if line.figure else None for line in result.lines]
    return [str(result.people), *(_number(mean) for mean in (result.overall, *means))]


def _number(mean: float | None) -> str:
    return "" if mean is None else f"{mean:.2f}"
