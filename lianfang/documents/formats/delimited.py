""".csv in the encodings that Chinese offices save it in."""

import csv
import io
from pathlib import Path

from lianfang.common.text import Text
from lianfang.documents import limits
from lianfang.documents.grids import Grid, Opened
from lianfang.documents.model import Problem, ProblemCode

_SEPARATORS = ",\t;；，|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def open_csv(path: Path) -> Opened:
    """Return a CSV file as one grid, one row per record, blank records included.

    UTF-8 and UTF-16 by their mark, else UTF-8, else GB18030. Raises FileRefused for bytes that
    are no text and records that never close.
    """
    text, problems = _decoded(path.name, path.read_bytes())
    csv.field_size_limit(max(limits.FILE_BYTES, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[tuple[str, ...]] = []
    try:
        for record in reader:
            rows.append(tuple(record))
            if len(rows) > limits.ROWS or len(record) > limits.COLUMNS:
                limits.require_grid_size(path.name, path.stem, rows=len(rows), columns=len(record))
    except csv.Error as error:
        raise _not_a_table(path.name) from error
    grid = Grid(path.stem, rows)
    limits.require_grid_size(path.name, path.stem, rows=len(rows), columns=grid.width)
    return Opened((grid,), problems)


def _decoded(file: str, content: bytes) -> tuple[str, tuple[Problem, ...]]:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None and b"\x00" in content:
        raise _not_a_table(file)
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return content.decode(candidate), ()
        except UnicodeDecodeError:
            continue
    repaired = Problem(
        ProblemCode.TEXT_REPAIRED,
        Text(
            "文件里有无法辨认的字符，已用“\ufffd”代替。请用 Excel 另存为“CSV UTF-8”后再读一次。",
            "Some characters can't be read and stand as “\ufffd”. "
            "Save the file again as “CSV UTF-8” and read it once more.",
        ),
    )
    return content.decode(encoding or "gb18030", errors="replace"), (repaired,)


def _separator(text: str) -> str:
    """Return the separator that most of the first lines use in equal number."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:50]

    def weight(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    return max(_SEPARATORS, key=weight)


def _not_a_table(file: str) -> limits.FileRefused:
    return limits.refuse(
        file,
        "内容不是文本表格。请用 Excel 或 WPS 打开后另存为 .xlsx。",
        "the content is no text table. Open it in Excel or WPS and save it as .xlsx.",
    )
