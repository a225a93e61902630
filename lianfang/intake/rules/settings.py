"""What a person decided about one file: how it is read, and which of its rows are taken.

Kept as JSON beside the import, so that reading the file again gives the same preview.
"""

import msgspec
from msgspec import Struct

from lianfang.documents.model import Direction, Field

# What a name in the file may stand for, besides the code of something that is there.
NEW = "+"
LEAVE = "-"
# A measure that belongs to every risk of its row.
EVERY = -1


class Settings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Decisions by key; what nobody decided is absent.

    `columns` are by heading (as `squeezed`), "" for no field. `units`, `posts` and `people` say
    by the name in the file which code is meant, NEW or LEAVE; NEW may go on with the code wished
    for. `phases` are by measure (`0:5:1/2`), `pairs` by risk: the place of its risk for each
    measure. `apart` are risks that are new, whatever they look like. `taken` overrides line by
    line what is taken by itself.
    """

    direction: Direction = Direction.HIGH_FIRST
    unit: str = ""
    columns: dict[str, str] = {}
    units: dict[str, str] = {}
    posts: dict[str, str] = {}
    people: dict[str, str] = {}
    phases: dict[str, str] = {}
    suggested: bool = False
    pairs: dict[str, list[int]] = {}
    apart: list[str] = []
    taken: dict[str, bool] = {}

    def fields(self) -> dict[str, Field | None]:
        """Return the corrections of columns as the reader takes them."""
        return {heading: Field(field) if field else None for heading, field in self.columns.items()}


_ENCODER = msgspec.json.Encoder(order="sorted")


def to_json(settings: Settings) -> str:
    """Return the settings as they are kept."""
    return _ENCODER.encode(settings).decode()


def from_json(kept: str) -> Settings:
    """Return kept settings; none were made where nothing is kept."""
    return msgspec.json.decode(kept, type=Settings) if kept else Settings()
