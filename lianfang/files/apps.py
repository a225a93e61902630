from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lianfang.files"
    label = "files"
