"""What `lianfang edition export` writes: an edition as it was published, from the database."""

from pathlib import Path

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.cli import site


class NoSuchEdition(Refused):
    """A unit without an edition, or without one of that number."""


def content_of(unit: str, number: str) -> tuple[str, bytes]:
    """Return the file name and the bytes of a unit's edition: in force, or of that number.

    Raises NoSuchEdition, also where several organisations have a unit of that code.
    """
    site.ready()
    from lianfang.cycles.models import Edition

    rows = Edition.objects.filter(unit__code=unit).select_related("unit")
    if number:
        year, _, serial = number.partition("-")
        is_number = year.isdecimal() and serial.isdecimal()
        rows = rows.filter(year=int(year), serial=int(serial)) if is_number else rows.none()
    else:
        rows = rows.filter(superseded_on=None)
    found = list(rows[:2])
    if len(found) != 1:
        raise NoSuchEdition(
            Text(
                f"单位“{unit}”没有{'编号为 ' + number + ' 的' if number else '现行'}版本，"
                "或多个机构有相同的单位代码。版本见“编制审核 → 版本”页。",
                f"The unit {unit} has no edition {number or 'in force'}, or several organisations "
                "have that code. The page of editions lists them.",
            )
        )
    return f"{unit}-{found[0].number}.json", found[0].content.encode()


def write_edition(unit: str, number: str, output: Path | None) -> Path:
    """Write an edition to a file, beside the caller where none is named; return its path."""
    name, content = content_of(unit, number)
    path = output or Path(name)
    path.write_bytes(content)
    return path
