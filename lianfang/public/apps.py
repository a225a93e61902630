from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lianfang.public"
    label = "public"
