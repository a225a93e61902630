"""Who may open the pages of powers and regulations."""

from collections.abc import Callable

from lianfang.org.tests.cast import AT, Cast
from lianfang.powers.actions import delete_draft
from lianfang.powers.models import DeletedDraft, Power, Regulation
from lianfang.powers.tests import making
from tests.access.parts import (
    ADMINISTRATORS,
    EVERYBODY,
    NOBODY,
    SHOWN,
    STAFF,
    Row,
    own_and_other,
    row,
)

UNIT = {"head", "clerk"}
OFFICE = {"office"}


def power(cast: Cast) -> int:
    """Return a power of the finance department, made once for all rows."""
    found = Power.objects.filter(organisation=cast.organisation).first()
    return (found or making.power(cast)).pk


def regulation(cast: Cast) -> int:
    power(cast)
    return Regulation.objects.get(organisation=cast.organisation).pk


def unit(cast: Cast) -> int:
    return cast.units["CW"].pk


def draft(cast: Cast) -> int:
    """Return a draft that the clerk deleted."""
    found = DeletedDraft.objects.filter(organisation=cast.organisation).first()
    if found is None:
        power(cast)
        made = making.power(cast)
        found = delete_draft(power=made, by=cast.logins["clerk"], at=AT)
    return found.pk


def each(name: str, find: Callable[[Cast], int], *rest: str) -> list[Row]:
    """Return rows for an address that takes something and further words."""
    return [
        row(
            name,
            STAFF,
            lambda own, other: [find(own), *rest],
            about="own",
            hidden=ADMINISTRATORS,
        ),
        row(
            name,
            NOBODY,
            lambda own, other: [find(other), *rest],
            about="of another organisation",
            hidden=EVERYBODY,
        ),
    ]


PAGES = ("catalogue", "matrix", "map", "regulations")
POWERS = [
    *[
        row(f"powers:{name}", STAFF, hidden=ADMINISTRATORS)
        for name in ("catalogue", "matrix", "map", "regulations")
    ],
    *own_and_other("powers:power", STAFF, power, hidden=ADMINISTRATORS),
    *own_and_other("powers:power-add", UNIT, unit, hidden=ADMINISTRATORS),
    *[
        line
        for name in ("edit", "steps", "retire", "delete")
        for line in own_and_other(f"powers:power-{name}", UNIT, power, hidden=ADMINISTRATORS)
    ],
    # answers with the drawing, not with a redirection
    *own_and_other(
        "powers:power-steps-chart",
        UNIT,
        power,
        hidden=ADMINISTRATORS,
        method="post",
        status=SHOWN,
        sent={"steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0"},
    ),
    *own_and_other("powers:power-restore", {"clerk"}, draft, hidden=EVERYBODY - {"clerk"}),
    row(
        "powers:power-chart",
        STAFF,
        lambda own, other: [power(own), "svg"],
        hidden=ADMINISTRATORS,
        about="own",
    ),
    row(
        "powers:power-chart",
        NOBODY,
        lambda own, other: [power(other), "svg"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row(
        "powers:power-print",
        STAFF,
        lambda own, other: [power(own), "xlsx"],
        hidden=ADMINISTRATORS,
        about="own",
    ),
    row(
        "powers:power-print",
        NOBODY,
        lambda own, other: [power(other), "xlsx"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row(
        "powers:unit-print",
        STAFF,
        lambda own, other: [unit(own), "catalogue", "xlsx"],
        hidden=ADMINISTRATORS,
        about="own",
    ),
    row(
        "powers:unit-print",
        NOBODY,
        lambda own, other: [unit(other), "catalogue", "xlsx"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row("powers:regulation-add", OFFICE, hidden=ADMINISTRATORS),
    *own_and_other("powers:regulation", STAFF, regulation, hidden=ADMINISTRATORS),
    *[
        line
        for name in ("edit", "state", "file", "retire")
        for line in own_and_other(
            f"powers:regulation-{name}", OFFICE, regulation, hidden=ADMINISTRATORS
        )
    ],
    # no file was attached: 404 for everybody
    *own_and_other("powers:regulation-download", NOBODY, regulation, hidden=EVERYBODY),
]
