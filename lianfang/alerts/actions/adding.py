"""What is added to an alert as it goes on: words, files, who stays out of it, who looked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.alerts.actions.moving import ReasonMissing, require_reason, triage_alert
from lianfang.alerts.actions.steps import Paper, keep_papers, locked, moved, step, tell
from lianfang.alerts.models import Alert, AlertRecusal
from lianfang.alerts.queries.concerning import router_for
from lianfang.alerts.rules.states import CLAUSE, Act, State
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation, Person
from lianfang.scheme.model import Scheme


class RecusedAlready(Refused):
    """Somebody who stays out of an alert already, or is concerned by it."""


@transaction.atomic
def add_to_alert(
    *,
    alert: Alert,
    text: str,
    papers: Sequence[Paper] = (),
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Alert:
    """Add what became known since, with files; nothing that stands there changes.

    Raises AlertMovedOn, KeptOut, ReasonMissing for neither words nor files, and what `keep` does.
    """
    alert, _after = locked(alert, Act.ADD, by)
    if not text.strip() and not papers:
        raise ReasonMissing(
            Text("请写明补充的情况，或附上文件。", "Say what is added, or enclose a file."),
        )
    digests = keep_papers(alert, papers, by, at)
    step(
        alert,
        Act.ADD,
        on=on,
        by=by,
        at=at,
        text=text,
        changes={"file_digest": (None, digests)} if digests else None,
    )
    return alert


@transaction.atomic
def recuse_from_alert(
    *,
    alert: Alert,
    person: Person,
    reason: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AlertRecusal:
    """Let somebody stay out of an alert; what lay with them goes to the next one by the route.

    Raises AlertMovedOn, KeptOut, ReasonMissing and RecusedAlready.
    """
    alert, _after = locked(alert, Act.RECUSE, by)
    require_reason(reason)
    if person.pk in router_for(alert, scheme, on).concerned.kept_out:
        raise RecusedAlready(
            Text(
                f"{person.name}已经回避，或与这件事有关，本来就看不到这条预警。",
                f"{person.name} stays out of this already, or is concerned by it, and can't see "
                "the alert anyway.",
            )
        )
    made = AlertRecusal.objects.create(
        alert=alert, person=person, reason=reason, by_id=by.pk if by else None, at=at
    )
    step(alert, Act.RECUSE, on=on, by=by, at=at, text=reason, person=person)
    if alert.goes_to_id == person.pk:
        _pass_on(alert, person, scheme, on, by, at)
    return made


@transaction.atomic
def note_look(*, alert: Alert, by: AbstractBaseUser, at: datetime) -> None:
    """Note that somebody looked at an alert: each look is in the log."""
    audit.record(
        at=at,
        by=by,
        action="alerts.alert.looked_at",
        subject=alert,
        organisation=alert.organisation_id,
        rule=CLAUSE,
    )


@transaction.atomic
def note_export(
    *, organisation: Organisation, count: int, kind: str, by: AbstractBaseUser, at: datetime
) -> None:
    """Note that somebody took a list of alerts away, and how many were on it."""
    audit.record(
        at=at,
        by=by,
        action="alerts.list.exported",
        subject=organisation,
        organisation=organisation.pk,
        changes={"number": (None, count), "kind": (None, kind)},
        rule=CLAUSE,
    )


def _pass_on(
    alert: Alert,
    person: Person,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Give what lay with somebody to the next one: who decides, or who deals with it."""
    router = router_for(alert, scheme, on)
    routing = router.routing(alert.trigger, alert.recorded_by_id)
    if alert.state != State.NOTICED:
        party = routing.party(alert.way) or routing.parties[0]
        triage_alert(
            alert=alert,
            way=party.way.value,
            reason=f"{person.name}回避",
            scheme=scheme,
            on=on,
            by=by,
            at=at,
        )
        return
    party = routing.triager
    alert.goes_to_role, alert.goes_to_id = party.role.value, party.person
    moved(alert, "goes_to_role", "goes_to")
    tell(
        alert,
        party,
        to_act=True,
        structure=router.structure,
        kept_out=router.concerned.kept_out,
        by=by,
        at=at,
    )
