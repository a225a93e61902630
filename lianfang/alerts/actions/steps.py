"""What all acts on an alert have in common: lock, require, note, tell (五（六）1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.urls import reverse

from lianfang.alerts.models import Alert, AlertFile, AlertStep, AlertTold
from lianfang.alerts.queries.concerning import kept_out_of, people_of
from lianfang.alerts.rules.routing import Party, PartyRole
from lianfang.alerts.rules.states import CLAUSE, Act, State, state_after
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.notices.actions import Telling, tell_all
from lianfang.org.models import Organisation, Person
from lianfang.org.rules.structure import Structure

TO_ACT, TO_KNOW, TO_CORRECT = "alerts.waiting", "alerts.told", "alerts.correction"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file as it is sent in."""

    name: str
    chunks: Iterable[bytes]


class AlertMovedOn(Refused):
    """An alert whose state does not allow the act."""


class KeptOut(Refused):
    """Somebody would deal with an alert that they may not even know of."""


def locked(alert: Alert, act: Act, by: AbstractBaseUser | None) -> tuple[Alert, State]:
    """Return an alert, locked until the transaction ends, and the state it comes to.

    The organisation is locked first, as for all that touches duties. Raises AlertMovedOn, and
    KeptOut for those concerned, their kin and those who stay out of it.
    """
    Organisation.objects.select_for_update().get(pk=alert.organisation_id)
    rows = Alert.objects.select_for_update(of=("self",))
    found = rows.select_related("organisation", "unit", "post", "goes_to").get(pk=alert.pk)
    after = state_after(found.state, act, is_handed_over=found.is_handed_over)
    if after is None:
        raise AlertMovedOn(
            Text(
                "这条预警的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                "This alert has moved on, so this can't be done. Reload the page to see what comes "
                "next.",
            )
        )
    require_free(by, kept_out_of(found))
    return found, after


def require_free(by: AbstractBaseUser | None, kept_out: Iterable[int]) -> None:
    """Raise KeptOut where whoever acts is concerned, kin or recused. One statement."""
    own = Person.objects.filter(login=by.pk, pk__in=list(kept_out)) if by is not None else None
    if own is not None and own.exists():
        raise KeptOut(
            Text(
                "您与这件事有关，或应当回避，不能办理。请交由上一级办理。",
                "You are concerned by this, or have to stay out of it. Leave it to the next one "
                "up.",
            )
        )


def keep_papers(
    alert: Alert, papers: Sequence[Paper], by: AbstractBaseUser | None, at: datetime
) -> list[str]:
    """Keep files with an alert; return their digests. Raises what `files.keep` does."""
    kept = [
        files.keep(
            chunks=paper.chunks, name=paper.name, organisation=alert.organisation_id, by=by, at=at
        )
        for paper in papers
    ]
    AlertFile.objects.bulk_create(
        AlertFile(alert=alert, attachment=each, added_by_id=by.pk if by else None, added_at=at)
        for each in kept
    )
    return [each.digest for each in kept]


def moved(alert: Alert, *fields: str) -> None:
    """Save what an act changed, under a new version."""
    alert.version += 1
    alert.save(update_fields=["state", "version", *fields])


def step(
    alert: Alert,
    act: Act | AlertStep.Act,
    *,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    text: str = "",
    choice: str = "",
    person: Person | None = None,
    changes: audit.Changes | None = None,
    clause: str = CLAUSE,
) -> AlertStep:
    """Note what was done in the course of an alert, and in the log; words are sealed there."""
    made = AlertStep(
        alert=alert,
        act=act.value,
        choice=choice,
        text=text,
        person=person,
        on=on,
        by_id=by.pk if by else None,
        at=at,
    )
    made.save(force_insert=True)
    audit.record(
        at=at,
        by=by,
        action=f"alerts.alert.{_PAST[made.act]}",
        subject=alert,
        organisation=alert.organisation_id,
        changes=changes,
        sealed={"text": (None, text)} if text else {},
        rule=clause,
    )
    return made


def tell(
    alert: Alert,
    party: Party,
    *,
    to_act: bool,
    structure: Structure,
    kept_out: frozenset[int],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Let whoever has an alert now know of it, and tell them that something waits.

    Those of a body know of it by their role; somebody named is written down.
    """
    if party.person is not None:
        let_know(alert, party.person, party.role, to_act=to_act, at=at)
        people = frozenset({party.person})
    else:
        people = people_of(structure, party.role.value) - kept_out
    kind = TO_ACT if to_act else TO_KNOW
    notify(people, kind, reverse("alerts:alert", args=[alert.pk]), alert, by, at)


def let_know(
    alert: Alert, person: int, role: PartyRole, *, to_act: bool = False, at: datetime
) -> None:
    """Write down that somebody may know of an alert from now on, and in which capacity."""
    made, is_new = AlertTold.objects.get_or_create(
        alert=alert,
        person_id=person,
        defaults={"role": role.value, "to_act": to_act, "told_at": at},
    )
    if not is_new and to_act and not made.to_act:
        made.to_act = True
        made.save(update_fields=["to_act"])


def notify(
    people: Iterable[int],
    kind: str,
    url: str,
    subject: models.Model,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Tell people that there is something on a page; whoever acts needs no telling."""
    rows = Person.objects.filter(pk__in=list(people), left_on=None, login__is_active=True)
    logins = rows.order_by("pk").values_list("login", "organisation")
    mine = by.pk if by is not None else None
    found = [(login, organisation) for login, organisation in logins if login != mine]
    if found:
        tell_all(
            tellings=[Telling(recipient=login, kind=kind, url=url) for login, _ in found],
            subject=subject,
            organisation=found[0][1],
            by=by,
            at=at,
        )


_PAST = {
    "record": "recorded",
    "triage": "triaged",
    "begin": "begun",
    "measure": "measured",
    "letter": "lettered",
    "add": "added",
    "recuse": "recused",
    "close": "closed",
    "send_up": "sent_up",
    "hand_over": "handed_over",
    "close_handed": "lead_closed",
    "follow": "followed_up",
    "strike": "struck",
}
