"""What early warning asks of somebody: to decide, to act, to come back, to put right (五（六）)."""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.alerts import access
from lianfang.alerts.queries.letters import letters_waiting
from lianfang.alerts.queries.waiting import ticking, with_clocks
from lianfang.alerts.rules.overdue import ClockCode
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo

_ACTS = {
    ClockCode.TRIAGE: (
        _("分流预警 %(mark)s"),
        _("写明理由，决定由谁办理。"),
        _("去分流"),
        "五（六）1",
    ),
    ClockCode.HANDLING: (
        _("办理预警 %(mark)s"),
        _("约谈了解，视情况提醒、告诫或批评教育。"),
        _("去办理"),
        "五（六）2（1）",
    ),
    ClockCode.FOLLOW_UP: (
        _("回访预警 %(mark)s"),
        _("看看采取措施之后的情况，写明后登记。"),
        _("去登记"),
        "五（六）2（1）",
    ),
}


def alerts_to_act_on(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever has an alert to decide where it goes, to act, and to come back to it."""
    if not standing.is_staff:
        return ()
    rows = access.alerts_lying_with(standing) | access.alerts_to_follow_up(standing)
    return tuple(
        _todo(
            str(_ACTS[each.clock][0]) % {"mark": each.alert.mark},
            str(_ACTS[each.clock][1]),
            _ACTS[each.clock][3],
            each.due_on,
            _ACTS[each.clock][2],
            reverse("alerts:alert", args=[each.alert.pk]),
        )
        for each in ticking(with_clocks(rows).order_by("due_on", "pk"))
        if each.clock is not None and each.due_on is not None
    )


def notices_to_answer(standing: Standing) -> tuple[Todo, ...]:
    """Ask the head of a unit to put right what a notice says, and to answer it."""
    if not standing.headed:
        return ()
    return tuple(
        _todo(
            gettext("整改：预警通知书 %(mark)s") % {"mark": letter.document.mark},
            gettext("整改后在系统中报告情况，附上凭证。"),
            "五（六）1",
            letter.due_on,
            _("去报告"),
            reverse("alerts:letter", args=[letter.pk]),
        )
        for letter in letters_waiting(access.letters_to_answer(standing))
        if letter.due_on is not None
    )


def answers_to_judge(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever sent a notice to judge what the unit put right."""
    if not standing.is_staff:
        return ()
    return tuple(
        _todo(
            gettext("复核整改：预警通知书 %(mark)s") % {"mark": letter.document.mark},
            gettext("单位已报告整改情况。"),
            "五（六）1",
            max(letter.due_on, standing.on),
            _("去复核"),
            reverse("alerts:letter", args=[letter.pk]),
        )
        for letter in letters_waiting(access.letters_to_judge(standing))
        if letter.due_on is not None
    )


def _todo(title: str, reason: str, clause: str, due: date, act: Promise | str, url: str) -> Todo:
    return Todo(
        kind=_("预警"),
        icon="alert",
        title=title,
        reason=reason,
        clause=clause,
        due=due,
        act=act,
        url=url,
    )
