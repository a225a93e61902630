"""Who may open the pages of staff lists on their way in: the system administrator."""

from lianfang.files.models import Import
from lianfang.org.actions.roster import open_roster
from lianfang.org.tests.cast import AT, Cast
from tests.access.parts import EVERYBODY, REFUSED, SYSTEM, own_and_other, row

STAFF_LIST = "工号,姓名,单位,岗位\n900,新人,财务处,出纳岗\n"


def import_of(cast: Cast) -> int:
    """Return a staff list that waits to be applied."""
    waiting = Import.objects.filter(organisation=cast.organisation.pk).first()
    if waiting is None:
        waiting = open_roster(
            organisation=cast.organisation,
            chunks=[STAFF_LIST.encode()],
            name="名册.csv",
            by=cast.logins["system"],
            at=AT,
        )
    return waiting.pk


OTHERS = EVERYBODY - SYSTEM
IMPORTS = [
    row("org:imports", SYSTEM),
    row("org:roster-export", SYSTEM),
    *own_and_other("org:import", SYSTEM, import_of, hidden=OTHERS),
    *own_and_other("org:import-file", SYSTEM, import_of, hidden=OTHERS),
    *own_and_other(
        "org:import-apply", SYSTEM, import_of, hidden=OTHERS, method="post", status=REFUSED
    ),
    *own_and_other("org:import-discard", SYSTEM, import_of, hidden=OTHERS, method="post"),
    # what was not applied can't be undone
    *own_and_other(
        "org:import-undo", SYSTEM, import_of, hidden=OTHERS, method="post", status=REFUSED
    ),
]
