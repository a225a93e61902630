"""Who may open the pages of the year: staff look, a unit's people file, the office moves it on."""

from lianfang.cycles.actions.naming import name_checker
from lianfang.cycles.actions.remarks import raise_remark
from lianfang.cycles.models import (
    Comment,
    Consultation,
    CycleStage,
    Edition,
    Filing,
    Meeting,
    Proposal,
    Remark,
    Submission,
)
from lianfang.cycles.tests.year import brought_to, filing_of, opened, powered
from lianfang.files.actions import keep
from lianfang.files.models import Attachment
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import Power
from lianfang.register.canonical import digest, to_json
from lianfang.register.model import Register
from tests.access.parts import ADMINISTRATORS, EVERYBODY, MOVED, STAFF, own_and_other, row

OFFICE, DRAFTS, HEADS = {"office"}, {"head", "clerk"}, {"head"}
COLLECTS = {"office", "secretary", "deputy"}


def filing(cast: Cast) -> int:
    """Return the filing of finance, not yet begun."""
    if not Filing.objects.filter(organisation=cast.organisation).exists():
        opened(cast)
    return filing_of(cast).pk


def year(cast: Cast) -> int:
    filing(cast)
    return ON.year


def stage(cast: Cast) -> int:
    filing(cast)
    return CycleStage.objects.filter(cycle__organisation=cast.organisation).latest("order").pk


def remark(cast: Cast) -> int:
    """Return a remark on the filing of finance, which is being checked."""
    found = Remark.objects.filter(filing__organisation=cast.organisation).first()
    if found is not None:
        return found.pk
    key = filing(cast)
    Filing.objects.filter(pk=key).update(state=Filing.State.IN_CHECK)
    made = raise_remark(
        filing=filing_of(cast), check_code="C1", text="补写依据", by=cast.logins["office"], at=AT
    )
    Filing.objects.filter(pk=key).update(state=Filing.State.NOT_STARTED)
    return made.pk


def offices_own(cast: Cast) -> int:
    """Return the filing of the unit in which all of the office hold posts."""
    filing(cast)
    return filing_of(cast, "BG").pk


def named(cast: Cast) -> int:
    """Return the filing of the office's own unit, with somebody of another unit named for it."""
    key = offices_own(cast)
    name_checker(
        filing=filing_of(cast, "BG"),
        person=cast.people["colleague"],
        reason="另行指定",
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )
    return key


def submission(cast: Cast) -> int:
    """Return a filing that was submitted once."""
    key = filing(cast)
    empty = Register()
    kept = {"content": to_json(empty).decode(), "digest": digest(empty), "submitted_at": AT}
    Submission.objects.get_or_create(filing_id=key, round=1, defaults=kept)
    return key


def edition(cast: Cast) -> int:
    found = Edition.objects.filter(organisation=cast.organisation).first()
    if found is None:
        if not Power.objects.filter(organisation=cast.organisation).exists():
            powered(cast)
        brought_to(cast, "published")
        found = Edition.objects.get(organisation=cast.organisation)
    return found.pk


def unit(cast: Cast) -> int:
    return cast.units["CW"].pk


def proposal(cast: Cast) -> int:
    found = Proposal.objects.filter(organisation=cast.organisation).first()
    if found is None:
        found = Proposal.objects.create(
            organisation=cast.organisation,
            unit=cast.units["CW"],
            trigger="breach",
            key="breach:1",
            about="出纳岗发生违规",
            found_on=ON,
        )
    return found.pk


def meeting(cast: Cast) -> int:
    edition(cast)
    return Meeting.objects.filter(cycle__organisation=cast.organisation).latest("pk").pk


def collected(cast: Cast) -> int:
    """Return a collected file that was made for the secretary."""
    name = f"{cast.organisation.pk}.txt"
    found = Attachment.objects.filter(name=name).first()
    by = cast.logins["secretary"]
    if found is None:
        found = keep(chunks=[b"1"], name=name, organisation=cast.organisation.pk, by=by, at=AT)
    return found.pk


def consultation(cast: Cast) -> int:
    """Return a consultation that runs."""
    year(cast)
    cycle = filing_of(cast).cycle
    found = Consultation.objects.filter(cycle=cycle).first()
    if found is None:
        found = Consultation.objects.create(
            cycle=cycle, scope="staff", from_on=ON, until_on=ON, opened_at=AT
        )
    return found.pk


def commented(cast: Cast) -> int:
    """Return the filing of finance, with a consultation that runs."""
    consultation(cast)
    return filing_of(cast).pk


def comment(cast: Cast) -> int:
    found = Comment.objects.filter(filing__organisation=cast.organisation).first()
    if found is None:
        found = Comment.objects.create(
            consultation_id=consultation(cast),
            filing=filing_of(cast),
            person=cast.people["clerk"],
            text="时限太短",
            said_at=AT,
        )
    return found.pk


def year_under_way(own: Cast, other: Cast) -> list[int]:
    """Return no arguments, with this year's work opened: without it the page leads elsewhere."""
    year(own)
    del other
    return []


def other_year(own: Cast, other: Cast) -> list[int]:
    """Return a year that only another organisation has."""
    filing(other)
    del own
    return [ON.year - 20]


CYCLES = [
    row("cycles:board", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("cycles:unit-year", STAFF, unit, hidden=ADMINISTRATORS),
    row("cycles:board-of", STAFF, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    row("cycles:board-of", set(), other_year, hidden=EVERYBODY, about="a year without work"),
    row("cycles:statistics", STAFF, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    row("cycles:statistics", set(), other_year, hidden=EVERYBODY, about="a year without work"),
    row(
        "cycles:collect",
        COLLECTS,
        lambda own, _: [year(own)],
        hidden=ADMINISTRATORS,
        method="post",
        sent={"kind": "xlsx"},
    ),
    row(
        "cycles:collected",
        {"secretary"},
        lambda own, _: [collected(own)],
        hidden=ADMINISTRATORS | {"office", "deputy"},
        about="made for the secretary",
    ),
    row("cycles:open", OFFICE, hidden=ADMINISTRATORS, method="post", status=MOVED),
    row("cycles:meetings", STAFF, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    row("cycles:meeting-add", OFFICE, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    row("cycles:meetings-now", STAFF, year_under_way, hidden=ADMINISTRATORS),
    row("cycles:meeting-agenda", OFFICE, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    *own_and_other("cycles:meeting-minutes", OFFICE, meeting, hidden=ADMINISTRATORS),
    *own_and_other("cycles:meeting-notice", OFFICE, meeting, hidden=ADMINISTRATORS),
    *own_and_other("cycles:filing-letter", OFFICE, filing, hidden=ADMINISTRATORS),
    row("cycles:consultations", STAFF, year_under_way, hidden=ADMINISTRATORS),
    row("cycles:consultation-open", OFFICE, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    *own_and_other("cycles:consultation-close", OFFICE, consultation, hidden=ADMINISTRATORS),
    *own_and_other("cycles:comment-answer", OFFICE, comment, hidden=ADMINISTRATORS),
    *own_and_other("cycles:comment-add", STAFF, commented, hidden=ADMINISTRATORS),
    row("cycles:publish-all", OFFICE, lambda own, _: [year(own)], hidden=ADMINISTRATORS),
    row("cycles:editions", STAFF, hidden=ADMINISTRATORS),
    row("cycles:revisions", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("cycles:revision-open", DRAFTS | OFFICE, unit, hidden=ADMINISTRATORS),
    *own_and_other("cycles:proposal-dismiss", DRAFTS | OFFICE, proposal, hidden=ADMINISTRATORS),
    *own_and_other(
        "cycles:revision-drop", DRAFTS | OFFICE, filing, hidden=ADMINISTRATORS, method="post"
    ),
    *own_and_other("cycles:stage-open", OFFICE, stage, hidden=ADMINISTRATORS),
    *own_and_other("cycles:stage-close", OFFICE, stage, hidden=ADMINISTRATORS),
    *own_and_other("cycles:filing", STAFF, filing, hidden=ADMINISTRATORS),
    *own_and_other("cycles:filing-reviews", STAFF, filing, hidden=ADMINISTRATORS),
    *own_and_other("cycles:filing-submit", HEADS, filing, hidden=ADMINISTRATORS),
    *(
        line
        for name, opens in (
            ("start", DRAFTS),
            ("resume", DRAFTS),
            ("withdraw", HEADS),
            ("take-up", OFFICE),
            ("confirm", OFFICE),
        )
        for line in own_and_other(
            f"cycles:filing-{name}", opens, filing, hidden=ADMINISTRATORS, method="post"
        )
    ),
    *(
        line
        for name in ("filing-return", "filing-conclude", "filing-publish", "remark-add")
        for line in own_and_other(f"cycles:{name}", OFFICE, filing, hidden=ADMINISTRATORS)
    ),
    *own_and_other("cycles:remark-answer", DRAFTS, remark, hidden=ADMINISTRATORS),
    *own_and_other("cycles:remark-waive", OFFICE, remark, hidden=ADMINISTRATORS),
    *own_and_other("cycles:remark-resolve", OFFICE, remark, hidden=ADMINISTRATORS, method="post"),
    row("cycles:reviews", OFFICE, year_under_way, hidden=ADMINISTRATORS),
    *own_and_other("cycles:review", STAFF, filing, hidden=ADMINISTRATORS),
    *own_and_other("cycles:review-checker", OFFICE, filing, hidden=ADMINISTRATORS),
    row(
        "cycles:review-checker",
        OFFICE,
        lambda own, _: [offices_own(own)],
        about="the office's own unit, which it names a checker for",
        hidden=ADMINISTRATORS,
    ),
    *(
        row(
            f"cycles:{name}",
            {"colleague"},
            lambda own, _: [named(own)],
            about="of a unit for which somebody of another one was named",
            hidden=ADMINISTRATORS,
        )
        for name in ("filing-return", "filing-conclude", "remark-add")
    ),
    row(
        "cycles:review-submission",
        STAFF,
        lambda own, _: [submission(own), 1],
        about="own",
        hidden=ADMINISTRATORS,
    ),
    row(
        "cycles:review-submission",
        set(),
        lambda _, other: [submission(other), 1],
        about="of another organisation",
        hidden=EVERYBODY,
    ),
    *own_and_other("cycles:edition", STAFF, edition, hidden=ADMINISTRATORS),
    *own_and_other("cycles:filing-compared", STAFF, filing, hidden=ADMINISTRATORS),
    row(
        "cycles:edition-print",
        STAFF,
        lambda own, _: [edition(own), "measures", "xlsx"],
        hidden=ADMINISTRATORS,
    ),
    row(
        "cycles:edition-print",
        set(),
        lambda _, other: [edition(other), "measures", "xlsx"],
        about="of another organisation",
        hidden=EVERYBODY,
    ),
    row(
        "cycles:editions-compared",
        STAFF,
        lambda own, _: [edition(own), edition(own)],
        hidden=ADMINISTRATORS,
    ),
    row(
        "cycles:editions-compared",
        set(),
        lambda own, other: [edition(own), edition(other)],
        about="with one of another organisation",
        hidden=EVERYBODY,
    ),
    *own_and_other("cycles:edition-file", STAFF, edition, hidden=ADMINISTRATORS),
]
