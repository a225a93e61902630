from django.urls import path

from lianfang.duties import talk_urls
from lianfang.duties.views import (
    appointing,
    duty,
    measures,
    raising,
    reminding,
    report,
    reports,
    rotation,
    year,
)

app_name = "duties"
urlpatterns = [
    path("", year.duties, name="duties"),
    path("export/", year.duties_export, name="duties-export"),
    path("reminders/", reminding.reminders, name="reminders"),
    path("measures/", measures.measures, name="measures"),
    path("measures/confirm/", measures.measures_confirm, name="measures-confirm"),
    path("rotation/", rotation.rotation, name="rotation"),
    path(
        "rotation/<int:person_id>/<int:post_id>/plan/", rotation.rotation_plan, name="rotation-plan"
    ),
    path(
        "rotation/<int:person_id>/<int:post_id>/exempt/",
        rotation.rotation_exempt,
        name="rotation-exempt",
    ),
    path("rotation/plan/<int:move_id>/drop/", rotation.rotation_drop, name="rotation-drop"),
    path(
        "rotation/exemptions/<int:exemption_id>/end/",
        rotation.rotation_exempt_end,
        name="rotation-exempt-end",
    ),
    path("<int:duty_id>/evidence/", measures.evidence_add, name="evidence-add"),
    path("<int:duty_id>/evidence/<int:evidence_id>/", measures.evidence, name="evidence"),
    path(
        "<int:duty_id>/evidence/<int:evidence_id>/file/",
        measures.evidence_file,
        name="evidence-file",
    ),
    path(
        "<int:duty_id>/evidence/<int:evidence_id>/pages/<int:number>/",
        measures.evidence_page,
        name="evidence-page",
    ),
    path("<int:duty_id>/", duty.duty, name="duty"),
    path("<int:duty_id>/fulfil/", duty.duty_fulfil, name="duty-fulfil"),
    path("<int:duty_id>/waive/", duty.duty_waive, name="duty-waive"),
    path("<int:duty_id>/report/", report.report_start, name="report-start"),
    path("reports/", reports.reports, name="reports"),
    path("statements/", reports.statements, name="statements"),
    path("reports/<int:report_id>/", report.report, name="report"),
    path("reports/<int:report_id>/write/", report.report_write, name="report-write"),
    path("reports/<int:report_id>/renew/", report.report_renew, name="report-renew"),
    path("reports/<int:report_id>/send/", report.report_send, name="report-send"),
    path("reports/<int:report_id>/return/", report.report_return, name="report-return"),
    path("reports/<int:report_id>/accept/", report.report_accept, name="report-accept"),
    path("reports/<int:report_id>/comment/", report.report_comment, name="report-comment"),
    path("reports/<int:report_id>/file.<str:kind>", report.report_print, name="report-print"),
    path("posts/<int:post_id>/appoint/", appointing.appoint, name="appoint"),
    path(
        "appointments/<int:appointment_id>/end/", appointing.appointment_end, name="appointment-end"
    ),
    path(
        "appointments/<int:appointment_id>/withdraw/",
        appointing.appointment_withdraw,
        name="appointment-withdraw",
    ),
    path("levels/<int:post_id>/breach/", raising.breach_add, name="levels-breach"),
    path("levels/raised/<int:override_id>/end/", raising.override_end, name="levels-end"),
    *talk_urls.urlpatterns,
]
