"""Who may open draws, visits and findings: draws all staff, records those who are meant."""

from lianfang.duties.models import Duty
from lianfang.inspections.actions.correcting import Shown, correct_finding
from lianfang.inspections.models import Correction, Draw, Finding, Record
from lianfang.inspections.tests.making import (
    confirmed,
    draft,
    draw_now,
    finding,
    freeze,
    rate,
    recorded,
    visit,
)
from lianfang.org.tests.cast import AT, Cast
from tests.access.duties import HIDDEN, SEES
from tests.access.parts import ADMINISTRATORS, EVERYBODY, MOVED, NOBODY, STAFF, own_and_other, row

RUNS = {"officer"}
READS = {"officer", "clerk", "head"}
UNREAD = EVERYBODY - READS


def planned_draw(cast: Cast) -> int:
    """Return a draw of low posts that is not frozen."""
    return (_draw(cast, "draft") or draft(cast, levels=["low"])).pk


def frozen_draw(cast: Cast) -> int:
    """Return a frozen draw of low posts."""
    found = _draw(cast, "frozen")
    if found is None:
        rate(cast, {"PSG": "low"})
        found = freeze(cast, draft(cast, levels=["low"]))
    return found.pk


def drawn_draw(cast: Cast) -> int:
    """Return a draw of medium posts that was drawn."""
    found = _draw(cast, "drawn")
    if found is None:
        rate(cast, {"CWG": "medium"})
        found = draw_now(cast, freeze(cast, draft(cast, levels=["medium"])))
    return found.pk


def open_visit(cast: Cast) -> int:
    """Return a check of the clerk that was not begun."""
    rows = Duty.objects.filter(organisation=cast.organisation, rule="check_high", state="open")
    return (rows.filter(inspected_by=None).first() or visit(cast)).pk


def record_draft(cast: Cast) -> int:
    """Return a record that is being written."""
    return (_record(cast, "draft") or recorded(cast)).pk


def record(cast: Cast) -> int:
    """Return a confirmed record about the clerk."""
    return (_record(cast, "confirmed") or confirmed(cast)).pk


def found(cast: Cast) -> int:
    """Return what was found with the clerk."""
    rows = Finding.objects.filter(record__organisation=cast.organisation)
    return (rows.first() or finding(cast)).pk


def correction(cast: Cast) -> list[int]:
    """Return a finding with what was put right, shown by a file."""
    rows = Correction.objects.filter(finding__record__organisation=cast.organisation)
    if not rows.exists():
        correct_finding(
            finding=finding(cast),
            text="已补签。",
            file=Shown(name="签字单.pdf", chunks=[b"%PDF-1.4\n"]),
            by=cast.logins["head"],
            at=AT,
        )
    made = rows.get()
    return [made.finding_id, made.pk]


def _draw(cast: Cast, state: str) -> Draw | None:
    return Draw.objects.filter(organisation=cast.organisation, state=state).first()


def _record(cast: Cast, state: str) -> Record | None:
    return Record.objects.filter(organisation=cast.organisation, state=state).first()


INSPECTIONS = [
    row("inspections:inspections", STAFF, hidden=ADMINISTRATORS),
    row("inspections:inspections-export", STAFF, hidden=ADMINISTRATORS),
    row("inspections:workbench", {"officer", "overseer"}, hidden=ADMINISTRATORS),
    row("inspections:draws", STAFF, hidden=ADMINISTRATORS),
    row("inspections:draw-plan", RUNS, hidden=ADMINISTRATORS),
    *own_and_other("inspections:draw", STAFF, frozen_draw, hidden=ADMINISTRATORS),
    row(
        "inspections:draw",
        RUNS,
        lambda own, _: [planned_draw(own)],
        hidden=EVERYBODY - RUNS,
        about="that is not frozen",
    ),
    *own_and_other("inspections:draw-change", RUNS, frozen_draw, hidden=ADMINISTRATORS),
    *own_and_other("inspections:draw-freeze", RUNS, planned_draw, hidden=EVERYBODY - RUNS),
    *own_and_other("inspections:draw-sample", RUNS, frozen_draw, hidden=ADMINISTRATORS),
    *own_and_other("inspections:draw-drop", RUNS, frozen_draw, hidden=ADMINISTRATORS),
    *own_and_other("inspections:draw-close", RUNS, drawn_draw, hidden=ADMINISTRATORS),
    *own_and_other("inspections:draw-issue", RUNS, drawn_draw, hidden=ADMINISTRATORS),
    row(
        "inspections:draw-issue",
        NOBODY,
        lambda own, _: [frozen_draw(own)],
        hidden=ADMINISTRATORS | RUNS,
        about="that is not drawn",
    ),
    *own_and_other("inspections:sheet", STAFF, drawn_draw, hidden=ADMINISTRATORS),
    row(
        "inspections:sheet",
        NOBODY,
        lambda own, _: [frozen_draw(own)],
        hidden=EVERYBODY,
        about="that is not drawn",
    ),
    *own_and_other("inspections:sheet-file", STAFF, drawn_draw, hidden=ADMINISTRATORS),
    row(
        "inspections:sheet-paper",
        STAFF,
        lambda own, _: [drawn_draw(own), "docx"],
        hidden=ADMINISTRATORS,
        about="own",
    ),
    row(
        "inspections:sheet-paper",
        NOBODY,
        lambda own, other: [drawn_draw(other), "docx"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row(
        "inspections:sheet-paper",
        NOBODY,
        lambda own, _: [drawn_draw(own), "odt"],
        hidden=EVERYBODY,
        about="in no form",
    ),
    *own_and_other("inspections:of-duty", SEES, open_visit, hidden=HIDDEN, status=MOVED),
    *own_and_other("inspections:record-write", RUNS, open_visit, hidden=HIDDEN),
    *own_and_other("inspections:record", READS, record, hidden=UNREAD),
    row(
        "inspections:record",
        RUNS,
        lambda own, _: [record_draft(own)],
        hidden=EVERYBODY - RUNS,
        about="that is not confirmed",
    ),
    *own_and_other("inspections:record-confirm", RUNS, record_draft, hidden=EVERYBODY - RUNS),
    row(
        "inspections:record-paper",
        READS,
        lambda own, _: [record(own), "docx"],
        hidden=UNREAD,
        about="own",
    ),
    row(
        "inspections:record-paper",
        NOBODY,
        lambda own, other: [record(other), "docx"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    row(
        "inspections:record-paper",
        NOBODY,
        lambda own, _: [record(own), "odt"],
        hidden=EVERYBODY,
        about="in no form",
    ),
    row("inspections:findings", STAFF, hidden=ADMINISTRATORS),
    *own_and_other(
        "inspections:talk-findings",
        STAFF,
        lambda cast: cast.posts["CWG"].pk,
        hidden=ADMINISTRATORS,
    ),
    *own_and_other("inspections:finding", READS, found, hidden=UNREAD),
    *own_and_other("inspections:finding-correct", {"head"}, found, hidden=UNREAD),
    *own_and_other("inspections:finding-accept", RUNS, found, hidden=UNREAD),
    *own_and_other("inspections:finding-return", RUNS, found, hidden=UNREAD),
    row(
        "inspections:correction-file",
        READS,
        lambda own, _: [*correction(own)],
        hidden=UNREAD,
        about="own",
    ),
    row(
        "inspections:correction-file",
        NOBODY,
        lambda own, other: [*correction(other)],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
]
