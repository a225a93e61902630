"""What several actions of learning share: locks, states, refusals, the log."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused, Stale
from lianfang.common.text import Text
from lianfang.learning.models import Activity
from lianfang.learning.rules.states import ActivityAct, ActivityState, after
from lianfang.org.models import Organisation

CLAUSE = "二"


class ActivityMovedOn(Refused):
    """An activity whose state does not allow the act."""


def locked_organisation(key: int) -> Organisation:
    """Return the organisation, locked: whoever may do a duty locks it before the log."""
    return Organisation.objects.select_for_update().get(pk=key)


def locked_activity(activity: Activity, version: int | None = None) -> Activity:
    """Return an activity, locked until the transaction ends. Raises Stale for another version."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("plan", "organisation")
    found = rows.get(pk=activity.pk)
    require_version(found.version, version)
    return found


def require_version(stored: int, opened: int | None) -> None:
    """Raise Stale where somebody else changed a thing since its form was opened."""
    if opened is not None and stored != opened:
        raise Stale(
            Text(
                "您打开之后，这里已被别人修改。请核对后再保存。",
                "Somebody else changed this since you opened it. Compare, then save again.",
            ),
            stored,
        )


def require_act(activity: Activity, act: ActivityAct) -> ActivityState:
    """Return the state an activity comes to by an act. Raises ActivityMovedOn."""
    state = after(activity.state, act)
    if state is None:
        raise ActivityMovedOn(
            Text(
                f"“{activity.title}”的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                f"“{activity.title}” has moved on, so this can't be done. Reload the page to see "
                "what comes next.",
            )
        )
    return state


def note(
    what: str,
    subject: models.Model,
    organisation: int,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: Mapping[str, tuple[object, object]],
    sealed: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    """Append what was done to the log, under the clause of learning; see `audit.record`."""
    audit.record(
        at=at,
        by=by,
        action=f"learning.{what}",
        subject=subject,
        organisation=organisation,
        changes=changes,
        sealed=sealed,
        rule=CLAUSE,
    )
