"""One risk point: recorded, changed, retired (五（二）)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import require_one_organisation
from lianfang.org.models import Person, Post, Unit
from lianfang.powers.models import DeletedDraft, Power, PowerPost, Regulation, Step
from lianfang.powers.rules.codes import next_code
from lianfang.risks.actions.index import reindex
from lianfang.risks.actions.rating import Rating, take_in
from lianfang.risks.actions.rating import told as rated
from lianfang.risks.actions.writing import (
    compute,
    differing,
    require_hanging_open,
    settled,
    taken_up,
)
from lianfang.risks.models import Manifestation, Participation, RiskPoint, RiskPost
from lianfang.risks.queries.facts import facts_about
from lianfang.scheme.model import Scheme

CLAUSE = "五（二）"
Subject = Power | Step | Post | Regulation
HANGS_ON = ("power", "step", "post", "regulation")
_KINDS = {Power: "power", Step: "step", Post: "post", Regulation: "regulation"}


class NoCarrier(Refused):
    """A risk point is carried by at least one post."""


@dataclass(frozen=True)
class Shown:
    """How a risk shows, and the level this way of showing bears."""

    text: str
    level: str = ""

    def __str__(self) -> str:
        return f"{self.text} [{self.level}]" if self.level else self.text


@dataclass(frozen=True, kw_only=True)
class RiskValues:
    """What is said of a risk point; `about` None is the unit itself, `posts` () the usual ones."""

    title: str
    about: Subject | None = None
    posts: tuple[Post, ...] = ()
    shown: tuple[Shown, ...] = ()
    aspects: tuple[str, ...] = ()
    focus: str = ""


@transaction.atomic
def create_risk(
    *,
    unit: Unit,
    values: RiskValues,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
    found_by: Person | None = None,
    found_on: date | None = None,
    rating: Rating | None = None,
) -> RiskPoint:
    """Record a risk point of a unit under the next code, rated at once where a rating is given.

    Raises NoCarrier and RegisterLocked, and what `rate_risk` raises.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    risk = RiskPoint(
        organisation_id=unit.organisation_id,
        unit=unit,
        code=_next_code(unit),
        found_by=found_by,
        found_on=found_on,
        created_by=by,  # type: ignore[misc]
        created_at=at,
    )
    _fill(risk, values)
    require_hanging_open(unit.organisation_id, unit.pk, risk.power)
    if rating is not None:
        levels = [shown.level for shown in values.shown]
        take_in(risk, rating, scheme, at, facts_about(risk.power, levels))
    risk.save(force_insert=True)
    posts = _write_parts(risk, values)
    reindex([risk.pk])
    if found_by is not None and found_on is not None:
        _count(found_by, posts, found_on)
    told = _told(risk, values, posts, scheme)
    if rating is not None:
        told |= rated(risk, scheme)
    audit.record(
        at=at,
        by=by,
        action="risks.risk.created",
        subject=risk,
        organisation=unit.organisation_id,
        changes={name: (None, value) for name, value in told.items() if value},
        rule=CLAUSE,
    )
    return risk


@transaction.atomic
def change_risk(
    *,
    risk: RiskPoint,
    values: RiskValues,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> RiskPoint:
    """Change what is said of a risk point; nothing differs: nothing is written.

    Its level is computed anew, since power and manifestations count in it. Raises Stale, Retired,
    NoCarrier and RegisterLocked.
    """
    risk = taken_up(risk, version, "unit", "step", "post", "regulation")
    stored = values_of(risk)
    before = _told(risk, stored, stored.posts, scheme)
    moved = risk.power_id
    _fill(risk, values)
    if risk.power_id != moved:
        require_hanging_open(risk.organisation_id, risk.unit_id, risk.power)
    risk.carriers.all().delete()
    risk.manifestations.all().delete()
    posts = _write_parts(risk, values)
    fields = ("title", *HANGS_ON, "aspects", "focus")
    computed = compute(risk, scheme) if risk.scores else ()
    changes = differing(before, _told(risk, values, posts, scheme))
    if not changes:
        return risk
    settled(risk, (*fields, *computed))
    audit.record(
        at=at,
        by=by,
        action="risks.risk.changed",
        subject=risk,
        organisation=risk.organisation_id,
        changes=changes,
        rule=CLAUSE,
    )
    return risk


@transaction.atomic
def retire_risk(
    *, risk: RiskPoint, on: date, reason: str, by: AbstractBaseUser | None, at: datetime
) -> RiskPoint:
    """Take a risk point out of use from a day on; it stays on record with the reason."""
    risk = taken_up(risk, None)
    risk.retired_on, risk.retired_reason = on, reason
    settled(risk, ("retired_on", "retired_reason"))
    audit.record(
        at=at,
        by=by,
        action="risks.risk.retired",
        subject=risk,
        organisation=risk.organisation_id,
        changes={"retired_on": (None, on.isoformat()), "retired_reason": (None, reason)},
        rule="六（五）",
    )
    return risk


def values_of(risk: RiskPoint) -> RiskValues:
    """Return what is said of a stored risk point. Two statements."""
    carriers = risk.carriers.select_related("post__unit").order_by("order")
    return RiskValues(
        title=risk.title,
        about=risk.step or risk.power or risk.post or risk.regulation,
        posts=tuple(row.post for row in carriers),
        shown=tuple(Shown(row.text, row.level) for row in risk.manifestations.order_by("order")),
        aspects=tuple(risk.aspects),
        focus=risk.focus,
    )


def usual_posts(about: Subject | None) -> tuple[Post, ...]:
    """Return the posts that carry a risk about something where nobody says others.

    A step's lane; the posts that decide and execute a power; a post itself. One statement.
    """
    if isinstance(about, Post):
        return (about,)
    if isinstance(about, Step) and about.post is not None:
        return (about.post,)
    power = about.power if isinstance(about, Step) else about
    if not isinstance(power, Power):
        return ()
    roles = (PowerPost.Role.DECIDES, PowerPost.Role.EXECUTES)
    parts = power.parts.filter(role__in=roles).select_related("post__unit").order_by("order")
    return tuple({part.post_id: part.post for part in parts}.values())


def _next_code(unit: Unit) -> str:
    prefix = f"R-{unit.code}-"
    named = {"organisation": unit.organisation_id, "code__startswith": prefix}
    codes = [
        *RiskPoint.objects.filter(**named).values_list("code", flat=True),
        *DeletedDraft.objects.filter(**named, restored_at=None).values_list("code", flat=True),
    ]
    return next_code(prefix, codes, width=2)


def _fill(risk: RiskPoint, values: RiskValues) -> None:
    about = values.about
    require_one_organisation(risk.organisation_id, *values.posts, *([about] if about else []))
    for field in HANGS_ON:
        setattr(risk, field, None)
    if about is not None:
        setattr(risk, _KINDS[type(about)], about)
    if isinstance(about, Step):
        risk.power = about.power
    risk.title, risk.focus, risk.aspects = values.title, values.focus, list(values.aspects)


def _write_parts(risk: RiskPoint, values: RiskValues) -> tuple[Post, ...]:
    posts = values.posts or usual_posts(values.about)
    if not posts:
        raise NoCarrier(
            Text(
                f"风险点“{risk.title}”还没有承担岗位，请至少选择一个岗位。",
                f"No post carries the risk point {risk.title}; choose at least one.",
            )
        )
    RiskPost.objects.bulk_create(
        RiskPost(risk=risk, post=post, order=place) for place, post in enumerate(posts)
    )
    Manifestation.objects.bulk_create(
        Manifestation(risk=risk, order=place, text=shown.text, level=shown.level)
        for place, shown in enumerate(values.shown)
    )
    return tuple(posts)


def _told(
    risk: RiskPoint, values: RiskValues, posts: tuple[Post, ...], scheme: Scheme
) -> dict[str, object]:
    """Return what the log says of a risk point: names, not keys."""
    aspects = {aspect.code: aspect.label.zh for aspect in scheme.aspects}
    areas = {area.code: area.label.zh for area in scheme.focus_areas}
    return {
        "code": risk.code,
        "title": values.title,
        "about": str(values.about) if values.about else risk.unit.name,
        "posts": [post.name for post in posts],
        "manifestations": [str(shown) for shown in values.shown],
        "aspects": [aspects.get(code, code) for code in values.aspects],
        "focus": areas.get(values.focus, values.focus),
    }


def _count(person: Person, posts: tuple[Post, ...], on: date) -> None:
    """Count a risk for the year's participation of who found it, where they have taken part."""
    Participation.objects.filter(person=person, post__in=posts, year=on.year).update(
        found=F("found") + 1
    )
