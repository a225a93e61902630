from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "lianfang.assessment"
    label = "assessment"
