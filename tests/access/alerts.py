"""Who may open alerts: who recorded one, has it or was told, the office; never whom it names."""

from lianfang.alerts.actions.adding import add_to_alert
from lianfang.alerts.actions.letters import Shown, answer_notice, send_letter
from lianfang.alerts.actions.steps import Paper
from lianfang.alerts.models import Alert, AlertFile, AlertLetter, UnitCorrection
from lianfang.alerts.tests.making import SCHEME, begun, closed, measured, noticed, triaged
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.parts import ADMINISTRATORS, EVERYBODY, NOBODY, STAFF, own_and_other, row
from tests.access.powers import power
from tests.access.single_risks import risk

# about the clerk, recorded and dealt with by the head, the deputy told
SEES = {"head", "deputy", "officer"}
HIDDEN = EVERYBODY - SEES
RECORDS = {"secretary", "deputy", "head", "officer", "overseer"}
# about the deputy: up to the head of the leadership
UP = {"head", "secretary", "officer"}
# about the discipline office
PAST_THE_OFFICE = {"head", "secretary"}


def _alert(cast: Cast, state: str, people: str = "clerk") -> Alert | None:
    rows = Alert.objects.filter(organisation=cast.organisation, state=state)
    return rows.filter(concerned__person=cast.people[people]).first()


def new(cast: Cast) -> int:
    """Return a sign about the clerk before triage."""
    return (_alert(cast, "noticed") or noticed(cast)).pk


def with_owner(cast: Cast) -> int:
    """Return an alert about the clerk that the head is to deal with."""
    return (_alert(cast, "triaged") or triaged(cast)).pk


def in_hand(cast: Cast) -> int:
    """Return an alert about the clerk that the head deals with."""
    return (_alert(cast, "in_hand") or measured(cast)).pk


def over(cast: Cast) -> int:
    """Return a closed alert about the clerk."""
    return (_alert(cast, "closed") or closed(cast, begun(cast, triaged(cast)))).pk


def about_the_deputy(cast: Cast) -> int:
    """Return a sign about a member of the leadership."""
    return (_alert(cast, "noticed", "deputy") or noticed(cast, "deputy")).pk


def about_the_officer(cast: Cast) -> int:
    """Return a sign about one of the discipline office."""
    return (_alert(cast, "noticed", "officer") or noticed(cast, "officer")).pk


def file(cast: Cast) -> list[int]:
    """Return an alert with a file."""
    rows = AlertFile.objects.filter(alert__organisation=cast.organisation)
    if not rows.exists():
        add_to_alert(
            alert=Alert.objects.get(pk=with_owner(cast)),
            text="",
            papers=[Paper(name="差旅单.pdf", chunks=[b"%PDF-1.4\n"])],
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )
    found = rows.get()
    return [found.alert_id, found.pk]


def notice(cast: Cast) -> int:
    """Return a notice to the office's unit, open."""
    rows = AlertLetter.objects.filter(alert__organisation=cast.organisation, state="open")
    return (rows.first() or _sent(cast)).pk


def answered(cast: Cast) -> int:
    """Return a notice that its unit answered, with a file."""
    rows = AlertLetter.objects.filter(alert__organisation=cast.organisation, state="answered")
    found = rows.first()
    if found is None:
        found = answer_notice(
            letter=_sent(cast),
            text="已完善。",
            file=Shown(name="整改.pdf", chunks=[b"%PDF-1.4\n"]),
            on=ON,
            by=cast.logins["overseer"],
            at=AT,
        )
    return found.pk


def answer(cast: Cast) -> list[int]:
    """Return a notice with what the unit put right."""
    found = UnitCorrection.objects.get(letter=answered(cast))
    return [found.letter_id, found.pk]


def _sent(cast: Cast) -> AlertLetter:
    return send_letter(
        alert=Alert.objects.get(pk=in_hand(cast)),
        kind="notice",
        body="请查找漏洞。",
        unit=cast.units["BG"],
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


# the head of the unit a notice goes to sees the notice, not the alert
READS_NOTICE = SEES | {"overseer"}
UNREAD = EVERYBODY - READS_NOTICE
ALERTS = [
    row("alerts:board", STAFF, hidden=ADMINISTRATORS),
    row("alerts:list", STAFF, hidden=ADMINISTRATORS),
    row("alerts:list-export", STAFF, lambda own, _: ["csv"], hidden=ADMINISTRATORS),
    row("alerts:record", RECORDS, hidden=ADMINISTRATORS),
    row("alerts:repeats", RECORDS, hidden=ADMINISTRATORS),
    row("alerts:open", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("alerts:of-risk", STAFF, risk, hidden=ADMINISTRATORS),
    *own_and_other("alerts:of-power", STAFF, power, hidden=ADMINISTRATORS),
    row("alerts:units", STAFF, hidden=ADMINISTRATORS),
    *own_and_other(
        "alerts:unit",
        {"secretary", "deputy", "head", "officer"},
        lambda cast: cast.units["CW"].pk,
        hidden=EVERYBODY - {"secretary", "deputy", "head", "officer"},
    ),
    *own_and_other("alerts:alert", SEES, with_owner, hidden=HIDDEN),
    row(
        "alerts:alert",
        UP,
        lambda own, _: [about_the_deputy(own)],
        hidden=EVERYBODY - UP,
        about="about a member of the leadership",
    ),
    row(
        "alerts:alert",
        PAST_THE_OFFICE,
        lambda own, _: [about_the_officer(own)],
        hidden=EVERYBODY - PAST_THE_OFFICE,
        about="about the discipline office",
    ),
    row("alerts:alert-file", SEES, lambda own, _: file(own), hidden=HIDDEN, about="own"),
    row(
        "alerts:alert-file",
        NOBODY,
        lambda own, other: file(other),
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    *own_and_other("alerts:triage", {"head", "officer"}, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:begin", {"head"}, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:measure", {"head"}, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:close", {"head"}, in_hand, hidden=HIDDEN),
    *own_and_other("alerts:send-up", {"head"}, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:follow", {"head"}, over, hidden=HIDDEN),
    *own_and_other("alerts:strike", {"head", "officer"}, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:add", SEES, with_owner, hidden=HIDDEN),
    *own_and_other("alerts:recuse", {"head", "officer"}, with_owner, hidden=HIDDEN),
    row(
        "alerts:letter-send",
        {"head"},
        lambda own, _: [in_hand(own), "notice"],
        hidden=HIDDEN,
        about="own",
    ),
    row(
        "alerts:letter-send",
        NOBODY,
        lambda own, _: [in_hand(own), "poem"],
        hidden=HIDDEN | {"head"},
        about="of no kind",
    ),
    row(
        "alerts:letter-send",
        NOBODY,
        lambda own, other: [in_hand(other), "notice"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    *own_and_other("alerts:letter", READS_NOTICE, notice, hidden=UNREAD),
    row(
        "alerts:letter-file",
        READS_NOTICE,
        lambda own, _: [notice(own), "docx"],
        hidden=UNREAD,
        about="own",
    ),
    row(
        "alerts:letter-file",
        NOBODY,
        lambda own, other: [notice(other), "pdf"],
        hidden=EVERYBODY,
        about="of another organisation",
    ),
    *own_and_other("alerts:letter-answer", {"overseer"}, notice, hidden=UNREAD),
    *own_and_other("alerts:letter-accept", {"head", "officer"}, answered, hidden=UNREAD),
    *own_and_other("alerts:letter-return", {"head", "officer"}, answered, hidden=UNREAD),
    row("alerts:correction-file", READS_NOTICE, lambda own, _: answer(own), hidden=UNREAD),
    row(
        "alerts:triage",
        {"head", "officer"},
        lambda own, _: [new(own)],
        hidden=EVERYBODY - {"head", "officer"},
        about="before triage",
    ),
]
