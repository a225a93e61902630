"""The level of a risk point: rated with its reasoning, proposed, endorsed (五（三）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.risks import access
from lianfang.risks.actions import rating as actions
from lianfang.risks.forms.rating import AFTER, EndorseForm, RatingForm, initial_of
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries import page
from lianfang.risks.queries import rating as queries
from lianfang.risks.views.addresses import to
from lianfang.scheme.model import Scheme


@require_GET
def rating(request: AppRequest) -> HttpResponse:
    """Show what waits to be rated and to be endorsed, the highest level first (二)."""
    standing = standing_for(request)
    access.get_register_for(standing)
    wanted = "endorse" if request.GET.get("what") == "endorse" else "rate"
    after = request.GET.get("after", "")
    find = queries.to_endorse if wanted == "endorse" else queries.to_rate
    context = {"waiting": find(standing, after), "wanted": wanted, "after": after}
    return render_page(request, "risks/rating.html", context)


@both
def rate(request: AppRequest, risk_id: int) -> HttpResponse:
    """Answer the scheme's questions, see the level grow from them, and propose one."""
    standing = standing_for(request)
    risk = access.get_risk_to_rate(standing, risk_id)
    scheme = page.scheme_in_force(standing)
    form = RatingForm(**bound(request), scheme=scheme, initial=initial_of(risk))
    more = _reckoned(risk, form, scheme)
    if "count" in request.POST:
        return render_page(request, "risks/rate.html", {"form": form, **more})
    is_proposed = "propose" in request.POST
    return act(
        request,
        form,
        lambda: actions.rate_risk(
            risk=risk,
            scores=form.scores(),
            after=form.scores(AFTER),
            level=form.cleaned_data["level"] if is_proposed else None,
            reason=form.cleaned_data["reason"] if is_proposed else "",
            proposer=page.asker(standing),
            scheme=scheme,
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("评定等级"),
        then=to("risk", risk.pk),
        page="risks/rate.html",
        more=more,
    )


@require_GET
def rate_reckoned(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show what the rules make of the answers in the address, as far as they go."""
    standing = standing_for(request)
    risk = access.get_risk_to_rate(standing, risk_id)
    scheme = page.scheme_in_force(standing)
    form = RatingForm(request.GET, scheme=scheme)
    context = _reckoned(risk, form, scheme)
    return render_page(request, "risks/reckoned.html", context, fragment="risks/_opinion.html")


@both
def risk_endorse(request: AppRequest, risk_id: int) -> HttpResponse:
    """Endorse the level that somebody else proposed, or another one with a reason."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id, to="endorse")
    scheme = page.scheme_in_force(standing)
    initial = {"level": risk.endorsed or risk.proposed, "version": risk.version}
    form = EndorseForm(**bound(request), scheme=scheme, initial=initial)
    return act(
        request,
        form,
        lambda: actions.endorse_level(
            risk=risk,
            **form.cleaned_data,
            endorser=page.asker(standing),
            scheme=scheme,
            by=request.user,
            at=request.at,
        ),
        title=pgettext("action", "审核等级"),
        then=to("risk", risk.pk),
        page="risks/endorse.html",
        more={
            "risk": risk,
            "shown": page.risk_shown(risk, scheme),
            "view": page.opinion_shown(risk, scheme),
            "clause": actions.CLAUSE,
        },
    )


def _reckoned(risk: RiskPoint, form: RatingForm, scheme: Scheme) -> dict[str, object]:
    """Return the risk point and what the rules make of the answers in the form."""
    return {
        "risk": risk,
        "view": page.opinion_shown(risk, scheme, form.scores(), form.scores(AFTER)),
        "proposing": form["level"].value() or "",
    }
