"""The library of regulations: the list, one regulation, and what changes it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.sending import download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import posts_visible_to, require, standing_for
from lianfang.org.queries.setup import organisation_of
from lianfang.powers import actions
from lianfang.powers.access import (
    KEEPS_RULES,
    get_regulation_for,
    keeps_library,
    regulations_visible_to,
    require_register,
)
from lianfang.powers.forms.filters import LibraryFilter, asked_rules
from lianfang.powers.forms.regulations import (
    FileForm,
    RegulationForm,
    RetireForm,
    StateForm,
    initial_of,
    values_of,
)
from lianfang.powers.models import Regulation
from lianfang.powers.queries.regulations import (
    bases_on,
    find_regulations,
    measures_on,
    risks_on,
)
from lianfang.powers.rules.states import NEXT
from lianfang.powers.views.addresses import to, without
from lianfang.register.model import RegulationState


@require_GET
def library(request: AppRequest) -> HttpResponse:
    """List the regulations, narrowed by words and state."""
    standing = standing_for(request)
    require_register(standing)
    asked = asked_rules(LibraryFilter(request.GET))
    context = {
        "page": find_regulations(regulations_visible_to(standing), standing, asked),
        "asked": asked,
        "states": Regulation.State.choices,
        "is_narrowed": bool(asked.words or asked.state or asked.unused),
        "query": without(request, "after"),
        "may_edit": keeps_library(standing),
    }
    return render_page(request, "powers/regulations.html", context)


@require_GET
def regulation(request: AppRequest, regulation_id: int) -> HttpResponse:
    """Show a regulation, its state and file, and who depends on it."""
    standing = standing_for(request)
    rule = get_regulation_for(standing, regulation_id)
    may_edit = keeps_library(standing) and rule.in_use(standing.on)
    context = {
        "rule": rule,
        "bases": bases_on(rule, standing.on),
        "measures": measures_on(rule),
        "risks": risks_on(rule),
        "history": history_of(rule),
        "today": standing.on,
        "may_edit": may_edit,
        "may_move": may_edit and bool(NEXT[RegulationState(rule.state)]),
    }
    return render_page(request, "powers/regulation.html", context)


@both
def regulation_add(request: AppRequest) -> HttpResponse:
    """Enter a regulation."""
    standing = standing_for(request)
    require_register(standing)
    require(standing, *KEEPS_RULES)
    posts = posts_visible_to(standing).filter(retired_on=None)
    form = RegulationForm(**bound(request), posts=posts, initial={"state": "in_force"})
    made: list[Regulation] = []
    answer = act(
        request,
        form,
        lambda: made.append(
            actions.create_regulation(
                organisation=organisation_of(standing),
                values=values_of(form),
                by=request.user,
                at=request.at,
            )
        ),
        title=_("登记制度"),
        crumb=_("制度库"),
        clause="五（一）1",
        then=to("regulations"),
    )
    return go(request, to("regulation", made[0].pk)) if made else answer


@both
def regulation_edit(request: AppRequest, regulation_id: int) -> HttpResponse:
    """Change a regulation, all but its state."""
    standing = standing_for(request)
    rule = get_regulation_for(standing, regulation_id, to="edit")
    posts = posts_visible_to(standing).filter(retired_on=None)
    form = RegulationForm(**bound(request), posts=posts, regulation=rule, initial=initial_of(rule))
    return act(
        request,
        form,
        lambda: actions.change_regulation(
            regulation=rule,
            values=values_of(form),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改制度"),
        sub=f"{rule.code} {rule.shown_name}",
        crumb=rule.shown_name,
        clause="五（一）1",
        then=to("regulation", rule.pk),
    )


@both
def regulation_state(request: AppRequest, regulation_id: int) -> HttpResponse:
    """Bring a regulation into force, or out of it."""
    standing = standing_for(request)
    rule = get_regulation_for(standing, regulation_id, to="edit")
    shown = {"on": standing.on, "version": rule.version}
    form = StateForm(**bound(request), regulation=rule, initial=shown)
    return act(
        request,
        form,
        lambda: actions.move_regulation(
            regulation=rule,
            state=RegulationState(form.cleaned_data["state"]),
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("变更状态"),
        sub=f"{rule.code} {rule.shown_name}",
        crumb=rule.shown_name,
        clause="七（二）",
        then=to("regulation", rule.pk),
    )


@both
def regulation_file(request: AppRequest, regulation_id: int) -> HttpResponse:
    """Attach the text of a regulation."""
    standing = standing_for(request)
    rule = get_regulation_for(standing, regulation_id, to="edit")
    form = FileForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: actions.attach_file(
            regulation=rule,
            chunks=form.cleaned_data["file"].chunks(),
            name=form.cleaned_data["file"].name,
            by=request.user,
            at=request.at,
        ),
        title=_("上传制度文件"),
        sub=f"{rule.code} {rule.shown_name}",
        crumb=rule.shown_name,
        then=to("regulation", rule.pk),
    )


@require_GET
def regulation_download(request: AppRequest, regulation_id: int) -> HttpResponseBase:
    """Send the text of a regulation."""
    rule = get_regulation_for(standing_for(request), regulation_id)
    if rule.attachment is None:
        raise Http404
    return download(rule.attachment)


@both
def regulation_retire(request: AppRequest, regulation_id: int) -> HttpResponse:
    """Take a wrong entry out of the library."""
    standing = standing_for(request)
    rule = get_regulation_for(standing, regulation_id, to="edit")
    form = RetireForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.retire_regulation(
            regulation=rule, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("停用制度"),
        sub=f"{rule.code} {rule.shown_name}",
        crumb=rule.shown_name,
        then=to("regulation", rule.pk),
        danger=True,
    )
