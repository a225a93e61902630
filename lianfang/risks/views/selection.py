"""What is done with several risk points of a list at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.setup import organisation_of
from lianfang.risks.access import get_selection_for
from lianfang.risks.actions.classifying import CLAUSE, classify
from lianfang.risks.forms.selection import ClassifyForm, versions_in
from lianfang.risks.views.addresses import to


@require_POST
def select(request: AppRequest) -> HttpResponse:
    """Lead from a list to the page on which the chosen rows are classified."""
    versions = versions_in(request.POST.getlist("risk"))
    get_selection_for(standing_for(request), versions)
    if not versions:
        return _without_any(request)
    chosen = urlencode([("risk", f"{key}-{version}") for key, version in versions.items()])
    return HttpResponseRedirect(f"{to('classify')}?{chosen}")


def _without_any(request: AppRequest) -> HttpResponse:
    messages.warning(request, _("请先勾选要归类的风险点。"))
    return HttpResponseRedirect(to("register"))


def _chosen(codes: list[str]) -> str:
    said = ngettext("%(count)s 个风险点：%(codes)s", "%(count)s 个风险点：%(codes)s", len(codes))
    return said % {"count": len(codes), "codes": _("、").join(codes)}


@both
def classify_selected(request: AppRequest) -> HttpResponse:
    """Set the focus area and add aspects, for all that were chosen."""
    standing = standing_for(request)
    versions = versions_in(request.GET.getlist("risk"))
    risks = get_selection_for(standing, versions)
    if not risks:
        return _without_any(request)
    form = ClassifyForm(**bound(request), scheme=written_scheme(standing.scheme))
    return act(
        request,
        form,
        lambda: classify(
            organisation=organisation_of(standing),
            versions=versions,
            focus=form.chosen_focus,
            aspects=form.cleaned_data["aspects"],
            by=request.user,
            at=request.at,
        ),
        title=_("归类所选风险点"),
        crumb=_("风险清册"),
        sub=_chosen([risk.code for risk in risks]),
        clause=CLAUSE,
        then=to("register"),
    )
