"""A report as a form to be printed and signed: what the records say, then what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.documents.writing.official import Entry, RecordForm, day_in_words
from lianfang.scheme.model import DutyKind

_HIGH = 3
_AUTHOR = "报告人"
_TITLES = {
    DutyKind.REPORT.value: "廉洁履职书面报告",
    DutyKind.UNIT_REPORT.value: "单位廉政风险防控情况报告",
    DutyKind.STATEMENT.value: "廉洁履职会议说明",
    DutyKind.DISCLOSURE.value: "重要工作内部公开",
    DutyKind.VISIT.value: "督促检查记录",
}
_AUTHORS = {DutyKind.VISIT.value: "检查人", DutyKind.DISCLOSURE.value: "公开人"}
_DAYS = {DutyKind.STATEMENT.value: "会议日期", DutyKind.VISIT.value: "检查日期"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A section as it is printed: heading, what the records say, what was written."""

    label: str
    facts: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A report as it is printed; `sent_on` None: a draft. `said` are comments with their names."""

    organisation: str
    kind: str
    unit: str
    post: str
    author: str
    recipient: str
    from_on: date
    until_on: date
    on: date
    form: str = ""
    held_on: date | None = None
    sent_on: date | None = None
    public: tuple[date, date] | None = None
    parts: Sequence[Written] = ()
    judged: str = ""
    said: Sequence[tuple[str, str]] = ()


def report_form(printed: Printed) -> RecordForm:
    """Return the form: heads, a field for each section, what was said, places to sign."""
    author = _AUTHORS.get(printed.kind, _AUTHOR)
    told = [
        Entry("单位", printed.unit),
        Entry("岗位", printed.post),
        Entry(author, printed.author),
        *_days(printed),
        Entry("期间", f"{day_in_words(printed.from_on)}至{day_in_words(printed.until_on)}"),
    ]
    if printed.recipient:
        told.append(Entry("审阅人", printed.recipient))
    return RecordForm(
        organisation=printed.organisation,
        title=_TITLES[printed.kind],
        on=printed.sent_on or printed.on,
        entries=(
            *(entry for entry in told if entry.text),
            *(_section(part) for part in printed.parts),
            *_answers(printed),
        ),
        signatures=_signatures(printed, author),
        remark="" if printed.sent_on else "草稿，尚未报送。",
    )


def _days(printed: Printed) -> list[Entry]:
    found = []
    if printed.form:
        found.append(Entry("说明形式", printed.form))
    if printed.held_on and printed.kind in _DAYS:
        found.append(Entry(_DAYS[printed.kind], day_in_words(printed.held_on)))
    if printed.public:
        begin, end = printed.public
        found.append(Entry("公开期限", f"{day_in_words(begin)}至{day_in_words(end)}"))
    elif printed.sent_on and printed.kind not in _DAYS:
        found.append(Entry("报送日期", day_in_words(printed.sent_on)))
    return found


def _section(part: Written) -> Entry:
    text = "\n".join(text for text in (part.facts, part.text) if text)
    return Entry(part.label, text, wide=True, lines=_HIGH)


def _answers(printed: Printed) -> list[Entry]:
    if printed.kind == DutyKind.DISCLOSURE:
        said = "\n".join(f"{name}：{text}" for name, text in printed.said)
        return [Entry("意见", said or "没有收到意见。", wide=True)] if printed.sent_on else []
    return [Entry("审阅意见", printed.judged, wide=True)] if printed.recipient else []


def _signatures(printed: Printed, author: str) -> tuple[str, ...]:
    reader = ("审阅人（签字）",) if printed.recipient else ()
    return (f"{author}（签字）", *reader, "日期")
