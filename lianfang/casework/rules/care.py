"""What is owed to the sender, and to whoever was reported, as steps that are recorded.

Source: 质检认纪〔2012〕1号 五（六）2（2）; 中国共产党纪律检查机关监督执纪工作规则 on protecting
who reports, hearing who is reported, and clearing who was reported wrongly.
"""

from enum import StrEnum


class Step(StrEnum):
    """A step of a case that leaves a line."""

    PROTECTED = "protected"
    RETALIATION = "retaliation"
    HEARD = "heard"
    CLEARED = "cleared"
    NOTE = "note"


class Duty(StrEnum):
    """What an officer ticks when the protection of a sender is checked."""

    NOT_ASKED = "not_asked"
    NOT_PASSED_ON = "not_passed_on"
    WORDED_ANEW = "worded_anew"
    NARROW = "narrow"
    RETALIATION_WATCHED = "retaliation_watched"


def is_whole(ticked: frozenset[str]) -> bool:
    """Return whether everything that protects a sender was ticked."""
    return ticked >= {duty.value for duty in Duty}


def may_clear(outcome: str) -> bool:
    """Return whether the person reported can be cleared: nothing was found against them."""
    return outcome == "unfounded"
