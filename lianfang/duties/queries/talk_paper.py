"""A stored talk as its printed record tells it."""

from zoneinfo import ZoneInfo

from lianfang.duties.models import Duty, Talk
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.rules.talk_paper import TalkTold
from lianfang.duties.rules.talks import kind_called
from lianfang.scheme.model import Scheme


def told_of(talk: Talk, scheme: Scheme) -> TalkTold:
    """Return what the record of a talk says, in Chinese; not that an alert asks for it.

    Two statements.
    """
    zone, labels = ZoneInfo(talk.organisation.time_zone), rule_labels(scheme)
    duties = Duty.objects.filter(by_talks__talk=talk).exclude(origin=Duty.Origin.ALERT)
    duties = duties.order_by("due_on", "pk")
    rules = dict.fromkeys((duty.rule, duty.clause) for duty in duties)
    confirmed_at = talk.confirmed_at and talk.confirmed_at.astimezone(zone)
    kind = kind_called(scheme, talk.kind)
    return TalkTold(
        organisation=talk.organisation.name,
        mark=talk.mark,
        kind=f"{kind.label.zh}（{talk.clause}）",
        person=talk.person.name,
        unit=talk.unit.name,
        post=talk.post.name,
        talker=talk.talker.name,
        second=talk.second.name if talk.second else "",
        starts_at=talk.starts_at.astimezone(zone),
        minutes=talk.minutes,
        place=talk.place,
        reasons=[f"{labels[rule].zh}（{clause}）" for rule, clause in rules if rule in labels],
        points=talk.points,
        notes=talk.notes,
        commitments=talk.commitments,
        follow_up_on=talk.follow_up_on,
        late_reason=talk.late_reason,
        confirmed_at=confirmed_at if kind.signed else None,
        by_scan=talk.scan_id is not None,
        supplements=list(talk.supplements.order_by("pk").values_list("text", flat=True)),
    )
