"""Who may know of a sealed report: the discipline office, less those who are recused for it.

Witnesses, of the body over that office or named in it, know of what they are asked to witness and
of nothing else. No administrator has any page here (三员分立).
Source: 质检认纪〔2012〕1号 五（六）2（2）, 三.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.alerts.access import alerts_visible_to
from lianfang.alerts.models import Alert
from lianfang.casework.models import IdentityAsk, Recusal, ReportCase
from lianfang.files.models import OutgoingDocument
from lianfang.leads.access import leads_visible_to
from lianfang.leads.models import Lead
from lianfang.org.models import Body, Membership, Person, holding
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.portal.models import Envelope, OfficerKey, SealedFile, SealedReport

READS = (Role.DISCIPLINE_OFFICE,)
WITNESSES = (Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT)
BODIES = (Body.Kind.DISCIPLINE_OFFICE, Body.Kind.DISCIPLINE_OVERSIGHT)


def reads(standing: Standing) -> bool:
    """Return whether somebody is of the discipline office."""
    return standing.is_staff and standing.has(*READS)


def witnesses(standing: Standing) -> bool:
    """Return whether somebody may be asked to witness."""
    return standing.is_staff and standing.has(*WITNESSES)


def require_reader(standing: Standing) -> None:
    """Raise PermissionDenied unless the asker is of the discipline office."""
    if not reads(standing):
        raise PermissionDenied


def reader(standing: Standing) -> int:
    """Return the person who asks, of the discipline office. Raises PermissionDenied."""
    if standing.person_id is None or not reads(standing):
        raise PermissionDenied
    return standing.person_id


def require_key_holder(standing: Standing) -> None:
    """Raise PermissionDenied unless the asker may have a key."""
    if not witnesses(standing):
        raise PermissionDenied


def keeps_keys(standing: Standing) -> bool:
    """Return whether somebody keeps the keys of all: who heads the office, or oversees it.

    One statement for an officer.
    """
    if not standing.is_staff:
        return False
    if standing.has(Role.DISCIPLINE_OVERSIGHT):
        return True
    return (
        standing.has(*READS)
        and Membership.objects.filter(
            holding(standing.on),
            body__organisation=standing.organisation_id,
            body__kind=Body.Kind.DISCIPLINE_OFFICE,
            body__retired_on=None,
            person=standing.person_id,
            role=Membership.Role.HEAD,
        ).exists()
    )


def require_keeper(standing: Standing) -> None:
    """Raise PermissionDenied unless the asker keeps the keys of all."""
    if not keeps_keys(standing):
        raise PermissionDenied


# reports ------------------------------------------------------------------------------------------


def reports_visible_to(standing: Standing) -> QuerySet[SealedReport]:
    """Return the reports an officer may know of: none for which they are recused."""
    rows = SealedReport.objects.filter(organisation=standing.organisation_id)
    if not reads(standing):
        return rows.none()
    recused = Recusal.objects.filter(report=OuterRef("pk"), person=standing.person_id)
    return rows.exclude(Exists(recused))


def get_report_for(standing: Standing, report_id: UUID) -> SealedReport:
    """Return a report without what is sealed. Raises Http404 to everybody else."""
    rows = reports_visible_to(standing).defer("body", "identity")
    return get_object_or_404(rows.select_related("organisation"), pk=report_id)


def get_sealed_for(standing: Standing, report_id: UUID) -> SealedReport:
    """Return a report with what is sealed, to somebody who has an envelope of it.

    Raises Http404 where it may not be known, PermissionDenied without an envelope.
    """
    found = get_object_or_404(reports_visible_to(standing), pk=report_id)
    get_envelope_of(standing, found)
    return found


def get_file_for(standing: Standing, report_id: UUID, file_id: UUID) -> SealedFile:
    """Return a sealed file of a report that the asker can open. Raises as `get_sealed_for`."""
    found = get_report_for(standing, report_id)
    get_envelope_of(standing, found)
    return get_object_or_404(SealedFile, report=found, pk=file_id)


def envelope_of(
    standing: Standing, report: SealedReport, kind: Envelope.Kind = Envelope.Kind.CONTENT
) -> Envelope | None:
    """Return the asker's own envelope of a report, under the key in use."""
    return Envelope.objects.filter(
        report=report,
        kind=kind,
        key__person=standing.person_id,
        key__ended_on=None,
        withdrawn_on=None,
    ).first()


def get_envelope_of(standing: Standing, report: SealedReport) -> Envelope:
    """Return the asker's own envelope of a report. Raises PermissionDenied without one."""
    found = envelope_of(standing, report)
    if found is None:
        raise PermissionDenied
    return found


def get_certificate_for(standing: Standing, report_id: UUID) -> OutgoingDocument:
    """Return the certificate that a report was destroyed. Raises Http404."""
    cases = ReportCase.objects.filter(report__in=reports_visible_to(standing), pk=report_id)
    rows = OutgoingDocument.objects.select_related("attachment")
    return get_object_or_404(rows, pk__in=cases.values("certificate"))


def cases_to_join(standing: Standing, report: SealedReport) -> QuerySet[ReportCase]:
    """Return the cases of which a report may repeat the matter: known, and repeats of none."""
    return (
        ReportCase.objects.filter(
            report__in=reports_visible_to(standing),
            route__in=[ReportCase.Route.ALERT, ReportCase.Route.LEAD, ReportCase.Route.OTHER],
        )
        .exclude(pk=report.pk)
        .order_by("-routed_on", "pk")
    )


def alert_of(standing: Standing, case: ReportCase | None) -> Alert | None:
    """Return the alert that came of a report, where the asker may know of it."""
    if case is None or case.alert_id is None:
        return None
    return alerts_visible_to(standing).filter(pk=case.alert_id).first()


def lead_of(standing: Standing, case: ReportCase | None) -> Lead | None:
    """Return the lead that came of a report, where the asker may know of it."""
    if case is None or case.lead_id is None:
        return None
    return leads_visible_to(standing).filter(pk=case.lead_id).first()


# people and keys ----------------------------------------------------------------------------------


def members_on(standing: Standing, *kinds: Body.Kind) -> QuerySet[Person]:
    """Return the people of these bodies today."""
    seats = Membership.objects.filter(
        holding(standing.on),
        person=OuterRef("pk"),
        body__kind__in=kinds,
        body__retired_on=None,
    )
    rows = Person.objects.filter(Exists(seats), organisation=standing.organisation_id)
    return rows.order_by("code")


def people_to_recuse(standing: Standing, report: SealedReport) -> QuerySet[Person]:
    """Return those of both bodies who are not recused yet."""
    recused = Recusal.objects.filter(report=report, person=OuterRef("pk"))
    return members_on(standing, *BODIES).exclude(Exists(recused))


def people_to_handle(standing: Standing, report: SealedReport) -> QuerySet[Person]:
    """Return those of the office who may handle a lead that comes of a report."""
    recused = Recusal.objects.filter(report=report, person=OuterRef("pk"))
    return members_on(standing, Body.Kind.DISCIPLINE_OFFICE).exclude(Exists(recused))


def keys_visible_to(standing: Standing) -> QuerySet[OfficerKey]:
    """Return the keys of all, ended ones among them, to who keeps them."""
    return OfficerKey.objects.filter(organisation=standing.organisation_id)


def get_key_to_end(standing: Standing, key_id: UUID) -> OfficerKey:
    """Return a key in use. Raises PermissionDenied, and Http404."""
    require_keeper(standing)
    rows = keys_visible_to(standing).filter(ended_on=None)
    return get_object_or_404(rows.select_related("person"), pk=key_id)


def own_key(standing: Standing) -> OfficerKey | None:
    """Return the asker's key in use. Raises PermissionDenied to who may have none."""
    require_key_holder(standing)
    return OfficerKey.objects.filter(person=standing.person_id, ended_on=None).first()


def get_own_key(standing: Standing) -> OfficerKey:
    """Return the asker's key in use. Raises Http404 where there is none."""
    found = own_key(standing)
    if found is None:
        raise Http404
    return found


# identities ---------------------------------------------------------------------------------------


def asks_to_witness(standing: Standing) -> QuerySet[IdentityAsk]:
    """Return what others ask of somebody as a witness: with a witness's key, and not recused."""
    rows = IdentityAsk.objects.filter(report__organisation=standing.organisation_id)
    if not witnesses(standing):
        return rows.none()
    key = OfficerKey.objects.filter(
        person=standing.person_id, ended_on=None, kind=OfficerKey.Kind.WITNESS
    )
    recused = Recusal.objects.filter(report=OuterRef("report"), person=standing.person_id)
    return rows.filter(Exists(key)).exclude(Exists(recused)).exclude(person=standing.person_id)


def get_ask_for(standing: Standing, ask_id: int) -> IdentityAsk:
    """Return what a witness is asked. Raises Http404."""
    rows = asks_to_witness(standing).select_related("person", "witness", "key", "report")
    return get_object_or_404(rows.defer("report__body", "report__identity"), pk=ask_id)


def own_ask(standing: Standing, report: SealedReport) -> IdentityAsk | None:
    """Return the asker's newest request for the identity behind a report."""
    rows = IdentityAsk.objects.filter(report=report, person=standing.person_id)
    return rows.select_related("witness", "key").order_by("-pk").first()


def get_consented_ask(standing: Standing, report: SealedReport) -> IdentityAsk:
    """Return the asker's request that a witness consented to. Raises Http404."""
    found = own_ask(standing, report)
    if found is None or found.state not in (
        IdentityAsk.State.CONSENTED,
        IdentityAsk.State.OPENED,
    ):
        raise Http404
    return found


def recused_of(report: SealedReport) -> QuerySet[Recusal]:
    """Return who is recused for a report."""
    return Recusal.objects.filter(report=report).select_related("person", "made_by")
