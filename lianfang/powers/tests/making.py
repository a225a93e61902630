"""A regulation and a power of the small organisation, as they are sent to the actions."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from lianfang.org.tests.cast import AT, Cast
from lianfang.powers import actions
from lianfang.powers.models import Power, Regulation
from lianfang.register import model
from lianfang.register.model import Role, StepKind

REFUNDS = model.Power(
    id="",
    unit="",
    name="报销付款",
    category="execution",
    matters=("large_sums",),
    frequency="每年约 600 次",
    bases=(model.Basis(text="《财务报销管理办法》第三条", regulation="ZD-001", article="第三条"),),
    posts=(
        model.PowerPost(post="CWC", role=Role.DECIDES, limit="审批单笔报销", amount=50000),
        model.PowerPost(post="CWG", role=Role.EXECUTES),
        model.PowerPost(post="BGC", role=Role.SUPERVISES, limit="按季抽查"),
    ),
    steps=(
        model.Step(
            id="a",
            name="受理报销单",
            kind=StepKind.START,
            post="CWG",
            days=1,
            arrows=(model.Arrow(to="b"),),
        ),
        model.Step(
            id="b",
            name="审批报销",
            kind=StepKind.DECISION,
            post="CWC",
            days=2,
            arrows=(model.Arrow(to="c", condition="同意"), model.Arrow(to="a", condition="退回")),
        ),
        model.Step(id="c", name="付款归档", kind=StepKind.END, post="CWG", output="付款凭证"),
    ),
)


def regulation(cast: Cast, **values: Any) -> Regulation:
    """Return a regulation in force."""
    given: dict[str, Any] = {
        "title": "财务报销管理办法",
        "number": "中心〔2024〕7 号",
        "state": "in_force",
    }
    given |= {"in_force_on": date(2024, 3, 1)}
    return actions.create_regulation(
        organisation=cast.organisation, values={**given, **values}, by=None, at=AT
    )


def power(cast: Cast, part: str = "clerk", *, unit: str = "CW", **values: Any) -> Power:
    """Return a power of a unit, listed by that part; its regulation is there already or made."""
    wanted = replace(REFUNDS, **values)
    if any(basis.regulation for basis in wanted.bases):
        rules = Regulation.objects.filter(organisation=cast.organisation)
        if not rules.exists():
            regulation(cast)
    return actions.create_power(unit=cast.units[unit], wanted=wanted, by=cast.logins[part], at=AT)
