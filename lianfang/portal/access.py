"""Who may know, open and witness sealed reports (五（六）1): officers alone, less those recused.

A report is known to the members of the discipline office, except to whom an envelope was
withdrawn. It opens for a reader with an envelope for the key they have in use. A witness reaches
the half of an identity. Administrators reach nothing. Whoever has a receipt reaches their own.
"""

from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.org.models import Organisation
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.portal.models import Envelope, OfficerKey, PortalSetup, SealedReport
from lianfang.portal.pepper import lookup_of

To = Literal["know", "open", "witness"]
READS = (Role.DISCIPLINE_OFFICE,)
WITNESSES = (Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT)
SETS_UP = (Role.SYSTEM_ADMINISTRATOR,)


def may_hold_key(standing: Standing, kind: OfficerKey.Kind) -> bool:
    """Return whether somebody may have a key of a kind."""
    roles = READS if kind == OfficerKey.Kind.READER else WITNESSES
    return standing.is_staff and standing.has(*roles)


def keys_known_to(standing: Standing) -> QuerySet[OfficerKey]:
    """Return every key of the organisation, ended ones among them, for those who may have one."""
    keys = OfficerKey.objects.filter(organisation=standing.organisation_id)
    return keys if may_hold_key(standing, OfficerKey.Kind.WITNESS) else keys.none()


def own_key(standing: Standing) -> OfficerKey | None:
    """Return the key somebody has in use."""
    return keys_known_to(standing).filter(person=standing.person_id, ended_on=None).first()


def reports_known_to(standing: Standing) -> QuerySet[SealedReport]:
    """Return the reports of which somebody may know, without what is sealed in them."""
    rows = SealedReport.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff or not standing.has(*READS):
        return rows.none()
    return rows.exclude(Exists(_recused(standing))).defer("body", "identity")


def reports_open_to(standing: Standing) -> QuerySet[SealedReport]:
    """Return the reports for which somebody has an envelope of the key in use."""
    return reports_known_to(standing).filter(Exists(_held(standing, Envelope.Kind.CONTENT)))


def reports_witnessed_by(standing: Standing) -> QuerySet[SealedReport]:
    """Return the reports of whose sender's identity somebody holds a witness's half."""
    rows = SealedReport.objects.filter(organisation=standing.organisation_id)
    if not may_hold_key(standing, OfficerKey.Kind.WITNESS):
        return rows.none()
    half = _held(standing, Envelope.Kind.IDENTITY_B)
    return rows.filter(Exists(half)).exclude(Exists(_recused(standing))).defer("body", "identity")


def get_report_for(standing: Standing, report_id: UUID, *, to: To = "know") -> SealedReport:
    """Return a report. Raises Http404, and PermissionDenied to those who may not do that."""
    known, witnessed = reports_known_to(standing), reports_witnessed_by(standing)
    rows = SealedReport.objects.filter(
        Q(pk__in=known.values("pk")) | Q(pk__in=witnessed.values("pk"))
    )
    found = get_object_or_404(rows, pk=report_id)
    allowed = {"know": known, "open": reports_open_to(standing), "witness": witnessed}[to]
    if not allowed.filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def require_setting_up(standing: Standing) -> None:
    """Raise PermissionDenied unless the asker may say where senders are pointed to."""
    if not standing.has(*SETS_UP):
        raise PermissionDenied


def organisations() -> list[Organisation]:
    """Return every organisation, for whoever opens the portal."""
    return list(Organisation.objects.order_by("pk"))


def get_organisation(code: str) -> Organisation:
    """Return an organisation, for whoever opens the portal. Raises Http404."""
    return get_object_or_404(Organisation.objects.all(), code=code)


def setup_of(organisation: Organisation) -> PortalSetup:
    """Return what the portal is set to, as it would be where nothing was set yet."""
    found = PortalSetup.objects.filter(pk=organisation.pk).first()
    return found or PortalSetup(organisation=organisation)


def report_of_receipt(organisation: Organisation, token: bytes) -> SealedReport | None:
    """Return the report to which a receipt leads, without what is sealed in it, or None."""
    rows = SealedReport.objects.filter(organisation=organisation, lookup=lookup_of(token))
    return rows.defer("body", "identity").first()


def _held(standing: Standing, kind: Envelope.Kind) -> QuerySet[Envelope]:
    return Envelope.objects.filter(
        report=OuterRef("pk"),
        key__person=standing.person_id,
        key__ended_on=None,
        kind=kind,
        withdrawn_on=None,
    )


def _recused(standing: Standing) -> QuerySet[Envelope]:
    return Envelope.objects.filter(
        report=OuterRef("pk"), key__person=standing.person_id, withdrawn_on__isnull=False
    )
