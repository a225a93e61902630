"""A number with the list it was counted from."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many, and the address of the list that shows just these; empty for a sum without one."""

    count: int
    url: str = ""
