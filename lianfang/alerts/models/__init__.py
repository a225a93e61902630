"""Alerts, whom they are about and who knows of them, their course, files and letters."""

from lianfang.alerts.models.alerts import (
    Alert,
    AlertDuty,
    AlertFile,
    AlertPerson,
    AlertRecusal,
    AlertStep,
    AlertTold,
)
from lianfang.alerts.models.letters import AlertLetter, UnitCorrection
from lianfang.alerts.models.reminding import AlertReminder

__all__ = [
    "Alert",
    "AlertDuty",
    "AlertFile",
    "AlertLetter",
    "AlertPerson",
    "AlertRecusal",
    "AlertReminder",
    "AlertStep",
    "AlertTold",
    "UnitCorrection",
]
