"""To which keys a report is sealed now."""

from dataclasses import dataclass
from uuid import UUID

from lianfang.org.models import Organisation
from lianfang.portal.models import OfficerKey
from lianfang.sealing.filing import To


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """The keys in use: readers open reports, witnesses halves of identities."""

    readers: tuple[To, ...] = ()
    witnesses: tuple[To, ...] = ()


def recipients_of(organisation: Organisation) -> Recipients:
    """Return the keys to which a report is sealed. One statement."""
    keys = OfficerKey.objects.filter(organisation=organisation, ended_on=None).order_by("pk")
    found: dict[str, list[To]] = {kind: [] for kind in OfficerKey.Kind.values}
    pk: UUID
    for pk, kind, public in keys.values_list("pk", "kind", "public_key"):
        found[kind].append(To(key=pk, public=bytes(public)))
    return Recipients(
        readers=tuple(found[OfficerKey.Kind.READER]),
        witnesses=tuple(found[OfficerKey.Kind.WITNESS]),
    )
