from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lianfang.audit"
    label = "audit"
