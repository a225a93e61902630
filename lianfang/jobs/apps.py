from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lianfang.jobs"
    label = "jobs"
