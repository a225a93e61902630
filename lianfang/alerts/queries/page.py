"""All that the page of an alert shows: its course, who knows, talks, letters, where it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from lianfang.alerts.models import (
    Alert,
    AlertDuty,
    AlertFile,
    AlertLetter,
    AlertPerson,
    AlertRecusal,
    AlertStep,
    AlertTold,
)
from lianfang.alerts.queries.labels import Labels
from lianfang.alerts.rules.clocks import Clocks
from lianfang.alerts.rules.routing import Routing, Way
from lianfang.duties.models import Duty, Talk
from lianfang.org.models import Person
from lianfang.scheme.model.alerts import Route


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A line of the course; `choice` says in words what was chosen."""

    title: str
    at: datetime
    who: str
    choice: str
    text: str
    files: tuple[AlertFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TalkLine:
    """A talk that is asked for: with whom, by whom, until when, and the talk planned or held."""

    duty: Duty
    talk: Talk | None


@dataclass(frozen=True, kw_only=True)
class WayOpen:
    """Where an alert may go: who has it then, who else is told, until when they act."""

    way: str
    person: Person | None
    role: str
    told: Person | None
    due_on: date
    is_proposed: bool


@dataclass(frozen=True, kw_only=True)
class WaysOpen:
    """Where an alert may go by the scheme, and which route says so."""

    route: Route
    ways: tuple[WayOpen, ...]


def concerned_in(alert: Alert) -> list[AlertPerson]:
    """Return whom an alert is about, with their seats. One statement."""
    rows = AlertPerson.objects.filter(alert=alert).select_related("person", "post__unit")
    return list(rows.order_by("pk"))


def told_of(alert: Alert) -> list[AlertTold]:
    """Return who was told, in order. One statement."""
    return list(AlertTold.objects.filter(alert=alert).select_related("person").order_by("pk"))


def recused_from(alert: Alert) -> list[AlertRecusal]:
    """Return who stays out of it, in order. One statement."""
    rows = AlertRecusal.objects.filter(alert=alert).select_related("person", "by__person")
    return list(rows.order_by("pk"))


def course_of(alert: Alert, labels: Labels) -> list[StepLine]:
    """Return the course of an alert, oldest first, with the files that came. Two statements."""
    files = list(
        AlertFile.objects.filter(alert=alert)
        .select_related("attachment", "added_by__person")
        .order_by("pk")
    )
    steps = AlertStep.objects.filter(alert=alert).select_related("by__person", "person")
    return [_line(step, files, labels) for step in steps.order_by("pk")]


def _line(step: AlertStep, files: Sequence[AlertFile], labels: Labels) -> StepLine:
    person = getattr(step.by, "person", None)
    return StepLine(
        title=str(step.get_act_display()),
        at=step.at,
        who=person.shown_name if person is not None else str(step.by or ""),
        choice=_chosen(step, labels),
        text=step.text,
        files=tuple(file for file in files if file.added_at == step.at),
    )


def _chosen(step: AlertStep, labels: Labels) -> str:
    name = step.person.shown_name if step.person is not None else ""
    if step.act == AlertStep.Act.TRIAGE:
        return " · ".join(filter(None, [str(Alert.Way(step.choice).label), name]))
    if step.act == AlertStep.Act.RECORD:
        return ""
    if step.act == AlertStep.Act.LETTER:
        return " · ".join(filter(None, [str(AlertLetter.Kind(step.choice).label), name]))
    said = str(labels.outcome(step.choice)) if step.choice else ""
    return " · ".join(filter(None, [said, name]))


def talks_of(alert: Alert) -> list[TalkLine]:
    """Return the talks that an alert asks for, with those planned or held. Two statements."""
    talks = Talk.objects.exclude(state=Talk.State.CANCELLED).order_by("-pk")
    rows = (
        AlertDuty.objects.filter(alert=alert)
        .select_related("duty__person", "duty__actor")
        .prefetch_related(Prefetch("duty__talks", talks))
    )
    return [
        TalkLine(duty=each.duty, talk=next(iter(each.duty.talks.all()), None))
        for each in rows.order_by("pk")
    ]


def ways_open(routing: Routing, clocks: Clocks, on: date) -> WaysOpen:
    """Return where an alert may go, the proposed way first. One statement."""
    leader = routing.party(Way.LEADER)
    told = leader.person if leader is not None else None
    keys = {party.person for party in routing.parties if party.person} | {told or 0}
    people = Person.objects.in_bulk(keys)
    return WaysOpen(
        route=routing.route,
        ways=tuple(
            WayOpen(
                way=party.way.value,
                person=people.get(party.person or 0),
                role=str(Alert.Role(party.role.value).label),
                told=people.get(told or 0) if party.way is Way.OWNER else None,
                due_on=clocks.handling_due(party.way, on),
                is_proposed=place == 0,
            )
            for place, party in enumerate(routing.parties)
        ),
    )
