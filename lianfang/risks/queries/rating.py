"""What waits to be rated and endorsed: the highest level first (二, 重点)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.org.models import Appointment, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.risks.models import RiskPoint, RiskPost
from lianfang.risks.queries.endorsing import endorsable_among

PAGE = 25
FIRST, NEXT = 100, 1000


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Some risk points that wait, and the key from which the next page goes on."""

    risks: list[RiskPoint]
    more: str = ""


def to_rate(standing: Standing, after: str = "") -> Waiting:
    """Return those without a proposal that the asker may rate, higher ones first. One statement."""
    return _page(_named(unproposed(standing)), after)


def to_endorse(standing: Standing, after: str = "") -> Waiting:
    """Return the proposals that the asker may endorse, higher levels first.

    Seven statements, and as many for each further thousand that turn out to be another's.
    """
    found: list[RiskPoint] = []
    rows = _named(_proposed_near(standing)).order_by("-rank", "code")
    size = FIRST
    while len(found) <= PAGE:
        batch = list(_after(rows, after)[:size])
        mine = endorsable_among(standing, batch)
        found += [risk for risk in batch if risk.pk in mine]
        if len(batch) < size:
            break
        after, size = _key(batch[-1]), NEXT
    return _cut(found)


def endorsable_count(standing: Standing) -> int:
    """Return how many proposals wait for the asker, a page and one more at the most."""
    waiting = to_endorse(standing)
    return len(waiting.risks) + bool(waiting.more)


def unproposed(standing: Standing) -> QuerySet[RiskPoint]:
    """Return the risk points without a proposal that the asker drafts or carries."""
    carried = RiskPost.objects.filter(risk=OuterRef("pk"), post__in=standing.posts)
    own = Q(unit__in=standing.units | standing.headed) | Q(Exists(carried))
    return _of_staff(standing).filter(own, proposed="")


def _proposed_near(standing: Standing) -> QuerySet[RiskPoint]:
    """Return proposals among which are all that the asker may endorse."""
    rows = _of_staff(standing).filter(endorsed="").exclude(proposed="")
    rows = rows.exclude(proposed_by=standing.person_id)
    reach = standing.headed | standing.portfolio
    carriers = RiskPost.objects.filter(risk=OuterRef("pk"))
    near = Q(unit__in=reach) | Q(Exists(carriers.filter(post__unit__in=reach)))
    if standing.has(Role.LEADERSHIP_HEAD):
        near |= _high_up(standing)
    if standing.has(Role.LEADING_GROUP_OFFICE):
        near |= _beyond(standing)
    return rows.filter(near)


def _high_up(standing: Standing) -> Q:
    """Return the condition on points that the head of the leadership may endorse.

    Carried or proposed by a head or leader, carried in a unit without a head, or by no post.
    """
    heads = Q(post__is_unit_head=True) | Q(post__is_leadership=True)
    carriers = RiskPost.objects.filter(risk=OuterRef("pk"))
    seats = Appointment.objects.filter(holding(standing.on))
    headed = Exists(seats.filter(post__is_unit_head=True, post__unit=OuterRef("post__unit")))
    high = Q(Exists(carriers.filter(heads))) | Q(Exists(carriers.filter(~headed)))
    by_head = Q(Exists(seats.filter(heads, person=OuterRef("proposed_by"))))
    return high | by_head | ~Q(Exists(carriers))


def _beyond(standing: Standing) -> Q:
    """Return the condition on points that only the superior body may endorse.

    Carried or proposed by the head of the leadership; all that would be theirs while it is vacant.
    """
    carriers = RiskPost.objects.filter(risk=OuterRef("pk"), post__is_leadership_head=True)
    heads = Appointment.objects.filter(
        holding(standing.on),
        organisation=standing.organisation_id,
        post__is_leadership_head=True,
    )
    theirs = Q(Exists(carriers)) | Q(Exists(heads.filter(person=OuterRef("proposed_by"))))
    return theirs | (~Q(Exists(heads)) & _high_up(standing))


def _of_staff(standing: Standing) -> QuerySet[RiskPoint]:
    if not standing.is_staff:
        return RiskPoint.objects.none()
    return RiskPoint.objects.filter(in_use(standing.on), organisation=standing.organisation_id)


def _named(rows: QuerySet[RiskPoint]) -> QuerySet[RiskPoint]:
    return rows.select_related("unit", "power", "step", "post", "regulation", "proposed_by")


def _page(rows: QuerySet[RiskPoint], after: str) -> Waiting:
    return _cut(list(_after(rows, after).order_by("-rank", "code")[: PAGE + 1]))


def _cut(found: list[RiskPoint]) -> Waiting:
    more = _key(found[PAGE - 1]) if len(found) > PAGE else ""
    return Waiting(risks=found[:PAGE], more=more)


def _after(rows: QuerySet[RiskPoint], after: str) -> QuerySet[RiskPoint]:
    rank, _, code = after.partition(":")
    if not rank.isdecimal():
        return rows
    return rows.filter(Q(rank__lt=int(rank)) | Q(rank=int(rank), code__gt=code))


def _key(risk: RiskPoint) -> str:
    return f"{risk.rank}:{risk.code}"
