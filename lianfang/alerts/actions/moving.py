"""An alert goes to whoever deals with it, who begins, measures and closes it (五（六）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.alerts.actions.asking import ask_for_talks, open_talks
from lianfang.alerts.actions.steps import locked, moved, step, tell
from lianfang.alerts.models import Alert, AlertStep
from lianfang.alerts.queries.concerning import clocks_of, router_for
from lianfang.alerts.rules.ladder import CLAUSE as LADDER_CLAUSE
from lianfang.alerts.rules.ladder import CLOSING, Plain, called, follow_up_day, rungs_open
from lianfang.alerts.rules.routing import Party, Router, Routing, Way
from lianfang.alerts.rules.states import Act
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.arising import pass_on
from lianfang.org.queries.numbers import scheme_of, written_scheme
from lianfang.scheme.model import Scheme

TALKING = (Way.OWNER, Way.LEADER, Way.HEAD)


class WayClosed(Refused):
    """An alert would go where the scheme's rule does not lead, or where somebody is kept out."""


class ReasonMissing(Refused):
    """An act without its reason."""


class RungRefused(Refused):
    """A measure that is not of the owner's ladder, or milder than one taken before."""


class NotTalkedYet(Refused):
    """An alert would be closed by a measure, and the talk it asks for was not held."""


class LettersOpen(Refused):
    """An alert would be closed while a unit still has something to put right."""


@transaction.atomic
def triage_alert(
    *,
    alert: Alert,
    way: str,
    reason: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Decide who deals with an alert, or send it on to somebody else, for a reason.

    Whoever talks gets a duty to talk with each person named; the portfolio leader is told of what
    the control owner deals with. Raises AlertMovedOn, KeptOut, ReasonMissing and WayClosed.
    """
    alert, after = locked(alert, Act.TRIAGE, by)
    require_reason(reason)
    router = router_for(alert, scheme, on)
    routing = router.routing(alert.trigger, alert.recorded_by_id)
    party = routing.party(way)
    if party is None:
        raise WayClosed(
            Text(
                "按分流规则，这条预警不能交到那里，或那里的人应当回避。请另选去向。",
                "By the rule of routes this alert can't go there, or whoever is there has to stay "
                "out of it. Choose another way.",
            )
        )
    clocks = clocks_of(alert.organisation, scheme)
    alert.state, alert.way = after, party.way.value
    alert.goes_to_role, alert.goes_to_id = party.role.value, party.person
    alert.triaged_on = alert.triaged_on or on
    alert.due_on, alert.begun_on = clocks.handling_due(party.way, on), None
    moved(alert, "way", "goes_to_role", "goes_to", "triaged_on", "due_on", "begun_on")
    step(
        alert,
        Act.TRIAGE,
        on=on,
        by=by,
        at=at,
        text=reason,
        choice=party.way.value,
        person=alert.goes_to,
        changes={
            "way": (None, party.way.value),
            "due_on": (None, alert.due_on.isoformat()),
        },
        clause=routing.route.clause.section,
    )
    _tell(alert, party, router, routing, by, at)
    others = [duty for duty in open_talks(alert) if duty.actor_id != party.person]
    pass_on(duties=others, on=on, by=by, at=at)
    if party.way in TALKING:
        ask_for_talks(alert, party, scheme, on, by, at)
    return alert


@transaction.atomic
def begin_alert(
    *, alert: Alert, text: str = "", on: date, by: AbstractBaseUser | None, at: datetime
) -> Alert:
    """Begin to deal with an alert. Raises AlertMovedOn and KeptOut."""
    alert, after = locked(alert, Act.BEGIN, by)
    alert.state, alert.begun_on = after, on
    moved(alert, "begun_on")
    step(alert, Act.BEGIN, on=on, by=by, at=at, text=text)
    return alert


@transaction.atomic
def take_measure(
    *,
    alert: Alert,
    rung: str,
    reason: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Take a measure of the owner's ladder: remind, caution or criticise, never anything milder.

    Raises AlertMovedOn, KeptOut, ReasonMissing and RungRefused.
    """
    alert, after = locked(alert, Act.MEASURE, by)
    require_reason(reason)
    require_rung(alert, rung, scheme)
    alert.state, alert.begun_on = after, alert.begun_on or on
    moved(alert, "begun_on")
    step(
        alert,
        Act.MEASURE,
        on=on,
        by=by,
        at=at,
        text=reason,
        choice=rung,
        changes={"measure": (None, called(scheme, rung))},
        clause=LADDER_CLAUSE,
    )
    return alert


@transaction.atomic
def close_alert(
    *,
    alert: Alert,
    outcome: str,
    reason: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Close an alert with its outcome: unfounded, explained, put right, or the measure taken last.

    Raises AlertMovedOn, KeptOut, ReasonMissing, RungRefused, NotTalkedYet and LettersOpen.
    """
    alert, after = locked(alert, Act.CLOSE, by)
    require_reason(reason)
    if outcome not in CLOSING:
        _require_taken(alert, outcome)
        _require_talked(alert)
    if alert.letters.filter(state__in=["open", "answered"]).exists():
        raise LettersOpen(
            Text(
                "还有预警通知书没有整改完成，不能办结。请先复核单位的整改情况。",
                "A unit still has to put right what a notice asks. Judge that before you close the "
                "alert.",
            )
        )
    alert.follow_up_on = follow_up_day(scheme, outcome, on)
    return _close(alert, after, Act.CLOSE, outcome, reason, on, by, at)


@transaction.atomic
def send_up(
    *, alert: Alert, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Alert:
    """Note that an alert was sent up to the superior body, an outside party; it is closed here.

    Raises AlertMovedOn, KeptOut, ReasonMissing, and WayClosed where it goes elsewhere.
    """
    alert, after = locked(alert, Act.SEND_UP, by)
    require_reason(reason)
    if alert.way != Way.SUPERIOR:
        raise WayClosed(
            Text(
                "这条预警不报上级机关。请先改变分流去向。",
                "This alert does not go to the superior body. Send it that way first.",
            )
        )
    alert.begun_on = alert.begun_on or on
    return _close(alert, after, Act.SEND_UP, Plain.SENT_UP, reason, on, by, at)


@transaction.atomic
def hand_over(
    *, alert: Alert, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Alert:
    """Hand an alert over to the discipline office, which keeps a lead of it from now on.

    Open talks with those named lapse: when to talk is for the office to say (五（六）2（2）).
    Raises AlertMovedOn, KeptOut, ReasonMissing, and WayClosed where the office is concerned.
    """
    alert, after = locked(alert, Act.HAND_OVER, by)
    require_reason(reason)
    if alert.about_office:
        raise WayClosed(
            Text(
                "这条预警涉及纪检监察室，不能由其办理。请按分流规则上报。",
                "This alert is about the discipline office, which can't deal with it. Send it up "
                "by the rule of routes.",
            )
        )
    scheme = scheme_of(alert.organisation, on)
    alert.state, alert.way = after, Way.OFFICE.value
    alert.goes_to_role, alert.goes_to = Alert.Role.DISCIPLINE_OFFICE, None
    alert.triaged_on, alert.begun_on = alert.triaged_on or on, alert.begun_on or on
    alert.handed_over_on = on
    alert.due_on = clocks_of(alert.organisation, scheme).disposal_due(on)
    moved(
        alert, "way", "goes_to_role", "goes_to", "triaged_on", "begun_on", "handed_over_on",
        "due_on",
    )  # fmt: skip
    step(alert, Act.HAND_OVER, on=on, by=by, at=at, text=reason, clause="五（六）2（2）")
    pass_on(duties=open_talks(alert), on=on, by=by, at=at)
    return alert


@transaction.atomic
def close_handed_over(
    *,
    alert: Alert,
    outcome: str,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Close an alert whose lead is closed, with the lead's outcome. Raises as `close_alert`."""
    alert, after = locked(alert, Act.CLOSE_HANDED, by)
    require_reason(reason)
    return _close(alert, after, Act.CLOSE_HANDED, outcome, reason, on, by, at)


@transaction.atomic
def follow_up(
    *, alert: Alert, text: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Alert:
    """Note how things stand after a measure. Raises AlertMovedOn, KeptOut and ReasonMissing."""
    alert, _after = locked(alert, Act.FOLLOW, by)
    require_reason(text)
    alert.followed_up_on = on
    moved(alert, "followed_up_on")
    step(alert, Act.FOLLOW, on=on, by=by, at=at, text=text, clause=LADDER_CLAUSE)
    return alert


@transaction.atomic
def strike_alert(
    *, alert: Alert, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Alert:
    """Strike out a wrong entry for a reason; it stays to be seen, and counts no more.

    Raises AlertMovedOn, KeptOut and ReasonMissing.
    """
    alert, after = locked(alert, Act.STRIKE, by)
    require_reason(reason)
    pass_on(duties=open_talks(alert), on=on, by=by, at=at)
    alert.state, alert.closed_on = after, on
    moved(alert, "closed_on")
    step(alert, Act.STRIKE, on=on, by=by, at=at, text=reason)
    return alert


def require_reason(reason: str) -> None:
    """Raise ReasonMissing where nothing says why."""
    if not reason.strip():
        raise ReasonMissing(
            Text("请写明理由，再提交。", "Say why, then submit again."),
        )


def require_rung(alert: Alert, rung: str, scheme: Scheme) -> None:
    """Raise RungRefused unless the measure is open to whoever has the alert. One statement."""
    if rung not in {each.code for each in rungs_open(scheme, alert.way, taken_for(alert))}:
        raise RungRefused(
            Text(
                "防控责任人只能提醒、告诫、批评教育，且不能比已采取的措施更轻。请另选措施，"
                "或报纪检监察室。",
                "Whoever answers for the person may remind, caution or criticise, and nothing "
                "milder than before. Choose another measure, or send the alert to the discipline "
                "office.",
            )
        )


def taken_for(alert: Alert) -> list[str]:
    """Return the measures taken for an alert, oldest first. One statement."""
    rows = AlertStep.objects.filter(alert=alert, act=AlertStep.Act.MEASURE)
    return list(rows.order_by("pk").values_list("choice", flat=True))


def _close(
    alert: Alert,
    after: str,
    act: Act,
    outcome: str,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    alert.state, alert.closed_on, alert.outcome = after, on, outcome
    said = called(written_scheme(alert.organisation.scheme), outcome)
    moved(alert, "closed_on", "outcome", "follow_up_on", "begun_on")
    step(
        alert,
        act,
        on=on,
        by=by,
        at=at,
        text=reason,
        choice=outcome,
        changes={"outcome": (None, said), "closed_on": (None, on.isoformat())},
    )
    return alert


def _tell(
    alert: Alert,
    party: Party,
    router: Router,
    routing: Routing,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    structure, kept_out = router.structure, router.concerned.kept_out
    tell(alert, party, to_act=True, structure=structure, kept_out=kept_out, by=by, at=at)
    leader = routing.party(Way.LEADER)
    if party.way is Way.OWNER and leader is not None:
        tell(alert, leader, to_act=False, structure=structure, kept_out=kept_out, by=by, at=at)


def _require_taken(alert: Alert, outcome: str) -> None:
    taken = taken_for(alert)
    if not taken or taken[-1] != outcome:
        raise RungRefused(
            Text(
                "办结的结果应当是最后采取的措施。请先采取措施，再以它办结。",
                "An alert is closed by the measure taken last. Take the measure first.",
            )
        )


def _require_talked(alert: Alert) -> None:
    """Raise NotTalkedYet unless every talk that an alert asks for was held, or owed no more."""
    if open_talks(alert):
        raise NotTalkedYet(
            Text(
                "按规定的谈话还没有记录，不能以措施办结。请先在“谈话”中记录谈话。",
                "The talk that is asked for was not recorded yet. Record it under “Talks”, then "
                "close the alert.",
            )
        )
