"""Finds the tables in a grid: header rows, data rows, and what every other row is."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct

from lianfang.common.text import squeezed
from lianfang.documents.grids import Grid
from lianfang.documents.headers import Header, header_guesses
from lianfang.documents.spellings import is_label

_DEEPEST_HEADER = 3
_SEARCHED_CLOSELY = 60
_LEAST_FIELDS = 2
_LEAST_SHARE = 0.5
_LIKELY = 0.6
_LONGEST_LABEL = 40
_SHORT_LABEL = 16
_FEW_CELLS = 3
_WIDE_SHARE = 0.6
_LONGEST_BAND = 40

_SIGNATURE = re.compile(
    r"^(?:填表|填报|制表|编制|填写|审核|审批|审定|批准|复核|校对|负责|主管|分管|单位|部门|科室|处室|主要|党组织?|支部|纪检|纪委|领导"
    r"|录入|联系|经办|签字|签名|盖章|日期|时间|填制|制单|报送|承诺|本人|被谈话|评审|组长|经理|院长|校长|局长|主任|科长|处长|书记)"
    r"[^。；;]{0,24}?[：:]|^\d{4}年\d{0,2}月?\d{0,2}日?$|^[年月日\s]+$|^(?:签字|签名|盖章|公章)"
)
_REMARK = re.compile(
    r"^(?:注|备注|说明|附注|填表说明|填报说明|注释|填写说明|备 注)\s*(?:\d|[：:.、]|[（(])"
)
_SUM = re.compile(
    r"^(?:合计|总计|小计|共计|累计|本页小计|本页合计|总数)[:：]?|^(?:合|总|小)\s*计$|.{1,12}(?:小计|合计)$"
)
_PAGE = re.compile(r"^第?\d+页|^[—\-–]\s*\d+\s*[—\-–]$")
_COLUMN_NUMBER = re.compile(
    r"^(?:[（(]?\d{1,2}[)）]?|[A-Z甲乙丙丁戊己庚]|[①-⑳]|[一二三四五六七八九十]{1,2}|栏次)$"
)
_FILLED_BY = re.compile(
    r"(?:填报|填表|编制|报送|申报|所属|排查|责任)?(?:单位|部门|科室|处室|机构|支部)(?:名称)?\s*[（(]?(?:盖章|公章|签章|章)?[)）]?\s*[：:]"
    r"\s*(?P<unit>[^\s：:]{2,40}?)(?=\s|$|填|日期|年|第\d|共\d|\d{4}|[（(]盖章)"
)


class Kind(StrEnum):
    """What a row that holds no data is."""

    ABOVE = "above"
    HEADER = "header"
    NUMBERS = "numbers"
    BAND = "band"
    SUM = "sum"
    REMARK = "remark"
    SIGNATURE = "signature"


class Region(Struct, frozen=True):
    """One table in a grid; row numbers are 0-based.

    `bands` gives for a data row the section heading it stands under.
    """

    headers: tuple[Header, ...]
    header_rows: tuple[int, ...]
    data: tuple[int, ...]
    above: tuple[int, ...] = ()
    loose: tuple[tuple[int, Kind], ...] = ()
    bands: dict[int, str] = {}


class Layout(Struct, frozen=True):
    """The tables of a grid and the filled rows before the first of them."""

    regions: tuple[Region, ...]
    loose: tuple[int, ...] = ()


class _Header(Struct, frozen=True):
    headers: tuple[Header, ...]
    rows: tuple[int, ...]

    @property
    def spelled(self) -> tuple[tuple[int, str], ...]:
        return tuple((header.index, squeezed(header.joined)) for header in self.headers)


class _Open:
    """A region while its rows are being gathered."""

    def __init__(self, header: _Header, above: Sequence[int]) -> None:
        self.header = header
        self.above = tuple(above)
        self.data: list[int] = []
        self.loose: list[tuple[int, Kind]] = []
        self.bands: dict[int, str] = {}
        self.band = ""

    def closed(self) -> Region:
        return Region(
            headers=self.header.headers,
            header_rows=self.header.rows,
            data=tuple(self.data),
            above=self.above,
            loose=tuple(self.loose),
            bands=self.bands,
        )

    def released(self) -> list[int]:
        """Give up the rows after the last data row that are a title of what follows."""
        last = self.data[-1] if self.data else self.header.rows[-1]
        freed = [row for row, kind in self.loose if row > last and kind is Kind.BAND]
        self.loose = [entry for entry in self.loose if entry[0] not in freed]
        return freed


def find_regions(grid: Grid) -> Layout:
    """Return the tables of a grid in order. Looks at each row once; near linear in cells."""
    finder = _Finder(grid)
    regions: list[Region] = []
    waiting: list[int] = []
    current: _Open | None = None
    row = 0
    while row < len(grid.rows):
        header = finder.header_at(row, closely=current is None and row < _SEARCHED_CLOSELY)
        if header is not None:
            if current is not None and _repeats(current, header, finder):
                current.loose += [(number, Kind.HEADER) for number in header.rows]
            else:
                if current is not None:
                    waiting = current.released()
                    regions.append(current.closed())
                current = _Open(header, waiting)
                waiting = []
            row = header.rows[-1] + 1
            continue
        if finder.filled(row):
            if current is None:
                waiting.append(row)
            else:
                _take(current, finder, row)
        row += 1
    if current is not None:
        regions.append(current.closed())
        waiting = []
    return Layout(tuple(regions), tuple(waiting))


def continued_region(grid: Grid, headers: tuple[Header, ...]) -> Region:
    """Return a grid without a header as the data of a table whose headings are known."""
    finder = _Finder(grid)
    current = _Open(_Header(headers, (-1,)), ())
    for row in range(len(grid.rows)):
        if finder.filled(row):
            _take(current, finder, row)
    region = current.closed()
    return Region(region.headers, (), region.data, (), region.loose, region.bands)


def _repeats(current: _Open, header: _Header, finder: "_Finder") -> bool:
    """Tell a header printed again at a page break from the header of another table."""
    if header.spelled != current.header.spelled:
        return False
    last = max((*current.data, *(row for row, _ in current.loose), current.header.rows[-1]))
    between = [row for row in range(last + 1, header.rows[0]) if finder.filled(row)]
    titled = bool(current.loose) and current.loose[-1][1] is Kind.BAND and bool(current.data)
    return not between and not (titled and current.loose[-1][0] > current.data[-1])


def _take(current: _Open, finder: "_Finder", row: int) -> None:
    kind = finder.kind(row, below_header=not current.data, headers=current.header.headers)
    if kind is None:
        current.data.append(row)
        if current.band:
            current.bands[row] = current.band
        return
    current.loose.append((row, kind))
    if kind is Kind.BAND:
        current.band = finder.first(row)


def filling_unit(lines: Sequence[str]) -> str | None:
    """Return the unit that a line above a table names: “填报单位（盖章）：办公室  日期 …”."""
    for line in lines:
        match = _FILLED_BY.search(line)
        if match is not None and any("\u4e00" <= char <= "\u9fff" for char in match["unit"]):
            return match["unit"].strip("　 _＿")
    return None


def _covered_rows(grid: Grid) -> list[int]:
    """Return for each row how many merged cells from above reach into it."""
    steps = [0] * (len(grid.rows) + 1)
    for merge in grid.merges:
        if merge.bottom > merge.top < len(grid.rows):
            steps[merge.top + 1] += 1
            if merge.bottom + 1 < len(steps):
                steps[merge.bottom + 1] -= 1
    return list(accumulate(steps))


class _Finder:
    """Looks at single rows of one grid."""

    def __init__(self, grid: Grid) -> None:
        self._rows = grid.rows
        self._width = grid.width
        self._spans = {(m.top, m.left): (m.bottom, m.right) for m in grid.merges}
        self._covered = _covered_rows(grid)

    def filled(self, row: int) -> bool:
        return any(map(str.strip, self._rows[row]))

    def first(self, row: int) -> str:
        return next(self._texts(row), "")

    def _texts(self, row: int) -> Iterator[str]:
        return filter(None, map(str.strip, self._rows[row]))

    # header

    def header_at(self, row: int, *, closely: bool) -> _Header | None:
        """Return the header that begins at `row`, of one to three rows, or None."""
        if not self._promising(row, closely=closely) or self._is_filled_in(row):
            return None
        for depth in self._depths(row):
            rows = tuple(range(row, row + depth))
            headers = self._headings(rows)
            if self._convincing(headers):
                return _Header(headers, rows)
        return None

    def _promising(self, row: int, *, closely: bool) -> bool:
        """Rule most rows out at little cost: a header starts with short, known words."""
        if closely:
            texts = [text for text in self._texts(row) if len(text) <= _LONGEST_LABEL]
            numeric = any(text.replace(".", "").isdigit() for text in texts)
            return len(texts) >= _LEAST_FIELDS and not numeric
        labels = seen = 0
        for cell in self._rows[row]:
            text = cell.strip()
            if not text:
                continue
            if text.isdigit():
                return False
            seen += 1
            labels += is_label(text)
            if seen == _FEW_CELLS:
                break
        return labels >= _LEAST_FIELDS

    def _is_filled_in(self, row: int) -> bool:
        """Tell a line that says who fills the table in from a heading: it gives the answer, too."""
        return any(_FILLED_BY.search(text) for text in self._texts(row))

    def _depths(self, row: int) -> Iterator[int]:
        """Yield how many rows the header may have, the likeliest first."""
        spans = [
            self._spans[row, column][0] - row + 1
            for column in range(len(self._rows[row]))
            if (row, column) in self._spans and self._rows[row][column].strip()
        ]
        tallest = max((span for span in spans if span <= _DEEPEST_HEADER), default=1)
        if tallest > 1:
            yield tallest
        elif self._has_subheadings(row):
            yield 2
        yield 1

    def _has_subheadings(self, row: int) -> bool:
        """Tell whether the next row only divides some headings of this one."""
        if row + 1 >= len(self._rows):
            return False
        above, below = self._rows[row], self._rows[row + 1]
        parted = False
        for column, text in enumerate(below):
            if not text.strip():
                continue
            over = above[column].strip() if column < len(above) else ""
            if len(text.strip()) > _SHORT_LABEL or text.strip().isdigit():
                return False
            if over and not self._spreads(row, column):
                return False
            parted = parted or not over
        return parted and any(is_label(text) for text in below if text.strip())

    def _spreads(self, row: int, column: int) -> bool:
        """Tell whether a heading reaches over the columns to its right."""
        if (row, column) in self._spans:
            return self._spans[row, column][1] > column
        line = self._rows[row]
        return column + 1 < len(line) and not line[column + 1].strip()

    def _headings(self, rows: tuple[int, ...]) -> tuple[Header, ...]:
        columns: list[list[str]] = [[] for _ in range(self._width)]
        for row in rows:
            for column, text in enumerate(self._spread(row)):
                if text.strip() and (not columns[column] or columns[column][-1] != text):
                    columns[column].append(text)
        return tuple(
            Header(index, texts[-1] if texts else "", "".join(texts))
            for index, texts in enumerate(columns)
        )

    def _spread(self, row: int) -> list[str]:
        """Return a header row with every heading repeated over the columns it spans."""
        line = list(self._rows[row]) + [""] * (self._width - len(self._rows[row]))
        for column, text in enumerate(self._rows[row]):
            bottom_right = self._spans.get((row, column))
            if bottom_right is not None and text.strip():
                for right in range(column + 1, min(bottom_right[1] + 1, self._width)):
                    line[right] = text
        return line

    def _convincing(self, headers: tuple[Header, ...]) -> bool:
        named = [header for header in headers if header.lowest.strip()]
        best = [(header_guesses(header) or (None,))[0] for header in named]
        likely = [guess for guess in best if guess is not None and guess.confidence >= _LIKELY]
        fields = {guess.field for guess in likely if guess.field is not None}
        return len(fields) >= _LEAST_FIELDS and len(likely) >= _LEAST_SHARE * len(named)

    # rows under a header

    def kind(self, row: int, *, below_header: bool, headers: tuple[Header, ...]) -> Kind | None:
        """Return what a row is, None for data."""
        texts = list(self._texts(row))
        first = texts[0]
        if len(texts) > _FEW_CELLS and first.isdigit() and not below_header:
            return None
        if any(_SUM.match(squeezed(text)) for text in texts[:2] if len(text) <= _SHORT_LABEL):
            return Kind.SUM
        if below_header and len(texts) > 1 and self._numbers_columns(texts):
            return Kind.NUMBERS
        if len(set(texts)) > _FEW_CELLS:
            return None
        return self._closing(texts) or self._band(row, first, texts, headers)

    def _numbers_columns(self, texts: list[str]) -> bool:
        return len(texts) >= _FEW_CELLS and all(_COLUMN_NUMBER.match(text) for text in texts)

    def _closing(self, texts: list[str]) -> Kind | None:
        first = texts[0]
        if _REMARK.match(first):
            return Kind.REMARK
        if _SIGNATURE.match(squeezed(first)) or (len(texts) == 1 and _PAGE.match(squeezed(first))):
            return Kind.SIGNATURE
        return None

    def _band(
        self, row: int, first: str, texts: list[str], headers: tuple[Header, ...]
    ) -> Kind | None:
        """Tell a heading that parts the table from a data row with a single filled cell."""
        if len(set(texts)) > 1 or len(first) > _LONGEST_BAND:
            return None
        column = next(c for c, cell in enumerate(self._rows[row]) if cell.strip())
        _, right = self._spans.get((row, column), (row, column))
        named = [header.index for header in headers if header.lowest.strip()]
        wide = right - column + 1 >= max(_FEW_CELLS, _WIDE_SHARE * len(named))
        leftmost = bool(named) and column <= named[0]
        alone = leftmost and len(named) > 1 and not self._covered[row]
        return Kind.BAND if wide or alone else None
