"""The scheme's ladders and clocks as this room takes them: rungs by code, labels, due days."""

from collections.abc import Mapping
from datetime import date

from lianfang.common.text import Text
from lianfang.duties.rules.clock import later
from lianfang.leads.models import LeadProposal
from lianfang.leads.rules.states import Kind
from lianfang.org.queries.calendar import calendar_of
from lianfang.scheme.model import Rung, Scheme
from lianfang.scheme.model.base import Actor, Quantity

DISPOSALS, OUTCOMES = "office", "outcomes"
STOP, EXTENSION = "stop_request", "extension"
_MORE_TIME = Text("延长处置期限", "More time for the disposal")


def rungs_of(scheme: Scheme, ladder: str) -> tuple[Rung, ...]:
    """Return the rungs of a ladder, the mildest first."""
    return next(one.rungs for one in scheme.ladders if one.code == ladder)


def disposals(scheme: Scheme) -> tuple[Rung, ...]:
    """Return the ways to dispose of a lead; a request to stop an act is none."""
    return tuple(rung for rung in rungs_of(scheme, DISPOSALS) if rung.code != STOP)


def rung_of(scheme: Scheme, kind: Kind, code: str) -> Rung | None:
    """Return the rung that is proposed; None for more time, and for a code there is not."""
    ladder = OUTCOMES if kind is Kind.OUTCOME else DISPOSALS
    return next((rung for rung in rungs_of(scheme, ladder) if rung.code == code), None)


def approver_of(scheme: Scheme, kind: Kind, code: str) -> Actor:
    """Return whom the scheme names to approve; more time is given by whoever keeps the lead ◇."""
    rung = rung_of(scheme, kind, code)
    return Actor.DISCIPLINE_OFFICE if rung is None else rung.approver


def labels_of(scheme: Scheme) -> Mapping[str, Text]:
    """Return what is proposed in words, by code. The two ladders share none."""
    found = {
        rung.code: rung.label
        for ladder in (DISPOSALS, OUTCOMES)
        for rung in rungs_of(scheme, ladder)
    }
    return {**found, EXTENSION: _MORE_TIME}


def form_labels(scheme: Scheme) -> Mapping[str, Text]:
    """Return the four forms in words, by code."""
    return {form.code: form.label for form in scheme.forms}


def disposal_due(organisation: int, since: date, scheme: Scheme) -> date:
    """Return the day by which a lead is to be disposed of. Two statements."""
    span = next(clock.span for clock in scheme.clocks if clock.code == "disposal")
    return after(organisation, since, span)


def after(organisation: int, since: date, span: Quantity) -> date:
    """Return the day that a number of the scheme leads to. Two statements."""
    return later(since, span, calendar_of(organisation))


def label_of(scheme: Scheme, proposal: LeadProposal) -> Text:
    """Return what is proposed in words."""
    return labels_of(scheme)[proposal.code]
