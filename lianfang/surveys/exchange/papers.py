"""What a survey came to as a PDF, in Chinese, as it is signed and kept."""

from datetime import date

from django.utils.translation import override

from lianfang.documents.writing.official import Entry, RecordForm, day_in_words
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.surveys.models import Survey, SurveySubject
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.queries.results import Line, Result, Results, UnitResult

_TOO_FEW = "人数不足，不公布"


def subject_paper(subject: SurveySubject, result: Result, *, on: date) -> tuple[bytes, str]:
    """Return what came out about somebody, with the name of the file. Raises FontsRefused."""
    survey = subject.survey
    title = "廉洁履责测评结果"
    form = RecordForm(
        organisation=survey.organisation.name,
        title=title,
        on=on,
        entries=(
            Entry("测评名称", survey.title, wide=True),
            Entry("姓名", subject.person.name),
            Entry("岗位", f"{subject.unit.name} {subject.post.name}"),
            Entry("作答人数", f"{result.people} 人"),
            Entry("总体平均", _mean(result.overall, result.whole)),
            *(Entry(line.part.zh, _said(line), wide=True) for line in result.lines),
        ),
        signatures=(_signed_by(survey), "本人（签字）"),
        remark=_remark(survey),
    )
    return record_pdf(form), f"{title} {subject.person.name} {subject.post.name}.pdf"


def survey_paper(survey: Survey, results: Results, *, on: date) -> tuple[bytes, str]:
    """Return the figures by unit and post, with the name of the file. Raises FontsRefused."""
    whole = results.whole
    form = RecordForm(
        organisation=survey.organisation.name,
        title="廉洁履责测评结果汇总",
        on=on,
        entries=(
            Entry("测评名称", survey.title, wide=True),
            Entry("开放日期", day_in_words(survey.opened_on) if survey.opened_on else ""),
            Entry("结束日期", day_in_words(survey.closed_on) if survey.closed_on else ""),
            Entry("作答人数", f"{survey.answered} 人"),
            Entry("总体平均", _mean(whole.overall if whole else None)),
            *(Entry(unit.unit.name, _unit(unit), wide=True) for unit in results.units),
        ),
        signatures=(_signed_by(survey),),
        remark=_remark(survey),
    )
    return record_pdf(form), f"{survey.title} 结果汇总.pdf"


def _said(line: Line) -> str:
    if line.figure is None or line.figure.mean is None:
        return f"{line.text.zh}\n{_TOO_FEW}"
    figure = line.figure
    apart = f"，离散 {figure.spread:.2f}" if figure.spread is not None else ""
    whole = f"全部 {line.whole:.2f}；" if line.whole is not None else ""
    return f"{line.text.zh}\n{_mean(figure.mean)}（{whole}{figure.people} 人{apart}）"


def _unit(unit: UnitResult) -> str:
    lines = [f"单位合计：{_group(unit.result)}"]
    lines += [
        f"{each.subject.post.name} {each.subject.person.name}：{_group(each.result)}"
        for each in unit.subjects
    ]
    return "\n".join(lines)


def _group(result: Result | None) -> str:
    if result is None:
        return _TOO_FEW
    return f"{_mean(result.overall)}（{result.people} 人）"


def _mean(mean: float | None, whole: float | None = None) -> str:
    if mean is None:
        return _TOO_FEW
    beside = f"（全部 {whole:.2f}）" if whole is not None else ""
    return f"{mean:.2f} 分{beside}"


def _signed_by(survey: Survey) -> str:
    with override("zh-hans"):
        return f"{survey.get_held_by_display()}（签字）"


def _remark(survey: Survey) -> str:
    asked = asked_in(survey)
    return (
        f"满分 {len(asked.anchors)} 分。测评匿名进行，少于 {asked.smallest.value:g} 人作答的"
        f"不公布、不留存；不足人数的并入上一级合计或者不计入。依据：{survey.clause}。"
    )
