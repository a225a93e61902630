"""What happened in the example, deed by deed, so that the log tells it in order of time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Deed:
    """Something done at a moment; `act` is told when."""

    at: datetime
    act: Callable[[datetime], object]


def do(deeds: Iterable[Deed]) -> None:
    """Do what was done, in the order of its moments."""
    for deed in sorted(deeds, key=lambda deed: deed.at):
        deed.act(deed.at)
