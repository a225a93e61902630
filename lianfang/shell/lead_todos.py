"""What leads ask of somebody: to act, to decide, to visit again (五（六）2（2）).

A to-do names the lead by its number and nobody: it stands on the desk, and in the calendar file.
"""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.leads import access
from lianfang.leads.queries import todos
from lianfang.leads.rules.course import Next
from lianfang.leads.rules.states import CLAUSE
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo

_ACTS: dict[Next, Promise | str] = {
    Next.DISPOSE: _("提出处置意见"),
    Next.CONCLUDE: _("登记结论"),
    Next.OUTCOME: _("提出处理意见"),
    Next.CLOSE: _("办结"),
}


def leads_to_do(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever handles leads for the next act, and for the visits that are to follow."""
    if not access.may_handle(standing):
        return ()
    rows = access.leads_handled_by(standing)
    acts = [
        _todo(
            gettext("%(mark)s：%(act)s") % {"mark": due.lead.mark, "act": _ACTS[due.next]},
            gettext("您是承办人。"),
            due.due_on,
            reverse("leads:lead", args=[due.lead.pk]),
        )
        for due in todos.leads_due(rows, standing.on)
    ]
    visits = [
        _todo(
            gettext("%(mark)s：回访") % {"mark": outcome.lead.mark},
            gettext("处理决定后的回访。"),
            outcome.follow_up_on,
            reverse("leads:lead", args=[outcome.lead_id]),
        )
        for outcome in todos.follow_ups(rows)
        if outcome.follow_up_on is not None
    ]
    return (*acts, *visits)


def leads_to_decide(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever decides for what waits."""
    rows = access.proposals_to_decide(standing)
    return tuple(
        _todo(
            gettext("审批：%(what)s") % {"what": proposal.get_kind_display()},
            gettext("提出人等待您的决定。"),
            max(proposal.lead.due_on, standing.on),
            reverse("leads:decide", args=[proposal.pk]),
        )
        for proposal in todos.waiting_for(rows)
    )


def _todo(title: str, reason: str, due: date, url: str) -> Todo:
    return Todo(
        kind=_("问题线索"),
        icon="alert",
        title=title,
        reason=reason,
        clause=CLAUSE,
        due=due,
        act=_("去办理"),
        url=url,
    )
