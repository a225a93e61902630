"""One power on one page: what it rests on, who does what in it, its flow, what the checks say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from lianfang.checks import engine
from lianfang.checks.finding import Finding, ThingKind
from lianfang.common.text import Language, Text
from lianfang.documents.drawing.flow import chart_of
from lianfang.org.models import Appointment, Post, holding
from lianfang.org.standing import Standing
from lianfang.powers.models import Basis, EditLock, Power, PowerPost
from lianfang.powers.queries.catalogue import labels_of
from lianfang.powers.queries.charts import Drawn, drawn
from lianfang.powers.queries.levels import marks_of, top_posts
from lianfang.powers.queries.load import grouped, powers_register
from lianfang.powers.queries.locks import Touched, lock_on
from lianfang.powers.rules.clashes import clashes_by_post
from lianfang.powers.rules.keys import key_posts, key_steps
from lianfang.register import model
from lianfang.scheme.model import Scheme

# Roles that should not meet in one post or person, and what hangs on one power alone.
CLASHES = ("C207", "C208", "C209", "C210")
OF_ONE_POWER = ("C1", "C2")
_ROLES = tuple(PowerPost.Role)


@dataclass(frozen=True, kw_only=True)
class SeatRow:
    """A post in a power: its roles in order, None where it has none; who holds it; its limits."""

    post: Post
    roles: tuple[PowerPost | None, ...]
    holders: tuple[Appointment, ...]
    limits: tuple[PowerPost, ...]
    is_key: bool
    clashes: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """A step as the table beside the chart lists it."""

    number: int
    step: model.Step
    where: str
    onward: tuple[str, ...]
    is_key: bool
    risks: tuple[model.RiskPoint, ...]


@dataclass(frozen=True, kw_only=True)
class PowerView:
    """Everything on the page of a power but its history."""

    power: Power
    value: model.Power
    category: Text | None
    matters: tuple[Text, ...]
    bases: tuple[Basis, ...]
    seats: tuple[SeatRow, ...]
    steps: tuple[StepRow, ...]
    chart: Drawn | None
    notes: tuple[str, ...]
    # what the checks hold against posts and against the flow
    clashes: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    lock: EditLock | None


def power_view(power: Power, standing: Standing, scheme: Scheme, language: Language) -> PowerView:
    """Return what stands on the page of a power. Seventeen statements at most."""
    register = powers_register(power.organisation, standing.on, powers=[power.pk])
    (value,) = register.powers
    marks = marks_of(power, scheme)
    chart = chart_of(replace(register, risks=marks), value, scheme, language)
    found = findings_of(register, value, scheme)
    clashes = tuple(finding for finding in found if finding.code in CLASHES)
    bases = Basis.objects.filter(power=power).select_related("regulation").order_by("order")
    matters = labels_of(scheme.matters)
    return PowerView(
        power=power,
        value=value,
        category=labels_of(scheme.categories).get(power.category),
        matters=tuple(matters[code] for code in power.matters if code in matters),
        bases=tuple(bases),
        seats=_seats(power, register, standing.on, scheme, clashes),
        steps=step_rows(value, register.posts, marks, scheme),
        chart=drawn(chart, f"power-{power.pk}") if value.steps else None,
        notes=chart.notes,
        clashes=clashes,
        gaps=tuple(finding for finding in found if finding.code not in CLASHES),
        lock=lock_on(power.organisation_id, [Touched(power.unit_id, power.code)]),
    )


def findings_of(
    register: model.Register, power: model.Power, scheme: Scheme
) -> tuple[Finding, ...]:
    """Return what the checks of powers and posts hold against one power and its steps."""
    steps = {step.id for step in power.steps}
    return tuple(
        finding
        for finding in engine.run(register, scheme, select=OF_ONE_POWER)
        if (finding.subject.kind is ThingKind.POWER and finding.subject.id == power.id)
        or (finding.subject.kind is ThingKind.STEP and finding.subject.id in steps)
    )


def step_rows(
    power: model.Power,
    posts: Sequence[model.Post],
    risks: Sequence[model.RiskPoint],
    scheme: Scheme,
) -> tuple[StepRow, ...]:
    """Return the flow as a table: the same facts as the chart."""
    names = {post.id: post.name for post in posts}
    numbers = {step.id: number for number, step in enumerate(power.steps, 1)}
    keys = key_steps(power, scheme)
    return tuple(
        StepRow(
            number=number,
            step=step,
            where=names.get(step.post or "", step.lane),
            onward=tuple(f"{numbers[arrow.to]} {arrow.condition}".strip() for arrow in step.arrows),
            is_key=step.id in keys,
            risks=tuple(risk for risk in risks if risk.about.id == step.id),
        )
        for number, step in enumerate(power.steps, 1)
    )


def _seats(
    power: Power,
    register: model.Register,
    on: date,
    scheme: Scheme,
    clashes: Sequence[Finding],
) -> tuple[SeatRow, ...]:
    (value,) = register.powers
    parts = list(
        PowerPost.objects.filter(power=power).select_related("post__unit").order_by("order")
    )
    posts = {part.post_id: part.post for part in parts}
    held = grouped(
        Appointment.objects.filter(holding(on), post__in=posts)
        .select_related("person")
        .order_by("kind", "from_on"),
        "post_id",
    )
    people = {
        posts[key].code: frozenset(seat.person.name for seat in seats)
        for key, seats in held.items()
    }
    against = clashes_by_post(value, people)
    keys = key_posts([value], scheme, top_posts([power.pk], scheme))
    of_post = grouped(parts, "post_id")
    return tuple(
        SeatRow(
            post=post,
            roles=tuple(
                next((part for part in of_post[key] if part.role == role), None) for role in _ROLES
            ),
            holders=tuple(held[key]),
            limits=tuple(part for part in of_post[key] if part.limit or part.amount is not None),
            is_key=post.code in keys,
            clashes=tuple(f for f in clashes if f.code in against.get(post.code, ())),
        )
        for key, post in posts.items()
    )
