"""Who may see what the checks hold against the register: staff, of their own organisation."""

from lianfang.org.tests.cast import Cast
from tests.access.parts import ADMINISTRATORS, STAFF, own_and_other, row
from tests.access.single_risks import risk


def unit(cast: Cast) -> int:
    """Return the finance department."""
    return cast.units["CW"].pk


CHECKS = [
    row("risks:own-checks", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("risks:checks", STAFF, unit, hidden=ADMINISTRATORS),
    *own_and_other("risks:checks-of-risk", STAFF, risk, hidden=ADMINISTRATORS),
]
