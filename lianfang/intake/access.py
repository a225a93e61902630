"""Who may import tables, and who may see what came in.

Whoever drafts a unit's register imports its tables; the office of the leading group imports for
every unit, since it collects them (六（一）). A file on its way is seen by who sent it and by the
office; once it is part of the register, by all staff, who know the register anyway.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.files.models import Import
from lianfang.intake.models import Delivery, Paper, Remembered
from lianfang.org.models import Unit
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.access import get_unit_to_draft
from lianfang.powers.models import Power
from lianfang.risks.models import RiskPoint

To = Literal["view", "decide"]
_WRITTEN = (Import.State.APPLIED, Import.State.UNDONE)
_SHOWN = (
    "opened__attachment",
    "opened__opened_by__person",
    "opened__closed_by__person",
    "opened__undone_by__person",
    "delivery__organisation",
)


def may_import(standing: Standing) -> bool:
    """Return whether somebody drafts a unit's register, or collects all of them."""
    return standing.is_staff and bool(standing.units or standing.headed or collects(standing))


def collects(standing: Standing) -> bool:
    """Return whether somebody collects the tables of all units."""
    return standing.has(Role.LEADING_GROUP_OFFICE)


def require_importing(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for staff who draft nothing."""
    if not standing.is_staff:
        raise Http404
    if not may_import(standing):
        raise PermissionDenied


def deliveries_visible_to(standing: Standing) -> QuerySet[Delivery]:
    """Return what somebody sent in; the office of the leading group sees everybody's."""
    if not standing.is_staff:
        return Delivery.objects.none()
    rows = Delivery.objects.filter(organisation=standing.organisation_id)
    if collects(standing):
        return rows
    return rows.filter(opened_by=standing.user_id)


def get_delivery_for(standing: Standing, delivery_id: int) -> Delivery:
    """Return files that came in together. Raises Http404."""
    rows = deliveries_visible_to(standing).select_related("organisation", "opened_by__person")
    return get_object_or_404(rows, pk=delivery_id)


def papers_visible_to(standing: Standing) -> QuerySet[Paper]:
    """Return the files somebody may see: their own, the office all, everybody what is written."""
    if not standing.is_staff:
        return Paper.objects.none()
    rows = Paper.objects.filter(opened__organisation=standing.organisation_id)
    if collects(standing):
        return rows
    return rows.filter(Q(opened__opened_by=standing.user_id) | Q(opened__state__in=_WRITTEN))


def get_paper_for(standing: Standing, import_id: int, *, to: To = "view") -> Paper:
    """Return a file by its import. Raises Http404, and PermissionDenied to who can't decide."""
    rows = papers_visible_to(standing).select_related(*_SHOWN)
    paper = get_object_or_404(rows, opened=import_id)
    if to == "decide" and not may_decide(standing, paper):
        raise PermissionDenied
    return paper


def may_decide(standing: Standing, paper: Paper) -> bool:
    """Return whether somebody decides about a file: who sent it, or the office."""
    own = paper.opened.opened_by_id == standing.user_id
    return standing.is_staff and (own or collects(standing))


def get_unit_for_form(standing: Standing, unit_id: int) -> Unit:
    """Return a unit whose form somebody may download: their own, the office any."""
    if not collects(standing):
        return get_unit_to_draft(standing, unit_id)
    units = Unit.objects.filter(organisation=standing.organisation_id, retired_on=None)
    return get_object_or_404(units, pk=unit_id)


def get_part_for(standing: Standing, kind: str, key: int) -> RiskPoint | Power:
    """Return the risk point or power whose origin is asked for. Raises Http404."""
    if not standing.is_staff:
        raise Http404
    if kind == "risk":
        risks = RiskPoint.objects.filter(organisation=standing.organisation_id)
        return get_object_or_404(risks, pk=key)
    powers = Power.objects.filter(organisation=standing.organisation_id)
    return get_object_or_404(powers, pk=key)


def remembered_visible_to(standing: Standing) -> QuerySet[Remembered]:
    """Return what headings and names were said to mean, for whoever imports."""
    if not may_import(standing):
        return Remembered.objects.none()
    return Remembered.objects.filter(organisation=standing.organisation_id)


def get_remembered_for(standing: Standing, remembered_id: int) -> Remembered:
    """Return a meaning to be forgotten; who said it may, and the office. Raises Http404."""
    rows = remembered_visible_to(standing)
    if not collects(standing):
        rows = rows.filter(said_by=standing.user_id)
    return get_object_or_404(rows, pk=remembered_id)
