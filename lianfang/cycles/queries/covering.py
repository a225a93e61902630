"""What a filing covers: the unit's whole register, or the part that a revision touches."""

from dataclasses import dataclass
from datetime import date

from lianfang.checks.finding import Severity
from lianfang.cycles.models import Edition, Filing, Revision
from lianfang.register.edition import frozen_register, read_frozen
from lianfang.register.model import Register
from lianfang.register.revising import Scope, in_scope, revised
from lianfang.risks.queries.checking import FindingGroup, findings_in
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A filing's register as it would be published now, beside the edition in force.

    `touched` are the codes of its powers and risk points; None for the whole.
    """

    before: Register | None
    now: Register
    touched: frozenset[str] | None


def edition_in_force(unit: int) -> Edition | None:
    """Return the edition of a unit that is in force. One statement."""
    return Edition.objects.filter(unit=unit, superseded_on=None).first()


def scope_of(revision: Revision) -> Scope:
    """Return what a revision touches. One statement."""
    codes = revision.powers.values_list("code", flat=True)
    return Scope(powers=frozenset(codes), rest=revision.covers_rest)


def covered(filing: Filing, on: date, before: Edition | None) -> Covered:
    """Return what a filing covers, against the edition `before`. Fifteen statements at most.

    Raises EditionRefused where something is mentioned that is not there.
    """
    unit = filing.unit.code
    whole = load(filing.organisation, on, [filing.unit_id])
    old = read_frozen(before.content.encode()).register if before is not None else None
    if filing.revision is None or old is None:
        return Covered(before=old, now=frozen_register(whole, unit), touched=None)
    scope = scope_of(filing.revision)
    return Covered(
        before=old,
        now=revised(old, whole, unit, scope),
        touched=in_scope(whole, unit, scope, old),
    )


def findings_of(filing: Filing, scheme: Scheme, on: date) -> tuple[FindingGroup, ...]:
    """Return what the five checks find in what a filing covers. Costs what the unit's holds."""
    groups = findings_in(filing.organisation, filing.unit, scheme, on)
    if filing.revision is None:
        return groups
    touched = covered(filing, on, edition_in_force(filing.unit_id)).touched or frozenset()
    return tuple(
        FindingGroup(
            check=group.check,
            findings=tuple(shown for shown in group.findings if shown.place.code in touched),
        )
        for group in groups
    )


def errors_of(filing: Filing, scheme: Scheme, on: date) -> int:
    """Return how many findings must be mended before a filing is submitted."""
    return sum(
        shown.finding.severity is Severity.ERROR
        for group in findings_of(filing, scheme, on)
        for shown in group.findings
    )
