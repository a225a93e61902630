"""A filing beside the edition in force, or what was sent before, for its checker (六（二）)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianfang.common.text import Language
from lianfang.cycles.models import Edition, Filing, Submission
from lianfang.cycles.queries import covering
from lianfang.cycles.queries.remarks import Key, RemarkGroup, ShownRemark
from lianfang.cycles.rules.states import is_closed
from lianfang.documents.writing.cards import Card, CardKind, Cards, Head
from lianfang.documents.writing.request import Request
from lianfang.org.models import Appointment, Person, Unit, holding
from lianfang.powers.models import Power
from lianfang.register.difference import Part
from lianfang.register.model import Register
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.checking import FindingGroup, ShownFinding
from lianfang.scheme.model import FiveCheck, Scheme

PAGE = 50
# what is shown: of a difference, and of a filing that is compared with nothing
CHANGES, WHOLE = "changes", "whole"
DIFFERENCE = (CHANGES, CardKind.ADDED, CardKind.CHANGED, CardKind.REMOVED, CardKind.SAME)
LISTED = (WHOLE, Part.POWER, Part.RISK)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a checker wants to see: of which changes, how many, beside what (`against`).

    `against` is "edition", the number of a submission, "nothing", or empty for what is usual.
    `is_open`: what is compared with nothing is not folded away.
    """

    show: str = ""
    is_weighty: bool = False
    shown: int = PAGE
    against: str = ""
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Against:
    """What a filing is laid beside: an edition by its number, or a submission by its round."""

    code: str
    register: Register
    number: str = ""
    round: int = 0


@dataclass(frozen=True, kw_only=True)
class ShownCard:
    """A card with the remarks on what stands there, and how many of them are not closed.

    `reason` says why it was retired, where it is gone.
    """

    card: Card
    remarks: int
    open: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a checker sees of a filing's content; `left` cards are not shown yet.

    `counts` says how many there are of everything that may be shown.
    """

    show: str
    counts: Mapping[str, int]
    cards: tuple[ShownCard, ...]
    left: int


@dataclass(frozen=True, kw_only=True)
class FindingToAsk:
    """A finding, and whether a remark took it up already."""

    shown: ShownFinding
    is_asked: bool


@dataclass(frozen=True, kw_only=True)
class CheckGroup:
    """Everything under one of the five checks: automatic findings and the checker's remarks."""

    check: FiveCheck
    findings: tuple[FindingToAsk, ...]
    remarks: tuple[ShownRemark, ...]
    errors: int
    warnings: int
    open: int


def against_of(
    filing: Filing, edition: Edition | None, submissions: Sequence[Submission], code: str
) -> Against | None:
    """Return what to lay a filing beside; None for nothing. One statement for a submission.

    Usual is the edition in force, in a year without one the submission before.
    """
    earlier = filing.round - 1 if is_closed(filing.state) else filing.round
    rounds = {str(one.round): one.round for one in submissions if one.round <= earlier}
    if code == "nothing":
        return None
    if code in rounds or (rounds and edition is None):
        number = rounds.get(code, max(rounds.values()))
        found = covering.submission_of(filing, number)
        if found is not None:
            register = covering.submitted(found)
            return Against(code=str(number), register=register, round=number)
    if edition is None:
        return None
    register = covering.covered_before(edition)
    return Against(code="edition", register=register, number=edition.number)


def review_of(
    unit: Unit,
    register: Register,
    against: Against | None,
    remarks: Sequence[RemarkGroup],
    asked: Asked,
    *,
    scheme: Scheme,
    on: date,
    language: Language,
) -> Review:
    """Return the cards of a unit's register beside another. Two statements at most."""
    request = Request(
        register=register,
        scheme=scheme,
        on=on,
        language=language,
        unit=unit.code,
        before_edition=against.number if against else "",
    )
    cards = Cards(request, against.register if against else None)
    heads = cards.heads
    if against is not None and asked.is_weighty:
        heads = tuple(one for one in heads if one.is_weighty or one.kind is CardKind.SAME)
    choices = LISTED if against is None else DIFFERENCE
    show = asked.show if asked.show in choices else choices[0]
    counts = {str(choice): sum(_is(head, choice) for head in heads) for choice in choices}
    wanted = [head for head in heads if _is(head, show)]
    return Review(
        show=show,
        counts=counts,
        cards=tuple(_cards(unit, cards, wanted[: asked.shown], remarks)),
        left=max(0, len(wanted) - asked.shown),
    )


def checks_of(findings: Sequence[FindingGroup], remarks: Sequence[RemarkGroup]) -> list[CheckGroup]:
    """Return findings and remarks together, check by check. No statement."""
    asked = {(one.remark.finding, one.remark.about) for group in remarks for one in group.remarks}
    by_check = {group.check.code: group for group in remarks}
    return [
        CheckGroup(
            check=group.check,
            findings=tuple(
                FindingToAsk(
                    shown=shown,
                    is_asked=(shown.finding.code, shown.finding.subject.id) in asked,
                )
                for shown in group.findings
            ),
            remarks=by_check[group.check.code].remarks,
            errors=group.errors,
            warnings=group.warnings,
            open=by_check[group.check.code].open,
        )
        for group in findings
    ]


def units_of(person: Person | None, on: date) -> list[Unit]:
    """Return the units in which somebody holds a post on a day. One statement at most."""
    if person is None:
        return []
    seats = Appointment.objects.filter(holding(on), person=person, post__retired_on=None)
    return list(dict.fromkeys(seat.post.unit for seat in seats.select_related("post__unit")))


def _is(head: Head, choice: str) -> bool:
    match choice:
        case "changes":
            return head.kind is not CardKind.SAME
        case "whole":
            return True
    return choice in (head.kind.value, head.part.value)


def _cards(
    unit: Unit, cards: Cards, heads: Sequence[Head], remarks: Sequence[RemarkGroup]
) -> Iterator[ShownCard]:
    reasons = _reasons(unit, heads)
    total, still = _tallied(remarks)
    for head in heads:
        key = head.part.value, head.id
        yield ShownCard(
            card=cards.card(head),
            remarks=total[key],
            open=still[key],
            reason=reasons.get(key, ""),
        )


def _reasons(unit: Unit, heads: Sequence[Head]) -> Mapping[Key, str]:
    """Return why powers and risk points that are gone were retired."""
    found: dict[Key, str] = {}
    tables: tuple[tuple[Part, type[Any]], ...] = ((Part.POWER, Power), (Part.RISK, RiskPoint))
    for part, table in tables:
        gone = [one.id for one in heads if one.kind is CardKind.REMOVED and one.part is part]
        if gone:
            rows = table.objects.filter(organisation=unit.organisation_id, code__in=gone)
            for code, reason in rows.values_list("code", "retired_reason"):
                found[part.value, code] = reason
    return found


def _tallied(remarks: Sequence[RemarkGroup]) -> tuple[Counter[Key], Counter[Key]]:
    every = [shown for group in remarks for shown in group.remarks]
    return (
        Counter(shown.holder for shown in every),
        Counter(shown.holder for shown in every if shown.remark.closed_at is None),
    )
