from django.urls import path

from lianfang.inspections.views import draws, findings, lists, records, running

app_name = "inspections"
urlpatterns = [
    path("", lists.inspections, name="inspections"),
    path("export/", lists.inspections_export, name="inspections-export"),
    path("workbench/", lists.workbench, name="workbench"),
    path("draws/", draws.draws, name="draws"),
    path("draws/plan/", running.draw_plan, name="draw-plan"),
    path("draws/<int:draw_id>/", draws.draw, name="draw"),
    path("draws/<int:draw_id>/change/", running.draw_change, name="draw-change"),
    path("draws/<int:draw_id>/freeze/", running.draw_freeze, name="draw-freeze"),
    path("draws/<int:draw_id>/draw/", running.draw_sample, name="draw-sample"),
    path("draws/<int:draw_id>/close/", running.draw_close, name="draw-close"),
    path("draws/<int:draw_id>/drop/", running.draw_drop, name="draw-drop"),
    path("draws/<int:draw_id>/issue/", running.draw_issue, name="draw-issue"),
    path("draws/<int:draw_id>/sheet/", draws.sheet, name="sheet"),
    path("draws/<int:draw_id>/sheet.json", draws.sheet_file, name="sheet-file"),
    path("draws/<int:draw_id>/sheet.<slug:form>", draws.sheet_paper, name="sheet-paper"),
    path("visits/<int:duty_id>/", records.of_duty, name="of-duty"),
    path("visits/<int:duty_id>/write/", records.record_write, name="record-write"),
    path("records/<int:record_id>/", records.record, name="record"),
    path("records/<int:record_id>/confirm/", records.record_confirm, name="record-confirm"),
    path("records/<int:record_id>/file.<slug:form>", records.record_paper, name="record-paper"),
    path("findings/", findings.findings, name="findings"),
    path("findings/posts/<int:post_id>/", findings.talk_findings, name="talk-findings"),
    path("findings/<int:finding_id>/", findings.finding, name="finding"),
    path("findings/<int:finding_id>/correct/", findings.finding_correct, name="finding-correct"),
    path("findings/<int:finding_id>/accept/", findings.finding_accept, name="finding-accept"),
    path("findings/<int:finding_id>/return/", findings.finding_return, name="finding-return"),
    path(
        "findings/<int:finding_id>/corrections/<int:correction_id>/",
        findings.correction_file,
        name="correction-file",
    ),
]
