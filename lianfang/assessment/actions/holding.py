"""Somebody is held to account, or a candidate dismissed; never by themself (五（七）2)."""

from datetime import date, datetime

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from lianfang.assessment.actions.recusing import require_other
from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.papers import letter_paper
from lianfang.assessment.rules.accountability import Candidate
from lianfang.assessment.rules.states import MatterAct, matter_after
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing.official_pdf import official_pdf
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import inspector_of
from lianfang.scheme.model import Scheme

SERIES, LETTER = "廉责", "accountability_letter"


class MatterNotSo(Refused):
    """A matter that does not stand where that step begins."""


class TakenUp(Refused):
    """A candidate of which there is a matter already."""


class DayWrong(Refused):
    """A day before the step that comes first, or one to come."""


@transaction.atomic
def open_matter(
    *,
    organisation: Organisation,
    candidate: Candidate,
    facts: str,
    year: int,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Accountability:
    """Take up a candidate, with the facts in words, too. Raises Recused and TakenUp."""
    matter = _made(organisation, candidate, year, scheme, on, by)
    matter.state, matter.facts = Accountability.State.OPENED, facts
    return _saved_new(matter, scheme, "opened", {"facts": (None, facts)}, by, at)


@transaction.atomic
def dismiss_candidate(
    *,
    organisation: Organisation,
    candidate: Candidate,
    reason: str,
    year: int,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Accountability:
    """Dismiss a candidate for a reason; it comes up no more. Raises Recused and TakenUp."""
    matter = _made(organisation, candidate, year, scheme, on, by)
    matter.state, matter.dismissed_for = Accountability.State.DISMISSED, reason
    return _saved_new(matter, scheme, "dismissed", {"dismissed_for": (None, reason)}, by, at)


@transaction.atomic
def dismiss_matter(
    *, matter: Accountability, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Accountability:
    """Dismiss a matter that was opened, for a reason. Raises MatterNotSo and Recused."""
    matter = _locked(matter, MatterAct.DISMISS, by, on)
    matter.dismissed_for = reason
    return _saved(matter, "dismissed", {"dismissed_for": (None, reason)}, by, at)


@transaction.atomic
def record_hearing(
    *,
    matter: Accountability,
    heard_on: date,
    hearing: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Accountability:
    """Record what the person said. Raises MatterNotSo, Recused and DayWrong."""
    matter = _locked(matter, MatterAct.HEAR, by, on)
    _require_day(heard_on, matter.opened_on, on)
    matter.heard_on, matter.hearing = heard_on, hearing
    return _saved(matter, "heard", {"hearing": (None, hearing)}, by, at)


@transaction.atomic
def decide_matter(
    *,
    matter: Accountability,
    decision: str,
    effect: str = "",
    effect_until: date | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    """Decide about a matter once the person was heard; the letter is issued at once.

    Raises MatterNotSo, Recused and FontsRefused.
    """
    matter = _locked(matter, MatterAct.DECIDE, by, on)
    matter.decided_on, matter.decided_by_id = on, by.pk if by else None
    matter.decision, matter.effect, matter.effect_until = decision, effect, effect_until
    _saved(matter, "decided", {"decision": (None, decision), "effect": (None, effect)}, by, at)
    paper = letter_paper(matter, scheme_of(matter.organisation, matter.opened_on), on)
    title = "责任追究决定书"

    def make(mark: str) -> tuple[str, bytes]:
        return f"{mark}{title}.pdf", official_pdf(paper(mark))

    return issue_document(
        organisation=matter.organisation_id,
        series=SERIES,
        kind=LETTER,
        title=title,
        about=matter,
        make=make,
        is_confined=True,
        on=on,
        by=by,
        at=at,
    )


@transaction.atomic
def appeal_matter(
    *, matter: Accountability, appeal: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Accountability:
    """Appeal against a decision: the person's own act. Raises MatterNotSo."""
    matter = _locked(matter, MatterAct.APPEAL)
    matter.appealed_on, matter.appeal = on, appeal
    return _saved(matter, "appealed", {"appeal": (None, appeal)}, by, at)


@transaction.atomic
def answer_appeal(
    *, matter: Accountability, answer: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Accountability:
    """Answer an appeal; the matter ends. Raises MatterNotSo and Recused."""
    matter = _locked(matter, MatterAct.ANSWER, by, on)
    matter.answered_on, matter.answer = on, answer
    return _saved(matter, "appeal_answered", {"answer": (None, answer)}, by, at)


@transaction.atomic
def close_matter(
    *, matter: Accountability, on: date, by: AbstractBaseUser | None, at: datetime
) -> Accountability:
    """Close a matter against whose decision nobody appealed. Raises MatterNotSo and Recused."""
    matter = _locked(matter, MatterAct.CLOSE, by, on)
    return _saved(matter, "closed", {}, by, at)


def _made(
    organisation: Organisation,
    candidate: Candidate,
    year: int,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
) -> Accountability:
    require_other(unit=candidate.unit, person=candidate.person, by=by, on=on)
    kind = next(one for one in scheme.accountability if one.code == candidate.kind)
    structure = structure_around(organisation.pk, on, ())
    return Accountability(
        organisation=organisation,
        key=candidate.key,
        year=year,
        kind=kind.code,
        grounds=list(candidate.grounds),
        clause=str(kind.clause),
        person_id=candidate.person,
        unit_id=candidate.unit,
        post_id=candidate.post,
        breach_id=candidate.breach,
        kept_by=inspector_of(structure, candidate.person).value,
        rows=msgspec.to_builtins(candidate.rows),
        opened_on=on,
        opened_by_id=by.pk if by else None,
    )


def _saved_new(
    matter: Accountability,
    scheme: Scheme,
    action: str,
    sealed: Changes,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Accountability:
    try:
        with transaction.atomic():
            matter.save(force_insert=True)
    except IntegrityError as error:
        raise TakenUp(
            Text(
                "这条线索已经有人办理。请刷新责任追究清单，打开已有的记录。",
                "Somebody has taken this up already. Reload the list and open what is there.",
            )
        ) from error
    kind = next(one for one in scheme.accountability if one.code == matter.kind)
    grounds = [text.zh for place, text in enumerate(kind.grounds) if place in matter.grounds]
    told: Changes = {"kind": (None, kind.label.zh), "grounds": (None, grounds)}
    _note(matter, action, told, sealed, by, at)
    return matter


def _saved(
    matter: Accountability,
    action: str,
    sealed: Changes,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Accountability:
    matter.version += 1
    matter.save()
    _note(matter, action, {"state": (None, matter.state)}, sealed, by, at)
    return matter


def _note(
    matter: Accountability,
    action: str,
    told: Changes,
    sealed: Changes,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    audit.record(
        at=at,
        by=by,
        action=f"assessment.accountability.{action}",
        subject=matter,
        organisation=matter.organisation_id,
        changes=told,
        sealed=sealed,
        rule=matter.clause,
    )


def _locked(
    matter: Accountability,
    act: MatterAct,
    by: AbstractBaseUser | None = None,
    on: date | None = None,
) -> Accountability:
    """Return a matter locked, in the state after the act; `on` where others than the person act."""
    rows = Accountability.objects.select_for_update(of=("self",))
    found = rows.select_related("organisation", "person", "unit").get(pk=matter.pk)
    after = matter_after(found.state, act)
    if after is None:
        raise MatterNotSo(
            Text(
                "这项责任追究的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                "This matter has moved on, so that can't be done. Reload the page to see what "
                "comes next.",
            )
        )
    if on is not None:
        require_other(unit=found.unit_id, person=found.person_id, by=by, on=on)
    found.state = Accountability.State(after)
    return found


def _require_day(day: date, first: date, on: date) -> None:
    if not first <= day <= on:
        raise DayWrong(
            Text(
                f"日期 {day} 应在 {first} 至今天（{on}）之间。",
                f"The day {day} must lie between {first} and today, {on}.",
            )
        )
