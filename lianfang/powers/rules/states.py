"""How a regulation comes to be in force and out of it again (七（二）)."""

from datetime import date

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.register.model import RegulationState as State

NEXT: dict[State, tuple[State, ...]] = {
    State.TO_BE_MADE: (State.DRAFTING, State.IN_FORCE),
    State.DRAFTING: (State.IN_FORCE, State.TO_BE_MADE),
    State.IN_FORCE: (State.REPEALED,),
    State.REPEALED: (),
}
WORDS = {
    State.TO_BE_MADE: Text("待制定", "to be made"),
    State.DRAFTING: Text("起草中", "being drafted"),
    State.IN_FORCE: Text("现行", "in force"),
    State.REPEALED: Text("已废止", "repealed"),
}


class NoSuchWay(Refused):
    """A regulation can't go from its state to that one."""


class DatesMissing(Refused):
    """A state that asks for a day, or days the wrong way round."""


def require_way(now: State, wanted: State) -> None:
    """Raise NoSuchWay unless a regulation may go from one state to the other."""
    if wanted not in NEXT[now]:
        raise NoSuchWay(
            Text(
                f"制度现为“{WORDS[now].zh}”，不能改为“{WORDS[wanted].zh}”。"
                "废止后恢复的，请另行登记为新的制度。",
                f"The regulation is {WORDS[now].en} and can't become {WORDS[wanted].en}. "
                "Enter one that comes back after repeal as a new regulation.",
            )
        )


def require_days(state: State, in_force_on: date | None, repealed_on: date | None) -> None:
    """Raise DatesMissing where a repealed rule has no day, or its days are the wrong way round."""
    if state is State.REPEALED and repealed_on is None:
        raise DatesMissing(
            Text("废止的制度要写明废止日期。", "A repealed regulation needs the day of its repeal.")
        )
    if state is not State.REPEALED and repealed_on is not None:
        raise DatesMissing(
            Text(
                "只有已废止的制度才有废止日期。请改状态，或删去日期。",
                "Only a repealed regulation has a day of repeal. Change the state, or remove "
                "the day.",
            )
        )
    if in_force_on is not None and repealed_on is not None and repealed_on < in_force_on:
        raise DatesMissing(
            Text(
                f"废止日期 {repealed_on} 早于施行日期 {in_force_on}，请改正其中一个。",
                f"The repeal, {repealed_on}, lies before {in_force_on}, when it came into force; "
                "mend one of them.",
            )
        )
