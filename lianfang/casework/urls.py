from django.urls import path, register_converter

from lianfang.casework.models import CaseStep
from lianfang.casework.views import identity, keys, moving, reports, triage


class StepKind:
    """A kind of step, as it stands in an address."""

    regex = "|".join(CaseStep.Kind.values)

    def to_python(self, value: str) -> str:
        """Return the kind."""
        return value

    def to_url(self, value: str) -> str:
        """Return the kind."""
        return value


register_converter(StepKind, "step")
app_name = "casework"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("statistics/", reports.statistics, name="statistics"),
    path("key/", keys.key, name="key"),
    path("key/make/", keys.key_make, name="key-make"),
    path("key/rewrap/", keys.key_rewrap, name="key-rewrap"),
    path("key/rotate/", keys.key_rotate, name="key-rotate"),
    path("key/lost/", keys.key_lost, name="key-lost"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:key_id>/end/", keys.key_end, name="key-end"),
    path("sharing/", keys.sharing, name="sharing"),
    path("witnessing/", identity.witnessing, name="witnessing"),
    path("witnessing/<int:ask_id>/", identity.ask, name="ask"),
    path("witnessing/<int:ask_id>/consent/", identity.ask_consent, name="ask-consent"),
    path("witnessing/<int:ask_id>/refuse/", identity.ask_refuse, name="ask-refuse"),
    path("<uuid:report_id>/", reports.report, name="report"),
    path("<uuid:report_id>/open/", reports.open_report, name="open"),
    path("<uuid:report_id>/files/<uuid:file_id>/", reports.file, name="file"),
    path("<uuid:report_id>/answer/", reports.answer, name="answer"),
    path("<uuid:report_id>/certificate/", reports.certificate, name="certificate"),
    path("<uuid:report_id>/identity/", identity.identity, name="identity"),
    path("<uuid:report_id>/identity/ask/", identity.ask_identity, name="identity-ask"),
    path("<uuid:report_id>/alert/", triage.to_alert, name="to-alert"),
    path("<uuid:report_id>/lead/", triage.to_lead, name="to-lead"),
    path("<uuid:report_id>/take-up/", moving.take_up, name="take-up"),
    path("<uuid:report_id>/join/", moving.join, name="join"),
    path("<uuid:report_id>/decline/", moving.decline, name="decline"),
    path("<uuid:report_id>/send-out/", moving.send_out, name="send-out"),
    path("<uuid:report_id>/hand-over/", moving.hand_over, name="hand-over"),
    path("<uuid:report_id>/complete/", moving.complete, name="complete"),
    path("<uuid:report_id>/reopen/", moving.reopen, name="reopen"),
    path("<uuid:report_id>/recuse/", moving.recuse_person, name="recuse"),
    path("<uuid:report_id>/steps/<step:kind>/", moving.step, name="step"),
    path("<uuid:report_id>/hold/", moving.hold, name="hold"),
    path("<uuid:report_id>/destroy/", moving.destroy, name="destroy"),
]
