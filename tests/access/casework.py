"""Who may open the pages of sealed reports: the discipline office, and witnesses what they do."""

from typing import Any
from uuid import UUID

from lianfang.casework.actions.identity import ask_identity
from lianfang.casework.actions.looking import record_look
from lianfang.casework.models import IdentityAsk, Look
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.portal.models import OfficerKey, SealedFile, SealedReport
from lianfang.portal.tests.making import IDENTITY, READER, WITNESS, holder, sent
from lianfang.sealing.filing import PlainFile
from tests.access.parts import EVERYBODY, NOBODY, Row, own_and_other, row

READS = {"officer"}
KEYS = {"officer", "overseer"}
HIDDEN = EVERYBODY - READS
_FILE = PlainFile(name="a.txt", kind="text/plain", content=b"a")


def _keys(cast: Cast) -> None:
    if not OfficerKey.objects.filter(organisation=cast.organisation).exists():
        holder(cast, "officer", READER)
        holder(cast, "overseer", WITNESS)


def report(cast: Cast) -> UUID:
    """Return a signed report with a file that the officer has looked at."""
    found = SealedReport.objects.filter(organisation=cast.organisation).first()
    if found is not None:
        return found.pk
    _keys(cast)
    one = sent(cast, identity=IDENTITY, files=[_FILE]).report
    record_look(
        report=one,
        what=Look.What.CONTENT,
        officer=cast.people["officer"],
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    return one.pk


def file(cast: Cast) -> UUID:
    """Return its file."""
    return SealedFile.objects.get(report=report(cast)).pk


def ask(cast: Cast) -> int:
    """Return what the officer asks of a witness about it."""
    pk = report(cast)
    found = IdentityAsk.objects.filter(report=pk).first()
    return (found or _asked(cast, pk)).pk


def _asked(cast: Cast, pk: UUID) -> IdentityAsk:
    return ask_identity(
        report=SealedReport.objects.get(pk=pk),
        key=OfficerKey.objects.get(person=cast.people["officer"]),
        reason="需要核实",
        officer=cast.people["officer"],
        by=cast.logins["officer"],
        at=AT,
    )


def key(cast: Cast) -> UUID:
    """Return the officer's key."""
    _keys(cast)
    return OfficerKey.objects.get(person=cast.people["officer"]).pk


def _forms(name: str, **more: Any) -> list[Row]:
    return own_and_other(f"casework:{name}", READS, report, hidden=HIDDEN, **more)


def _posts(name: str, status: int, **more: Any) -> list[Row]:
    return _forms(name, method="post", status=status, **more)


def with_keys(own: Cast, other: Cast) -> list[Any]:
    """Return no arguments, once the keys are there."""
    del other
    _keys(own)
    return []


def file_of_own(own: Cast, other: Cast) -> list[Any]:
    """Return the report and its file."""
    del other
    return [report(own), file(own)]


def file_of_other(own: Cast, other: Cast) -> list[Any]:
    """Return those of the other organisation."""
    return file_of_own(other, own)


def step(own: Cast, other: Cast) -> list[Any]:
    """Return the report and a kind of step."""
    del other
    return [report(own), "heard"]


CASEWORK = [
    row("casework:reports", READS),
    row("casework:statistics", READS),
    row("casework:key", KEYS),
    row("casework:key-make", KEYS, method="post", status=422),
    *(
        row(f"casework:key-{name}", KEYS, with_keys, method="post", status=422)
        for name in ("rewrap", "rotate", "lost")
    ),
    row("casework:keys", {"overseer"}),
    row(
        "casework:key-end",
        {"overseer"},
        lambda own, _: [key(own)],
        about="own",
    ),
    row("casework:sharing", KEYS),
    row("casework:sharing", KEYS, with_keys, method="post", status=422, about="sent"),
    row("casework:witnessing", KEYS),
    *own_and_other("casework:ask", {"overseer"}, ask, hidden=EVERYBODY - {"overseer"}),
    *own_and_other(
        "casework:ask-consent",
        {"overseer"},
        ask,
        hidden=EVERYBODY - {"overseer"},
        method="post",
        status=422,
    ),
    *own_and_other("casework:ask-refuse", {"overseer"}, ask, hidden=EVERYBODY - {"overseer"}),
    *_forms("report"),
    *_posts("open", 200),
    row("casework:file", READS, file_of_own, hidden=HIDDEN, method="post", about="own"),
    row("casework:file", NOBODY, file_of_other, hidden=EVERYBODY, method="post", about="other"),
    *_posts("answer", 422),
    row(
        "casework:certificate",
        NOBODY,
        lambda own, _: [report(own)],
        hidden=EVERYBODY,
        about="of what was not destroyed",
    ),
    row(
        "casework:identity",
        NOBODY,
        lambda own, _: [report(own)],
        hidden=EVERYBODY,
        method="post",
        about="nobody consented",
    ),
    *_forms("identity-ask"),
    *(
        each
        for name in (
            "to-alert",
            "to-lead",
            "take-up",
            "join",
            "decline",
            "send-out",
            "hand-over",
            "complete",
            "reopen",
            "recuse",
            "hold",
            "destroy",
        )
        for each in _forms(name)
    ),
    row("casework:step", READS, step, hidden=HIDDEN),
]
