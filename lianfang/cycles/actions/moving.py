"""One step of a filing on its way: locked, checked against the table, noted in the log."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.closing import close_or_open
from lianfang.cycles.models import Filing
from lianfang.cycles.rules.states import Act, State, follows

_STATES: Mapping[State, Text] = {
    State.NOT_STARTED: Text("未开始", "not started"),
    State.DRAFTING: Text("填报中", "being drafted"),
    State.SUBMITTED: Text("已报送", "submitted"),
    State.IN_CHECK: Text("审核中", "being checked"),
    State.RETURNED: Text("已退回", "returned"),
    State.CHECKED: Text("审核通过", "checked"),
    State.APPROVED: Text("审议通过", "approved"),
    State.PUBLISHED: Text("已发布", "published"),
    State.SUPERSEDED: Text("已被替代", "superseded"),
    State.DROPPED: Text("已取消", "dropped"),
}
_ACTIONS: Mapping[Act, str] = {
    Act.START: "cycles.filing.started",
    Act.SUBMIT: "cycles.filing.submitted",
    Act.WITHDRAW: "cycles.filing.withdrawn",
    Act.TAKE_UP: "cycles.filing.taken_up",
    Act.RETURN: "cycles.filing.returned",
    Act.CONCLUDE: "cycles.filing.checked",
    Act.RESUME: "cycles.filing.resumed",
    Act.SEND_BACK: "cycles.filing.sent_back",
    Act.APPROVE: "cycles.filing.approved",
    Act.APPROVE_WITH_CHANGES: "cycles.filing.changes_asked",
    Act.CONFIRM_CHANGES: "cycles.filing.changes_confirmed",
    Act.PUBLISH: "cycles.filing.published",
    Act.SUPERSEDE: "cycles.filing.superseded",
    Act.DROP: "cycles.filing.dropped",
}
_CLAUSES: Mapping[Act, str] = {
    Act.START: "六（一）",
    Act.SUBMIT: "六（一）",
    Act.WITHDRAW: "六（一）",
    Act.RESUME: "六（一）",
    Act.TAKE_UP: "六（二）",
    Act.RETURN: "六（二）",
    Act.CONCLUDE: "六（二）",
    Act.SUPERSEDE: "六（五）",
    Act.DROP: "六（五）",
}


class NotNow(Refused):
    """A filing does not stand where that step begins."""


def locked(filing: Filing) -> Filing:
    """Return the filing as it is stored now, locked until the transaction ends."""
    rows = Filing.objects.select_for_update(of=("self",))
    return rows.select_related("cycle", "unit", "organisation", "lock", "revision__unit").get(
        pk=filing.pk
    )


def require(filing: Filing, act: Act) -> State:
    """Return the state after an act. Raises NotNow where the table has none."""
    after = follows(filing.state, act)
    if after is None:
        raise not_now(filing)
    return after


def not_now(filing: Filing) -> NotNow:
    """Return the refusal of a step that does not begin where a filing stands."""
    now, unit = _STATES[State(filing.state)], filing.unit.name
    return NotNow(
        Text(
            f"{unit}的填报现在是“{now.zh}”，这一步不能做。请刷新页面看现在该做什么。",
            f"The filing of {unit} is {now.en} now, so this can't be done. Reload the page to "
            "see what comes next.",
        )
    )


def move(
    filing: Filing,
    act: Act,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Mapping[str, tuple[object, object]] | None = None,
) -> Filing:
    """Bring a locked filing into its next state, save it, close or open the register, log it.

    Raises NotNow.
    """
    before, after = filing.state, require(filing, act)
    filing.state = after.value
    filing.version += 1
    close_or_open(filing, by, at)
    filing.save()
    audit.record(
        at=at,
        by=by,
        action=_ACTIONS[act],
        subject=filing,
        organisation=filing.organisation_id,
        changes={"unit": (None, filing.unit.name), "state": (before, filing.state)}
        | dict(told or {}),
        rule=_CLAUSES.get(act, "六（三）"),
    )
    return filing
