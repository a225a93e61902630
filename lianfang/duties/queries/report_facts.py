"""What is on record about a post or a unit in a period: with it a report begins."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import override

from lianfang.duties.models import Duty, MeasureInForce
from lianfang.duties.rules.report_facts import Counted, LevelChange, Records
from lianfang.org.queries.tree import in_use
from lianfang.powers.models import Power, PowerPost
from lianfang.risks.models import LevelOverride, PostLevel, RiskPoint, RiskPost
from lianfang.scheme.model import Scheme

_CARRIED = "措施落实"
_UNRATED = "未评级"


def records_for(duty: Duty, scheme: Scheme, on: date) -> Records:
    """Return what is on record for a duty: about its post in its period, else about its unit.

    Six statements at most.
    """
    words = {level.code: level.label.zh for level in scheme.levels}
    with override("zh-hans"):
        if duty.post_id is None:
            return _of_unit(duty, words, on)
        return _of_post(duty, words, on)


def _of_post(duty: Duty, words: dict[str, str], on: date) -> Records:
    parts = PowerPost.objects.filter(_in_use_of("power", on), post=duty.post_id)
    risks = RiskPost.objects.filter(_in_use_of("risk", on), post=duty.post_id)
    measures = _in_force(on).filter(post=duty.post_id)
    about = Q(person=duty.person_id, post=duty.post_id)
    learning = Q(person=duty.person_id, kind=Duty.Kind.LEARNING)
    own = about | learning | Q(measure__post=duty.post_id)
    carried, duties = _counted(duty, own, on)
    return Records(
        on=on,
        powers=[
            (name, str(PowerPost.Role(role).label))
            for name, role in parts.order_by("power__code", "order").values_list(
                "power__name", "role"
            )
        ],
        risks=[
            (title, words.get(level, _UNRATED))
            for title, level in risks.order_by("-risk__rank", "risk__code").values_list(
                "risk__title", "risk__confirmed"
            )
        ],
        changes=sorted(_changes(duty, words), key=lambda change: change.on),
        measures=list(measures.values_list("text", flat=True)),
        carried=carried,
        duties=duties,
    )


def _of_unit(duty: Duty, words: dict[str, str], on: date) -> Records:
    risks = RiskPoint.objects.filter(in_use(on), unit=duty.unit_id)
    counts = Counter(risks.values_list("confirmed", flat=True))
    carried, duties = _counted(duty, Q(unit=duty.unit_id), on)
    editions = PostLevel.objects.filter(unit=duty.unit_id, from_on__lte=on, until_on=None)
    return Records(
        on=on,
        edition=editions.order_by("-from_on", "-pk").values_list("edition", flat=True).first()
        or "",
        power_count=Power.objects.filter(in_use(on), unit=duty.unit_id).count(),
        levels={
            word: counts[code] for code, word in (*words.items(), ("", _UNRATED)) if counts[code]
        },
        measures=list(_in_force(on).filter(unit=duty.unit_id).values_list("text", flat=True)),
        carried=carried,
        duties=duties,
    )


def _in_use_of(path: str, on: date) -> Q:
    """Return the condition under which what is at the end of a path is not retired on a day."""
    return Q(**{f"{path}__retired_on": None}) | Q(**{f"{path}__retired_on__gt": on})


def _in_force(on: date) -> QuerySet[MeasureInForce]:
    rows = MeasureInForce.objects.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
    return rows.order_by("risk_code", "code")


def _changes(duty: Duty, words: dict[str, str]) -> Iterator[LevelChange]:
    in_period = Q(post=duty.post_id, from_on__range=(duty.opens_on, duty.due_on))
    for day, level, edition in PostLevel.objects.filter(in_period).values_list(
        "from_on", "level", "edition"
    ):
        yield LevelChange(on=day, level=words.get(level, level), by=edition)
    for day, level in LevelOverride.objects.filter(in_period).values_list("from_on", "level"):
        yield LevelChange(on=day, level=words.get(level, level))


def _counted(duty: Duty, about: Q, on: date) -> tuple[Counted, list[Counted]]:
    """Return what fell due in the period or is overdue: measures, then other duties by kind.

    What alerts ask for is left out, for those who read a report need not know of alerts.
    """
    is_open, is_late = Q(state=Duty.State.OPEN), Q(state=Duty.State.OPEN, due_on__lt=on)
    due = Q(due_on__range=(duty.opens_on, duty.due_on)) | is_late
    rows = (
        Duty.objects.filter(about, due, organisation=duty.organisation_id)
        .exclude(pk=duty.pk)
        .exclude(Q(state=Duty.State.LAPSED) | Q(origin=Duty.Origin.ALERT))
        .values_list("kind")
        .annotate(
            done=Count("pk", filter=Q(state=Duty.State.DONE)),
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=is_late),
            waived=Count("pk", filter=Q(state=Duty.State.WAIVED)),
        )
    )
    found = {
        kind: Counted(label=_label(kind), done=done, open=waiting, late=late, waived=waived)
        for kind, done, waiting, late, waived in rows
    }
    carried = found.pop(Duty.Kind.MEASURE, Counted(label=_CARRIED))
    return carried, [found[kind] for kind in Duty.Kind if kind in found]


def _label(kind: str) -> str:
    return _CARRIED if kind == Duty.Kind.MEASURE else str(Duty.Kind(kind).label)
