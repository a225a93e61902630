"""The organisation itself."""

from lianfang.org.models import Administrator, Organisation
from lianfang.org.standing import Standing


def organisation_of(standing: Standing) -> Organisation:
    """Return the organisation somebody belongs to. One statement."""
    return Organisation.objects.get(pk=standing.organisation_id)


def administrators_of(standing: Standing) -> list[Administrator]:
    """Return the administrators with their logins. One statement."""
    return list(
        Administrator.objects.filter(organisation=standing.organisation_id)
        .select_related("login")
        .order_by("kind", "pk")
    )
