"""Who may see and change powers and regulations.

Staff know the catalogue of their organisation; a unit's own people draft it, its head and those
above the unit among them. The office of the leading group keeps the library of regulations. No
administrator reads any of it (三员分立).
"""

from typing import Literal, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.org.access import require
from lianfang.org.models import Unit
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.models import DeletedDraft, Power, Regulation

To = Literal["view", "edit"]
AnyModel = TypeVar("AnyModel", bound=Model)
KEEPS_RULES = (Role.LEADING_GROUP_OFFICE,)


def may_draft(standing: Standing, unit_id: int) -> bool:
    """Return whether the asker drafts the register of a unit: holds a post in it, or heads it."""
    return standing.is_staff and unit_id in standing.units | standing.headed


def require_drafting(standing: Standing, unit_id: int) -> None:
    """Raise PermissionDenied unless the asker drafts the register of that unit."""
    if not may_draft(standing, unit_id):
        raise PermissionDenied


def require_register(standing: Standing) -> None:
    """Raise Http404 unless this is a person of the organisation."""
    if not standing.is_staff:
        raise Http404


def drafted_among(standing: Standing, units: list[Unit]) -> list[Unit]:
    """Return those of the units whose register the asker drafts, those they sit in first."""
    drafted = [unit for unit in units if may_draft(standing, unit.pk)]
    return sorted(drafted, key=lambda unit: unit.pk not in standing.units)


def powers_visible_to(standing: Standing) -> QuerySet[Power]:
    """Return the powers somebody may know of, retired ones among them."""
    return _of_staff(Power.objects.all(), standing)


def get_power_for(standing: Standing, power_id: int, *, to: To = "view") -> Power:
    """Return a power. Raises Http404 where it may not be known, PermissionDenied to others."""
    rows = powers_visible_to(standing).select_related("unit", "organisation")
    power = get_object_or_404(rows, pk=power_id)
    if to == "edit":
        require_drafting(standing, power.unit_id)
    return power


def get_unit_to_draft(standing: Standing, unit_id: int) -> Unit:
    """Return a unit whose register the asker drafts."""
    units = _of_staff(Unit.objects.filter(retired_on=None), standing)
    unit = get_object_or_404(units, pk=unit_id)
    require_drafting(standing, unit.pk)
    return unit


def regulations_visible_to(standing: Standing) -> QuerySet[Regulation]:
    """Return the regulations of the library, retired ones among them."""
    return _of_staff(Regulation.objects.all(), standing)


def get_regulation_for(standing: Standing, regulation_id: int, *, to: To = "view") -> Regulation:
    """Return a regulation; the office of the leading group keeps the library."""
    rows = regulations_visible_to(standing).select_related("owner__unit", "attachment")
    regulation = get_object_or_404(rows, pk=regulation_id)
    if to == "edit":
        require(standing, *KEEPS_RULES)
    return regulation


def get_deleted_draft_for(standing: Standing, draft_id: int) -> DeletedDraft:
    """Return a draft of a power that the asker deleted, to bring it back. Raises Http404."""
    rows = _of_staff(DeletedDraft.objects.filter(kind=DeletedDraft.Kind.POWER), standing)
    return get_object_or_404(rows, pk=draft_id, deleted_by=standing.user_id)


def keeps_library(standing: Standing) -> bool:
    """Return whether the asker keeps the library of regulations."""
    return standing.has(*KEEPS_RULES)


def _of_staff(rows: QuerySet[AnyModel], standing: Standing) -> QuerySet[AnyModel]:
    if not standing.is_staff:
        return rows.none()
    return rows.filter(organisation=standing.organisation_id)
