"""Revisions between two years' editions: proposed, opened, dropped (动态调整, 六（五）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import revising as actions
from lianfang.cycles.forms.revising import DismissForm, RevisionForm
from lianfang.cycles.models import Proposal
from lianfang.cycles.queries import revising as queries
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.filing import step
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register

CLAUSE = "六（五）"


@require_GET
def revisions(request: AppRequest) -> HttpResponse:
    """Show what asks for a revision, and the revisions there are (六（五）)."""
    standing = standing_for(request)
    require_register(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    context: dict[str, object] = {
        "proposals": queries.proposals_shown(standing, access.units_to_revise(standing)),
        "shown": queries.revisions_shown(standing),
        "units": queries.revisable_units(standing, access.units_to_revise(standing)),
        "reasons": {one.code: one.label for one in scheme.revision_reasons},
        "revisable": access.units_to_revise(standing),
        "is_office": access.is_office(standing),
    }
    return render_page(request, "cycles/revisions.html", context)


@both
def revision_open(request: AppRequest, unit_id: int) -> HttpResponse:
    """Begin to revise some powers of a unit, with the reason."""
    standing = standing_for(request)
    unit = access.get_unit_to_revise(standing, unit_id)
    scheme = scheme_of(organisation_of(standing), standing.on)
    proposals = queries.proposals_shown(standing, frozenset({unit.pk}))
    form = RevisionForm(
        **bound(request),
        scheme=scheme,
        powers=queries.powers_to_revise(unit, standing.on),
        proposals=proposals,
        initial=_initial(request, proposals),
    )
    opened: list[int] = []

    def deed() -> None:
        said = form.cleaned_data
        made = actions.open_revision(
            unit=unit,
            trigger=said["trigger"],
            reason=said["reason"],
            powers=said["powers"],
            covers_rest=said["covers_rest"],
            proposals=said.get("proposals", ()),
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        )
        opened.append(made.pk)

    return act(
        request,
        form,
        deed,
        title=_("开始修订"),
        crumb=_("动态调整"),
        button=_("开始修订"),
        sub=unit.shown_name,
        clause=CLAUSE,
        then=to("revisions"),
        after=lambda: to("filing", opened[0]),
    )


@both
def proposal_dismiss(request: AppRequest, proposal_id: int) -> HttpResponse:
    """Say why something asks for no revision."""
    standing = standing_for(request)
    found = access.get_proposal_for(standing, proposal_id)
    form = DismissForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.dismiss_proposal(
            proposal=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("不需修订"),
        crumb=_("动态调整"),
        sub=found.sentence,
        clause=CLAUSE,
        then=to("revisions"),
    )


@require_POST
def revision_drop(request: AppRequest, filing_id: int) -> HttpResponse:
    """Give up a revision that changed nothing."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="revise")
    return step(
        request,
        found,
        lambda: actions.drop_revision(filing=found, on=standing.on, by=request.user, at=request.at),
    )


def _initial(request: AppRequest, proposals: list[Proposal]) -> dict[str, object]:
    """Return what a proposal that was chosen asks for: its reason and its powers."""
    key = request.GET.get("proposal", "")
    chosen = next((one for one in proposals if str(one.pk) == key), None)
    if chosen is None:
        return {}
    return {
        "trigger": chosen.trigger,
        "reason": chosen.sentence,
        "proposals": [str(chosen.pk)],
        "powers": [str(power.pk) for power in chosen.powers.all()],
    }
