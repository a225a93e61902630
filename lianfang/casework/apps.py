from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "lianfang.casework"
    label = "casework"
