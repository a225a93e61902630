"""To which keys a report is sealed now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.org.models import Body, Membership, Organisation
from lianfang.org.models.bases import holding
from lianfang.portal.models import OfficerKey
from lianfang.sealing.filing import To


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """The keys in use: readers open reports, witnesses halves of identities."""

    readers: tuple[To, ...] = ()
    witnesses: tuple[To, ...] = ()


_READING = (Body.Kind.DISCIPLINE_OFFICE,)
_WITNESSING = (Body.Kind.DISCIPLINE_OFFICE, Body.Kind.DISCIPLINE_OVERSIGHT)


def keys_in_use(organisation: Organisation, on: date) -> QuerySet[OfficerKey]:
    """Return the keys to which something may be sealed on a day.

    Whose seat in the body is over, or whose login is closed, has none from that moment, whether
    or not the night has ended their key already.
    """
    reader, witness = OfficerKey.Kind.READER, OfficerKey.Kind.WITNESS
    return OfficerKey.objects.filter(
        Q(_seated(on, _READING), kind=reader) | Q(_seated(on, _WITNESSING), kind=witness),
        organisation=organisation,
        ended_on=None,
        person__login__is_active=True,
    )


def _seated(on: date, kinds: tuple[Body.Kind, ...]) -> Exists:
    seats = Membership.objects.filter(
        holding(on),
        person=OuterRef("person"),
        body__organisation=OuterRef("organisation"),
        body__kind__in=kinds,
        body__retired_on=None,
    )
    return Exists(seats)


def recipients_of(organisation: Organisation, on: date) -> Recipients:
    """Return the keys to which a report is sealed on a day. One statement."""
    keys = keys_in_use(organisation, on).order_by("pk")
    found: dict[str, list[To]] = {kind: [] for kind in OfficerKey.Kind.values}
    pk: UUID
    for pk, kind, public in keys.values_list("pk", "kind", "public_key"):
        found[kind].append(To(key=pk, public=bytes(public)))
    return Recipients(
        readers=tuple(found[OfficerKey.Kind.READER]),
        witnesses=tuple(found[OfficerKey.Kind.WITNESS]),
    )
