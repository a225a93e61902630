"""What a staff list is compared with, and what happened since one was imported."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, Q, QuerySet

from lianfang.audit.models import Event
from lianfang.files.models import Import
from lianfang.jobs.models import Job
from lianfang.org.models import (
    Appointment,
    Body,
    Membership,
    Person,
    Portfolio,
    Post,
    Unit,
)
from lianfang.org.rules.roster.books import (
    BodyEntry,
    Books,
    MemberEntry,
    PersonEntry,
    PortfolioEntry,
    PostEntry,
    SeatEntry,
    UnitEntry,
)

ROSTER = "org.roster"
_AT_ONCE = 500
# Signing in or changing one's password is not yet acting in a post.
_OF_THE_LOGIN = "accounts."


def books_of(organisation: int, *, locked: bool = False) -> Books:
    """Return the books of an organisation, `locked` until the transaction ends.

    Seven statements.
    """

    def rows(model: type[Model]) -> QuerySet[Model]:
        found = model._default_manager.filter(organisation=organisation).order_by("pk")
        return found.select_for_update(no_key=True) if locked else found

    people = _people(rows(Person))
    units = _units(rows(Unit))
    posts = _posts(rows(Post), units)
    bodies = _bodies(rows(Body).filter(retired_on=None))
    valid = Q(withdrawn_at=None)
    seats = _seats(rows(Appointment).filter(valid), people, posts)
    portfolios = _portfolios(rows(Portfolio).filter(valid), people, units)
    members = _members(rows(Membership).filter(valid), people, bodies)
    return Books(
        units=units,
        posts=posts,
        people=people,
        seats={entry.key: entry for entry in seats},
        portfolios={entry.key: entry for entry in portfolios},
        bodies=bodies,
        members={entry.key: entry for entry in members},
    )


def listed_imports(visible: QuerySet[Import], *, before: int | None, most: int) -> list[Import]:
    """Return imports from the latest on, without what they wrote. One statement."""
    rows = visible.filter(pk__lt=before) if before else visible
    return list(
        rows.select_related("attachment", "opened_by", "closed_by", "undone_by")
        .defer("deeds")
        .order_by("-pk")[:most]
    )


def work_on(opened: Import) -> Job | None:
    """Return the long work that is to apply an import and has not ended. One statement."""
    return Job.objects.filter(
        kind=ROSTER,
        state__in=(Job.State.WAITING, Job.State.RUNNING),
        organisation=opened.organisation,
        arguments__import=opened.pk,
    ).first()


def acted_since(people: Iterable[int], event: int) -> Person | None:
    """Return one of these people whose login did something after an event, as the log has it.

    Two statements for each 500 people.
    """
    ids = sorted(set(people))
    for first in range(0, len(ids), _AT_ONCE):
        found = Person.objects.filter(pk__in=ids[first : first + _AT_ONCE], login__isnull=False)
        by_actor = {f"user:{person.login_id}": person for person in found}
        actor = (
            Event.objects.filter(position__gt=event, actor__in=list(by_actor))
            .exclude(action__startswith=_OF_THE_LOGIN)
            .values_list("actor", flat=True)
            .first()
        )
        if actor is not None:
            return by_actor[actor]
    return None


def _people(rows: QuerySet[Model]) -> dict[str, PersonEntry]:
    names = ("code", "name", "name_en", "is_party_member", "left_on")
    return {
        row[1]: PersonEntry(id=row[0], **dict(zip(names, row[1:], strict=True)))
        for row in rows.order_by("code").values_list("pk", *names)
    }


def _units(rows: QuerySet[Model]) -> dict[str, UnitEntry]:
    names = ("code", "name", "name_en", "kind", "order", "retired_on")
    found = list(rows.order_by("order", "code").values_list("pk", "parent", *names))
    code_of = {row[0]: row[2] for row in found}
    return {
        row[2]: UnitEntry(
            id=row[0],
            parent=code_of.get(row[1]),
            **dict(zip(names, row[2:], strict=True)),
        )
        for row in found
    }


def _posts(rows: QuerySet[Model], units: dict[str, UnitEntry]) -> dict[str, PostEntry]:
    names = (
        "code",
        "name",
        "name_en",
        "duties",
        "duties_en",
        "qualifications",
        "is_unit_head",
        "is_leadership",
        "is_leadership_head",
        "order",
        "retired_on",
    )
    unit_of = _keys(units)
    return {
        row[2]: PostEntry(
            id=row[0],
            unit=unit_of[row[1]],
            **dict(zip(names, row[2:], strict=True)),
        )
        for row in rows.order_by("order", "code").values_list("pk", "unit", *names)
    }


def _seats(
    rows: QuerySet[Model], people: Mapping[str, PersonEntry], posts: Mapping[str, PostEntry]
) -> list[SeatEntry]:
    names = ("kind", "from_on", "to_on", "document")
    person_of, post_of = _keys(people), _keys(posts)
    return [
        SeatEntry(
            id=row[0],
            person=person_of[row[1]],
            post=post_of[row[2]],
            **dict(zip(names, row[3:], strict=True)),
        )
        for row in rows.values_list("pk", "person", "post", *names)
    ]


def _portfolios(
    rows: QuerySet[Model], people: Mapping[str, PersonEntry], units: Mapping[str, UnitEntry]
) -> list[PortfolioEntry]:
    leader_of, unit_of = _keys(people), _keys(units)
    return [
        PortfolioEntry(
            id=pk, leader=leader_of[leader], unit=unit_of[unit], from_on=from_on, to_on=to_on
        )
        for pk, leader, unit, from_on, to_on in rows.values_list(
            "pk", "leader", "unit", "from_on", "to_on"
        )
    ]


def _members(
    rows: QuerySet[Model], people: Mapping[str, PersonEntry], bodies: Mapping[str, BodyEntry]
) -> list[MemberEntry]:
    names = ("role", "from_on", "to_on")
    person_of, body_of = _keys(people), _keys(bodies)
    return [
        MemberEntry(
            id=row[0],
            body=body_of[row[1]],
            person=person_of[row[2]],
            **dict(zip(names, row[3:], strict=True)),
        )
        for row in rows.filter(body__in=list(body_of)).values_list("pk", "body", "person", *names)
    ]


def _keys(entries: Mapping[str, PersonEntry | PostEntry | UnitEntry | BodyEntry]) -> dict[Any, str]:
    """Return under which key each row stands on the books."""
    return {entry.id: key for key, entry in entries.items()}


def _bodies(rows: QuerySet[Model]) -> dict[str, BodyEntry]:
    return {
        kind: BodyEntry(id=pk, kind=kind, name=name, name_en=name_en)
        for pk, kind, name, name_en in rows.values_list("pk", "kind", "name", "name_en")
    }
