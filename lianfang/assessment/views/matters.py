"""Who may have to answer, with the facts; matters from opening to appeal (五（七）2)."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts.access import alerts_counted_for
from lianfang.assessment.access import matters as access
from lianfang.assessment.access import tasks_visible_to
from lianfang.assessment.actions import holding
from lianfang.assessment.exchange.papers import PAPERS
from lianfang.assessment.forms.matters import (
    AppealAnswerForm,
    AppealForm,
    DecideForm,
    HearingForm,
    OpenMatterForm,
)
from lianfang.assessment.forms.sheets import ReasonForm
from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.accountability import candidates_in, matters_in, named
from lianfang.assessment.queries.papers import letter_paper
from lianfang.assessment.queries.rows import shown_rows
from lianfang.assessment.rules.accountability import Candidate
from lianfang.assessment.rules.figures.model import Row
from lianfang.assessment.rules.states import MatterAct, matter_after
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download, download
from lianfang.org.access import standing_for
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register
from lianfang.scheme.model import AccountabilityKind

CLAUSE = "五（七）2"
_TO = {
    MatterAct.HEAR: "keep",
    MatterAct.DISMISS: "keep",
    MatterAct.CLOSE: "keep",
    MatterAct.DECIDE: "decide",
    MatterAct.ANSWER: "decide",
    MatterAct.APPEAL: "appeal",
}


@require_GET
def matters(request: AppRequest) -> HttpResponse:
    """List the candidates of a year, for those who keep matters, and the matters one may see."""
    standing = standing_for(request)
    require_register(standing)
    year = _year(request, standing)
    organisation = organisation_of(standing)
    keeps = access.keeps(standing)
    found = _found(standing, year) if keeps else []
    context: dict[str, object] = {
        "year": year,
        "years": [one for one in (year + 1, year, year - 1) if one <= standing.on.year],
        "keeps": keeps,
        "candidates": named(access.candidates_for(standing, found)),
        "matters": matters_in(access.matters_visible_to(standing), year),
        "kinds": _kinds(organisation, standing),
    }
    return render_page(request, "assessment/matters.html", context)


@require_GET
def candidate(request: AppRequest, year: int, key: str) -> HttpResponse:
    """Show a candidate with the facts that make it one."""
    standing = standing_for(request)
    found, organisation = _candidate(standing, year, key)
    kind = _kinds(organisation, standing)[found.kind]
    context: dict[str, object] = {
        "candidate": named([found])[0],
        "year": year,
        "kind": kind,
        "grounds": [text for place, text in enumerate(kind.grounds) if place in found.grounds],
        "shown": shown_rows(standing, found.rows, tasks_visible_to(standing)),
    }
    return render_page(request, "assessment/candidate.html", context)


@both
def candidate_open(request: AppRequest, year: int, key: str) -> HttpResponse:
    """Take up a candidate."""
    standing = standing_for(request)
    found, organisation = _candidate(standing, year, key)
    form = OpenMatterForm(**bound(request))
    made: list[Accountability] = []

    def opened() -> None:
        made.append(
            holding.open_matter(
                organisation=organisation,
                candidate=found,
                facts=form.cleaned_data["facts"],
                year=year,
                scheme=scheme_of(organisation, standing.on),
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        opened,
        title=_("启动责任追究"),
        clause=CLAUSE,
        then=reverse("assessment:candidate", args=[year, key]),
        after=lambda: to_matter(made[0].pk),
        danger=True,
    )


@both
def candidate_dismiss(request: AppRequest, year: int, key: str) -> HttpResponse:
    """Dismiss a candidate for a reason."""
    standing = standing_for(request)
    found, organisation = _candidate(standing, year, key)
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: holding.dismiss_candidate(
            organisation=organisation,
            candidate=found,
            reason=form.cleaned_data["reason"],
            year=year,
            scheme=scheme_of(organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("不予追究"),
        sub=_("写明理由后，这条线索不再列出，记录保留。"),
        clause=CLAUSE,
        then=reverse("assessment:candidate", args=[year, key]),
        after=lambda: f"{reverse('assessment:matters')}?year={year}",
        danger=True,
    )


@require_GET
def matter(request: AppRequest, matter_id: int) -> HttpResponse:
    """Show a matter: facts, hearing, decision, effect, appeal."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id)
    kind = _kinds(found.organisation, standing)[found.kind]
    rows = msgspec.convert(found.rows, tuple[Row, ...])
    context: dict[str, object] = {
        "matter": found,
        "kind": kind,
        "grounds": [text for place, text in enumerate(kind.grounds) if place in found.grounds],
        "shown": shown_rows(standing, rows, tasks_visible_to(standing)),
        "letter": access.letter_for(standing, found),
        "may": {
            one.value: matter_after(found.state, one) is not None
            and access.may_with_matter(standing, found, _TO[one])  # type: ignore[arg-type]
            for one in MatterAct
        },
        "history": history_of(found),
    }
    return render_page(request, "assessment/matter.html", context)


@both
def hear(request: AppRequest, matter_id: int) -> HttpResponse:
    """Record what the person said."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="keep")
    form = HearingForm(**bound(request), initial={"heard_on": standing.on})
    return _answered(
        request,
        form,
        lambda: holding.record_hearing(
            matter=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("登记本人陈述"),
    )


@both
def decide(request: AppRequest, matter_id: int) -> HttpResponse:
    """Decide about a matter; the letter is issued."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="decide")
    form = DecideForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: holding.decide_matter(
            matter=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("作出决定"),
        danger=True,
    )


@both
def dismiss(request: AppRequest, matter_id: int) -> HttpResponse:
    """Dismiss a matter that was opened."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="keep")
    form = ReasonForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: holding.dismiss_matter(
            matter=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("不予追究"),
        danger=True,
    )


@both
def appeal(request: AppRequest, matter_id: int) -> HttpResponse:
    """Appeal against a decision about oneself."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="appeal")
    form = AppealForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: holding.appeal_matter(
            matter=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("提出申诉"),
    )


@both
def appeal_answer(request: AppRequest, matter_id: int) -> HttpResponse:
    """Answer an appeal."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="decide")
    form = AppealAnswerForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: holding.answer_appeal(
            matter=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("答复申诉"),
    )


@both
def close(request: AppRequest, matter_id: int) -> HttpResponse:
    """Close a matter against which nobody appealed."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id, to="keep")
    return _answered(
        request,
        Form(**bound(request)),
        lambda: holding.close_matter(matter=found, on=standing.on, by=request.user, at=request.at),
        found,
        _("办结责任追究"),
        danger=True,
    )


@require_GET
def letter(request: AppRequest, matter_id: int, form: str) -> HttpResponseBase:
    """Send the letter: the PDF as it was issued, or its text as a Word file."""
    standing = standing_for(request)
    found = access.get_matter_for(standing, matter_id)
    issued = access.letter_for(standing, found)
    if issued is None or found.decided_on is None:
        raise Http404
    if form == "pdf":
        return download(issued.attachment)
    scheme = scheme_of(found.organisation, found.opened_on)
    paper = letter_paper(found, scheme, found.decided_on)
    return as_download(PAPERS[form](paper(issued.mark)), f"{issued.mark}{issued.title}.{form}")


def to_matter(matter_id: int) -> str:
    """Return the address of a matter's page."""
    return reverse("assessment:matter", args=[matter_id])


def _answered(
    request: AppRequest,
    form: Form,
    deed: Callable[[], Any],
    matter: Accountability,
    title: str,
    *,
    danger: bool = False,
) -> HttpResponse:
    return act(
        request,
        form,
        deed,
        title=title,
        sub=matter.person.shown_name,
        clause=matter.clause,
        then=to_matter(matter.pk),
        danger=danger,
    )


def _candidate(standing: Standing, year: int, key: str) -> tuple[Candidate, Organisation]:
    access.require_keeping(standing)
    found = _found(standing, year)
    return access.candidate_for(standing, found, key), organisation_of(standing)


def _found(standing: Standing, year: int) -> list[Candidate]:
    return candidates_in(
        standing.organisation_id, year, standing.on, among=alerts_counted_for(standing)
    )


def _kinds(organisation: Organisation, standing: Standing) -> dict[str, AccountabilityKind]:
    return {kind.code: kind for kind in scheme_of(organisation, standing.on).accountability}


def _year(request: AppRequest, standing: Standing) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == len("2026") else standing.on.year
