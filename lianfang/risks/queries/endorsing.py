"""Who may endorse which proposals, for one risk point or for many at once."""

from collections.abc import Sequence

from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.queries.load import grouped
from lianfang.risks.models import RiskPoint, RiskPost
from lianfang.risks.rules.endorsing import endorsers


def endorsable_among(standing: Standing, risks: Sequence[RiskPoint]) -> set[int]:
    """Return the keys of the risk points whose level the asker may endorse. Six statements.

    Whether anything is proposed is not looked at. The office records what the superior body says.
    """
    if standing.person_id is None or not risks:
        return set()
    rows = RiskPost.objects.filter(risk__in=[risk.pk for risk in risks]).order_by("order")
    carriers = grouped(rows, "risk_id")
    posts = {row.post_id for found in carriers.values() for row in found}
    structure = structure_around(standing.organisation_id, standing.on, posts)
    records = standing.has(Role.LEADING_GROUP_OFFICE)
    found = set()
    for risk in risks:
        who = endorsers(
            structure,
            unit=risk.unit_id,
            posts=[row.post_id for row in carriers[risk.pk]],
            proposer=risk.proposed_by_id,
        )
        mine = standing.person_id in who
        office = records and None in who and risk.proposed_by_id != standing.person_id
        if mine or office:
            found.add(risk.pk)
    return found
