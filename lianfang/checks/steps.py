"""What the name of a step tells: its key act, and acts that it should not join."""

import re
from collections.abc import Callable

from lianfang.checks.index import Index
from lianfang.checks.yardstick import Yardstick
from lianfang.common.text import bare, squeezed
from lianfang.register.model import Step, StepKind


def joined_acts(yardstick: Yardstick) -> Callable[[str], tuple[str, str] | None]:
    """Return the search for two incompatible acts in one name.

    They count when a joint stands between them (采购、验收; 招标并评标) or the name begins with
    both (申请审批). “审批采购申请” and “采购申请审批” are one act upon another's object.
    """
    joints = yardstick.pattern("act_joints")
    pairs = yardstick.pairs("incompatible_acts")
    acts = re.compile("|".join(re.escape(act) for pair in pairs for act in pair) or r"(?!)")

    def search(name: str) -> tuple[str, str] | None:
        plain = squeezed(name)
        if not acts.search(plain):
            return None
        parts = joints.split(plain)
        for one, other in pairs:
            if bare(plain).startswith((one + other, other + one)) or _apart(parts, one, other):
                return one, other
        return None

    return search


def _apart(parts: list[str], one: str, other: str) -> bool:
    """Return whether one part holds the first act and another part the second."""
    first = [place for place, part in enumerate(parts) if part and one in part]
    second = [place for place, part in enumerate(parts) if part and other in part]
    return any(a != b for a in first for b in second)


def key_act(index: Index, step: Step) -> str:
    """Return the key act that a step's name speaks of, or nothing; a start or end has none."""
    if step.kind in (StepKind.START, StepKind.END):
        return ""
    found = index.yardstick.searcher("key_acts")(squeezed(step.name))
    return found.group() if found else ""
