from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "lianfang.powers"
    label = "powers"
