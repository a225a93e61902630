"""Where the office looks at what would be public, publishes it, withholds and releases powers."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.setup import organisation_of
from lianfang.public import access
from lianfang.public.actions.publishing import publish_catalogue
from lianfang.public.actions.withholding import release_power, withhold_power
from lianfang.public.forms import PublishForm, ReasonForm
from lianfang.public.queries.catalogue import names_of
from lianfang.public.queries.preview import preview_of, publications_of
from lianfang.public.rules.cards import CLAUSE
from lianfang.public.words import PARTS

_PAGE = "disclosure:preview"


@require_GET
def preview(request: AppRequest) -> HttpResponse:
    """Show what would be published, how it differs from what is public, and what stays out."""
    standing = standing_for(request)
    access.require_collecting(standing)
    organisation = organisation_of(standing)
    found = preview_of(organisation, standing.on)
    context: dict[str, object] = {
        "preview": found,
        "lines": [
            (
                line,
                [PARTS[name] for name in line.fields],
                found.keys.get(line.card.code),
                *names_of(line.card),
            )
            for line in found.lines
        ],
        "cards": [(card, found.keys[card.code], *names_of(card)) for card in found.cards],
        "named": [(one.name, *names_of(one.card)) for one in found.named],
        "past": publications_of(organisation),
        "may_decide": access.is_office(standing),
        "organisation": organisation,
    }
    return render_page(request, "public/preview.html", context)


@both
def publish(request: AppRequest) -> HttpResponse:
    """Publish what the preview showed."""
    standing = standing_for(request)
    access.require_office(standing)
    organisation = organisation_of(standing)
    found = preview_of(organisation, standing.on)
    now = found.current
    form = PublishForm(
        **bound(request),
        initial={
            "seen": found.digest,
            "contact": now.contact if now else "",
            "contact_en": now.contact_en if now else "",
        },
    )
    return act(
        request,
        form,
        lambda: publish_catalogue(
            organisation=organisation,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("公布职权目录"),
        sub=_("公布 %(powers)s 项职权，有 %(changes)s 处与现在公开的不同。公布后任何人都能看到。")
        % {"powers": len(found.cards), "changes": len(found.lines)},
        clause=CLAUSE,
        then=reverse(_PAGE),
        said=_("已公布。"),
        button=_("公布"),
    )


@both
def withhold(request: AppRequest, power_id: int) -> HttpResponse:
    """Keep a power from the public."""
    standing = standing_for(request)
    found = access.get_power_to_withhold(standing, power_id)
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: withhold_power(
            power=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("不公开“%(power)s”") % {"power": found.shown_name},
        sub=_("已经公开的，立即从公开页面撤下；理由和日期存档。"),
        clause=CLAUSE,
        then=reverse(_PAGE),
        danger=True,
        button=_("不公开"),
    )


@both
def release(request: AppRequest, withholding_id: int) -> HttpResponse:
    """Withhold a power no longer."""
    standing = standing_for(request)
    found = access.get_withholding_to_end(standing, withholding_id)
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: release_power(
            withholding=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("恢复公开“%(power)s”") % {"power": found.power.shown_name},
        sub=_("下一次公布时出现在公开页面。"),
        clause=CLAUSE,
        then=reverse(_PAGE),
    )
