"""What importing a staff list would do to an organisation today; nothing is written."""

from datetime import date

from lianfang.files.models import Import
from lianfang.files.store import content_of
from lianfang.org.exchange.roster.reading import read_roster
from lianfang.org.queries.roster import books_of
from lianfang.org.rules.roster import planning
from lianfang.org.rules.roster.model import Roster
from lianfang.org.rules.roster.plan import RosterPlan


def plan_roster(
    roster: Roster, organisation: int, on: date, *, may_seat: bool = True
) -> RosterPlan:
    """Return the plan of a list against the books of an organisation on a day. Seven statements."""
    return planning.plan_roster(roster, books_of(organisation), on, may_seat=may_seat)


def roster_of(opened: Import) -> Roster:
    """Return the staff list in the file of an import. Raises FileRefused, Damaged."""
    return read_roster(opened.attachment.name, content_of(opened.attachment.digest))
