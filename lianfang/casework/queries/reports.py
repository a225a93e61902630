"""One report as its page and its script take it."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from lianfang.casework.models import CaseStep, IdentityAsk, Look, Recusal, ReportCase
from lianfang.portal.models import Envelope, OfficerKey, SealedFile, SealedMessage, SealedReport


@dataclass(frozen=True, kw_only=True)
class Course:
    """What was done with a report: steps, looks, recusals and askings, the newest first."""

    steps: list[CaseStep]
    looks: list[Look]
    recusals: list[Recusal]
    asks: list[IdentityAsk]
    repeats: list[ReportCase]


def case_found(report: SealedReport) -> ReportCase | None:
    """Return the case of a report, None where nobody did anything yet. One statement."""
    rows = ReportCase.objects.select_related("same_as", "certificate")
    return rows.filter(pk=report.pk).first()


def course_found(report: SealedReport) -> Course:
    """Return what was done with a report. Five statements."""
    return Course(
        steps=list(
            CaseStep.objects.filter(case=report.pk)
            .select_related("person")
            .order_by("-done_on", "-pk")
        ),
        looks=list(
            Look.objects.filter(report=report).select_related("person").order_by("-pk")[:50]
        ),
        recusals=list(
            Recusal.objects.filter(report=report).select_related("person").order_by("-pk")
        ),
        asks=list(
            IdentityAsk.objects.filter(report=report)
            .select_related("person", "witness")
            .order_by("-pk")
        ),
        repeats=list(ReportCase.objects.filter(same_as=report.pk).order_by("pk")),
    )


def senders_of(report: SealedReport, repeats: Iterable[ReportCase]) -> list[dict[str, str]]:
    """Return to whom an answer is sealed: this sender, and those of repeats. One statement."""
    pks = [report.pk, *(case.pk for case in repeats)]
    rows = SealedReport.objects.filter(pk__in=pks, destroyed_on=None).order_by("pk")
    return [
        {"report": str(pk), "office": said(office), "sender": said(sender)}
        for pk, office, sender in rows.values_list("pk", "letters_key", "sender_key")
    ]


def key_told(key: OfficerKey | None) -> dict[str, object] | None:
    """Return an officer's own key as the script unlocks it."""
    if key is None:
        return None
    return {
        "id": str(key.pk),
        "kind": key.kind,
        "public": said(key.public_key),
        "wrapped": said(key.wrapped),
        "salt": said(key.salt),
        "operations": key.operations,
        "memory": key.memory,
    }


def opened(report: SealedReport, envelope: Envelope) -> dict[str, object]:
    """Return what the script opens: body, envelope, files by address, letters. Two statements."""
    files = list(SealedFile.objects.filter(report=report).defer("sealed").order_by("part"))
    letters = SealedMessage.objects.filter(report=report).order_by("number")
    return {
        "body": said(report.body),
        "envelope": said(envelope.sealed),
        "files": [_file(report, file) for file in files if file.message_id is None],
        "letters": [
            {
                "id": str(letter.pk),
                "from": letter.origin,
                "on": letter.arrived_on.isoformat(),
                "sealed": said(letter.sealed),
                "files": [_file(report, file) for file in files if file.message_id == letter.pk],
            }
            for letter in letters
        ],
    }


def said(content: bytes | memoryview) -> str:
    """Return bytes as the scripts take them."""
    return b64encode(bytes(content)).decode()


def _file(report: SealedReport, file: SealedFile) -> dict[str, object]:
    return {
        "number": int(file.part.rpartition("/")[2]),
        "url": reverse("casework:file", args=[report.pk, file.pk]),
    }
