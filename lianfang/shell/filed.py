"""How far filings are, said in a few words under the stage they concern (六（一）–（三）)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lianfang.common.text import Text
from lianfang.cycles.queries.strip import StateCount
from lianfang.cycles.rules.states import State

FILL, COLLECT, DELIBERATE = "fill", "collect", "deliberate"
_CHECKED = (State.CHECKED, State.APPROVED, State.PUBLISHED, State.SUPERSEDED)
_PUBLISHED = (State.PUBLISHED, State.SUPERSEDED)
_SENT = Text("已报送", "submitted")
_BEFORE: Mapping[State, Text] = {
    State.NOT_STARTED: Text("未开始", "not started"),
    State.DRAFTING: Text("填报中", "drafting"),
}
_ONE_IN_CHECK: Mapping[State, Text] = {
    State.DRAFTING: Text("退回待改", "to be mended"),
    State.RETURNED: Text("退回待改", "to be mended"),
    State.SUBMITTED: Text("待审核", "to be checked"),
    State.IN_CHECK: Text("审核中", "in check"),
    **dict.fromkeys(_CHECKED, Text("审核通过", "checked")),
}
_ONE_DECIDED: Mapping[State, Text] = {
    State.APPROVED: Text("审议通过", "approved"),
    **dict.fromkeys(_PUBLISHED, Text("已发布", "published")),
}


@dataclass(frozen=True, kw_only=True)
class Filed:
    """The filings that concern somebody: how many, where they stand, how many were ever sent."""

    states: Mapping[State, int]
    sent: int

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.states.values())

    def in_stage(self, code: str) -> Text | None:
        """Return what is said under a stage, None where there is nothing to say."""
        if not self.all:
            return None
        if self.all == 1:
            (state,) = (state for state, count in self.states.items() if count)
            return _one(state, code, is_sent=self.sent > 0)
        if code == FILL:
            return self._of_all(self.sent, "已报", "sent")
        if code == COLLECT:
            return self._checked()
        published = self._count(*_PUBLISHED)
        if code == DELIBERATE and published:
            return self._of_all(published, "已发布", "published")
        return None

    def _checked(self) -> Text | None:
        returned, checked = self._count(State.RETURNED), self._count(*_CHECKED)
        if returned:
            return Text(f"{returned} 退回", f"{returned} returned")
        if checked or self._count(State.IN_CHECK, State.SUBMITTED):
            return self._of_all(checked, "已审", "checked")
        return None

    def _of_all(self, count: int, zh: str, en: str) -> Text:
        return Text(f"{count}/{self.all} {zh}", f"{count}/{self.all} {en}")

    def _count(self, *states: State) -> int:
        return sum(self.states.get(state, 0) for state in states)


def filed_of(counts: Iterable[StateCount]) -> Filed:
    """Return what was counted, for the strip."""
    rows = list(counts)
    return Filed(
        states={State(row.state): row.filings for row in rows},
        sent=sum(row.sent for row in rows),
    )


def _one(state: State, code: str, *, is_sent: bool) -> Text | None:
    """Return where one's only filing stands in the words of a stage."""
    if code == FILL:
        return _SENT if is_sent else _BEFORE.get(state)
    if code == COLLECT and is_sent:
        return _ONE_IN_CHECK.get(state)
    return _ONE_DECIDED.get(state) if code == DELIBERATE else None
