"""Who may open the pages about a year of duties, measures, evidence, rotation and due days."""

from datetime import timedelta

from lianfang.duties.models import Duty, DutyEvidence, RotationExemption, RotationMove
from lianfang.duties.tests.making import owed
from lianfang.files.actions import keep
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.parts import (
    ADMINISTRATORS,
    EVERYBODY,
    NOBODY,
    STAFF,
    Row,
    own_and_other,
    row,
)

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c63f80f0001010100b138f6140000000049454e44ae426082"
)
SEES = {"head", "clerk", "deputy", "secretary", "office", "officer"}
HIDDEN = ADMINISTRATORS | (STAFF - SEES)
ARRANGES = {"office", "secretary"}


def duty(cast: Cast) -> int:
    """Return a talk that the head of finance is to have with the clerk."""
    found = Duty.objects.filter(organisation=cast.organisation).first()
    return (found or owed(cast)).pk


def paper(cast: Cast) -> list[int]:
    """Return a file of that talk."""
    key = duty(cast)
    found = DutyEvidence.objects.filter(duty=key).first()
    if found is None:
        kept = keep(
            chunks=[PICTURE], name="r.png", organisation=cast.organisation.pk, by=None, at=AT
        )
        found = DutyEvidence.objects.create(duty_id=key, attachment=kept, added_at=AT)
    return [key, found.pk]


def holder(cast: Cast) -> list[int]:
    return [cast.people["clerk"].pk, cast.posts["CWG"].pk]


def move(cast: Cast) -> int:
    made, _is_new = RotationMove.objects.get_or_create(
        organisation=cast.organisation,
        year=ON.year,
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        defaults={"planned_on": ON, "planned_at": AT},
    )
    return made.pk


def exemption(cast: Cast) -> int:
    made, _is_new = RotationExemption.objects.get_or_create(
        organisation=cast.organisation,
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        defaults={
            "reason": "项目未结束",
            "approver": cast.people["secretary"],
            "control": "两人会签",
            "from_on": ON,
            "until_on": ON + timedelta(days=90),
            "recorded_at": AT,
        },
    )
    return made.pk


def _of_holder(name: str) -> list[Row]:
    return [
        row(name, ARRANGES, lambda own, other: holder(own), about="own", hidden=ADMINISTRATORS),
        row(
            name,
            NOBODY,
            lambda own, other: holder(other),
            about="of another organisation",
            hidden=EVERYBODY,
        ),
    ]


def _of_paper(name: str, **more: int) -> list[Row]:
    """Return rows for a page about a file: that of the own organisation, and of another."""
    return [
        row(
            name,
            SEES,
            lambda own, other: [*paper(own), *more.values()],
            about="own",
            hidden=HIDDEN,
        ),
        row(
            name,
            NOBODY,
            lambda own, other: [*paper(other), *more.values()],
            about="of another organisation",
            hidden=EVERYBODY,
        ),
    ]


DUTY_PAGES = [
    row("duties:duties-export", STAFF, hidden=ADMINISTRATORS),
    row("duties:measures", STAFF, hidden=ADMINISTRATORS),
    # nothing was chosen
    row("duties:measures-confirm", NOBODY, hidden=EVERYBODY),
    row("duties:rotation", STAFF, hidden=ADMINISTRATORS),
    *_of_holder("duties:rotation-plan"),
    *_of_holder("duties:rotation-exempt"),
    *own_and_other("duties:rotation-drop", ARRANGES, move, hidden=ADMINISTRATORS),
    *own_and_other("duties:rotation-exempt-end", ARRANGES, exemption, hidden=ADMINISTRATORS),
    *own_and_other("duties:evidence-add", {"head"}, duty, hidden=HIDDEN),
    *_of_paper("duties:evidence"),
    *_of_paper("duties:evidence-file"),
    *_of_paper("duties:evidence-page", number=1),
    row("shell:calendar", EVERYBODY),
    row("shell:calendar-file", EVERYBODY),
]
