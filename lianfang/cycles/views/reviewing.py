"""Checking: what waits for it, one filing beside what was before, who does it (六（二）)."""

from collections.abc import Mapping

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.actions.naming import name_checker
from lianfang.cycles.forms.checking import CheckerForm, ReviewForm
from lianfang.cycles.models import Filing
from lianfang.cycles.queries import covering, reviewing
from lianfang.cycles.queries.board import current_cycle
from lianfang.cycles.queries.covering import edition_in_force
from lianfang.cycles.queries.filing import conclusions_of
from lianfang.cycles.queries.queue import STATES, queue_of
from lianfang.cycles.queries.remarks import remarks_of
from lianfang.cycles.rules.states import NAMED
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.filing import steps_of
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme


@require_GET
def reviews(request: AppRequest) -> HttpResponse:
    """Show what waits to be checked this year."""
    standing = standing_for(request)
    access.require_office(standing)
    cycle = current_cycle(standing)
    if cycle is None:
        return go(request, to("board"))
    state = request.GET.get("state", "")
    labels = dict(Filing.State.choices)
    context = {
        "cycle": cycle,
        "queue": queue_of(cycle, standing, state),
        "state": state if state in STATES else "",
        "states": [(code.value, labels[code]) for code in STATES],
        "me": standing.person_id,
    }
    return render_page(request, "cycles/reviews.html", context)


@require_GET
def review(request: AppRequest, filing_id: int) -> HttpResponse:
    """Show a filing beside the edition in force or an earlier submission, with what was asked."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id)
    scheme = scheme_of(found.organisation, standing.on)
    whole = covering.stored(found, standing.on)
    asked = ReviewForm(request.GET).asked
    submissions = covering.submissions_of(found)
    edition = edition_in_force(found.unit_id)
    against = reviewing.against_of(found, edition, submissions, asked.against)
    remarks = remarks_of(found, scheme)
    shown = reviewing.review_of(
        found.unit,
        covering.covered(found, whole),
        against,
        remarks,
        asked,
        scheme=scheme,
        on=standing.on,
        language=language_now(),
    )
    context = {
        "filing": found,
        "review": shown,
        "against": against,
        "edition": edition,
        "submissions": submissions,
        "asked": asked,
        "more": reviewing.PAGE,
        "links": _links(request.GET, shown.counts),
        "checks": reviewing.checks_of(covering.findings_of(found, whole, scheme), remarks),
        "may_comment": access.is_asked(standing, found),
        "still": sum(group.open for group in remarks),
        **_panel(standing, found, scheme),
    }
    return render_page(request, "cycles/review.html", context)


@require_GET
def submission(request: AppRequest, filing_id: int, round: int) -> HttpResponse:
    """Show what a unit submitted the so-manieth time, as it was."""
    standing = standing_for(request)
    found = access.get_submission_for(standing, filing_id, round)
    asked = ReviewForm(request.GET).asked
    shown = reviewing.review_of(
        found.filing.unit,
        covering.submitted(found),
        None,
        (),
        asked,
        scheme=scheme_of(found.filing.organisation, standing.on),
        on=standing.on,
        language=language_now(),
    )
    context = {
        "filing": found.filing,
        "submission": found,
        "review": shown,
        "asked": asked,
        "more": reviewing.PAGE,
        "links": _links(request.GET, shown.counts),
    }
    return render_page(request, "cycles/submission.html", context)


@both
def checker(request: AppRequest, filing_id: int) -> HttpResponse:
    """Name who checks a filing; once it was taken up, with a reason."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="office")
    form = CheckerForm(
        **bound(request),
        people=access.people_to_name(standing, found),
        is_taken_up=found.taken_up_at is not None,
        initial={"person": found.checker_id},
    )
    return act(
        request,
        form,
        lambda: name_checker(
            filing=found,
            person=form.cleaned_data["person"],
            reason=form.cleaned_data.get("reason", ""),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("指定审核人：%(unit)s") % {"unit": found.unit.shown_name},
        crumb=_("审核") + f" {found.unit.shown_name}",
        sub=_("可以是其他单位的人员；在被审单位任职的人员及其上级单位的负责人应当回避。"),
        clause="六（二）",
        then=to("review", found.pk),
    )


def _panel(standing: Standing, found: Filing, scheme: Scheme) -> dict[str, object]:
    """Return what the panel of the conclusion says and offers."""
    may_check, made = access.may_check(standing, found), conclusions_of(found)
    return {
        "steps": steps_of(standing, found),
        "may_check": may_check,
        "may_ask": may_check and found.state == Filing.State.IN_CHECK,
        "may_draft": access.may(standing, found, "draft"),
        "is_office": access.is_office(standing),
        "may_name": found.state in NAMED,
        "is_recused": found.unit_id in standing.units | standing.headed,
        "checker_units": reviewing.units_of(found.checker, standing.on),
        "conclusions": [
            (check, made[check.code]) for check in scheme.checks.five if check.code in made
        ],
    }


def _links(sent: QueryDict, counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Return what else may be shown: its code, how many there are, and its address."""
    links = []
    for code, count in counts.items():
        query = sent.copy()
        query.pop("shown", None)
        query["show"] = code
        links.append((code, count, f"?{query.urlencode()}"))
    return links
