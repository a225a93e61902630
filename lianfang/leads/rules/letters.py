"""The letters of a lead: the written inquiry (函询通知书) and the admonition (诫勉书).

Values only; `documents.writing` knows how they look (GB/T 9704—2012). Where the organisation keeps
no content here, the letter leaves room for it: it is written by hand on the paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.documents.writing.official import Block, Kind, OfficialPaper, day_in_words

_ROOM = "＿" * 24
_BLANK_LINES = 3
NAMES = {"inquiry": "函询通知书", "admonition": "诫勉书"}


class Letter(StrEnum):
    INQUIRY = "inquiry"
    ADMONITION = "admonition"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a letter says: to whom, from whom, when; `said` may be empty.

    `until` is the day by which an inquiry is answered, or up to which an admonition takes effect,
    from `since` on.
    """

    letter: Letter
    organisation: str
    office: str
    person: str
    until: date
    on: date
    since: date | None = None
    said: str = ""


def paper_of(written: Written, mark: str) -> OfficialPaper:
    """Return a letter as an official paper under its number."""
    blocks = _inquiry if written.letter is Letter.INQUIRY else _admonition
    return OfficialPaper(
        kind=Kind.LETTER,
        issuer=written.organisation,
        number=mark,
        title=NAMES[written.letter],
        on=written.on,
        addressee=f"{written.person}同志",
        body=tuple(blocks(written)),
        signed_by=written.office,
    )


def _inquiry(written: Written) -> Iterator[Block]:
    yield Block("按照管理权限，经批准，现就下列问题向您函询：")
    yield from _said(written)
    yield Block(
        f"请在{day_in_words(written.until)}前逐项如实作出书面说明，由本人签名后密封，"
        f"直接交{written.office}。"
    )
    yield Block("对函询故意隐瞒、编造情况的，依照有关规定处理。函询内容请勿向他人透露。")


def _admonition(written: Written) -> Iterator[Block]:
    yield Block("经研究并按权限批准，决定对您给予诫勉。事由如下：")
    yield from _said(written)
    yield Block(
        f"诫勉的影响期自{day_in_words(written.since or written.on)}起"
        f"至{day_in_words(written.until)}止。"
        "请对照问题认真检查、切实改正；影响期满前将进行回访，了解改正情况。"
    )
    yield Block("对诫勉有不同意见的，可以书面提出。")


def _said(written: Written) -> Iterator[Block]:
    if written.said:
        yield from (Block(line.strip()) for line in written.said.splitlines() if line.strip())
    else:
        yield from (Block(_ROOM) for _ in range(_BLANK_LINES))
