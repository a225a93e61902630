from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "lianfang.surveys"
    label = "surveys"
