from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "lianfang.org"
    label = "org"
