"""Writes official papers as Word by GB/T 9704—2012, with the official fonts by name."""

from lianfang.common.text import Language
from lianfang.documents.writing.official import (
    BODY_SIZE,
    CHARACTER_POINTS,
    LEFT,
    LINE_POINTS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SMALL_SIZE,
    TITLE_SIZE,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    BlockKind,
    Kind,
    OfficialPaper,
    RecordForm,
    day_in_words,
    mark_size,
    require_number,
    row_pairs,
)
from lianfang.documents.writing.wordxml import (
    Section,
    Style,
    field,
    package,
    paragraph,
    run,
    twips,
)

_LINE = round(LINE_POINTS * 20)
# Twenty-eight characters of size 3 are wider than the type area: each gives up a hair.
_TIGHT = f'<w:spacing w:val="{int((CHARACTER_POINTS - BODY_SIZE) * 20) - 1}"/>'
_IMPRINT_LINE = 440
_ENTRY_LINE = 400
_THICK, _THIN = 8, 6
_RED = '<w:color w:val="E60012"/>'
_PITCH = f'<w:spacing w:line="{_LINE}" w:lineRule="exact" w:before="0" w:after="0"/>'
_CHARACTER = round(BODY_SIZE * 20)
_FOOT = PAGE_HEIGHT - TOP - TYPE_HEIGHT - 7 - 5
_KINDS = {
    BlockKind.TEXT: "a",
    BlockKind.FIRST: "First",
    BlockKind.SECOND: "Second",
    BlockKind.THIRD: "a",
}
_STYLES = (
    Style(
        id="a",
        name="Normal",
        font="仿宋_GB2312",
        size=BODY_SIZE,
        paragraph=f'{_PITCH}<w:ind w:firstLineChars="200" w:firstLine="{2 * _CHARACTER}"/>'
        '<w:jc w:val="both"/>',
        run=_TIGHT,
    ),
    Style(id="Flush", name="公文顶格", font="仿宋_GB2312", size=BODY_SIZE, based_on="a",
          paragraph='<w:ind w:firstLineChars="0" w:firstLine="0"/>', run=_TIGHT),
    Style(id="First", name="公文一级标题", font="黑体", size=BODY_SIZE, based_on="a",
          paragraph="<w:keepNext/>", run=_TIGHT),
    Style(id="Second", name="公文二级标题", font="楷体_GB2312", size=BODY_SIZE, based_on="a",
          paragraph="<w:keepNext/>", run=_TIGHT),
    Style(id="Mark", name="发文机关标志", font="方正小标宋简体", size=36, based_on="a",
          paragraph='<w:spacing w:line="240" w:lineRule="auto"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>', run=_RED),
    Style(id="Title", name="Title", font="方正小标宋简体", size=TITLE_SIZE, based_on="a",
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="680" w:lineRule="exact"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'),
    Style(id="Imprint", name="版记", font="仿宋_GB2312", size=SMALL_SIZE, based_on="a",
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="440" w:lineRule="exact"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0"/>'),
    Style(id="Number", name="页码", font="宋体", size=SMALL_SIZE, based_on="a",
          paragraph='<w:spacing w:line="240" w:lineRule="auto"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0" w:left="280" w:right="280"/>'),
    Style(id="Small", name="公文空行", font="仿宋_GB2312", size=5, based_on="a",
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="160" w:lineRule="exact"/>'),
    Style(id="Entry", name="表格文字", font="仿宋_GB2312", size=SMALL_SIZE, based_on="a",
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="400" w:lineRule="exact"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'),
    Style(id="Label", name="表格标题", font="黑体", size=12, based_on="a",
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="400" w:lineRule="exact"/>'
          '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'),
)  # fmt: skip
_ATTACHED = "附件："
_CENTRE = '<w:jc w:val="center"/>'
_STAY = "<w:keepNext/>"
_RIGHT = '<w:jc w:val="right"/>'


def official_docx(paper: OfficialPaper) -> bytes:
    """Return a notice, letter or minutes as Word. Raises NumberRefused."""
    require_number(paper.number)
    head = _letter_head(paper) if paper.kind is Kind.LETTER else _red_head(paper)
    body = [*head, _title(paper), *_body(paper), *_closing(paper), *_imprint(paper)]
    return _file(paper.title, paper, "".join(body), letter=paper.kind is Kind.LETTER)


def record_docx(form: RecordForm) -> bytes:
    """Return a record form as Word. Raises NumberRefused."""
    require_number(form.number)
    body = [
        paragraph(run(form.organisation), "Flush", _CENTRE),
        paragraph(run(form.title), "Title"),
        paragraph(run(form.number), "Flush", _RIGHT) if form.number else "",
        _entries(form),
        paragraph("", "Small"),
        _signatures(form.signatures),
        paragraph("", "Small"),
        paragraph(run(form.remark), "Entry") if form.remark else "",
    ]
    return _file(form.title, form, "".join(body), letter=False)


def _file(title: str, paper: OfficialPaper | RecordForm, body: str, *, letter: bool) -> bytes:
    feet = {
        "default": paragraph(_page_number(), "Number", _RIGHT),
        "even": paragraph(_page_number(), "Number", '<w:jc w:val="left"/>'),
    }
    if letter:
        feet["first"] = _letter_foot()
    return package(
        title=title.replace("\n", ""),
        on=paper.on,
        language=Language.ZH,
        styles=_STYLES,
        body=body,
        section=Section(
            width=PAGE_WIDTH,
            height=PAGE_HEIGHT,
            top=TOP,
            bottom=PAGE_HEIGHT - TOP - TYPE_HEIGHT,
            left=LEFT,
            right=PAGE_WIDTH - LEFT - TYPE_WIDTH,
            foot=_FOOT,
            feet=feet,
            extra=f'<w:docGrid w:type="lines" w:linePitch="{_LINE}"/>',
        ),
    )


def _page_number() -> str:
    return run("— ") + field("PAGE") + run(" —")


def _rule(side: str, kind: str, size: int, space: int, colour: str = "E60012") -> str:
    return (
        f'<w:pBdr><w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" '
        f'w:color="{colour}"/></w:pBdr>'
    )


def _mark(paper: OfficialPaper, before: int) -> str:
    half = round(mark_size(paper.issuer) * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return paragraph(
        run(paper.issuer, _RED + size), "Mark", f'<w:spacing w:before="{before}" w:after="0"/>'
    )


def _red_head(paper: OfficialPaper) -> list[str]:
    """Return mark, number and red rule; secrecy and urgency stand over them."""
    over = [text for text in (paper.secrecy, paper.urgency) if text]
    before = twips(35) - _LINE * len(over)
    red = _rule("bottom", "single", 12, 11)
    told = [paragraph(run(text), "First", '<w:ind w:firstLineChars="0" w:firstLine="0"/>')
            for text in over]  # fmt: skip
    told += [_mark(paper, before), paragraph("", "Flush"), paragraph("", "Flush")]
    if paper.kind is Kind.MINUTES:
        room = twips(TYPE_WIDTH)
        stops = (
            f'<w:tabs><w:tab w:val="center" w:pos="{room // 2}"/>'
            f'<w:tab w:val="right" w:pos="{room - _CHARACTER}"/></w:tabs>'
        )
        tab = "<w:r><w:tab/></w:r>"
        texts = (paper.signed_by, paper.number, day_in_words(paper.on))
        line = tab.join(run(text) for text in texts)
        told.append(paragraph(line, "Flush", red + stops))
    else:
        told.append(paragraph(run(paper.number), "Flush", red + _CENTRE))
    return [*told, paragraph("", "Flush")]


def _letter_head(paper: OfficialPaper) -> list[str]:
    # The mark stands above the type area: pulled up by a frame that hangs on the page.
    frame = (
        f'<w:framePr w:w="{twips(170)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{twips(20)}" w:y="{twips(28)}"/>'
    )
    half = round(mark_size(paper.issuer) * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    mark = paragraph(
        run(paper.issuer, _RED + size), "Mark", frame + _rule("bottom", "thickThinSmallGap", 24, 8)
    )
    return [mark, paragraph(run(paper.number), "Flush", _RIGHT), paragraph("", "Flush")]


def _letter_foot() -> str:
    """Return the foot of a letter's first page: the double rule, no number."""
    reach = twips(LEFT - 20)
    wide = (
        f'<w:ind w:firstLineChars="0" w:firstLine="0" w:left="-{reach}" w:right="-{reach - 113}"/>'
    )
    return paragraph("", "Number", _rule("top", "thinThickSmallGap", 24, 1) + wide)


def _title(paper: OfficialPaper) -> str:
    return paragraph("", "Flush") + paragraph(run(paper.title), "Title") + paragraph("", "Flush")


def _body(paper: OfficialPaper) -> list[str]:
    told = [paragraph(run(paper.addressee.removesuffix("：") + "："), "Flush")] * bool(
        paper.addressee
    )
    return told + [paragraph(run(block.text), _KINDS[block.kind]) for block in paper.body]


def _hanging(head: str, lead: str, text: str, *, under: str = "") -> str:
    """Return a paragraph two characters in, whose further lines stand under its text.

    `under` is the head of the paragraph above that this one stands under.
    """
    own = _width(head + lead)
    left = 2 + _width(under) + own
    indent = (
        f'<w:ind w:firstLineChars="0" w:left="{round(left * _CHARACTER)}" '
        f'w:hanging="{round(own * _CHARACTER)}"/>'
    )
    return paragraph(run(head + lead + text), "a", indent)


def _width(text: str) -> float:
    """Return how many characters wide a text is; Latin ones count half."""
    return sum(1.0 if character > "\u2e7f" else 0.5 for character in text)


def _closing(paper: OfficialPaper) -> list[str]:
    """Return attachments, attendance, signature, remark."""
    told = [paragraph("", "Flush")] if paper.attachments or paper.attendance else []
    several = len(paper.attachments) > 1
    for place, name in enumerate(paper.attachments, 1):
        lead = f"{place}. " if several else ""
        if place == 1:
            told.append(_hanging(_ATTACHED, lead, name))
        else:
            told.append(_hanging("", lead, name, under=_ATTACHED))
    told += [_hanging(f"{entry.label}：", "", entry.names) for entry in paper.attendance]
    if paper.kind is not Kind.MINUTES and paper.signed_by:
        told += [paragraph("", "Flush", _STAY)] * 2 + _signature(paper)
    if paper.remark:
        told.append(paragraph(run(f"（{paper.remark}）"), "a"))
    return told


def _signature(paper: OfficialPaper) -> list[str]:
    """Return signature and date: the date four characters in, the name centred over it."""
    day = day_in_words(paper.on)
    beyond = (_width(paper.signed_by) - _width(day)) / 2
    gap = max(2.0, 4 - max(0.0, beyond))
    told = []
    for text, inner in ((paper.signed_by, max(0.0, -beyond)), (day, max(0.0, beyond))):
        right = round((gap + inner) * _CHARACTER)
        stay = _STAY if text is not day else ""
        told.append(paragraph(run(text), "Flush", f'{stay}<w:ind w:right="{right}"/>{_RIGHT}'))
    return told


def _imprint(paper: OfficialPaper) -> list[str]:
    """Return the imprint: copies, who printed, when. A letter's has neither rules nor printer."""
    letter = paper.kind is Kind.LETTER
    lines = []
    if paper.copies_to:
        lines.append(run(f"抄送：{paper.copies_to.removesuffix('。')}。"))
    if paper.printed_by and not letter:
        printed = day_in_words(paper.printed_on or paper.on)
        lines.append(f"{run(paper.printed_by)}<w:r><w:tab/></w:r>{run(printed + '印发')}")
    if not lines:
        return []
    told = _letter_imprint(lines[0]) if letter else _ruled_imprint(lines)
    return [told, paragraph("", "Small")]


def _letter_imprint(line: str) -> str:
    """Return a letter's imprint: one line without rules, the last of the type area."""
    frame = (
        f'<w:framePr w:w="{twips(TYPE_WIDTH)}" w:hSpace="0" w:wrap="notBeside" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{twips(LEFT)}" '
        f'w:y="{twips(TOP + TYPE_HEIGHT) - _IMPRINT_LINE}"/>'
    )
    return paragraph(run("　") + line, "Imprint", frame)


def _ruled_imprint(lines: list[str]) -> str:
    """Return the imprint between its rules, hanging at the foot of the type area."""
    width = twips(TYPE_WIDTH) - 20
    at = twips(TOP + TYPE_HEIGHT) - len(lines) * _IMPRINT_LINE
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{width - 280}"/></w:tabs>'
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(run('　') + line, 'Imprint', stop)}</w:tc></w:tr>"
        for line in lines
    )
    thick = f'w:val="single" w:sz="{_THICK}" w:space="0" w:color="000000"'
    thin = f'w:val="single" w:sz="{_THIN}" w:space="0" w:color="000000"'
    return (
        f'<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{twips(LEFT)}" w:tblpY="{at}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {thick}/><w:bottom {thick}/><w:insideH {thin}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _entries(form: RecordForm) -> str:
    """Return the entries as a table of labels and what is written beside them."""
    label, room = twips(26), twips(TYPE_WIDTH)
    value = (room - 2 * label) // 2
    widths = (label, value, label, room - 2 * label - value)
    rows = []
    for pair in row_pairs(form.entries):
        cells = []
        for place, entry in enumerate(pair):
            span = 3 if len(pair) == 1 else 1
            width = sum(widths[1:]) if span == 3 else widths[2 * place + 1]
            cells.append(_cell(label, 1, paragraph(run(entry.label), "Label")))
            cells.append(_cell(width, span, paragraph(run(entry.text), "Entry")))
        tall = max(entry.lines for entry in pair) * _ENTRY_LINE
        height = f'<w:trHeight w:val="{tall}" w:hRule="atLeast"/>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="5" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _signatures(signatures: tuple[str, ...]) -> str:
    """Return the places for signatures, two to a row, over a line each."""
    width = twips(TYPE_WIDTH) // 2
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:color="000000"/></w:tcBorders>'
    rows = []
    for start in range(0, len(signatures), 2):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{line}</w:tcPr>'
            f"{paragraph(run(text + '：'), 'Entry')}</w:tc>"
            for text in signatures[start : start + 2]
        )
        height = '<w:trHeight w:val="620" w:hRule="atLeast"/>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>")
    grid = f'<w:gridCol w:w="{width}"/>' * 2
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{2 * width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(width: int, span: int, told: str) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    middle = '<w:vAlign w:val="center"/>' if span == 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{middle}</w:tcPr>{told}</w:tc>'
