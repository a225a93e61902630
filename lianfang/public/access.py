"""Who may see and decide what is public.

Everybody reads what was published, signed in or not. The office of the leading group publishes and
withholds; the leading group and the leadership see what it would publish. No administrator does.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.cycles.access import is_office, require_collecting, require_office
from lianfang.org.standing import Standing
from lianfang.powers.access import powers_visible_to
from lianfang.powers.models import Power
from lianfang.public.models import Publication, PublishedPower, Withholding

__all__ = ["is_office", "require_collecting", "require_office"]


def publications_in_force() -> QuerySet[Publication]:
    """Return the catalogues that everybody may read, of all organisations."""
    return Publication.objects.filter(replaced_on=None).select_related("organisation")


def get_publication(organisation: str) -> Publication:
    """Return the catalogue of an organisation by its code. Raises Http404. One statement."""
    return get_object_or_404(publications_in_force(), organisation__code=organisation)


def powers_shown(publication: Publication) -> QuerySet[PublishedPower]:
    """Return the powers of a catalogue that were not taken off it."""
    return PublishedPower.objects.filter(publication=publication, withdrawn_on=None)


def get_power_shown(organisation: str, code: str) -> PublishedPower:
    """Return a power of the catalogue of an organisation. Raises Http404. One statement."""
    rows = PublishedPower.objects.filter(publication__in=publications_in_force().values("pk"))
    rows = rows.select_related("publication__organisation")
    return get_object_or_404(
        rows, publication__organisation__code=organisation, code=code, withdrawn_on=None
    )


def get_power_to_withhold(standing: Standing, power_id: int) -> Power:
    """Return a power to withhold. Raises Http404, PermissionDenied to all but the office."""
    rows = powers_visible_to(standing).select_related("unit", "organisation")
    found = get_object_or_404(rows, pk=power_id)
    require_office(standing)
    return found


def get_withholding_to_end(standing: Standing, withholding_id: int) -> Withholding:
    """Return what is withheld, to be released. Raises Http404 and PermissionDenied."""
    rows = Withholding.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        raise Http404
    found = get_object_or_404(rows.select_related("power__unit", "organisation"), pk=withholding_id)
    require_office(standing)
    return found
