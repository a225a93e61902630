from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "lianfang.cycles"
    label = "cycles"
