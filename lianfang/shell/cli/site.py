"""Sets Django up for the commands that work on an installation."""

import os

import django


def ready() -> None:
    """Load the settings and the rooms. Raises WrongSetting for a variable that is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
