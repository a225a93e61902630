"""A year of any size: so many units with so many approved risk points each."""

from lianfang.cycles.models import Cycle, Filing
from lianfang.cycles.tests.year import opened
from lianfang.org import actions as org
from lianfang.org.models import Post, Unit
from lianfang.org.tests.cast import AT, Cast
from lianfang.powers.actions.locks import lock
from lianfang.powers.models import Power
from lianfang.risks.models import RiskPoint, RiskPost
from lianfang.risks.tests.many import fill


def approved(cast: Cast, units: int, risks: int) -> Cycle:
    """Open the year for new units that share so many risk points, all of them approved.

    Nothing was checked of the filings: what counts is where they stand.
    """
    posts = [_unit(cast, number) for number in range(units)]
    fill(cast, risks)
    powers = list(Power.objects.order_by("pk").values_list("pk", flat=True))
    for number, post in enumerate(posts):
        keys = powers[number::units]
        Power.objects.filter(pk__in=keys).update(unit=post.unit_id)
        RiskPoint.objects.filter(power__in=keys).update(unit=post.unit_id)
        RiskPost.objects.filter(risk__power__in=keys).update(post=post)
    cycle = opened(cast)
    for post in posts:
        closed = lock(unit=post.unit, reason="2026 年度填报已报送", by=None, at=AT)
        filings = Filing.objects.filter(cycle=cycle, unit=post.unit_id)
        filings.update(state=Filing.State.APPROVED, round=1, lock=closed)
    return cycle


def _unit(cast: Cast, number: int) -> Post:
    unit = org.create_unit(
        organisation=cast.organisation,
        code=f"N{number:03}",
        name=f"第{number + 1}处",
        kind=Unit.Kind.DEPARTMENT,
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    return org.create_post(unit=unit, code=f"N{number:03}-G", name="经办岗", by=None, at=AT)
