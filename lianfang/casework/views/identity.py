"""Asking who sent a signed report; a witness consents or refuses; the asker opens."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.casework import access
from lianfang.casework.actions import identity as asking
from lianfang.casework.forms.cases import ReasonForm, WhyForm
from lianfang.casework.forms.sealed import HalfSent
from lianfang.casework.models import IdentityAsk
from lianfang.casework.models.cases import mark_of
from lianfang.casework.queries.reports import key_told, said
from lianfang.casework.queries.todos import asks_listed
from lianfang.casework.views.sealed import CLAUSE, PAGE, sealed_page, taken
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.portal.models import Envelope


@both
def ask_identity(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Ask who sent a signed report, for a reason."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    own = access.own_key(standing)
    form = WhyForm(**bound(request))
    return act(
        request,
        form,
        lambda: asking.ask_identity(
            report=found,
            key=own,
            **form.cleaned_data,
            officer=request.user.person,
            by=request.user,
            at=request.at,
        ),
        title=_("申请查看举报人身份"),
        sub=mark_of(found.pk),
        clause=CLAUSE,
        then=reverse("casework:report", args=[report_id]),
        said=_("已申请，等待见证人答复。"),
    )


@require_POST
def identity(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Give the script both halves and the sealed identity, and note that it is opened."""
    standing = standing_for(request)
    found = access.get_sealed_for(standing, report_id)
    ask = access.get_consented_ask(standing, found)
    half = access.envelope_of(standing, found, Envelope.Kind.IDENTITY_A)
    asking.open_identity(ask=ask, officer=request.user.person, by=request.user, at=request.at)
    return JsonResponse(
        {
            "identity": said(found.identity),
            "one": said(half.sealed) if half else "",
            "other": said(ask.half),
        }
    )


@require_GET
def witnessing(request: AppRequest) -> HttpResponse:
    """List what others ask of somebody as a witness."""
    standing = standing_for(request)
    access.require_key_holder(standing)
    context: dict[str, object] = {
        "page": Paginator(asks_listed(access.asks_to_witness(standing)), PAGE).get_page(
            request.GET.get("page")
        ),
        "clause": CLAUSE,
    }
    return render_page(request, "casework/witnessing.html", context)


@require_GET
def ask(request: AppRequest, ask_id: int) -> HttpResponse:
    """Show a witness what is asked; their script gives the half away."""
    standing = standing_for(request)
    found = access.get_ask_for(standing, ask_id)
    half = access.envelope_of(standing, found.report, Envelope.Kind.IDENTITY_B)
    context: dict[str, object] = {
        "ask": found,
        "may_consent": half is not None and found.state == IdentityAsk.State.ASKED,
    }
    data = {
        "key": key_told(access.own_key(standing)),
        "sealed": said(half.sealed) if half else "",
        "to": said(found.key.public_key),
        "urls": {"consent": reverse("casework:ask-consent", args=[found.pk])},
    }
    return sealed_page(request, "casework/ask.html", context, data=data)


@require_POST
def ask_consent(request: AppRequest, ask_id: int) -> HttpResponse:
    """Hand the witness's half to whoever asks."""
    standing = standing_for(request)
    found = access.get_ask_for(standing, ask_id)

    def deed(sent: HalfSent) -> str:
        asking.consent_identity(
            ask=found,
            half=sent.half,
            witness=request.user.person,
            by=request.user,
            at=request.at,
        )
        return reverse("casework:ask", args=[ask_id])

    return taken(request, HalfSent, deed)


@both
def ask_refuse(request: AppRequest, ask_id: int) -> HttpResponse:
    """Refuse what is asked, for a reason."""
    standing = standing_for(request)
    found = access.get_ask_for(standing, ask_id)
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: asking.refuse_identity(
            ask=found,
            **form.cleaned_data,
            witness=request.user.person,
            by=request.user,
            at=request.at,
        ),
        title=_("拒绝查看身份"),
        sub=found.mark,
        clause=CLAUSE,
        then=reverse("casework:ask", args=[ask_id]),
        danger=True,
    )
