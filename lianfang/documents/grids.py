"""The grid: what every file format is turned into before anything is understood."""

from msgspec import Struct

from lianfang.documents.model import Problem

# The hidden sheet in which a form of this program carries what it was written from.
OWN_SHEET = "lianfang"


class Merge(Struct, frozen=True):
    """A merged block, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(Struct, frozen=True):
    """A sheet, Word table or CSV file as rows of texts, from the sheet's first cell on.

    Rows may differ in length; a merged block has its text in its first cell only. `caption`
    holds the paragraphs that stood above a Word table. `follows` marks a Word table that comes
    directly after another one, so that it may continue it.
    """

    name: str
    rows: list[tuple[str, ...]]
    merges: tuple[Merge, ...] = ()
    caption: tuple[str, ...] = ()
    follows: bool = False

    @property
    def width(self) -> int:
        """The number of columns up to the last one that holds anything."""
        return max((len(row) for row in self.rows), default=0)


class Opened(Struct, frozen=True):
    """A file as grids, with what was left aside (macros, links) said in `problems`."""

    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
