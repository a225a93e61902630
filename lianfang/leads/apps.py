from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "lianfang.leads"
    label = "leads"
