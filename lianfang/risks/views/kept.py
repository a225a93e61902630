"""Lists that somebody keeps."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.common.acting import act, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.risks.access import get_view_for
from lianfang.risks.actions.keeping import delete_view, save_view
from lianfang.risks.forms.lists import ViewForm, address, without
from lianfang.risks.views.addresses import to
from lianfang.risks.views.asking import asked_in


@require_POST
def view_save(request: AppRequest) -> HttpResponse:
    """Keep the list that was shown under a name."""
    query = request.POST.get("query", "")
    asked = asked_in(request, QueryDict(query))
    kept = address(without(asked.pairs, "density"))[1:]
    form = ViewForm(**bound(request))
    return act(
        request,
        form,
        lambda: save_view(
            owner=request.user,
            organisation=asked.standing.organisation_id,
            name=form.cleaned_data["name"],
            query=kept,
            by=request.user,
            at=request.at,
        ),
        title=_("存为视图"),
        crumb=_("风险清册"),
        then=f"{to('register')}?{kept}",
    )


@require_POST
def view_delete(request: AppRequest, view_id: int) -> HttpResponse:
    """Give up a kept list."""
    standing = standing_for(request)
    view = get_view_for(standing, view_id)
    organisation = standing.organisation_id
    delete_view(view=view, organisation=organisation, by=request.user, at=request.at)
    messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    return HttpResponseRedirect(to("register"))
