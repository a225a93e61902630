"""Who may open the pages of an organisation."""

from lianfang.org.tests.cast import Cast
from tests.access.parts import (
    AUDIT,
    MOVED,
    NOBODY,
    SECURITY,
    STAFF,
    SYSTEM,
    own_and_other,
    row,
)


def unit(cast: Cast) -> int:
    return cast.units["CW"].pk


def post(cast: Cast) -> int:
    return cast.posts["CWG"].pk


def clerk(cast: Cast) -> int:
    return cast.people["clerk"].pk


def body(cast: Cast) -> int:
    return cast.bodies["leading_group"].pk


def portfolio(cast: Cast) -> int:
    return cast.units["CW"].portfolios.get().pk


def membership(cast: Cast) -> int:
    return cast.bodies["leading_group"].memberships.get().pk


KNOW_STAFF = STAFF | SYSTEM | SECURITY
ORG = [
    row("org:tree", KNOW_STAFF),
    *own_and_other("org:unit", KNOW_STAFF, unit, hidden=AUDIT),
    *own_and_other("org:unit-add", SYSTEM, unit, hidden=AUDIT),
    *own_and_other("org:unit-edit", SYSTEM, unit, hidden=AUDIT),
    *own_and_other("org:unit-retire", SYSTEM, unit, hidden=AUDIT),
    *own_and_other("org:portfolio-give", SYSTEM, unit, hidden=AUDIT),
    *own_and_other("org:portfolio-end", SYSTEM, portfolio, hidden=AUDIT),
    *own_and_other("org:post", KNOW_STAFF, post, hidden=AUDIT),
    *own_and_other("org:post-add", SYSTEM, unit, hidden=AUDIT),
    *own_and_other("org:post-edit", SYSTEM, post, hidden=AUDIT),
    *own_and_other("org:post-retire", SYSTEM, post, hidden=AUDIT),
    row("org:people", KNOW_STAFF),
    row("org:person-add", SYSTEM),
    *own_and_other("org:person", KNOW_STAFF, clerk, hidden=AUDIT),
    *own_and_other("org:person-edit", SYSTEM, clerk, hidden=AUDIT),
    *own_and_other("org:person-leave", SYSTEM, clerk, hidden=AUDIT),
    *own_and_other("org:qualification-add", SYSTEM, clerk, hidden=AUDIT),
    *own_and_other("org:kinship-add", {"officer"}, clerk, hidden=AUDIT),
    row(
        "org:kinship-add",
        NOBODY,
        lambda own, other: [own.people["officer"].pk],
        about="of the officer themself",
        hidden=AUDIT,
    ),
    *own_and_other(
        "org:person-responsibility",
        {"clerk", "head", "deputy", "secretary", "office", "officer"},
        clerk,
        hidden=AUDIT,
    ),
    row("org:responsibility", STAFF, status=MOVED),
    row("org:bodies", KNOW_STAFF),
    row("org:body-add", SECURITY),
    *own_and_other("org:member-add", SECURITY, body, hidden=AUDIT),
    *own_and_other("org:membership-end", SECURITY, membership, hidden=AUDIT),
    row("org:calendar", STAFF | SYSTEM),
    row("org:calendar-load", SYSTEM),
    row("org:calendar-empty", SYSTEM, lambda own, other: [2027]),
    row(
        "org:calendar-known",
        SYSTEM,
        lambda own, other: [2026],
        method="post",
        status=MOVED,
    ),
    row("org:numbers", STAFF),
    row("org:number", {"office"}, lambda own, other: ["resolution.present"]),
    row("org:term", {"office"}, lambda own, other: ["vocabulary.risk"]),
]
