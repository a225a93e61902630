"""A unit's filing: complete or not, what the checks say, and the steps on its way."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import checking
from lianfang.cycles.actions import filing as actions
from lianfang.cycles.forms.filing import ConcludeForm, PlaceForm, ReasonForm, SubmitForm
from lianfang.cycles.models import Filing
from lianfang.cycles.queries.board import figures_of
from lianfang.cycles.queries.covering import edition_in_force, findings_of, stored
from lianfang.cycles.queries.filing import (
    conclusions_of,
    decisions_of,
    is_late,
)
from lianfang.cycles.queries.remarks import remarks_of
from lianfang.cycles.queries.revising import revision_shown
from lianfang.cycles.queries.yearly import (
    filling_stage,
    first_tasks,
    since_edition,
    waiting_risks,
)
from lianfang.cycles.rules.states import Mover, acts_in
from lianfang.cycles.views.addresses import to
from lianfang.files.queries import documents_about
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing
from lianfang.risks.access import may_see_who
from lianfang.risks.queries.finding import shares
from lianfang.risks.queries.reviewing import waiting_page

PAGE = 50
# the unit may change its part; nothing more is to be done
OPEN = (Filing.State.NOT_STARTED, Filing.State.DRAFTING, Filing.State.RETURNED)
OVER = (Filing.State.PUBLISHED, Filing.State.SUPERSEDED, Filing.State.DROPPED)


@require_GET
def filing(request: AppRequest, filing_id: int) -> HttpResponse:
    """Show a filing: its figures, its findings by the five checks, who took part, its steps."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id)
    scheme = scheme_of(found.organisation, standing.on)
    groups = findings_of(found, stored(found, standing.on), scheme)
    share = next((one for one in shares(standing) if one.unit.pk == found.unit_id), None)
    may_draft = access.may(standing, found, "draft")
    row = figures_of([found], found.cycle.year, standing, scheme)[0]
    is_over = found.state in OVER
    asks = found.revision is None and not is_over
    since = since_edition(found, standing.on) if asks else None
    context = {
        "filing": found,
        "row": row,
        "groups": groups,
        "errors": sum(group.errors for group in groups),
        "warnings": sum(group.warnings for group in groups),
        "share": share,
        "may_see_who": may_see_who(standing) or access.may_submit(standing, found),
        "remarks": remarks_of(found, scheme),
        "conclusions": conclusions_of(found),
        "decisions": decisions_of(found),
        "history": history_of(found),
        "revision": revision_shown(found, scheme) if found.revision else None,
        "asks": asks,
        "is_over": is_over,
        "is_open": found.state in OPEN,
        "stage": filling_stage(scheme),
        "since": since,
        "tasks": first_tasks(row, groups) if since is None else (),
        "in_force": since.edition if since else edition_in_force(found.unit_id),
        "letters": documents_about(found),
        "may_remind": access.is_office(standing) and is_late(found, standing.on),
        "may_draft": may_draft,
        "may_check": access.may_check(standing, found),
        "is_office": access.is_office(standing),
        "steps": steps_of(standing, found),
    }
    return render_page(request, "cycles/filing.html", context)


@require_GET
def filing_reviews(request: AppRequest, filing_id: int) -> HttpResponse:
    """List the risk points of a filing that nobody changed or went over this year (六（五）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id)
    scheme = scheme_of(found.organisation, standing.on)
    since = since_edition(found, standing.on)
    form = PlaceForm(request.GET)
    after = form.cleaned_data["after"] if form.is_valid() else ""
    context: dict[str, object] = {
        "filing": found,
        "since": since,
        "page": waiting_page(waiting_risks(found, since), scheme, after=after, size=PAGE),
        "is_later": bool(after),
        "may_confirm": access.may(standing, found, "draft"),
        "back": to("filing-reviews", found.pk),
    }
    return render_page(request, "cycles/filing_reviews.html", context)


@require_POST
def start(request: AppRequest, filing_id: int) -> HttpResponse:
    """Begin a filing."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="draft")
    return step(
        request, found, lambda: actions.start_filing(filing=found, by=request.user, at=request.at)
    )


@both
def submit(request: AppRequest, filing_id: int) -> HttpResponse:
    """Submit a filing with a statement; the unit's register is closed then (六（一）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="submit")
    form = SubmitForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.submit_filing(
            filing=found,
            **form.cleaned_data,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("报送填报"),
        crumb=f"{found.title} {found.unit.shown_name}",
        button=_("报送"),
        said=_("已报送。"),
        sub=_("报送后本单位内容锁定，退回、撤回或发布后才能再改。"),
        clause="六（一）",
        then=to("filing", found.pk),
    )


@require_POST
def withdraw(request: AppRequest, filing_id: int) -> HttpResponse:
    """Take a submitted filing back."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="submit")
    return step(
        request,
        found,
        lambda: actions.withdraw_filing(filing=found, by=request.user, at=request.at),
    )


@require_POST
def resume(request: AppRequest, filing_id: int) -> HttpResponse:
    """Draft a returned filing again."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="draft")
    return step(
        request,
        found,
        lambda: actions.resume_filing(
            filing=found,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
    )


@require_POST
def take_up(request: AppRequest, filing_id: int) -> HttpResponse:
    """Take a submitted filing up for checking (六（二）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="check")
    checker = access.asker(standing)
    return step(
        request,
        found,
        lambda: checking.take_up(
            filing=found, checker=checker, on=standing.on, by=request.user, at=request.at
        ),
        then=to("review", found.pk),
    )


@both
def send_back(request: AppRequest, filing_id: int) -> HttpResponse:
    """Return a filing to its unit, with what is to be mended (六（二）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="check")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: checking.return_filing(
            filing=found,
            **form.cleaned_data,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("退回修改"),
        crumb=f"{found.title} {found.unit.shown_name}",
        button=_("退回修改"),
        sub=found.unit.shown_name,
        clause="六（二）",
        then=to("filing", found.pk),
    )


@both
def conclude(request: AppRequest, filing_id: int) -> HttpResponse:
    """Conclude the five checks (六（二）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="check")
    scheme = scheme_of(found.organisation, standing.on)
    form = ConcludeForm(**bound(request), scheme=scheme)
    return act(
        request,
        form,
        lambda: checking.conclude(
            filing=found,
            verdicts={
                code: checking.Verdict(is_met=is_met, text=text)
                for code, (is_met, text) in form.verdicts.items()
            },
            scheme=scheme,
            by=request.user,
            at=request.at,
        ),
        title=_("五项检查结论"),
        crumb=f"{found.title} {found.unit.shown_name}",
        button=_("作出五项结论"),
        sub=found.unit.shown_name,
        clause="六（二）",
        then=to("filing", found.pk),
    )


def step(
    request: AppRequest, found: Filing, deed: Callable[[], object], *, then: str = ""
) -> HttpResponse:
    """Do one step and go on to `then`, with the refusal as a message where there is one.

    `then` is the page of the filing where nothing is said.
    """
    try:
        deed()
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
    else:
        messages.success(request, _("已保存。"))
    return go(request, then or to("filing", found.pk))


def steps_of(standing: Standing, found: Filing) -> frozenset[str]:
    """Return what the asker may do with the filing as it stands."""
    movers = {
        Mover.UNIT: access.may(standing, found, "draft"),
        Mover.OFFICE: access.may_check(standing, found),
    }
    steps = {
        act.value for mover, may in movers.items() if may for act in acts_in(found.state, mover)
    }
    if not access.may_submit(standing, found):
        steps -= {"submit", "withdraw"}
    if not found.has_changes_listed:
        steps.discard("confirm_changes")
    if found.revision is None:
        steps.discard("drop")
    return frozenset(steps)
