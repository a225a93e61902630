"""One post, two duties (一岗双责, 七（一）): a unit's work beside its integrity."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models import Filing
from lianfang.duties.models import Duty
from lianfang.duties.queries.figures import Share, shares_of
from lianfang.org.models import Appointment, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.access import powers_visible_to
from lianfang.powers.models import Basis
from lianfang.risks.access import risks_visible_to
from lianfang.risks.models import Participation
from lianfang.shell.portrait import answered_for

_NONE = Share()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure: how many of how many, and where they are listed."""

    label: Promise | str
    share: Share
    url: str


@dataclass(frozen=True, kw_only=True)
class Both:
    """The two sides of somebody's units, and where their filings of the year stand."""

    work: tuple[Line, ...]
    integrity: tuple[Line, ...]
    filings: tuple[Filing, ...]
    year: int


def both_of(standing: Standing) -> Both | None:
    """Return the figures of the units somebody answers for, None for others. Five statements."""
    units = answered_for(standing)
    if not units:
        return None
    duties = shares_of(units, standing.on)
    filings = Filing.objects.filter(
        unit__in=units, cycle__year=standing.on.year, revision=None
    ).select_related("unit")
    return Both(
        work=_work(standing, units),
        integrity=(*_integrity(duties), _participation(standing, units)),
        filings=tuple(filings.order_by("unit__order", "unit__code")[:_MANY]),
        year=standing.on.year,
    )


# as many filings as a corner of the desk holds
_MANY = 6


def _work(standing: Standing, units: frozenset[int]) -> tuple[Line, ...]:
    in_units = Q(unit__in=units) & in_use(standing.on)
    basis = Exists(Basis.objects.filter(power=OuterRef("pk")))
    powers = powers_visible_to(standing).filter(in_units).alias(based=basis)
    based = powers.aggregate(done=Count("pk", filter=Q(based=True)), owed=Count("pk"))
    rated = (
        risks_visible_to(standing)
        .filter(in_units)
        .aggregate(done=Count("pk", filter=~Q(confirmed="")), owed=Count("pk"))
    )
    return (
        Line(label=_("职权写明依据"), share=Share(**based), url=reverse("powers:catalogue")),
        Line(label=_("风险点确认等级"), share=Share(**rated), url=reverse("risks:register")),
    )


def _integrity(duties: Mapping[str, Share]) -> tuple[Line, ...]:
    everything = sum(duties.values(), start=_NONE)
    page = reverse("duties:duties")
    kinds = (Duty.Kind.TALK, Duty.Kind.REPORT, Duty.Kind.MEASURE)
    return (
        Line(label=_("履责任务"), share=everything, url=page),
        *(
            Line(
                label=kind.label,
                share=duties.get(kind, _NONE),
                url=f"{page}?view=list&kind={kind.value}"
                if kind != Duty.Kind.MEASURE
                else reverse("duties:measures"),
            )
            for kind in kinds
        ),
    )


def _participation(standing: Standing, units: frozenset[int]) -> Line:
    """Return how many of those in the units' posts looked for risks this year. One statement."""
    seats = Appointment.objects.filter(
        holding(standing.on), in_use(standing.on, "post__"), post__unit__in=units
    )
    took = Participation.objects.filter(
        person=OuterRef("person"), post=OuterRef("post"), year=standing.on.year
    )
    counted = seats.alias(took=Exists(took)).aggregate(
        done=Count("pk", filter=Q(took=True)), owed=Count("pk")
    )
    return Line(label=_("查找风险参与"), share=Share(**counted), url=reverse("risks:participation"))
