"""The addresses of tables on their way in."""

from django.urls import path

from lianfang.intake.views import deliveries, origins, papers, understood

app_name = "intake"
urlpatterns = [
    path("", deliveries.deliveries, name="deliveries"),
    path("forms/<int:unit_id>/", deliveries.unit_form, name="unit-form"),
    path("remembered/", origins.remembered, name="remembered"),
    path(
        "remembered/<int:remembered_id>/forget/",
        origins.remembered_forget,
        name="remembered-forget",
    ),
    path("of-risk/<int:risk_id>/", origins.of_risk, name="of-risk"),
    path("of-power/<int:power_id>/", origins.of_power, name="of-power"),
    path("<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("<int:delivery_id>/apply/", deliveries.delivery_apply, name="delivery-apply"),
    path("files/<int:import_id>/", papers.paper, name="paper"),
    path("files/<int:import_id>/understood/", understood.understood, name="understood"),
    path("files/<int:import_id>/sorting/", understood.sorting, name="sorting"),
    path("files/<int:import_id>/pair/", understood.pair, name="pair"),
    path("files/<int:import_id>/part/", understood.part, name="part"),
    path("files/<int:import_id>/original/", understood.original, name="original"),
    path("files/<int:import_id>/findings/", papers.findings, name="findings"),
    path("files/<int:import_id>/choose/", papers.choose, name="choose"),
    path("files/<int:import_id>/apply/", papers.apply, name="apply"),
    path("files/<int:import_id>/discard/", papers.discard, name="discard"),
    path("files/<int:import_id>/undo/", papers.undo, name="undo"),
    path("files/<int:import_id>/read/", papers.read, name="read"),
    path("files/<int:import_id>/file/", papers.file, name="file"),
]
