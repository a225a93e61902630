from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lianfang.intake"
    label = "intake"
