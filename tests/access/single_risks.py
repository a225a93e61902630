"""Who may open the pages of one risk point, of rating, measures and finding."""

from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import DeletedDraft, Power
from lianfang.risks.actions.drafts import delete_draft
from lianfang.risks.actions.measures import MeasureValues, add_measure
from lianfang.risks.actions.risk import RiskValues, create_risk
from lianfang.risks.models import Measure, RiskPoint
from lianfang.scheme.load import load_scheme
from tests.access.parts import ADMINISTRATORS, EVERYBODY, STAFF, own_and_other, row


def made(cast: Cast) -> RiskPoint:
    return create_risk(
        unit=cast.units["CW"],
        values=RiskValues(title="票据核对走过场", posts=(cast.posts["CWG"],)),
        scheme=load_scheme("cnas-2012"),
        found_by=cast.people["clerk"],
        found_on=ON,
        by=cast.logins["clerk"],
        at=AT,
    )


def risk(cast: Cast) -> int:
    found = RiskPoint.objects.filter(organisation=cast.organisation).first()
    return (found or made(cast)).pk


def measure(cast: Cast) -> int:
    found = Measure.objects.filter(risk__organisation=cast.organisation).first()
    if found is None:
        point = RiskPoint.objects.get(pk=risk(cast))
        found = add_measure(risk=point, values=MeasureValues(text="每月抽查"), by=None, at=AT)
    return found.pk


def power(cast: Cast) -> int:
    found, _ = Power.objects.get_or_create(
        organisation=cast.organisation,
        code="CW-01",
        defaults={"unit": cast.units["CW"], "name": "付款", "created_at": AT},
    )
    return found.pk


def draft(cast: Cast) -> int:
    found = DeletedDraft.objects.filter(organisation=cast.organisation).first()
    return (found or delete_draft(risk=made(cast), by=cast.logins["clerk"], at=AT)).pk


def unit(cast: Cast) -> int:
    return cast.units["CW"].pk


def post(cast: Cast) -> int:
    return cast.posts["CWG"].pk


DRAFT, OWN = {"head", "clerk"}, {"clerk"}
SINGLE_RISKS = [
    *(
        row(f"risks:{name}", STAFF, hidden=ADMINISTRATORS)
        for name in ("finding", "participation", "rating", "sorting", "deleted", "levels")
    ),
    *own_and_other("risks:risk", STAFF, risk, hidden=ADMINISTRATORS),
    *own_and_other("risks:measures", STAFF, risk, hidden=ADMINISTRATORS),
    *own_and_other("risks:of-power", STAFF, power, hidden=ADMINISTRATORS),
    *own_and_other("risks:risk-add", DRAFT, unit, hidden=ADMINISTRATORS),
    *(
        line
        for name in (
            "risk-edit",
            "risk-retire",
            "risk-delete",
            "risk-rate",
            "rate-reckoned",
            "measure-add",
        )
        for line in own_and_other(f"risks:{name}", DRAFT, risk, hidden=ADMINISTRATORS)
    ),
    *own_and_other("risks:risk-endorse", {"head"}, risk, hidden=ADMINISTRATORS),
    *own_and_other("risks:measure-edit", DRAFT, measure, hidden=ADMINISTRATORS),
    *own_and_other("risks:measure-drop", DRAFT, measure, hidden=ADMINISTRATORS),
    *own_and_other("risks:finding-post", OWN, post, hidden=EVERYBODY - OWN),
    *own_and_other("risks:finding-found", OWN, post, hidden=EVERYBODY - OWN),
    *own_and_other("risks:levels-of-post", STAFF, post, hidden=ADMINISTRATORS),
    *own_and_other("risks:restore", OWN, draft, hidden=EVERYBODY - OWN, method="post"),
]
