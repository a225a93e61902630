"""Keys in use, who may have them, and the envelopes that are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lianfang.casework.models import Recusal
from lianfang.casework.rules.keys import Gap, Key, gaps, kinds_for
from lianfang.org.models import Body, Membership, Person, holding
from lianfang.org.rules.roles import Role
from lianfang.portal.models import Envelope, OfficerKey, SealedReport

_ROLES = {
    Body.Kind.DISCIPLINE_OFFICE.value: Role.DISCIPLINE_OFFICE,
    Body.Kind.DISCIPLINE_OVERSIGHT.value: Role.DISCIPLINE_OVERSIGHT,
}


@dataclass(frozen=True, kw_only=True)
class Share:
    """What an officer seals anew: their own envelope of a report, and the keys that lack one."""

    report: UUID
    kind: str
    sealed: bytes
    to: tuple[tuple[UUID, bytes], ...]


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """All that an officer can seal anew, and to whom."""

    shares: tuple[Share, ...]
    people: tuple[Person, ...]

    @property
    def missing(self) -> int:
        """How many envelopes that makes."""
        return sum(len(share.to) for share in self.shares)


def roles_on(organisation: int, on: date) -> dict[int, frozenset[Role]]:
    """Return the roles by which people have keys on a day, by person. One statement."""
    seats = Membership.objects.filter(
        holding(on),
        body__organisation=organisation,
        body__kind__in=_ROLES,
        body__retired_on=None,
    )
    found: dict[int, set[Role]] = {}
    for person, kind in seats.values_list("person", "body__kind"):
        found.setdefault(person, set()).add(_ROLES[kind])
    return {person: frozenset(roles) for person, roles in found.items()}


def gaps_of(organisation: int, on: date) -> list[Gap]:
    """Return the envelopes that are missing in an organisation. Five statements."""
    roles = roles_on(organisation, on)
    in_use = OfficerKey.objects.filter(organisation=organisation, ended_on=None)
    keys = [
        Key(id=pk, person=person, kind=kind)
        for pk, person, kind in in_use.order_by("pk").values_list("pk", "person", "kind")
        if kind in kinds_for(roles.get(person, frozenset()))
    ]
    reports = SealedReport.objects.filter(organisation=organisation, destroyed_on=None)
    recused = _pairs(Recusal.objects.filter(report__in=reports).values_list("report", "person"))
    there: dict[UUID, set[tuple[UUID, str]]] = {}
    rows = Envelope.objects.filter(report__in=reports, key__in=[key.id for key in keys])
    for report, key, kind in rows.values_list("report", "key", "kind"):
        there.setdefault(report, set()).add((key, kind))
    return [
        gap
        for pk, signed in reports.order_by("pk").values_list("pk", "signed")
        for gap in gaps(
            report=pk,
            is_signed=signed,
            keys=keys,
            there=there.get(pk, set()),
            recused=recused.get(pk, set()),
        )
    ]


def sharing_of(key: OfficerKey | None, on: date) -> Sharing:
    """Return what the holder of a key can seal anew. At most eight statements."""
    if key is None:
        return Sharing(shares=(), people=())
    own = {
        (envelope.report_id, envelope.kind): bytes(envelope.sealed)
        for envelope in Envelope.objects.filter(key=key, withdrawn_on=None)
    }
    missing: dict[tuple[UUID, str], list[UUID]] = {}
    for gap in gaps_of(key.organisation_id, on):
        if (gap.report, gap.kind.value) in own:
            missing.setdefault((gap.report, gap.kind.value), []).append(gap.key)
    wanted = {each for keys in missing.values() for each in keys}
    publics = {
        found.pk: found
        for found in OfficerKey.objects.filter(pk__in=wanted).select_related("person")
    }
    shares = tuple(
        Share(
            report=report,
            kind=kind,
            sealed=own[report, kind],
            to=tuple((each, bytes(publics[each].public_key)) for each in keys),
        )
        for (report, kind), keys in sorted(missing.items())
    )
    people = {found.person.pk: found.person for found in publics.values()}
    return Sharing(shares=shares, people=tuple(people[pk] for pk in sorted(people)))


def envelopes_in(key: OfficerKey) -> list[Envelope]:
    """Return what a key opens. One statement."""
    return list(Envelope.objects.filter(key=key, withdrawn_on=None).order_by("report", "kind"))


def keys_listed(rows: QuerySet[OfficerKey]) -> list[OfficerKey]:
    """Return the keys of all, those in use first. One statement."""
    return sorted(
        rows.select_related("person"),
        key=lambda key: (key.ended_on is not None, key.kind, key.person.code, key.made_on),
    )


def _pairs(rows: Iterable[tuple[UUID, int]]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = {}
    for report, person in rows:
        found.setdefault(report, set()).add(person)
    return found
