"""The register's list as a table on paper: the columns of the page, all of its rows."""

from collections.abc import Sequence
from datetime import date

from lianfang.common.text import Language, Text
from lianfang.documents.writing.paper import (
    A4_LANDSCAPE,
    Cell,
    Cells,
    Column,
    Row,
    TablePaper,
    Tone,
)
from lianfang.risks.queries.lists import Line
from lianfang.scheme.model import Scheme

TITLE = Text("廉政风险清册", "Risk register")
_SHEET = Text("风险清册", "Register")
_COLUMNS = (
    (Column(code="level", width=10, centred=True), Text("等级", "Level")),
    (Column(code="code", width=16), Text("编号", "Code")),
    (Column(code="title", width=34), Text("风险点", "Risk point")),
    (Column(code="shows", width=44), Text("表现形式", "How it shows")),
    (Column(code="unit", width=18), Text("单位", "Unit")),
    (Column(code="posts", width=24), Text("岗位", "Posts")),
    (Column(code="about", width=24), Text("职权", "Power")),
    (Column(code="step", width=18), Text("环节", "Step")),
    (Column(code="aspects", width=18), Text("方面", "Aspects")),
)
_COUNT = Text("共 {count} 条。{asked}", "{count} rows. {asked}")
_YES, _NO = Text("有", "yes"), Text("缺", "none")
_EMPTY = Text("没有符合条件的风险点。", "No risk point meets the conditions.")


def list_paper(
    lines: Sequence[Line], scheme: Scheme, *, on: date, language: Language, asked: str
) -> TablePaper:
    """Return the table of the rows, in their order; `asked` says by what they were narrowed."""
    heads = [head for _, head in _COLUMNS] + [phase.label for phase in scheme.phases]
    phases = [Column(code=phase.code, width=12, centred=True) for phase in scheme.phases]
    levels = _level_cells(scheme, language)
    return TablePaper(
        code="register",
        language=language,
        on=on,
        title=TITLE.in_(language),
        sheet=_SHEET.in_(language),
        page=A4_LANDSCAPE,
        columns=(*(column for column, _ in _COLUMNS), *phases),
        head=(tuple(Cell(text=head.in_(language)) for head in heads),),
        rows=tuple(Row(cells=_cells(line, levels, language)) for line in lines),
        notes=(_COUNT.in_(language).format(count=len(lines), asked=asked),),
        empty=_EMPTY.in_(language),
    )


def _cells(line: Line, levels: dict[str, Cell], language: Language) -> Cells:
    joint = "、" if language is Language.ZH else ", "
    texts = (
        line.code,
        line.title,
        line.shows,
        line.unit,
        joint.join(line.posts),
        line.about,
        line.step,
        joint.join(line.aspects),
    )
    return (
        levels[line.level],
        *(Cell(text=text) for text in texts),
        *(Cell(text=(_YES if has else _NO).in_(language)) for _, _, has in line.phases),
    )


def _level_cells(scheme: Scheme, language: Language) -> dict[str, Cell]:
    """Return a cell for each level; the highest is dark, the next one grey, as on every paper."""
    tones = (Tone.DARK, Tone.GREY)
    cells = {
        level.code: Cell(
            mark=level.shape,
            text=level.label.in_(language),
            tone=tones[place] if place < len(tones) else Tone.PLAIN,
            strong=place == 0,
        )
        for place, level in enumerate(scheme.levels)
    }
    return cells | {"": Cell(text=scheme.unrated.in_(language))}
