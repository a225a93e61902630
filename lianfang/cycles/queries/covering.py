"""What a filing covers: of the stored register, of what was submitted, of the edition in force.

Everything that looks at a filing's content asks here, so that a narrower filing is narrower
everywhere.
"""

from datetime import date

from lianfang.cycles.models import Edition, Filing, Submission
from lianfang.register import canonical
from lianfang.register.edition import frozen_register, read_frozen
from lianfang.register.model import Register
from lianfang.risks.queries.load import load


def stored(filing: Filing, on: date) -> Register:
    """Return the register around a filing, people included, as it stands. Fourteen statements."""
    return load(filing.organisation, on, [filing.unit_id])


def covered(filing: Filing, register: Register) -> Register:
    """Return the part of a register that a filing covers, without people. Raises EditionRefused."""
    return frozen_register(register, filing.unit.code)


def covered_before(edition: Edition) -> Register:
    """Return what an edition holds of what a filing of its unit covers."""
    return read_frozen(edition.content.encode()).register


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
