"""Figures of early warning, leads, sealed reports, the yearly check and what is public."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.access import alerts_visible_to
from lianfang.alerts.models import Alert
from lianfang.assessment.access import sheets_visible_to
from lianfang.assessment.access.matters import matters_visible_to
from lianfang.assessment.models import AssessedSheet
from lianfang.casework.access import reports_visible_to
from lianfang.leads.access import leads_visible_to
from lianfang.org.standing import Standing
from lianfang.public.access import publications_in_force
from lianfang.public.models import PublishedPower
from lianfang.shell.clauses.figures import Figure, Figures


def of_warning(standing: Standing) -> Figures:
    """Count the alerts, leads and reports that the asker may know of. Three statements."""
    state = Alert.State
    alerts = (
        alerts_visible_to(standing)
        .exclude(state=state.STRUCK)
        .aggregate(
            all=Count("pk"),
            closed=Count("pk", filter=Q(state=state.CLOSED)),
            open=Count("pk", filter=~Q(state=state.CLOSED)),
        )
    )
    return {
        "alerts": Figure(label=_("您能看到的预警"), count=alerts["all"], page="alerts:board"),
        "alerts_open": Figure(label=_("其中未办结"), count=alerts["open"], page="alerts:board"),
        "alerts_closed": Figure(
            label=_("办结的预警"), count=alerts["closed"], of=alerts["all"], page="alerts:board"
        ),
        "leads": Figure(
            label=_("您能看到的线索"), count=leads_visible_to(standing).count(), page="leads:leads"
        ),
        "reports_sealed": Figure(
            label=_("您能看到的来信"),
            count=reports_visible_to(standing).count(),
            page="casework:reports",
        ),
    }


def of_public(standing: Standing) -> Figures:
    """Count the powers that everybody may read (七（三）). One statement."""
    shown = PublishedPower.objects.filter(
        publication__in=publications_in_force().filter(organisation=standing.organisation_id),
        withdrawn_on=None,
    )
    return {
        "powers_published": Figure(
            label=_("已公开的职权"), count=shown.count(), page="public:catalogue"
        )
    }


def of_assessment(standing: Standing) -> Figures:
    """Count the sheets and matters of accountability one may know of. Two statements."""
    sheets = (
        sheets_visible_to(standing)
        .filter(assessment__year=standing.on.year)
        .aggregate(
            all=Count("pk"),
            confirmed=Count("pk", filter=Q(step=AssessedSheet.Step.CONFIRMED)),
        )
    )
    return {
        "sheets_confirmed": Figure(
            label=_("今年审定的考核表"),
            count=sheets["confirmed"],
            of=sheets["all"],
            page="assessment:board",
        ),
        "accountability": Figure(
            label=_("您能看到的追责事项"),
            count=matters_visible_to(standing).count(),
            page="assessment:matters",
        ),
    }
