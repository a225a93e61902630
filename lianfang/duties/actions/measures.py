"""Which measures are to be carried out from a day on: those of an edition (五（四）, 六（四）)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.duties.models import MeasureInForce
from lianfang.org.models import Post, Unit
from lianfang.powers.models import Regulation
from lianfang.register.model import Measure, Register

CLAUSE = "五（四）"
# what an edition says of a measure
_SAID = ("text", "kind", "post_id", "regulation_id", "due_on", "frequency", "evidence")
_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """How many measures an edition brought in or changed, and how many rows it ended."""

    begun: int = 0
    ended: int = 0


@transaction.atomic
def take_up_measures(
    *,
    unit: Unit,
    register: Register,
    edition: str,
    from_on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> TakenUp:
    """Let the measures of a unit's edition be carried out from a day on; others of it end before.

    A measure that asks for a rule is followed until the rule is in force, one with a day is done
    once, any other is confirmed again and again. What the edition says like the last one goes on
    as it is; done again, nothing is written. At most ten statements, and one for each thousand
    measures.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    stood = {
        (row.risk_code, row.code): row
        for row in MeasureInForce.objects.filter(unit=unit, until_on=None)
    }
    wanted = {(row.risk_code, row.code): row for row in _rows(unit, register, edition, from_on)}
    begun = [row for key, row in wanted.items() if not _same(stood.get(key), row)]
    ended = [row for key, row in stood.items() if not _same(wanted.get(key), row)]
    if not begun and not ended:
        return TakenUp()
    MeasureInForce.objects.filter(pk__in=[row.pk for row in ended]).update(
        until_on=from_on - timedelta(days=1)
    )
    MeasureInForce.objects.bulk_create(_following(begun, stood), batch_size=1_000)
    audit.record(
        at=at,
        by=by,
        action="duties.measures.taken_up",
        subject=unit,
        organisation=unit.organisation_id,
        changes={
            "edition": (None, edition),
            "measures": (None, len(begun)),
            "measures_ended": (None, len(ended)),
        },
        rule=CLAUSE,
    )
    return TakenUp(begun=len(begun), ended=len(ended))


def _rows(unit: Unit, register: Register, edition: str, from_on: date) -> Iterator[MeasureInForce]:
    """Yield the unit's measures as the edition has them. Two statements."""
    own = unit.organisation_id
    posts = dict(Post.objects.filter(organisation=own).values_list("code", "pk"))
    rules = dict(Regulation.objects.filter(organisation=own).values_list("code", "pk"))
    for risk in register.risks:
        for measure in risk.measures if risk.unit == unit.code else ():
            yield MeasureInForce(
                organisation_id=own,
                unit=unit,
                risk_code=risk.id,
                code=measure.id,
                text=measure.text,
                kind=_kind(measure),
                post_id=_key(posts, measure.post),
                regulation_id=_key(rules, measure.regulation),
                due_on=measure.due_on,
                frequency=measure.frequency,
                evidence=measure.evidence,
                edition=edition,
                since_on=from_on,
                from_on=from_on,
            )


def _kind(measure: Measure) -> MeasureInForce.Kind:
    if measure.asks_rule:
        return MeasureInForce.Kind.RULE
    has_day = measure.due_on is not None
    return MeasureInForce.Kind.DATED if has_day else MeasureInForce.Kind.RECURRING


def _key(keys: Mapping[str, int], code: str | None) -> int | None:
    return keys.get(code) if code is not None else None


def _same(one: MeasureInForce | None, other: MeasureInForce) -> bool:
    return one is not None and all(getattr(one, name) == getattr(other, name) for name in _SAID)


def _following(
    begun: list[MeasureInForce], stood: Mapping[_Key, MeasureInForce]
) -> Iterator[MeasureInForce]:
    """Yield new rows; one that takes the place of another says with which it all began."""
    for row in begun:
        before = stood.get((row.risk_code, row.code))
        if before is not None:
            row.first_id, row.since_on = before.first_id or before.pk, before.since_on
        yield row
