"""What the reader accepts at most, and the refusals with their sentences (docs/reading.md)."""

from lianfang.common.errors import Refused
from lianfang.common.text import Text

MEGABYTE = 1024 * 1024

FILE_BYTES = 64 * MEGABYTE
UNPACKED_BYTES = 512 * MEGABYTE
# A part smaller than this may be packed as tightly as it likes.
RATIO_FROM_BYTES = 8 * MEGABYTE
PACKING_RATIO = 200
PARTS = 10_000
CELLS = 8_000_000
COLUMNS = 256
ROWS = 500_000
SHEETS = 300
CELL_CHARACTERS = 32_767
CONVERSION_SECONDS = 120


class FileRefused(Refused):
    """A file cannot be read; the sentence names the file, what is wrong, and the mend."""


def refuse(file: str, zh: str, en: str) -> FileRefused:
    """Return the refusal of `file`; both sentences follow its name."""
    return FileRefused(Text(f"{file}：{zh}", f"{file}: {en}"))


def require_grid_size(file: str, sheet: str, *, rows: int, columns: int) -> None:
    """Raise FileRefused when a sheet is larger than can be read safely."""
    if columns > COLUMNS:
        raise refuse(
            file,
            f"工作表“{sheet}”用到了第 {columns} 列，最多读 {COLUMNS} 列。"
            "请删去右侧多余的列后重新保存。",
            f"sheet “{sheet}” uses column {columns}; at most {COLUMNS} columns are read. "
            "Delete the surplus columns on the right and save again.",
        )
    if rows > ROWS or rows * columns > CELLS:
        raise refuse(
            file,
            f"工作表“{sheet}”有 {rows} 行、{columns} 列，最多读 {ROWS} 行、{CELLS} 个单元格。"
            "请拆成几个文件。",
            f"sheet “{sheet}” has {rows} rows and {columns} columns; at most {ROWS} rows and "
            f"{CELLS} cells are read. Split it into several files.",
        )


def require_merges(file: str, sheet: str, *, rows: int) -> None:
    """Raise FileRefused when merged cells overlap so much that they can't be meant."""
    if rows > CELLS:
        raise refuse(
            file,
            f"工作表“{sheet}”的合并单元格互相重叠，不予读取。请取消合并后重新保存。",
            f"the merged cells of sheet “{sheet}” overlap; it is not read. "
            "Unmerge them and save again.",
        )
