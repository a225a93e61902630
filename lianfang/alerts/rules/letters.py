"""Letters about an alert as official papers, and the words they begin with (五（六）)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.documents.writing.official import Block, Kind, OfficialPaper, day_in_words


class LetterKind(StrEnum):
    REMINDER = "reminder"
    CAUTION = "caution"
    NOTICE = "notice"


SERIES = "廉警"
TITLES = {
    LetterKind.REMINDER: "廉政提醒函",
    LetterKind.CAUTION: "廉政告诫书",
    LetterKind.NOTICE: "廉政风险预警通知书",
}
# the measure of the owner's ladder that a letter to a person goes with
RUNGS = {LetterKind.REMINDER: "reminder", LetterKind.CAUTION: "caution"}
_DRAFTS = {
    LetterKind.REMINDER: (
        "近期了解到与你履行职责有关的情况，已与你当面谈话。现就有关事项提醒如下：",
        "一、对照岗位廉政风险点和防控措施，逐项检查本人履行职责的情况。",
        "二、按规定报告应当报告的事项，有疑问的及时向防控责任人说明。",
    ),
    LetterKind.CAUTION: (
        "经谈话了解，你在履行职责中存在苗头性问题。依照廉政风险防控的有关规定，现予告诫：",
        "一、立即停止有关行为，在规定的时间内改正。",
        "二、向防控责任人书面说明改正的情况；三个月后回访。",
    ),
    LetterKind.NOTICE: (
        "近期在风险预警中发现你单位管理上存在需要整改的事项，现通知如下：",
        "一、查找有关职权运行环节的漏洞，完善防控措施。",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a letter says: by whom, to whom, with which words; `due_on` of a notice alone."""

    kind: LetterKind
    organisation: str
    signed_by: str
    addressee: str
    body: str
    on: date
    due_on: date | None = None


def draft_of(kind: str) -> str:
    """Return the words a letter of that kind begins with, a paragraph a line."""
    return "\n".join(_DRAFTS[LetterKind(kind)])


def paper_of(told: Told, mark: str) -> OfficialPaper:
    """Return a letter as a paper; a notice says by when its unit answers. Source: 五（六）1."""
    lines = [line.strip() for line in told.body.splitlines() if line.strip()]
    if told.due_on is not None:
        lines.append(
            f"请于{day_in_words(told.due_on)}前完成整改，并在系统中报告整改情况，附上有关凭证。"
        )
    return OfficialPaper(
        kind=Kind.LETTER,
        issuer=told.organisation,
        number=mark,
        title=TITLES[told.kind],
        on=told.on,
        addressee=told.addressee,
        body=tuple(Block(line) for line in lines),
        signed_by=told.signed_by,
    )
