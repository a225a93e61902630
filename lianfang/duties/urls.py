from django.urls import path

from lianfang.duties import talk_urls
from lianfang.duties.views import duty, reminding, report, reports

app_name = "duties"
urlpatterns = [
    path("", duty.duties, name="duties"),
    path("reminders/", reminding.reminders, name="reminders"),
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
    *talk_urls.urlpatterns,
]
