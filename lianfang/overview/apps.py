from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "lianfang.overview"
    label = "overview"
