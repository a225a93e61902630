from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lianfang.portal"
    label = "portal"
