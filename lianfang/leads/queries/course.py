"""The page of a lead: whom it concerns, who knows of it, what was proposed, its course."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from lianfang.audit.models import Event, reference
from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.leads.models import (
    Lead,
    LeadAccess,
    LeadLetter,
    LeadNote,
    LeadOutcome,
    LeadProposal,
    LeadRecusal,
    LeadStep,
)
from lianfang.leads.queries.ladders import form_labels, labels_of
from lianfang.leads.rules.course import Next, next_of
from lianfang.leads.rules.deciding import Decider
from lianfang.leads.rules.states import LOOKED, is_late
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme

_LOOKS = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """A step as the timeline shows it."""

    title: str
    on: date
    who: str = ""
    text: str = ""
    state: str = "past"


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """A proposal with what it proposes in words, and whether it is decided outside."""

    proposal: LeadProposal
    label: Text
    is_outside: bool


@dataclass(frozen=True, kw_only=True)
class OutcomeLine:
    """An outcome in words, with its form, and whether its visit is late."""

    outcome: LeadOutcome
    label: Text
    form: Text | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Look:
    """Who looked at a lead, when."""

    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadPage:
    """All that the page of a lead shows."""

    lead: Lead
    is_late: bool
    people: list[Person]
    accesses: list[LeadAccess]
    recusals: list[LeadRecusal]
    waiting: list[ProposalLine]
    outcomes: list[OutcomeLine]
    letters: list[LeadLetter]
    notes: list[LeadNote]
    course: list[Line]
    next: Next


def lead_page(lead: Lead, scheme: Scheme, on: date) -> LeadPage:
    """Return the page of a lead. Eight statements."""
    labels = labels_of(scheme)
    waiting = _waiting(lead, labels)
    outcomes = _outcomes(lead, scheme, on)
    kinds = {line.proposal.kind for line in waiting}
    return LeadPage(
        lead=lead,
        is_late=is_late(lead.state, lead.due_on, on, is_disposed=lead.disposed_on is not None),
        people=people_of(lead),
        accesses=list(lead.accesses.select_related("person").order_by("from_on", "given_at")),
        recusals=list(lead.recusals.select_related("person").order_by("at")),
        waiting=waiting,
        outcomes=outcomes,
        letters=list(lead.letters.select_related("person", "document").order_by("document")),
        notes=list(lead.notes.select_related("by__person").order_by("-pk")),
        course=list(_course(lead, labels, waiting)),
        next=next_of(lead.state, lead.result, kinds, len(outcomes)),
    )


def people_of(lead: Lead) -> list[Person]:
    """Return whom a lead concerns. One statement."""
    rows = Person.objects.filter(pk__in=lead.concerned.values("person"))
    return list(rows.order_by("code"))


def looks_at(lead: Lead) -> list[Look]:
    """Return who looked at a lead lately, for whoever keeps it. Two statements."""
    events = list(
        Event.objects.filter(subject=reference(lead), action=LOOKED).order_by("-position")[:_LOOKS]
    )
    keys = [event.actor.removeprefix("user:") for event in events]
    rows = Person.objects.filter(login__in=[key for key in keys if key.isdigit()])
    names = {str(person.login_id): person.shown_name for person in rows}
    return [
        Look(who=names.get(key, ""), at=event.at) for key, event in zip(keys, events, strict=True)
    ]


def _waiting(lead: Lead, labels: Mapping[str, Text]) -> list[ProposalLine]:
    rows = lead.proposals.filter(state=LeadProposal.State.WAITING)
    outside = {Decider.SUPERIOR.value, Decider.OUTSIDE.value}
    return [
        ProposalLine(
            proposal=proposal,
            label=labels[proposal.code],
            is_outside=proposal.decider in outside,
        )
        for proposal in rows.select_related("person", "proposed_by").order_by("proposed_on")
    ]


def _outcomes(lead: Lead, scheme: Scheme, on: date) -> list[OutcomeLine]:
    labels, forms = labels_of(scheme), form_labels(scheme)
    rows = lead.outcomes.select_related("person", "proposal").order_by("decided_on", "pk")
    return [
        OutcomeLine(
            outcome=one,
            label=labels[one.code],
            form=forms.get(one.form),
            is_late=one.followed_on is None
            and one.follow_up_on is not None
            and one.follow_up_on < on,
        )
        for one in rows
    ]


def _course(
    lead: Lead, labels: Mapping[str, Text], waiting: Iterable[ProposalLine]
) -> Iterator[Line]:
    for step in lead.steps.select_related("by__person").order_by("at", "pk"):
        yield Line(title=_titled(step, labels), on=step.on, who=_name(step.by))
    for line in waiting:
        yield Line(
            title=_("等待%(who)s审批") % {"who": line.proposal.get_decider_display()},
            on=line.proposal.proposed_on,
            text=line.label.in_(language_now()),
            state="now",
        )


def _titled(step: LeadStep, labels: Mapping[str, Text]) -> str:
    what = str(step.get_what_display())
    said = {
        **{code: str(label) for code, label in Lead.Result.choices},
        **{code: str(label) for code, label in LeadOutcome.Followed.choices},
        **{code: str(label) for code, label in Lead.Struck.choices},
        **{code: text.in_(language_now()) for code, text in labels.items()},
    }
    if step.what == LeadStep.What.LETTER:
        said = {code: str(label) for code, label in LeadLetter.Kind.choices}
    if step.what == LeadStep.What.REGISTERED:
        said = {code: str(label) for code, label in Lead.Origin.choices}
    found = said.get(step.code, "")
    colon = _("：")
    return f"{what}{colon}{found}" if found else what


def _name(login: AbstractBaseUser | None) -> str:
    person = getattr(login, "person", None)
    return str(login or "") if person is None else person.shown_name
