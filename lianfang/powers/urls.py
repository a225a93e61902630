"""The addresses of powers and regulations."""

from django.urls import path

from lianfang.powers.views import (
    catalogue,
    charts,
    drafts,
    matrix,
    power,
    printing,
    regulations,
    steps,
)

app_name = "powers"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("units/<int:unit_id>/add/", power.power_add, name="power-add"),
    path("<int:power_id>/", power.power, name="power"),
    path("<int:power_id>/edit/", power.power_edit, name="power-edit"),
    path("<int:power_id>/steps/", steps.power_steps, name="power-steps"),
    path("<int:power_id>/steps/chart/", steps.steps_chart, name="power-steps-chart"),
    path("<int:power_id>/retire/", power.power_retire, name="power-retire"),
    path("<int:power_id>/delete/", drafts.power_delete, name="power-delete"),
    path("deleted/<int:draft_id>/", drafts.power_restore, name="power-restore"),
    path("<int:power_id>/chart.<str:kind>", charts.power_chart, name="power-chart"),
    path("<int:power_id>/print.<str:kind>", printing.power_print, name="power-print"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("map/", matrix.power_map, name="map"),
    path("units/<int:unit_id>/print/<str:form>.<str:kind>", printing.unit_print, name="unit-print"),
    path("regulations/", regulations.library, name="regulations"),
    path("regulations/add/", regulations.regulation_add, name="regulation-add"),
    path("regulations/<int:regulation_id>/", regulations.regulation, name="regulation"),
    path(
        "regulations/<int:regulation_id>/edit/",
        regulations.regulation_edit,
        name="regulation-edit",
    ),
    path(
        "regulations/<int:regulation_id>/state/",
        regulations.regulation_state,
        name="regulation-state",
    ),
    path(
        "regulations/<int:regulation_id>/file/",
        regulations.regulation_file,
        name="regulation-file",
    ),
    path(
        "regulations/<int:regulation_id>/download/",
        regulations.regulation_download,
        name="regulation-download",
    ),
    path(
        "regulations/<int:regulation_id>/retire/",
        regulations.regulation_retire,
        name="regulation-retire",
    ),
]
