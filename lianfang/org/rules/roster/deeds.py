"""What an import wrote, thing by thing: shown afterwards, and read again to undo it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from lianfang.org.rules.roster.plan import Thing

# Values as a database row has them; days in ISO.
Values = Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One row of the database that was added (`was` is None) or changed.

    `was` and `now` hold the fields that were written, by column; `told` the same for people, with
    names instead of ids.
    """

    thing: Thing
    id: int
    sheet: str
    row: int
    label: str
    was: Values | None
    now: Values
    told: Mapping[str, tuple[object, object]]

    @property
    def is_new(self) -> bool:
        """Whether the import added it."""
        return self.was is None

    def plain(self) -> dict[str, object]:
        """Return the deed as JSON has it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Self:
        """Return the deed that `plain` wrote."""
        pairs = {name: (before, after) for name, (before, after) in told["told"].items()}
        return cls(**{**told, "thing": Thing(told["thing"]), "told": pairs})


def plain(value: object) -> object:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value
