"""Stores an institution of plain values, with the keys it has there."""

from datetime import timedelta

from lianfang.accounts.models import User
from lianfang.common.bulk import insert
from lianfang.duties.models import MeasureInForce
from lianfang.duties.rules.levels import Given
from lianfang.duties.tests.world import World
from lianfang.org.models import (
    Appointment,
    Body,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Post,
    SchemeOverride,
    Unit,
)
from lianfang.org.tests.cast import AT, login
from lianfang.risks.models import LevelOverride, PostLevel


def store(world: World) -> Organisation:
    """Store a world as an organisation of its own and return it."""
    organisation = Organisation.objects.create(code="world", name="随机机构", created_at=AT)
    key = organisation.pk
    _structure(world, key)
    _people(world, key)
    _levels(world, key)
    _numbers(world, key, login("setter"))
    insert(
        MeasureInForce,
        (
            "id", "organisation", "unit", "risk_code", "code", "text", "kind", "post", "due_on",
            "edition", "since_on", "from_on",
        ),
        [
            (
                each.id, key, each.unit, "R", f"R-{each.id}", "按月核对", each.kind.value,
                each.post, each.due_on, each.edition, each.from_on, each.from_on,
            )
            for each in world.measures
        ],
    )  # fmt: skip
    return organisation


def _structure(world: World, key: int) -> None:
    insert(
        Unit,
        ("id", "organisation", "parent", "kind", "code", "name", "retired_on"),
        [
            (
                each.id, key, each.parent, each.kind.value, f"U{each.id}", "单位",
                world.retired.get(each.id),
            )
            for each in world.units
        ],
    )  # fmt: skip
    insert(
        Post,
        (
            "id", "organisation", "unit", "code", "name", "is_leadership", "is_unit_head",
            "is_leadership_head",
        ),
        [
            (
                each.id, key, each.unit, f"P{each.id}", "岗位", each.leadership, each.unit_head,
                each.leadership_head,
            )
            for each in world.posts
        ],
    )  # fmt: skip


def _people(world: World, key: int) -> None:
    people = {each.person for each in world.seated} | {each.person for each in world.sits}
    people |= {each.leader for each in world.led} | set(world.members)
    insert(
        Person,
        ("id", "organisation", "code", "name", "is_party_member"),
        [(each, key, f"{each}", "某人", world.members.get(each)) for each in sorted(people)],
    )
    insert(
        Appointment,
        ("organisation", "person", "post", "from_on", "to_on", "kind"),
        [
            (key, each.person, each.post, each.from_on, each.to_on, each.kind.value)
            for each in world.seated
        ],
    )
    insert(
        Portfolio,
        ("organisation", "leader", "unit", "from_on", "to_on"),
        [(key, each.leader, each.unit, each.from_on, each.to_on) for each in world.led],
    )
    bodies = {
        kind: Body.objects.create(organisation_id=key, kind=kind.value, name="机构")
        for kind in {each.body for each in world.sits}
    }
    insert(
        Membership,
        ("organisation", "body", "person", "from_on", "to_on"),
        [(key, bodies[each.body].pk, each.person, each.from_on, each.to_on) for each in world.sits],
    )


def _levels(world: World, key: int) -> None:
    unit_of = {post.id: post.unit for post in world.posts}
    insert(
        PostLevel,
        ("organisation", "unit", "post", "level", "rank", "from_on", "until_on", "edition"),
        [
            (key, unit_of[post], post, *given[:4], given.edition)
            for post, given in world.rated
            if given.override is None
        ],
    )
    for post, given in world.rated:
        if given.override is not None:
            _override(key, post, given)


def _override(key: int, post: int, given: Given) -> None:
    """Store what an override gave; every other one was ended, the rest ran out."""
    row = LevelOverride(
        pk=given.override,
        organisation_id=key,
        post_id=post,
        level=given.level,
        rank=given.rank,
        from_on=given.from_on,
        until_on=given.until_on,
        reason="发生违规",
        set_at=AT,
    )
    if row.pk % 2 and given.until_on is not None:
        row.until_on, row.ended_on = None, given.until_on + timedelta(days=1)
        row.ended_reason = "复核后解除"
    row.save(force_insert=True)


def _numbers(world: World, key: int, by: User) -> None:
    for path, value, from_on in world.numbers:
        SchemeOverride.objects.create(
            organisation_id=key,
            path=path,
            number=value,
            from_on=from_on,
            reason="试行",
            set_by=by,
            set_at=AT,
        )
