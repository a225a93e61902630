"""The levels of posts: given by an edition, raised by a breach, let down again.

Only editions and overrides change the level of a post; ratings of risk points do not by themselves.
Source: 质检认纪〔2012〕1号 五（三）, 五（七）2（2）.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import require_order
from lianfang.org.models import Person, Post, Unit
from lianfang.powers.models import Power
from lianfang.register.model import Register
from lianfang.risks.actions.judging import require_other
from lianfang.risks.models import Breach, LevelOverride, PostLevel
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.rules.levels import levels_of, raised
from lianfang.scheme.model import Scheme

CLAUSE = "五（三）"
BREACH = "五（七）2（2）"
# what pages and duties say of it: neither the facts nor the number of the case
BREACH_REASON = "发生违规，等级上调"


class PostElsewhere(Refused):
    """The post belongs to another organisation than the one who acts."""


class PowerElsewhere(Refused):
    """The power belongs to another organisation than the post."""


class NothingSaid(Refused):
    """A breach without its facts, or an end without its reason."""


class NotYet(Refused):
    """A day that is still to come."""


class EndedAlready(Refused):
    """An override that somebody or an edition has ended."""


class EditionTooEarly(Refused):
    """An edition that would begin before one that already gave levels."""


@dataclass(frozen=True, kw_only=True)
class LevelsSet:
    """How many levels an edition gave and closed; breaches it took up, overrides it ended."""

    given: int = 0
    closed: int = 0
    absorbed: int = 0
    ended: int = 0


@transaction.atomic
def record_breach(
    *,
    post: Post,
    power: Power | None,
    what: str,
    reference: str,
    found_on: date,
    until_on: date | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Breach:
    """Record a breach found in a post, and raise the post from `on`, today, as the scheme says.

    It rises from the level in force, so a second breach raises it again. The scheme gives no
    length: without `until_on`, the last day, the level stays up until an edition takes it up or
    somebody ends it. Raises PostElsewhere, OwnPost, PowerElsewhere, NothingSaid, NotYet and
    WrongDates.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    _require_own(post, by)
    require_other(post, by, on)
    _require_power_beside(post, power)
    _require_said(what, Text("违规事实", "what the breach was"))
    _require_past(found_on, on)
    require_order(on, until_on)
    breach = Breach(
        organisation_id=post.organisation_id,
        post=post,
        power=power,
        found_on=found_on,
        reference=reference.strip(),
        what=what.strip(),
        recorded_by=by,  # type: ignore[misc]
        recorded_at=at,
    )
    breach.save(force_insert=True)
    known = levels_in_force(post.organisation_id, on, [post.pk]).get(post.pk)
    before = known.level if known else None
    level = raised(before, scheme)
    if level is not None:
        _raise(breach, level, scheme.rank(level), on, until_on)
    audit.record(
        at=at,
        by=by,
        action="risks.breach.recorded",
        subject=breach,
        organisation=post.organisation_id,
        changes=_told(breach) | {"post_level": (before, level)},
        sealed={"reference": (None, breach.reference), "what": (None, breach.what)},
        rule=BREACH,
    )
    return breach


@transaction.atomic
def end_override(
    *,
    override: LevelOverride,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LevelOverride:
    """Let a raised level hold no more from a day on, today or before, with a reason.

    Raises OwnPost, EndedAlready, NothingSaid, NotYet, and WrongDates for a day before it began.
    """
    rows = LevelOverride.objects.select_for_update(of=("self",))
    override = rows.select_related("organisation", "post").get(pk=override.pk)
    today = day_in(override.organisation.time_zone, at)
    require_other(override.post, by, today)
    if override.ended_on is not None:
        raise EndedAlready(
            Text(
                f"这一等级上调已于 {override.ended_on} 解除，不必再次解除。",
                f"This raised level was ended on {override.ended_on} already; nothing is left "
                "to do.",
            )
        )
    _require_said(reason, Text("解除原因", "why the raised level ends"))
    _require_past(on, today)
    require_order(override.from_on, on)
    override.ended_on, override.ended_reason = on, reason.strip()
    override.save(update_fields=["ended_on", "ended_reason"])
    audit.record(
        at=at,
        by=by,
        action="risks.override.ended",
        subject=override,
        organisation=override.organisation_id,
        changes={"ended_on": (None, on.isoformat()), "ended_reason": (None, override.ended_reason)},
        rule=BREACH,
    )
    return override


@transaction.atomic
def set_post_levels(
    *,
    unit: Unit,
    register: Register,
    edition: str,
    from_on: date,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
    looked_at: Collection[str] | None = None,
) -> LevelsSet:
    """Give the posts of a unit the levels of its edition, from a day on.

    `register` is the edition's; risk points of other units count where they name such a post. A
    post that no confirmed level names loses the level an earlier edition gave it; one that moved to
    another unit keeps it until that unit's next edition. The posts that get a level have their
    breaches up to that day taken up, and their raised levels ended where the edition's is no
    lower: all of them, or those whose code is in `looked_at`. The same edition again writes
    nothing. Raises EditionTooEarly. Fourteen statements, and one for each thousand posts.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    posts = {post.code: post for post in Post.objects.filter(unit=unit)}
    levels = levels_of(register, scheme)
    wanted = {posts[code].pk: level for code, level in levels.items() if code in posts}
    stood = {row.post_id: row for row in PostLevel.objects.filter(post__unit=unit, until_on=None)}
    same = {
        key for key, row in stood.items() if (row.level, row.edition) == (wanted.get(key), edition)
    }
    closed = {key: row for key, row in stood.items() if key not in same}
    given = {key: level for key, level in wanted.items() if key not in same}
    if not closed and not given:
        return LevelsSet()
    _require_later(unit, edition, from_on)
    ended = PostLevel.objects.filter(pk__in=[row.pk for row in closed.values()])
    ended.update(until_on=from_on - timedelta(days=1))
    rows = _give(unit, given, scheme, edition, from_on)
    codes = {post.pk: code for code, post in posts.items()}
    judged = {
        key: level for key, level in given.items() if looked_at is None or codes[key] in looked_at
    }
    counted = {
        "breaches_absorbed": _absorb(judged, edition, from_on),
        "overrides_ended": _end(judged, scheme, edition, from_on),
    }
    audit.record_bulk(
        at=at,
        by=by,
        action="risks.levels.set",
        subject=unit,
        organisation=unit.organisation_id,
        rows=_rows({post.pk: post for post in posts.values()}, closed, rows, counted),
        rule=CLAUSE,
    )
    return LevelsSet(
        given=len(given),
        closed=len(closed),
        absorbed=counted["breaches_absorbed"].total(),
        ended=counted["overrides_ended"].total(),
    )


# what a breach does -------------------------------------------------------------------------


def _raise(breach: Breach, level: str, rank: int, on: date, until_on: date | None) -> None:
    LevelOverride(
        organisation_id=breach.organisation_id,
        post_id=breach.post_id,
        level=level,
        rank=rank,
        reason=BREACH_REASON,
        from_on=on,
        until_on=until_on,
        breach=breach,
        set_by_id=breach.recorded_by_id,
        set_at=breach.recorded_at,
    ).save(force_insert=True)


def _told(breach: Breach) -> dict[str, tuple[object, object]]:
    told: dict[str, tuple[object, object]] = {
        "post": (None, breach.post.name),
        "breach_found_on": (None, breach.found_on.isoformat()),
    }
    if breach.power is not None:
        told["power"] = (None, breach.power.name)
    return told


# what an edition does -----------------------------------------------------------------------


def _require_later(unit: Unit, edition: str, from_on: date) -> None:
    """Raise EditionTooEarly where a level began after that day, or ended on it or after.

    One statement.
    """
    later = Q(from_on__gt=from_on) | Q(until_on__gte=from_on)
    rows = PostLevel.objects.filter(later, post__unit=unit).select_related("post")
    row = rows.order_by("-from_on", "-pk").first()
    if row is not None:
        raise EditionTooEarly(
            Text(
                f"版本 {row.edition} 已给出岗位“{row.post.name}”自 {row.from_on} 起的等级，版本 "
                f"{edition} 不能从 {from_on} 起生效，请改为更晚的日期。",
                f"Edition {row.edition} gave {row.post.name} its level from {row.from_on}; edition "
                f"{edition} can't begin on {from_on}. Let it begin on a later day.",
            )
        )


def _give(
    unit: Unit, given: Mapping[int, str], scheme: Scheme, edition: str, from_on: date
) -> dict[int, PostLevel]:
    rows = {
        key: PostLevel(
            organisation_id=unit.organisation_id,
            unit=unit,
            post_id=key,
            level=level,
            rank=scheme.rank(level),
            edition=edition,
            from_on=from_on,
        )
        for key, level in given.items()
    }
    PostLevel.objects.bulk_create(rows.values())
    return rows


def _absorb(given: Mapping[int, str], edition: str, from_on: date) -> Counter[int]:
    """Let the edition take up the breaches found by that day; returns how many of each post."""
    rows = Breach.objects.filter(post__in=given, absorbed_on=None, found_on__lte=from_on)
    taken = dict(rows.values_list("pk", "post"))
    Breach.objects.filter(pk__in=taken).update(absorbed_on=from_on, absorbed_by_edition=edition)
    return Counter(taken.values())


def _end(given: Mapping[int, str], scheme: Scheme, edition: str, from_on: date) -> Counter[int]:
    """End on that day the overrides that are not above the edition; returns how many of each post.

    One that has run out, or begins later, stays as it is.
    """
    lasting = Q(until_on=None) | Q(until_on__gte=from_on)
    rows = LevelOverride.objects.filter(
        lasting, post__in=given, ended_on=None, from_on__lte=from_on
    )
    ended = {
        key: post
        for key, post, level in rows.values_list("pk", "post", "level")
        if scheme.rank(level) <= scheme.rank(given[post])
    }
    LevelOverride.objects.filter(pk__in=ended).update(ended_on=from_on, ended_by_edition=edition)
    return Counter(ended.values())


def _rows(
    posts: Mapping[int, Post],
    closed: Mapping[int, PostLevel],
    given: Mapping[int, PostLevel],
    counted: Mapping[str, Counter[int]],
) -> Iterator[RowOfBulk]:
    """Yield what changed for each post: level and edition before and now, what was taken up."""
    for key in sorted({*closed, *given}):
        before, now = closed.get(key), given.get(key)
        numbers = {name: (None, count[key]) for name, count in counted.items() if count[key]}
        yield RowOfBulk(
            subject=posts[key],
            changes={
                "post_level": (before and before.level, now and now.level),
                "edition": (before and before.edition, now and now.edition),
                **numbers,
            },
        )


# what is refused ----------------------------------------------------------------------------


def _require_own(post: Post, by: AbstractBaseUser | None) -> None:
    """Raise PostElsewhere for somebody of another organisation. One statement."""
    people = Person.objects.filter(login=by.pk) if by is not None else Person.objects.none()
    if people.exclude(organisation=post.organisation_id).exists():
        raise PostElsewhere(
            Text(
                f"岗位“{post.name}”属于另一机构，请选择本机构的岗位。",
                f"The post {post.name} belongs to another organisation; choose one of your own.",
            )
        )


def _require_power_beside(post: Post, power: Power | None) -> None:
    if power is not None and power.organisation_id != post.organisation_id:
        raise PowerElsewhere(
            Text(
                f"职权“{power.name}”与岗位“{post.name}”不属于同一机构，请选择该岗位所在机构的职权。",
                f"The power {power.name} and the post {post.name} belong to different "
                "organisations; choose a power of the post's own.",
            )
        )


def _require_said(words: str, what: Text) -> None:
    if not words.strip():
        raise NothingSaid(
            Text(
                f"没有写明{what.zh}，请写明后再提交。",
                f"It isn't said {what.en}; say it, then send it again.",
            )
        )


def _require_past(day: date, today: date) -> None:
    if day > today:
        raise NotYet(
            Text(
                f"日期 {day} 还没有到，请填写今天（{today}）或以前的日期。",
                f"The day {day} is still to come; enter today, {today}, or a day before it.",
            )
        )
