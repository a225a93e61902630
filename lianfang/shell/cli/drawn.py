"""What `lianfang draw-sheet export` writes: the sheet of a draw, from the database."""

from pathlib import Path

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.cli import site


class NoSuchDraw(Refused):
    """There is no such draw, or it was not drawn."""


def content_of(number: int) -> tuple[str, bytes]:
    """Return the file name and the bytes of a draw's sheet. Raises NoSuchDraw."""
    site.ready()
    from lianfang.inspections.models import Draw

    found = Draw.objects.filter(pk=number).exclude(sheet="").first()
    if found is None:
        raise NoSuchDraw(
            Text(
                f"没有编号为 {number} 的抽取，或还没有抽取。编号见“监督检查 → 抽取”各页的地址。",
                f"There is no draw {number}, or it is not drawn yet. The number stands in the "
                "address of its page.",
            )
        )
    return f"抽取单-{found.year}-{found.pk}.json", found.sheet.encode()


def write_sheet(number: int, output: Path | None) -> Path:
    """Write the sheet to a file, beside the caller where none is named; return its path."""
    name, content = content_of(number)
    path = output or Path(name)
    path.write_bytes(content)
    return path
