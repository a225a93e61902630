from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "lianfang.learning"
    label = "learning"
