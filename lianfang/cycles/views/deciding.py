"""Meetings of the leading group, publication, and the editions that come of it (六（三）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import deciding, publishing
from lianfang.cycles.forms.filing import MeetingForm, PublishForm
from lianfang.cycles.forms.listing import EditionsForm
from lianfang.cycles.models import Decision
from lianfang.cycles.queries.board import PUBLISHING, current_cycle, is_publishing
from lianfang.cycles.queries.meetings import agenda_of, meetings_of
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.filing import step
from lianfang.files.queries import documents_about
from lianfang.jobs import actions as jobs
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.access import require_register
from lianfang.powers.queries.choosing import units_with_powers
from lianfang.register.edition import read_frozen

PAGE = 50


@require_GET
def meetings(request: AppRequest, year: int | None = None) -> HttpResponse:
    """Show a year's meetings with what they decided, and what waits for the next one."""
    standing = standing_for(request)
    require_register(standing)
    cycle = access.get_cycle_for(standing, year) if year else current_cycle(standing)
    if cycle is None:
        return go(request, to("board"))
    context = {
        "cycle": cycle,
        "meetings": meetings_of(cycle),
        "agenda": agenda_of(cycle),
        "agendas": documents_about(cycle),
        "is_office": access.is_office(standing),
    }
    return render_page(request, "cycles/meetings.html", context)


@both
def meeting_add(request: AppRequest, year: int) -> HttpResponse:
    """Record a meeting and what it decided."""
    standing = standing_for(request)
    access.require_office(standing)
    cycle = access.get_cycle_for(standing, year)
    members = list(deciding.members_of(standing.organisation_id, standing.on).values())
    form = MeetingForm(
        **bound(request),
        members=members,
        filings=agenda_of(cycle),
        initial={"held_on": standing.on},
    )
    return act(
        request,
        form,
        lambda: deciding.record_meeting(
            cycle=cycle,
            held_on=form.cleaned_data["held_on"],
            place=form.cleaned_data["place"],
            present=list(form.cleaned_data["present"]),
            votes=_votes(form),
            scheme=scheme_of(cycle.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("记录审议会议"),
        crumb=_("审议会议"),
        sub=_("在单位任职的成员自动回避，不计入应到人数。"),
        clause="六（三）",
        then=to("meetings", cycle.year),
    )


@require_POST
def confirm(request: AppRequest, filing_id: int) -> HttpResponse:
    """Confirm that the changes listed by the group were made."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="check")
    checker = access.asker(standing)
    return step(
        request,
        found,
        lambda: deciding.confirm_changes(
            filing=found, checker=checker, on=standing.on, by=request.user, at=request.at
        ),
    )


@both
def publish(request: AppRequest, filing_id: int) -> HttpResponse:
    """Publish an approved filing as an edition."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="office")
    form = PublishForm(**bound(request), initial={"effective_from": standing.on})
    return act(
        request,
        form,
        lambda: publishing.publish(
            filing=found,
            **form.cleaned_data,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("发布版本"),
        crumb=f"{found.title} {found.unit.shown_name}",
        button=_("发布"),
        sub=_("发布后内容冻结，只能由以后的版本替代，不能修改。"),
        clause="六（三）",
        then=to("filing", found.pk),
    )


@both
def publish_all(request: AppRequest, year: int) -> HttpResponse:
    """Leave the publication of all approved filings of a year to the workers, once."""
    standing = standing_for(request)
    access.require_office(standing)
    cycle = access.get_cycle_for(standing, year)
    form = PublishForm(**bound(request), initial={"effective_from": standing.on})

    def start() -> None:
        if not is_publishing(cycle):
            jobs.start(
                kind=PUBLISHING,
                by=request.user,
                organisation=standing.organisation_id,
                at=request.at,
                arguments={
                    "cycle": cycle.pk,
                    "effective_from": form.cleaned_data["effective_from"].isoformat(),
                },
            )

    return act(
        request,
        form,
        start,
        title=_("发布审议通过的填报"),
        crumb=_("年度工作"),
        button=_("发布"),
        sub=_("每个单位单独写入；进度见“后台任务”，中断后可以再来一次。"),
        clause="六（三）",
        then=to("board"),
    )


@require_GET
def editions(request: AppRequest) -> HttpResponse:
    """Show the editions of every unit, the newest first, fifty on a page."""
    standing = standing_for(request)
    require_register(standing)
    form = EditionsForm(request.GET)
    rows = access.editions_visible_to(standing).select_related("unit").defer("content")
    if form.unit_asked:
        rows = rows.filter(unit=form.unit_asked)
    if form.is_current:
        rows = rows.filter(superseded_on=None)
    ordered = rows.order_by("unit__order", "unit__code", "-year", "-serial")
    page = form.number
    found = list(ordered[(page - 1) * PAGE : page * PAGE + 1])
    context: dict[str, object] = {
        "editions": found[:PAGE],
        "form": form,
        "units": units_with_powers(standing),
        "newer": form.address(page - 1) if page > 1 else "",
        "older": form.address(page + 1) if len(found) > PAGE else "",
    }
    return render_page(request, "cycles/editions.html", context)


@require_GET
def edition(request: AppRequest, edition_id: int) -> HttpResponse:
    """Show an edition as it was published, with what proves it."""
    standing = standing_for(request)
    found = access.get_edition_for(standing, edition_id)
    frozen = read_frozen(found.content.encode())
    rows = access.editions_visible_to(standing).filter(unit=found.unit).exclude(pk=found.pk)
    context = {
        "others": list(rows.defer("content").order_by("-year", "-serial")),
        "forms": [
            ("measures", _("措施表")),
            ("catalogue", _("职权目录")),
            ("matrix", _("岗责矩阵")),
        ],
        "kinds": ["pdf", "xlsx", "docx"],
        "edition": found,
        "frozen": frozen,
        "posts": {post.id: post.name for post in frozen.register.posts},
        "powers": frozen.register.powers,
        "risks": frozen.register.risks,
    }
    return render_page(request, "cycles/edition.html", context)


@require_GET
def edition_file(request: AppRequest, edition_id: int) -> HttpResponse:
    """Send an edition as the file that `lianfang edition verify` reads anywhere."""
    found = access.get_edition_for(standing_for(request), edition_id)
    name = f"{found.unit.code}-{found.number}.json"
    return HttpResponse(
        found.content.encode(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _votes(form: MeetingForm) -> list[deciding.Vote]:
    said = form.cleaned_data
    return [
        deciding.Vote(
            filing=filing,
            outcome=Decision.Outcome(said[f"outcome-{filing.pk}"]),
            changes=said[f"changes-{filing.pk}"],
            approving=list(said[f"approving-{filing.pk}"]),
        )
        for filing in form.filings
        if said[f"outcome-{filing.pk}"]
    ]
