"""Who may open the pages of tables on their way in: who sent them, the office, later all staff."""

from lianfang.intake.actions.applying import apply_paper
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.models import Paper, Remembered
from lianfang.intake.queries.books import importer_of
from lianfang.intake.tests.importing import asking, sent_unread
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.scheme.load import load_scheme
from tests.access.parts import ADMINISTRATORS, EVERYBODY, REFUSED, STAFF, own_and_other, row
from tests.access.single_risks import power, risk, unit

TABLE = "单位,职权名称,岗位,风险点,风险等级,防控措施\n财务处,报销,出纳岗,虚报费用,高,双人复核\n"
FORM = "单位,职权名称,岗位,风险点,风险等级,防控措施\n财务处,采购,出纳岗,指定供应商,中,随机抽取\n"
# the clerk of finance sends the file; everybody who holds a post drafts some unit
SENDS, DECIDES = {"clerk", "office"}, {"clerk", "office"}
HIDDEN = EVERYBODY - DECIDES


def waiting(cast: Cast) -> Paper:
    """Return a file that the clerk sent and that waits for a decision."""
    found = Paper.objects.filter(
        opened__organisation=cast.organisation.pk, opened__state="previewed"
    ).first()
    if found is not None:
        return found
    paper = sent_unread(cast, TABLE.encode(), "财务处.csv", part="clerk")
    return make_preview(paper, asking(cast, "clerk"), by=cast.logins["clerk"], at=AT)


def paper(cast: Cast) -> int:
    return waiting(cast).opened_id


def delivery(cast: Cast) -> int:
    return waiting(cast).delivery_id


def written(cast: Cast) -> int:
    """Return a file of the clerk's that is part of the register."""
    found = Paper.objects.filter(
        opened__organisation=cast.organisation.pk, opened__state="applied"
    ).first()
    if found is not None:
        return found.opened_id
    sent = sent_unread(cast, FORM.encode(), "财务处二.csv", part="clerk")
    read = make_preview(sent, asking(cast, "clerk"), by=cast.logins["clerk"], at=AT)
    return apply_paper(
        paper=read,
        organisation=cast.organisation,
        importer=importer_of(cast.standing("clerk")),
        scheme=load_scheme("cnas-2012"),
        on=ON,
        by=cast.logins["clerk"],
        at=AT,
    ).pk


def meaning(cast: Cast) -> int:
    """Return a heading whose meaning the clerk settled."""
    found, _ = Remembered.objects.get_or_create(
        organisation=cast.organisation,
        kind=Remembered.Kind.COLUMN,
        key="审查内容",
        defaults={"means": "risk", "said_by": cast.logins["clerk"], "said_at": AT},
    )
    return found.pk


INTAKE = [
    row("intake:deliveries", STAFF, hidden=ADMINISTRATORS),
    row("intake:remembered", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("intake:delivery", SENDS, delivery, hidden=HIDDEN),
    *own_and_other("intake:delivery-apply", SENDS, delivery, hidden=HIDDEN, method="post"),
    *own_and_other("intake:unit-form", {"head", "clerk", "office"}, unit, hidden=ADMINISTRATORS),
    *(
        line
        for name in ("paper", "understood", "sorting", "original", "findings", "file")
        for line in own_and_other(f"intake:{name}", DECIDES, paper, hidden=HIDDEN)
    ),
    *own_and_other("intake:paper", STAFF, written, hidden=ADMINISTRATORS, about="written"),
    *own_and_other("intake:original", STAFF, written, hidden=ADMINISTRATORS, about="written"),
    *own_and_other("intake:file", STAFF, written, hidden=ADMINISTRATORS, about="written"),
    *(
        line
        for name in ("choose", "apply", "discard", "read", "pair", "part")
        for line in own_and_other(f"intake:{name}", DECIDES, paper, hidden=HIDDEN, method="post")
    ),
    # what was not applied can't be undone; what is part of the register by who sent it
    *own_and_other("intake:undo", DECIDES, paper, hidden=HIDDEN, method="post", status=REFUSED),
    *own_and_other(
        "intake:undo", DECIDES, written, hidden=ADMINISTRATORS, method="post", about="written"
    ),
    *own_and_other("intake:of-risk", STAFF, risk, hidden=ADMINISTRATORS),
    *own_and_other("intake:of-power", STAFF, power, hidden=ADMINISTRATORS),
    *own_and_other("intake:remembered-forget", DECIDES, meaning, hidden=HIDDEN, method="post"),
]
