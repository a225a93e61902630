"""An institution of which an edition can be revised, and the revision of some powers."""

from datetime import timedelta

from msgspec.structs import replace

from lianfang.cycles.actions.revising import (
    open_revision,
)
from lianfang.cycles.models import Filing, Proposal
from lianfang.cycles.tests.year import (
    SCHEME,
    brought_to,
    powered,
)
from lianfang.org.models import Post
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.powers.tests.making import regulation
from lianfang.register import model
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.queries.load import load

LATER = ON + timedelta(days=10)


def revisable() -> Cast:
    """Return an institution whose finance has an edition of two powers, CW-01 and CW-02."""
    made = full_cast()
    powered(made)
    add_a_second_power(made)
    brought_to(made, "published")
    Power.objects.update(created_at=AT - timedelta(days=1))
    return made


def add_a_second_power(cast: Cast) -> None:
    """Store CW-02, like CW-01 but resting on a regulation of the library, with its risk point."""
    known = load(cast.organisation, ON)
    (first,), (risk,) = known.powers, known.risks
    rule = regulation(cast)
    basis = model.Basis(text="《财务报销管理办法》", regulation=rule.code, article="第三条")
    steps = tuple(
        replace(
            step,
            id=step.id.replace("CW-01", "CW-02"),
            arrows=tuple(replace(a, to=a.to.replace("CW-01", "CW-02")) for a in step.arrows),
        )
        for step in first.steps
    )
    second = replace(first, id="CW-02", code="CW-02", name="报销付款", bases=(basis,), steps=steps)
    other = replace(
        risk,
        id="R-CW-02",
        about=model.Subject(kind=model.SubjectKind.POWER, id="CW-02"),
        title="付款给虚假的收款人",
        manifestations=(model.Manifestation(text="经办人把收款账户改为亲友的账户后付款"),),
        measures=tuple(replace(m, id=m.id.replace("01", "02")) for m in risk.measures),
    )
    apply_register(
        organisation=cast.organisation,
        register=model.Register(powers=(second,), risks=(other,)),
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )


def post(code: str) -> Post:
    return Post.objects.get(code=code)


def named(code: str) -> Power:
    return Power.objects.select_related("unit", "organisation").get(code=code)


def revise(
    cast: Cast, *codes: str, rest: bool = False, proposals: tuple[Proposal, ...] = ()
) -> Filing:
    return open_revision(
        unit=cast.units["CW"],
        trigger="process_changed",
        reason="报销改为线上审批",
        powers=[named(code) for code in codes],
        covers_rest=rest,
        proposals=proposals,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )
