from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "lianfang.alerts"
    label = "alerts"
