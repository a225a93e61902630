"""The draw itself: nothing can be chosen any more once the seed is committed to (五（五）)."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.sealing import OtherKey, seal, unseal
from lianfang.common.text import Text
from lianfang.duties.actions.arising import open_arising
from lianfang.duties.models import Duty
from lianfang.duties.rules.values import Origin, Wanted
from lianfang.inspections.actions.draws import DrawUnclear, locked, moved
from lianfang.inspections.models import Draw, DrawnPost
from lianfang.inspections.queries.population import plan_of
from lianfang.inspections.rules.drawing import Picked, commitment_to
from lianfang.inspections.rules.plan import Plan, plan_digest, sha256
from lianfang.inspections.rules.sheet import Sheet, plan_bytes, read_plan, sheet_of, to_bytes
from lianfang.inspections.rules.states import DrawAct
from lianfang.org.models import Organisation, Person, Post
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import DutyRule

PURPOSE = "draw-seed"
_SEED_BYTES = 32
_TAKEN = (Draw.State.FROZEN, Draw.State.DRAWN, Draw.State.CLOSED)


class DrawnAlready(Refused):
    """A level of a year would be drawn twice."""


class NobodyToDraw(Refused):
    """No post of these levels is held by anybody."""


class SeedLost(Refused):
    """A seed that was sealed in another installation, or under a key that is gone."""


class NotYetKnown(Refused):
    """The day on which the public value becomes known is still to come, or no value is given."""


@transaction.atomic
def freeze_draw(
    *, draw: Draw, scheme: Scheme, on: date, by: AbstractBaseUser | None, at: datetime
) -> Draw:
    """Freeze who may be drawn and inspect, and commit to a seed that stays sealed.

    The log keeps the digest and the commitment. Raises DrawMovedOn, DrawUnclear where the public
    value may be known already, DrawnAlready and NobodyToDraw.
    """
    Organisation.objects.select_for_update().get(pk=draw.organisation_id)
    draw = locked(draw, DrawAct.FREEZE)
    _require_once(draw)
    if draw.public_on <= on:
        raise DrawUnclear(
            Text(
                f"公开数值的日期 {draw.public_on} 已到，数值可能已经知道。请改为 {on} 以后的日期。",
                f"The public value of {draw.public_on} may be known already. Choose a day after "
                f"{on}.",
            )
        )
    plan = plan_of(draw, scheme, on)
    _require_somebody(plan)
    seed = secrets.token_hex(_SEED_BYTES)
    draw.plan, draw.plan_digest = plan_bytes(plan).decode(), plan_digest(plan)
    draw.commitment = commitment_to(seed)
    draw.sealed_seed = seal(seed, purpose=PURPOSE)
    draw.state, draw.frozen_at = Draw.State.FROZEN, at
    told: dict[str, tuple[object, object]] = {
        "plan_digest": (None, draw.plan_digest),
        "commitment": (None, draw.commitment),
        "population": (None, len(plan.entries)),
    }
    return moved(draw, "frozen", by, at, told)


@transaction.atomic
def draw_sample(
    *,
    draw: Draw,
    value: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Draw:
    """Mix the seed with the public value, draw, and open what those drawn are owed.

    The log keeps seed, value and the digest of the sheet. Statements don't grow with those drawn.
    Raises DrawMovedOn, NotYetKnown and SeedLost.
    """
    organisation = Organisation.objects.select_for_update().get(pk=draw.organisation_id)
    draw = locked(draw, DrawAct.DRAW)
    written = _require_value(value, draw, on)
    sheet = sheet_of(
        read_plan(draw.plan.encode()),
        seed=_opened(draw),
        value=written,
        frozen_at=draw.frozen_at or at,
        drawn_at=at,
    )
    draw.drawn_at, draw.drawn_on = at, on
    draw = moved(draw, "drawn", by, at, _kept(draw, sheet))
    known = _Known.of(organisation)
    opened = open_arising(
        organisation=organisation,
        wanted=list(_wanted(draw, sheet, scheme, known)),
        scheme_version=sheet.plan.head.scheme_version,
        by=by,
        at=at,
    )
    _note_drawn(draw, sheet, known, opened)
    return draw


def _kept(draw: Draw, sheet: Sheet) -> dict[str, tuple[object, object]]:
    """Put the sheet into the draw, which gives up its sealed seed; return what the log keeps."""
    content = to_bytes(sheet)
    draw.state, draw.value, draw.sealed_seed = Draw.State.DRAWN, sheet.value, ""
    draw.sheet, draw.sheet_digest = content.decode(), sha256(content)
    return {
        "seed": (None, sheet.seed),
        "value": (None, sheet.value),
        "sheet_digest": (None, draw.sheet_digest),
        "drawn": (None, len(sheet.drawn)),
    }


@dataclass(frozen=True, kw_only=True)
class _Known:
    """The people and posts that a sheet names by their codes."""

    people: Mapping[str, int]
    posts: Mapping[str, Post]

    @classmethod
    def of(cls, organisation: Organisation) -> "_Known":
        """Return those of an organisation. Two statements."""
        rows = Person.objects.filter(organisation=organisation).order_by("pk")
        posts = Post.objects.filter(organisation=organisation).order_by("pk")
        return cls(
            people=dict(rows.values_list("code", "pk")), posts={post.code: post for post in posts}
        )


def _wanted(draw: Draw, sheet: Sheet, scheme: Scheme, known: _Known) -> Iterator[Wanted]:
    """Yield a duty for each rule of the level of everybody drawn: to visit, and to survey."""
    rules = {rule.code: rule for rule in scheme.duties}
    shares = {share.level: share.rules for share in sheet.plan.head.shares}
    for picked in sheet.drawn:
        body = sheet.plan.entries[picked.line - 1].body
        for code in shares[picked.level]:
            if code in rules:
                yield _owed(draw, rules[code], picked, body, known)


def _owed(draw: Draw, rule: DutyRule, picked: Picked, body: str, known: _Known) -> Wanted:
    person, post = known.people[picked.person], known.posts[picked.post]
    return Wanted(
        ground=f"{rule.code}/p{person}/o{post.pk}",
        period=date(draw.year, 12, 31),
        rule=rule.code,
        kind=rule.kind.value,
        origin=Origin.DRAW.value,
        clause=rule.clause.section,
        level=picked.level,
        person=person,
        post=post.pk,
        unit=post.unit_id,
        measure=None,
        actor_role=body,
        actor=None,
        opens_on=min(draw.drawn_on or draw.due_on, draw.due_on),
        due_on=draw.due_on,
        level_since=None,
        held_since=None,
        edition="",
        override=None,
        form="",
        hours=None,
    )


def _note_drawn(draw: Draw, sheet: Sheet, known: _Known, opened: Sequence[Duty]) -> None:
    """Keep who was drawn, beside the duty to visit them and those who are to. Two statements."""
    visits = {
        (duty.person_id, duty.post_id): duty for duty in opened if duty.kind == Duty.Kind.INSPECTION
    }
    rows = DrawnPost.objects.bulk_create(
        DrawnPost(
            draw=draw,
            order=picked.order,
            line=picked.line,
            level=picked.level,
            person_id=known.people[picked.person],
            post=known.posts[picked.post],
            unit_id=known.posts[picked.post].unit_id,
            duty=visits.get((known.people[picked.person], known.posts[picked.post].pk)),
        )
        for picked in sheet.drawn
    )
    through = DrawnPost.inspectors.through
    through._default_manager.bulk_create(
        through(drawnpost_id=row.pk, person_id=known.people[code])
        for row, picked in zip(rows, sheet.drawn, strict=True)
        for code in picked.inspectors
    )


def _opened(draw: Draw) -> str:
    """Return the seed that was sealed when the list was frozen. Raises SeedLost."""
    try:
        return unseal(draw.sealed_seed, purpose=PURPOSE)
    except OtherKey as error:
        raise SeedLost(
            Text(
                f"“{draw.title}”的种子是用另一把密钥封存的，打不开。请系统管理员在 "
                "LIANFANG_OLD_SECRET_KEYS 中补上原密钥；补不上的，作废后重新拟定。",
                f"The seed of “{draw.title}” was sealed under another key and can't be opened. Let "
                "the system administrator add the old key to LIANFANG_OLD_SECRET_KEYS; if it is "
                "gone, drop the draw and plan another.",
            )
        ) from error


def _require_once(draw: Draw) -> None:
    """Raise DrawnAlready where a level of the year was frozen or drawn before."""
    rows = Draw.objects.filter(organisation=draw.organisation_id, year=draw.year, state__in=_TAKEN)
    for other in rows.exclude(pk=draw.pk).order_by("pk"):
        if set(other.levels) & set(draw.levels):
            raise DrawnAlready(
                Text(
                    f"{draw.year} 年的这些等级已在“{other.title}”中固定或抽取，同一年不能重抽。",
                    f"These levels of {draw.year} were frozen or drawn in “{other.title}” already; "
                    "nothing is drawn twice in a year.",
                )
            )


def _require_somebody(plan: Plan) -> None:
    if not plan.entries:
        raise NobodyToDraw(
            Text(
                "没有人在这些等级的岗位任职，不能固定名单。请先发布版本、确认等级，或另选等级。",
                "Nobody holds a post of these levels, so there is nothing to freeze. Publish "
                "editions first, or choose other levels.",
            )
        )


def _require_value(value: str, draw: Draw, on: date) -> str:
    """Return the public value with its white space put right."""
    if on < draw.public_on:
        raise NotYetKnown(
            Text(
                f"公开数值要到 {draw.public_on} 才公布。请在那一天或以后抽取。",
                f"The public value is not known before {draw.public_on}. Draw on that day or "
                "later.",
            )
        )
    written = " ".join(value.split())
    if not written:
        raise NotYetKnown(
            Text(
                f"缺少公开数值。请照{draw.source}公布的原样填写。",
                f"The public value is missing. Enter it as it was published: {draw.source}.",
            )
        )
    return written
