"""Who sits where on a day, at which level, and with which kinds of risk."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q

from lianfang.learning.rules.warning import Kinds, Seat, kinds_of
from lianfang.org.models import Appointment, holding
from lianfang.risks.models import RiskPost
from lianfang.risks.queries.levels import levels_in_force


def seats_of(
    organisation: int,
    on: date,
    *,
    person: int | None = None,
    units: Collection[int] | None = None,
) -> list[Seat]:
    """Return who holds which post in use, by unit and post: all, one person's, or of some units.

    Three statements.
    """
    rows = Appointment.objects.filter(
        holding(on),
        Q(post__retired_on=None) | Q(post__retired_on__gt=on),
        Q(person__left_on=None) | Q(person__left_on__gt=on),
        organisation=organisation,
    )
    if person is not None:
        rows = rows.filter(person=person)
    if units is not None:
        rows = rows.filter(post__unit__in=units)
    found = list(
        rows.order_by(
            "post__unit__order", "post__unit__code", "post__order", "post__code", "from_on", "pk"
        ).values_list("person", "post", "post__unit")
    )
    few = {post for _, post, _ in found} if person is not None else None
    levels = levels_in_force(organisation, on, few)
    return [
        Seat(
            person=who,
            post=post,
            unit=unit,
            level=levels[post].level if post in levels else "",
        )
        for who, post, unit in found
    ]


def risks_carried(
    organisation: int, on: date, posts: Collection[int] | None = None
) -> Iterator[tuple[Kinds, tuple[int]]]:
    """Yield the kinds of each risk point in use with a post that carries it. One statement."""
    rows = RiskPost.objects.filter(
        Q(risk__retired_on=None) | Q(risk__retired_on__gt=on), risk__organisation=organisation
    )
    if posts is not None:
        rows = rows.filter(post__in=posts)
    columns = rows.order_by("risk__code", "post").values_list(
        "post", "risk__aspects", "risk__focus", "risk__power__category"
    )
    for post, aspects, focus, category in columns.iterator(5_000):
        yield kinds_of(aspects, [focus], [category or ""]), (post,)
