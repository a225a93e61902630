"""What the script of the public pages asks for: sealed bytes come in, sealed bytes go out."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now
from lianfang.common.text import Text
from lianfang.portal import access
from lianfang.portal.actions.receiving import NotSealed, add_message, receive_report
from lianfang.portal.models import SealedReport
from lianfang.portal.proofs import NoWork, challenge, require_work
from lianfang.portal.queries.conversation import conversation_of
from lianfang.portal.queries.keys import recipients_of
from lianfang.portal.queries.slips import slip_of
from lianfang.portal.uploading import was_too_large
from lianfang.portal.views.public import organisation_and_day, public
from lianfang.portal.views.sealing import TOO_LARGE
from lianfang.sealing import filing, work
from lianfang.sealing.parts import file_part, letter_file_part

_NOT_WHOLE = Text(
    "收到的内容不完整，没有保存。请再提交一次；填写的内容还在。",
    "What arrived is not whole and was not stored. Send it again; what you wrote is still there.",
)
_UNKNOWN = Text(
    "没有找到。请核对 16 位数字；刚提交的请稍等再试。",
    "Nothing was found. Check the 16 digits; if you have just sent it, try again in a while.",
)


class Unknown(Refused):
    """A receipt that leads to nothing."""


def _told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a refusal with its sentence; `again` says that a fresh challenge will do."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        try:
            return view(request, *args, **kw)
        except Refused as refused:
            told = {
                "error": refused.sentence(language_now()),
                "again": isinstance(refused, NoWork),
            }
            return JsonResponse(told, status=REFUSED)

    return answered


@public
@require_GET
def keys(request: AppRequest, code: str) -> HttpResponse:
    """Tell to which keys to seal, the salt of receipts, and a challenge to work on."""
    organisation, day = organisation_and_day(request, code)
    to, setup = recipients_of(organisation, day), access.setup_of(organisation)
    return JsonResponse(
        {
            "readers": _public(to.readers),
            "witnesses": _public(to.witnesses),
            "salt": bytes(setup.salt).hex(),
            "challenge": challenge(),
            "bits": work.BITS,
        }
    )


@public
@require_POST
@_told
def send(request: AppRequest, code: str) -> HttpResponse:
    """Store a report that was sealed in the browser."""
    organisation, day = organisation_and_day(request, code)
    sealed, token = _report(request), _bytes(request, "token")
    _require_work(request, str(sealed.report))
    report = receive_report(
        organisation=organisation,
        sealed=sealed,
        token=token,
        sender_key=_bytes(request, "sender_key"),
        sealed_in=SealedReport.SealedIn.BROWSER,
        on=day,
        by=None,
        at=request.at,
    )
    return JsonResponse(_answer(organisation, report))


@public
@require_POST
@_told
def opened(request: AppRequest, code: str) -> HttpResponse:
    """Tell what a receipt leads to; a wrong one is answered like any other."""
    organisation = access.get_organisation(code)
    report = _report_of(request, organisation)
    case = conversation_of(report)
    html = render_to_string("portal/_case.html", {"case": case}, request)
    return JsonResponse(
        {
            **_answer(organisation, report),
            "html": html,
            "destroyed": report.destroyed_on is not None,
        }
    )


@public
@require_POST
@_told
def add(request: AppRequest, code: str) -> HttpResponse:
    """Store more facts that were sealed in the browser."""
    organisation, day = organisation_and_day(request, code)
    report = _report_of(request, organisation)
    letter = _uuid(request, "letter")
    files = _files(request)
    sealed = filing.SealedLetter(
        letter=letter,
        sealed=_file(request, "sealed"),
        files=tuple((letter_file_part(letter, n), one) for n, one in enumerate(files, start=1)),
    )
    add_message(report=report, sealed=sealed, on=day, by=None, at=request.at)
    return JsonResponse(_answer(organisation, report))


def _answer(organisation: Any, report: SealedReport) -> dict[str, Any]:
    return {
        "report": str(report.pk),
        "letters_key": bytes(report.letters_key).hex(),
        "slip": slip_of(organisation, report),
    }


def _public(to: tuple[filing.To, ...]) -> list[dict[str, str]]:
    return [{"id": str(one.key), "public_key": one.public.hex()} for one in to]


def _report_of(request: AppRequest, organisation: Any) -> SealedReport:
    """Return the report of the token that was sent, for whose search the work was done."""
    token = _bytes(request, "token")
    _require_work(request, token.hex())
    report = access.report_of_receipt(organisation, token)
    if report is None:
        raise Unknown(_UNKNOWN)
    return report


def _require_work(request: AppRequest, purpose: str) -> None:
    require_work(request.POST.get("challenge", ""), purpose, request.POST.get("number", ""))


def _report(request: AppRequest) -> filing.SealedReport:
    files = _files(request)
    identity = _file(request, "identity") if "identity" in request.FILES else b""
    return filing.SealedReport(
        report=_uuid(request, "report"),
        body=_file(request, "body"),
        letters_key=_bytes(request, "letters_key"),
        envelopes=_envelopes(request.POST.get("envelopes", "")),
        files=tuple((file_part(n), one) for n, one in enumerate(files, start=1)),
        identity=identity,
    )


def _envelopes(text: str) -> tuple[filing.SealedEnvelope, ...]:
    try:
        return tuple(
            filing.SealedEnvelope(
                key=UUID(one["key"]), kind=str(one["kind"]), sealed=bytes.fromhex(one["sealed"])
            )
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotSealed(_NOT_WHOLE) from error


def _files(request: AppRequest) -> list[bytes]:
    if was_too_large(request):
        raise NotSealed(TOO_LARGE)
    return [file.read() for file in request.FILES.getlist("files")]


def _file(request: AppRequest, name: str) -> bytes:
    file = request.FILES.get(name)
    return file.read() if file is not None else b""


def _bytes(request: AppRequest, name: str) -> bytes:
    try:
        return bytes.fromhex(request.POST.get(name, ""))
    except ValueError as error:
        raise NotSealed(_NOT_WHOLE) from error


def _uuid(request: AppRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise NotSealed(_NOT_WHOLE) from error
