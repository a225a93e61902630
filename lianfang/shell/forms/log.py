"""What the audit administrator asks the log for."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.audit.queries import Narrowing
from lianfang.shell.words import ACTIONS, ROOMS


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _reference(label: Any, longest: int, example: str) -> forms.CharField:
    """Return a field for how the log names somebody or something, with an example."""
    shown = forms.TextInput(attrs={"placeholder": example})
    return forms.CharField(label=label, required=False, max_length=longest, widget=shown)


def _position() -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput
    )


def _choices() -> list[tuple[Promise | str, Any]]:
    """Return the actions by room, as a select offers them."""
    rooms: dict[str, list[tuple[str, Promise | str]]] = {}
    for code, word in ACTIONS.items():
        rooms.setdefault(code.partition(".")[0], []).append((code, word))
    return [("", _("全部动作")), *((ROOMS[room], actions) for room, actions in rooms.items())]


class LogFilter(forms.Form):
    """The narrowing of the log, and where its page begins.

    An action need not be one that is still known.
    """

    action = forms.CharField(
        label=_("动作"), required=False, max_length=80, widget=forms.Select(choices=_choices())
    )
    actor = _reference(_("操作人"), 40, "user:12")
    subject = _reference(_("对象"), 80, "org.unit:3")
    begin = forms.DateField(label=_("自"), required=False, widget=_day())
    end = forms.DateField(label=_("至"), required=False, widget=_day())
    before = _position()
    after = _position()

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        given = self.cleaned_data
        begin, end = given.get("begin"), given.get("end")
        if begin and end and end < begin:
            self.add_error("end", _("止日早于起日，请改正其中一个。"))
        return given

    def narrowing(self, zone: ZoneInfo) -> Narrowing:
        """Return what a form without errors asks for; days are days of that time zone."""
        given = self.cleaned_data
        begin, end = given["begin"], given["end"]
        return Narrowing(
            action=given["action"],
            actor=given["actor"],
            subject=given["subject"],
            begin=datetime.combine(begin, time(), zone) if begin else None,
            end=datetime.combine(end + timedelta(days=1), time(), zone) if end else None,
        )

    def asked(self) -> dict[str, str]:
        """Return what was asked for as the address has it, without where the page begins."""
        names = ("action", "actor", "subject", "begin", "end")
        return {name: str(self.cleaned_data[name]) for name in names if self.cleaned_data[name]}
