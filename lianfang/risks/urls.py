"""The addresses of the register: its lists, and the pages of one risk point."""

from django.urls import path

from lianfang.risks.views import (
    checking,
    exports,
    figures,
    finding,
    kept,
    lists,
    measures,
    rating,
    risk,
    selection,
)

app_name = "risks"
urlpatterns = [
    path("", lists.register, name="register"),
    path("heat/", figures.heat, name="heat"),
    path("figures/", figures.figures, name="figures"),
    path("export/", exports.export, name="export"),
    path("checks/", checking.findings, name="own-checks"),
    path("checks/units/<int:unit_id>/", checking.findings, name="checks"),
    path("checks/risks/<int:risk_id>/", checking.findings_of_risk, name="checks-of-risk"),
    path("select/", selection.select, name="select"),
    path("classify/", selection.classify_selected, name="classify"),
    path("views/save/", kept.view_save, name="view-save"),
    path("views/<int:view_id>/delete/", kept.view_delete, name="view-delete"),
    path("units/<int:unit_id>/add/", risk.risk_add, name="risk-add"),
    path("<int:risk_id>/", risk.risk, name="risk"),
    path("<int:risk_id>/edit/", risk.risk_edit, name="risk-edit"),
    path("<int:risk_id>/retire/", risk.risk_retire, name="risk-retire"),
    path("<int:risk_id>/delete/", risk.risk_delete, name="risk-delete"),
    path("<int:risk_id>/rate/", rating.rate, name="risk-rate"),
    path("<int:risk_id>/rate/reckoned/", rating.rate_reckoned, name="rate-reckoned"),
    path("<int:risk_id>/endorse/", rating.risk_endorse, name="risk-endorse"),
    path("<int:risk_id>/measures/", measures.measures, name="measures"),
    path("<int:risk_id>/measures/add/", measures.measure_add, name="measure-add"),
    path("measures/<int:measure_id>/edit/", measures.measure_edit, name="measure-edit"),
    path("measures/<int:measure_id>/drop/", measures.measure_drop, name="measure-drop"),
    path("deleted/", risk.deleted, name="deleted"),
    path("deleted/<int:draft_id>/restore/", risk.restore, name="restore"),
    path("of-power/<int:power_id>/", risk.of_power, name="of-power"),
    path("rating/", rating.rating, name="rating"),
    path("sorting/", measures.sorting, name="sorting"),
    path("finding/", finding.finding, name="finding"),
    path("finding/<int:post_id>/", finding.finding_post, name="finding-post"),
    path("finding/<int:post_id>/found/", finding.finding_found, name="finding-found"),
    path("participation/", finding.participation, name="participation"),
]
