from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "lianfang.risks"
    label = "risks"
