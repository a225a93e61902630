"""With the receipt: how far it has come, what the office asks, more facts, the proof of filing."""

import base64
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now
from lianfang.portal import access
from lianfang.portal.forms.report import FurtherForm, ReceiptForm
from lianfang.portal.models import PortalSetup, SealedReport
from lianfang.portal.queries.conversation import Conversation, conversation_of
from lianfang.portal.queries.slips import slip_of
from lianfang.portal.uploading import was_too_large
from lianfang.portal.views.public import organisation_and_day, public, render_public
from lianfang.portal.views.sealing import TOO_LARGE, add_in_memory, derived, opened
from lianfang.sealing.parts import CannotOpen
from lianfang.sealing.receipts import Derived


@public
@require_http_methods(["GET", "POST"])
def follow(request: AppRequest, code: str) -> HttpResponse:
    """Ask for the receipt; without JavaScript, show what it leads to, and take more facts."""
    organisation, day = organisation_and_day(request, code)
    setup = access.setup_of(organisation)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    own = derived(form.cleaned_data["receipt"], setup) if form.is_valid() else None
    report = access.report_of_receipt(organisation, own.token) if own else None
    if report is None or own is None:
        if own is not None:
            form.add_error("receipt", _("没有找到。请核对 16 位数字；刚提交的请稍等再试。"))
        status = REFUSED if form.is_bound else 200
        context = {"form": form, "setup": setup, "further": FurtherForm(**_limits(setup))}
        return render_public(
            request, "portal/follow.html", organisation, context, seals=True, status=status
        )
    action = request.POST.get("action")
    if action == "slip":
        return slip_file(slip_of(organisation, report))
    further = FurtherForm(*_sent(request, action), **_limits(setup))
    added = action == "add" and _added(request, further, report, own, day)
    context = {
        "setup": setup,
        "receipt": form.cleaned_data["receipt"],
        "case": _read(conversation_of(report), own),
        "further": FurtherForm(**_limits(setup)) if added else further,
        "added": added,
    }
    status = REFUSED if action == "add" and not added else 200
    return render_public(request, "portal/case.html", organisation, context, status=status)


def slip_file(slip: dict[str, Any]) -> HttpResponse:
    """Answer with a slip as a file to keep."""
    return HttpResponse(
        json.dumps(slip, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="filing-{slip["on"]}.json"'},
    )


def _limits(setup: PortalSetup) -> dict[str, int]:
    return {"most_files": setup.most_files, "file_mb": setup.file_mb}


def _sent(request: AppRequest, action: str | None) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if action == "add" else ()


def _added(
    request: AppRequest, form: FurtherForm, report: SealedReport, own: Derived, day: Any
) -> bool:
    if was_too_large(request):
        form.add_error("attached", TOO_LARGE.in_(language_now()))
    if not form.is_valid():
        return False
    try:
        add_in_memory(report, own, form, day, request.at)
    except Refused as refused:
        form.add_error(None, refused.sentence(language_now()))
        return False
    return True


def _read(case: Conversation, own: Derived) -> Conversation:
    """Open the answers in memory, for a page without JavaScript."""
    letters = []
    for letter in case.letters:
        text = ""
        if letter.sealed:
            with suppress(CannotOpen):
                text = opened(base64.b64decode(letter.sealed), case.report.pk, letter.id, own)
        letters.append(replace(letter, text=text, sealed=""))
    return replace(case, letters=tuple(letters))
