"""How far a report has come and what was written since, for whoever has the receipt."""

import base64
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianfang.portal.models import SealedMessage, SealedReport


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter; `sealed` is in base64 and empty for the sender's own, which nobody can open here.

    `text` is there where the server opened it for a sender without JavaScript.
    """

    id: UUID
    from_office: bool
    on: date
    sealed: str = ""
    text: str = ""
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of what a sender is told: `state` is past, now or next; `on` its day, if known."""

    code: str
    state: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What the page of a receipt shows."""

    report: SealedReport
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...]


_USUAL = ("received", "looked_at", "accepted", "closed")
# whether what is closed had been accepted is not kept here, so that nothing is said of it
_CLOSED = ("received", "looked_at", "closed")
_AWAY = ("received", "looked_at", "transferred")
_WAYS: dict[str, tuple[str, ...]] = {
    SealedReport.Status.CLOSED.value: _CLOSED,
    SealedReport.Status.TRANSFERRED.value: _AWAY,
}


def conversation_of(report: SealedReport) -> Conversation:
    """Return the steps and letters of a report. One statement, and one for the files."""
    letters = list(report.messages.prefetch_related("files").order_by("number"))
    return Conversation(
        report=report, steps=steps_of(report), letters=tuple(_letter(one) for one in letters)
    )


def steps_of(report: SealedReport) -> tuple[Step, ...]:
    """Return the steps a report takes, with where it stands."""
    codes = _WAYS.get(report.status, _USUAL)
    now = codes.index(report.status)
    steps = []
    for place, code in enumerate(codes):
        state = "past" if place < now else "now" if place == now else "next"
        on = report.arrived_on if place == 0 else report.status_on if place == now else None
        steps.append(Step(code=code, state=state, on=on))
    return tuple(steps)


def _letter(message: SealedMessage) -> Letter:
    from_office = message.origin == SealedMessage.Origin.OFFICE
    sealed = base64.b64encode(bytes(message.sealed)).decode("ascii") if from_office else ""
    return Letter(
        id=message.pk,
        from_office=from_office,
        on=message.arrived_on,
        sealed=sealed,
        files=len(message.files.all()),
    )
