"""Registers of any size in the database: the same rows for the same number."""

import random
from collections.abc import Sequence

from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import Power, Step
from lianfang.risks.actions.index import reindex
from lianfang.risks.models import Manifestation, Measure, RiskPoint, RiskPost

FACTORS = ("frequency", "human", "discretion", "loopholes", "impropriety")
ASKED = (*FACTORS, "likelihood", "money", "rights", "standing", "mission")
ASPECTS = ("power_setup", "rules", "oversight", "conduct", "environment")
PHASES = ("early", "during", "after")
LEVELS = ("", "low", "medium", "high")
UNITS = {"CW": ("CWC", "CWG"), "PS": ("PSG",), "BG": ("BGC", "BGG", "JJG")}
ACTS = ("化整为零规避招标", "放宽条件关闭不符合项", "收受礼品礼金", "拖延办理", "虚列劳务费用")
AT_ONCE = 500
PER_POWER = 10


def fill(cast: Cast, number: int, *, first: int = 0) -> list[RiskPoint]:
    """Store so many risk points, each with a post, a manifestation and two or three measures."""
    chance = random.Random(number)
    powers = _powers(cast, number, first)
    risks = [_risk(cast, place, powers, chance) for place in range(first, first + number)]
    RiskPoint.objects.bulk_create(risks, batch_size=AT_ONCE)
    _parts(cast, risks, chance)
    reindex(risk.pk for risk in risks)
    return risks


def _powers(cast: Cast, number: int, first: int) -> list[tuple[Power, Step]]:
    codes = list(UNITS)
    powers = [
        Power(
            organisation=cast.organisation,
            unit=cast.units[codes[place % len(codes)]],
            code=f"ZQ-{first + place:06}",
            name=f"采购审批{first + place}",
            matters=["large_sums"] if place % 4 == 0 else [],
            created_at=AT,
        )
        for place in range(-(-number // PER_POWER))
    ]
    Power.objects.bulk_create(powers, batch_size=AT_ONCE)
    steps = [Step(power=power, order=3, code=f"{power.code}-4", name="比选") for power in powers]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    return list(zip(powers, steps, strict=True))


def _risk(
    cast: Cast, place: int, powers: Sequence[tuple[Power, Step]], chance: random.Random
) -> RiskPoint:
    power, step = powers[place // PER_POWER % len(powers)]
    rank = chance.choice((0, 1, 1, 1, 2, 2, 3))
    return RiskPoint(
        organisation=cast.organisation,
        unit_id=power.unit_id,
        code=f"R-{place:06}",
        title=f"{chance.choice(ACTS)}{place}",
        power=power,
        step=step if place % 2 else None,
        aspects=chance.sample(ASPECTS, chance.choice((1, 1, 2))),
        focus=chance.choice(("", "duty", "large_sums")),
        found_on=ON,
        scores=[[code, chance.randint(1, 5)] for code in ASKED] if rank else [],
        proposed=LEVELS[rank],
        rank=rank,
        created_at=AT,
    )


def _parts(cast: Cast, risks: Sequence[RiskPoint], chance: random.Random) -> None:
    codes = {cast.units[unit].pk: posts for unit, posts in UNITS.items()}
    RiskPost.objects.bulk_create(
        (
            RiskPost(risk=risk, post=cast.posts[chance.choice(codes[risk.unit_id])], order=0)
            for risk in risks
        ),
        batch_size=AT_ONCE,
    )
    Manifestation.objects.bulk_create(
        (
            Manifestation(risk=risk, order=0, text=f"在第{risk.pk}号事项中{chance.choice(ACTS)}")
            for risk in risks
        ),
        batch_size=AT_ONCE,
    )
    Measure.objects.bulk_create(
        (
            Measure(
                risk=risk,
                code=f"{risk.code}-{order}",
                order=order,
                phase=phase,
                text=f"每{chance.choice('周月季')}由第{chance.randrange(9)}组抽查并登记台账",
                frequency="每月",
            )
            for risk in risks
            for order, phase in enumerate(chance.sample(PHASES, chance.choice((2, 3))))
        ),
        batch_size=AT_ONCE,
    )
