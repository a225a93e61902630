"""Where a step leads to, as people write it in a table: `3`, or `3 同意；5 不同意`.

Numbers are those of the rows. An empty cell goes on to the row below; `-` leads nowhere.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.register.model import Arrow, Step, StepKind

NOWHERE = "-"
_SPLIT = re.compile(r"[；;\n]+")
_ONE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[:：、,，]?\s*(.*?)\s*", re.DOTALL)
_DASHES = frozenset("-－—–—―")
CONDITION = 200


class ArrowUnreadable(Refused):
    """A cell that says in no way we know where a step leads to."""


def row_number(text: str) -> Decimal | None:
    """Return the number of a row, None for what is no number."""
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def written(step: Step, place: int, steps: Sequence[Step]) -> str:
    """Return the cell of the step at `place`, with the numbers of rows counted from 1."""
    numbers = {other.id: number for number, other in enumerate(steps, 1)}
    if not step.arrows:
        return "" if step.kind is StepKind.END else NOWHERE
    below = steps[place + 1].id if place + 1 < len(steps) else None
    if [(arrow.to, arrow.condition) for arrow in step.arrows] == [(below, "")]:
        return "" if step.kind is not StepKind.END else str(numbers[step.arrows[0].to])
    return "；".join(
        f"{numbers[arrow.to]} {arrow.condition}".strip()
        for arrow in step.arrows
        if arrow.to in numbers
    )


def read(
    text: str, *, kind: StepKind, below: str | None, known: Mapping[Decimal, str]
) -> tuple[Arrow, ...]:
    """Return the arrows that a cell means.

    `known` gives the id of a step by the number of its row, `below` that of the row below. Raises
    ArrowUnreadable.
    """
    text = text.strip()
    if not text:
        onward = below is not None and kind is not StepKind.END
        return (Arrow(to=below),) if onward and below is not None else ()
    if text in _DASHES:
        return ()
    arrows = [_arrow(part, known) for part in _SPLIT.split(text) if part.strip()]
    return tuple(dict.fromkeys(arrows))


def _arrow(part: str, known: Mapping[Decimal, str]) -> Arrow:
    found = _ONE.fullmatch(part)
    if found is None:
        raise ArrowUnreadable(
            Text(
                f"“{part.strip()}”看不出去向。请写下一环节的序号，如“3”，或“3 同意；5 不同意”。",
                f"“{part.strip()}” doesn't say where to. Write the number of the next step: “3”, "
                "or “3 agreed; 5 refused”.",
            )
        )
    target = known.get(Decimal(found[1]))
    if target is None:
        raise ArrowUnreadable(
            Text(
                f"没有序号为 {found[1]} 的环节。请改为表中已有的序号。",
                f"There is no step {found[1]}. Use the number of a row in the table.",
            )
        )
    if len(found[2]) > CONDITION:
        raise ArrowUnreadable(
            Text(
                f"条件“{found[2][:12]}…”超过 {CONDITION} 字，请写短一些。",
                f"The condition “{found[2][:12]}…” is longer than {CONDITION} characters.",
            )
        )
    return Arrow(to=target, condition=found[2])
