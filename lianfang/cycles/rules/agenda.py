"""The agenda of a meeting that decides about filings, as an official paper (六（三）).

Values only; `documents.writing` knows how they look (GB/T 9704—2012).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.cycles.rules.papers import House, number_in_words
from lianfang.documents.writing.official import (
    Block,
    BlockKind,
    Kind,
    OfficialPaper,
    day_in_words,
)
from lianfang.documents.writing.statistics import Line


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a consultation brought on one filing: `taken` of `said` opinions are taken up."""

    said: int
    taken: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """A filing that is to be decided about.

    `round` says how often it was submitted; `conclusions` are the words under the checks that have
    some; `heard` is None where nobody was asked; `entitled` counts the members who may decide.
    """

    unit: str
    round: int
    statement: str
    figures: Line
    conclusions: tuple[tuple[str, str], ...]
    heard: Heard | None
    recused: tuple[str, ...]
    entitled: int


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What the counts of a line are called, in their order."""

    categories: tuple[str, ...]
    levels: tuple[str, ...]
    phases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Summed:
    """A consultation: its days, and what came of it, empty while it runs."""

    from_on: date
    until_on: date
    summary: str


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A meeting to come, and what it is to decide about.

    `present` is the per cent of the entitled members who must be there, `approving` that of whom
    more must be in favour.
    """

    year: int
    held_on: date
    place: str
    items: Sequence[Item]
    labels: Labels
    consultations: Sequence[Summed]
    present: float
    approving: float


def agenda_paper(house: House, mark: str, agenda: Agenda, on: date) -> OfficialPaper:
    """Return the agenda: each filing with what helps to decide about it."""
    return OfficialPaper(
        kind=Kind.NOTICE,
        issuer=f"{house.office}文件",
        number=mark,
        title=f"关于审议{agenda.year}年度廉政风险防控填报的\n会议议程",
        on=on,
        addressee=f"{house.group}各成员",
        body=tuple(_body(house, agenda)),
        signed_by=house.office,
        printed_by=house.office,
        printed_on=on,
    )


def _body(house: House, agenda: Agenda) -> Iterator[Block]:
    yield Block(
        f"{house.group}定于{day_in_words(agenda.held_on)}在{agenda.place}召开会议，"
        f"审议下列{len(agenda.items)}个单位的{agenda.year}年度职权运行和廉政风险防控填报。"
        "各项填报均已审核，现将有关情况印发，请提前审阅。"
    )
    heads = [(item.unit, list(_told(item, agenda))) for item in agenda.items]
    if agenda.consultations:
        heads.append(("征求意见汇总", [_summed(one) for one in agenda.consultations]))
    heads.append(("表决", [_quorum(agenda)]))
    for number, (head, texts) in enumerate(heads):
        yield Block(f"{number_in_words(number)}、{head}", BlockKind.FIRST)
        yield from (Block(text) for text in texts)


def _told(item: Item, agenda: Agenda) -> Iterator[str]:
    line = item.figures
    instead = f"替代现行版本{line.edition}" if line.edition else "作为首个版本"
    yield f"提请审议：{agenda.year}年度填报（第{item.round}次报送），通过后{instead}发布。"
    if item.statement:
        yield f"报送说明：{_in_line(item.statement)}。"
    yield f"填报内容：{_contents(line, agenda.labels)}。"
    yield f"审核结论：五项检查均已通过{_concluded(item.conclusions)}。"
    yield f"征求意见：{_heard(item.heard)}。"
    if item.recused:
        names = "、".join(item.recused)
        yield f"回避：{names}在该单位任职，不参加本项审议；可以表决的成员{item.entitled}人。"
    else:
        yield f"回避：无；可以表决的成员{item.entitled}人。"


def _contents(line: Line, labels: Labels) -> str:
    powers = _counts(labels.categories, line.categories, "项")
    levels = _counts(labels.levels, line.levels, "个")
    phases = _counts(labels.phases, line.phases, "条")
    return (
        f"职权{line.powers}项{powers}，岗位{line.posts}个，"
        f"风险点{line.risks}个{levels}，防控措施{line.measures}条{phases}；"
        f"应参与风险查找{line.asked}人，已参与{line.taken}人"
    )


def _counts(labels: Sequence[str], counts: Sequence[int], of: str) -> str:
    """Return the counts in brackets, those of nothing left out; empty where all are nothing."""
    told = [f"{label}{n}{of}" for label, n in zip(labels, counts, strict=True) if n]
    return f"（{'、'.join(told)}）" if told else ""


def _concluded(conclusions: Sequence[tuple[str, str]]) -> str:
    told = [f"{label}：{_in_line(text)}" for label, text in conclusions]
    return f"。{'；'.join(told)}" if told else ""


def _heard(heard: Heard | None) -> str:
    if heard is None:
        return "没有征求意见"
    if not heard.said:
        return "没有收到意见"
    return f"收到意见{heard.said}条，采纳{heard.taken}条"


def _summed(one: Summed) -> str:
    days = f"{day_in_words(one.from_on)}至{day_in_words(one.until_on)}征求意见"
    return f"{days}。{_in_line(one.summary)}。" if one.summary else f"{days}，尚未汇总。"


def _quorum(agenda: Agenda) -> str:
    return (
        "逐个单位审议，分别决定通过、修改后通过或退回。在被审议单位任职的成员回避，不计入应到人数。"
        f"除回避人员外，出席不少于应到成员的{agenda.present:g}%方可表决，"
        f"赞成超过应到成员的{agenda.approving:g}%为通过。"
    )


def _in_line(text: str) -> str:
    """Return a text on one line without the full stop at its end."""
    return "；".join(part.strip().rstrip("。；") for part in text.splitlines() if part.strip())
