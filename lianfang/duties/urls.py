from django.urls import path

from lianfang.duties.views import duty, measures, rotation, year

app_name = "duties"
urlpatterns = [
    path("", year.duties, name="duties"),
    path("export/", year.duties_export, name="duties-export"),
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
    path("<int:duty_id>/evidence/<int:evidence_id>/", measures.evidence_file, name="evidence-file"),
    path("<int:duty_id>/", duty.duty, name="duty"),
    path("<int:duty_id>/fulfil/", duty.duty_fulfil, name="duty-fulfil"),
    path("<int:duty_id>/waive/", duty.duty_waive, name="duty-waive"),
]
