"""What every action on a lead does: lock, ask who acts, move, tell the course and the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.leads.models import Lead, LeadStep
from lianfang.leads.queries.keeping import (
    Office,
    handlers_of,
    keeper_today,
    kept_out_of,
    office_of,
)
from lianfang.leads.rules.states import CLAUSE, LeadAct, LeadState, lead_after
from lianfang.notices.actions import tell
from lianfang.org.models import Organisation, Person
from lianfang.scheme.model import Scheme

WAITING = "leads.waiting"


class NotPossible(Refused):
    """A step that the state of the lead does not allow."""


class NotYours(Refused):
    """Somebody acts who does not handle or keep the lead, or is kept out of it."""


class ContentOff(Refused):
    """Content is to be kept of a lead, and the organisation keeps none here."""


class NotYet(Refused):
    """A day that is still to come, or before what it follows."""


@dataclass(frozen=True, kw_only=True)
class Around:
    """Who stands around a lead on the day: the office, who is kept out, handlers, who acts."""

    office: Office
    kept_out: frozenset[int]
    handlers: frozenset[int]
    person: int | None

    @property
    def is_out(self) -> bool:
        """Whether who acts is kept out of the lead."""
        return self.person in self.kept_out


def locked(lead: Lead) -> Lead:
    """Return a lead that nobody else changes meanwhile; its organisation is locked first."""
    Organisation.objects.select_for_update().get(pk=lead.organisation_id)
    rows = Lead.objects.select_for_update(of=("self",)).select_related("organisation", "alert")
    return rows.get(pk=lead.pk)


def around(lead: Lead, on: date, by: AbstractBaseUser | None) -> Around:
    """Return who stands around a lead. Seven statements."""
    office = office_of(lead.organisation_id, on)
    return Around(
        office=office,
        kept_out=kept_out_of(lead, office),
        handlers=handlers_of(lead, on),
        person=person_key(by),
    )


def person_key(by: AbstractBaseUser | None) -> int | None:
    """Return the key of the person who acts. One statement at most."""
    if by is None:
        return None
    return Person.objects.filter(login=by.pk).values_list("pk", flat=True).first()


def require_handling(lead: Lead, found: Around) -> None:
    """Raise NotYours unless who acts handles the lead and is not kept out of it."""
    if found.is_out or found.person not in found.handlers:
        raise NotYours(
            Text(
                "只有承办这条线索的人员可以办理。请由承办人办理，或请负责人增加承办人。",
                "Only those who handle this lead may do that. Let them do it, or ask whoever keeps "
                "it to name you.",
            )
        )


def require_keeping(lead: Lead, found: Around) -> None:
    """Raise NotYours unless who acts keeps the lead."""
    if found.person is None or keeper_today(lead, found.office, found.kept_out) != found.person:
        raise NotYours(
            Text(
                "只有保管这条线索的负责人可以决定谁能知悉。",
                "Only whoever keeps this lead decides who may know of it.",
            )
        )


def require_step(lead: Lead, act: LeadAct | str) -> LeadState:
    """Return the state a lead comes to. Raises NotPossible."""
    state = lead_after(lead.state, act)
    if state is None:
        raise NotPossible(
            Text(
                f"{lead.mark}现在是“{lead.get_state_display()}”，不能这样办理。请刷新页面再看。",
                f"{lead.mark} is in another state by now, so this can't be done. Reload its page.",
            )
        )
    return state


def require_content(scheme: Scheme, *texts: str) -> None:
    """Raise ContentOff for words about a matter while the organisation keeps none here."""
    if scheme.leads.register_only and any(text.strip() for text in texts):
        raise ContentOff(
            Text(
                "本机构只登记线索的编号、日期、状态和结果，不在系统里填写内容。请删去内容，写入卷宗。",
                "This organisation keeps only number, dates, states and outcome of a lead here. "
                "Take the text out and write it into the file on paper.",
            )
        )


def require_past(day: date, on: date, since: date) -> None:
    """Raise NotYet for a day after today or before what it follows."""
    if not since <= day <= on:
        raise NotYet(
            Text(
                f"日期 {day} 应在 {since} 至今天（{on}）之间。请改正。",
                f"The day {day} must lie between {since} and today, {on}. Correct it.",
            )
        )


def save(lead: Lead, **values: object) -> None:
    """Set fields of a lead and save them."""
    for name, value in values.items():
        setattr(lead, name, value)
    lead.version += 1
    lead.save(update_fields=[*values, "version"])


def note(
    lead: Lead,
    what: LeadStep.What,
    action: str,
    *,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    code: str = "",
    changes: Mapping[str, tuple[object, object]] | None = None,
    sealed: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    """Append a step to the course of a lead, and an event to the log."""
    LeadStep.objects.create(
        lead=lead,
        what=what,
        code=code,
        on=on,
        at=at,
        by=by,  # type: ignore[misc]
    )
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=lead,
        organisation=lead.organisation_id,
        changes=dict(changes or {}),
        sealed={name: pair for name, pair in (sealed or {}).items() if pair[1]},
        rule=CLAUSE,
    )


def tell_people(
    people: Iterable[int | None], url: str, *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Tell people that something waits for them, never what. One statement, and some for each."""
    keys = {person for person in people if person is not None}
    rows = Person.objects.filter(pk__in=keys, login__isnull=False).select_related("login")
    for person in rows.order_by("pk"):
        if person.login is not None and (by is None or person.login_id != by.pk):
            tell(recipient=person.login, kind=WAITING, url=url, at=at, by=by)


def page_of(lead: Lead) -> str:
    """Return the address of a lead's page."""
    return reverse("leads:lead", args=[lead.pk])
