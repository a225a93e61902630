from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "lianfang.inspections"
    label = "inspections"
