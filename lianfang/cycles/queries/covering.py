"""What a filing covers: the unit's whole register, or the part that a revision touches.

Everything that looks at a filing's content asks here: as it is stored, as it was submitted, beside
the edition in force.
"""

from dataclasses import dataclass
from datetime import date

from lianfang.cycles.models import Edition, Filing, Revision, Submission
from lianfang.register import canonical
from lianfang.register.edition import frozen_register, read_frozen
from lianfang.register.model import Register
from lianfang.register.revising import Scope, in_scope, revised
from lianfang.risks.queries import checking
from lianfang.risks.queries.checking import FindingGroup
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


def stored(filing: Filing, on: date) -> Register:
    """Return the register around a filing, people included, as it stands. Fourteen statements."""
    return load(filing.organisation, on, [filing.unit_id])


def covered(filing: Filing, register: Register) -> Register:
    """Return the part of a register that a filing covers, without people.

    No statement, two for a revision. Raises EditionRefused where something is mentioned that is
    not there.
    """
    before = edition_in_force(filing.unit_id) if filing.revision is not None else None
    return beside(filing, register, before).now


def covered_before(edition: Edition) -> Register:
    """Return what an edition holds of what a filing of its unit covers."""
    return read_frozen(edition.content.encode()).register


def beside(filing: Filing, register: Register, before: Edition | None) -> Covered:
    """Return what a filing covers of a register, beside an edition of its unit.

    One statement for a revision. Raises EditionRefused as `covered` does.
    """
    unit = filing.unit.code
    old = covered_before(before) if before is not None else None
    if filing.revision is None or old is None:
        return Covered(before=old, now=frozen_register(register, unit), touched=None)
    scope = scope_of(filing.revision)
    return Covered(
        before=old,
        now=revised(old, register, unit, scope),
        touched=in_scope(register, unit, scope, old),
    )


def scope_of(revision: Revision) -> Scope:
    """Return what a revision touches. One statement."""
    codes = revision.powers.values_list("code", flat=True)
    return Scope(powers=frozenset(codes), rest=revision.covers_rest)


def findings_of(filing: Filing, register: Register, scheme: Scheme) -> tuple[FindingGroup, ...]:
    """Return what the five checks find in what a filing covers of a register.

    Five statements, seven for a revision. Raises EditionRefused as `covered` does.
    """
    groups = checking.findings_of(register, filing.organisation, filing.unit, scheme)
    if filing.revision is None:
        return groups
    touched = beside(filing, register, edition_in_force(filing.unit_id)).touched or frozenset()
    return tuple(
        FindingGroup(
            check=group.check,
            findings=tuple(shown for shown in group.findings if shown.place.code in touched),
        )
        for group in groups
    )


def submitted(submission: Submission) -> Register:
    """Return what was submitted. Raises RegisterRefused for a copy of another schema."""
    return canonical.from_json(submission.content.encode())


def submission_of(filing: Filing, round: int) -> Submission | None:
    """Return what was submitted the so-manieth time. One statement."""
    return Submission.objects.filter(filing=filing, round=round).first()


def submissions_of(filing: Filing) -> list[Submission]:
    """Return when a filing was submitted and by whom, without contents, in order. One statement."""
    rows = filing.submissions.select_related("submitted_by__person").defer("content")
    return list(rows.order_by("round"))
