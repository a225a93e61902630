"""The levels of posts: given by editions, raised by breaches, ended; and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event, Row
from lianfang.common.errors import Refused
from lianfang.org import actions as org
from lianfang.org.actions.changing import WrongDates
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.risks.actions.levels import (
    EditionTooEarly,
    EndedAlready,
    LevelsSet,
    NothingSaid,
    NotYet,
    PostElsewhere,
    PowerElsewhere,
    end_override,
    record_breach,
)
from lianfang.risks.models import Breach, LevelOverride, PostLevel
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.tests.leveling import SCHEME, breach, override, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = ON + 60 * DAY
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def in_force(cast: Cast, on: date = ON) -> dict[str, str]:
    """Return the level of each post by its code."""
    codes = {post.pk: code for code, post in cast.posts.items()}
    return {codes[key]: row.level for key, row in levels_in_force(cast.organisation, on).items()}


def events(action: str) -> list[Event]:
    return list(Event.objects.filter(action=action).order_by("position"))


# editions -----------------------------------------------------------------------------------


def test_an_edition_gives_the_posts_of_its_unit_their_levels(cast: Cast) -> None:
    assert publish(cast, CWC="medium", CWG="high", PSG="high") == LevelsSet(given=2)
    assert in_force(cast) == {"CWC": "medium", "CWG": "high"}
    assert in_force(cast, ON - DAY) == {}
    row = PostLevel.objects.get(post=cast.posts["CWG"])
    assert (row.unit, row.rank, row.edition, row.until_on) == (cast.units["CW"], 3, "2026-1", None)


def test_not_rated_is_no_level(cast: Cast) -> None:
    assert publish(cast, CWG=None) == LevelsSet()
    assert in_force(cast) == {}
    assert events("risks.levels.set") == []


def test_the_same_edition_again_writes_nothing(cast: Cast) -> None:
    publish(cast, CWC="medium", CWG="high")
    breach(cast, "CWC")
    before = list(PostLevel.objects.values())
    assert publish(cast, CWC="medium", CWG="high") == LevelsSet()
    assert list(PostLevel.objects.values()) == before
    assert len(events("risks.levels.set")) == 1
    assert Breach.objects.get().absorbed_on is None
    assert LevelOverride.objects.get().ended_on is None


def test_a_later_edition_closes_the_levels_of_the_one_before(cast: Cast) -> None:
    publish(cast, CWC="medium", CWG="high")
    assert publish(cast, "2027-1", NEW_YEAR, CWG="low") == LevelsSet(given=1, closed=2)
    assert in_force(cast, NEW_YEAR - DAY) == {"CWC": "medium", "CWG": "high"}
    assert in_force(cast, NEW_YEAR) == {"CWG": "low"}
    ends = PostLevel.objects.filter(edition="2026-1").values_list("until_on", flat=True)
    assert set(ends) == {date(2026, 12, 31)}


def test_an_edition_with_the_same_levels_is_the_one_in_force(cast: Cast) -> None:
    publish(cast, CWG="high")
    assert publish(cast, "2026-2", LATER, CWG="high") == LevelsSet(given=1, closed=1)
    found = levels_in_force(cast.organisation, LATER)[cast.posts["CWG"].pk]
    assert found.from_edition == "2026-2"


def test_two_editions_of_one_day_leave_the_later_one(cast: Cast) -> None:
    publish(cast, CWG="high")
    publish(cast, "2026-2", CWG="low")
    assert in_force(cast) == {"CWG": "low"}


def test_an_edition_does_not_begin_before_the_one_in_force(cast: Cast) -> None:
    publish(cast, CWG="high")
    with pytest.raises(EditionTooEarly, match="2026-1"):
        publish(cast, "2026-2", ON - DAY, CWG="low")
    assert in_force(cast) == {"CWG": "high"}


def test_an_edition_that_was_superseded_does_not_come_back(cast: Cast) -> None:
    publish(cast, CWG="high")
    publish(cast, "2027-1", NEW_YEAR)
    with pytest.raises(EditionTooEarly, match="出纳岗"):
        publish(cast, CWG="high")
    assert in_force(cast, NEW_YEAR) == {}
    assert publish(cast, "2027-2", NEW_YEAR, CWG="low").given == 1


def test_other_units_keep_their_levels(cast: Cast) -> None:
    publish(cast, unit="PS", PSG="high")
    publish(cast, CWG="low")
    assert in_force(cast) == {"PSG": "high", "CWG": "low"}


def test_a_post_that_moved_keeps_its_level_until_its_new_unit_has_an_edition(cast: Cast) -> None:
    publish(cast, CWC="medium", CWG="high")
    type(cast.posts["CWG"]).objects.filter(code="CWG").update(unit=cast.units["PS"])
    publish(cast, "2026-2", LATER, CWC="medium")
    assert in_force(cast, LATER) == {"CWC": "medium", "CWG": "high"}
    publish(cast, "2026-1", LATER + DAY, unit="PS", CWG="low")
    assert in_force(cast, LATER + DAY) == {"CWC": "medium", "CWG": "low"}


def test_a_post_has_one_open_level(cast: Cast) -> None:
    publish(cast, CWG="high")
    row = PostLevel.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_log_says_for_each_post_what_changed(cast: Cast) -> None:
    publish(cast, CWG="low", CWC="low")
    breach(cast)
    publish(cast, "2026-2", LATER, CWG="high")
    event = events("risks.levels.set")[1]
    assert (event.subject, event.rule) == (f"org.unit:{cast.units['CW'].pk}", "五（三）")
    told = Row.objects.filter(event=event).order_by("place").values_list("text", flat=True)
    head, clerk = sorted(told, key=lambda text: "出纳岗" in text)
    assert '"post_level":["low",null]' in head
    assert '"breaches_absorbed":[null,1],"edition":["2026-1","2026-2"]' in clerk
    assert '"overrides_ended":[null,1],"post_level":["low","high"]' in clerk


@pytest.mark.parametrize("rows", [1, 20])
def test_an_edition_costs_as_many_statements_at_any_size(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(rows):
        cast.posts[f"P{place}"] = org.create_post(
            unit=cast.units["CW"], code=f"P{place}", name=f"岗{place}", by=None, at=AT
        )
    posts = [f"P{place}" for place in range(rows)]
    low: dict[str, Any] = dict.fromkeys(posts, "low")
    publish(cast, **low)
    for post in posts:
        breach(cast, post)
    # savepoint; unit, posts, open levels, later ones; closed, given; breaches, taken up;
    # overrides, ended; log: edge, rows, event, what it says, edge; released
    with django_assert_num_queries(17):
        done = publish(cast, "2026-2", LATER, **dict.fromkeys(low, "high"))
    assert done == LevelsSet(given=rows, closed=rows, absorbed=rows, ended=rows)


# breaches -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "raised"),
    [(None, "medium"), ("low", "medium"), ("medium", "high"), ("high", "high")],
)
def test_a_breach_raises_the_level_of_the_post(cast: Cast, given: str | None, raised: str) -> None:
    publish(cast, CWG=given)
    made = breach(cast)
    assert (made.organisation, made.post) == (cast.organisation, cast.posts["CWG"])
    assert (made.recorded_by, made.recorded_at) == (cast.logins["officer"], AT)
    assert in_force(cast) == {"CWG": raised}
    above = LevelOverride.objects.get()
    assert (above.breach, above.level, above.from_on) == (made, raised, ON)
    assert above.until_on is None
    [event] = events("risks.breach.recorded")
    assert event.rule == "五（七）2（2）"
    assert {"reference", "what"} <= event.parts.keys()


def test_a_second_breach_raises_it_again(cast: Cast) -> None:
    publish(cast, CWG="low")
    breach(cast)
    breach(cast, reference="2026-004")
    assert in_force(cast) == {"CWG": "high"}


def test_a_raised_level_holds_through_its_last_day(cast: Cast) -> None:
    publish(cast, CWG="low")
    breach(cast, until_on=date(2026, 12, 31))
    assert in_force(cast, date(2026, 12, 31)) == {"CWG": "medium"}
    assert in_force(cast, NEW_YEAR) == {"CWG": "low"}


def test_what_was_found_is_not_said_where_the_level_is(cast: Cast) -> None:
    made = breach(cast)
    reason = LevelOverride.objects.get().reason
    assert made.what not in reason
    assert made.reference not in reason


def test_the_next_edition_takes_up_a_breach_and_ends_what_it_covers(cast: Cast) -> None:
    publish(cast, CWC="low", CWG="low")
    made = [breach(cast, "CWC"), breach(cast, "CWG")]
    done = publish(cast, "2026-2", LATER, CWC="low", CWG="medium")
    assert done == LevelsSet(given=2, closed=2, absorbed=2, ended=1)
    for row in made:
        row.refresh_from_db()
        assert (row.absorbed_on, row.absorbed_by_edition) == (LATER, "2026-2")
    stays, ended = (LevelOverride.objects.get(breach=row) for row in made)
    assert (stays.ended_on, stays.ended_by_edition) == (None, "")
    assert (ended.ended_on, ended.ended_by_edition) == (LATER, "2026-2")
    assert in_force(cast, LATER) == {"CWC": "medium", "CWG": "medium"}
    assert in_force(cast, LATER - DAY) == {"CWC": "medium", "CWG": "medium"}


def test_an_edition_that_does_not_have_the_post_takes_nothing_up(cast: Cast) -> None:
    publish(cast, CWC="low", CWG="low")
    made = breach(cast)
    publish(cast, "2026-2", LATER, CWC="low")
    made.refresh_from_db()
    assert made.absorbed_on is None
    assert in_force(cast, LATER) == {"CWC": "low", "CWG": "medium"}


def test_an_edition_leaves_what_has_run_out_or_begins_later(cast: Cast) -> None:
    override(cast, "CWG", "low", until_on=ON)
    override(cast, "CWG", "low", from_on=LATER + DAY)
    assert publish(cast, from_on=LATER, CWG="high").ended == 0


# ending -------------------------------------------------------------------------------------


def ended(cast: Cast, row: LevelOverride, **more: Any) -> LevelOverride:
    values = {"reason": "复查后不再需要", "on": ON, "by": cast.logins["officer"], "at": AT}
    return end_override(override=row, **{**values, **more})


def test_an_ended_override_holds_no_more_from_that_day(cast: Cast) -> None:
    row = override(cast, "CWG", "high", from_on=ON - DAY)
    done = ended(cast, row)
    assert (done.ended_on, done.ended_reason) == (ON, "复查后不再需要")
    assert in_force(cast, ON - DAY) == {"CWG": "high"}
    assert in_force(cast) == {}
    assert len(events("risks.override.ended")) == 1


def test_what_is_ended_is_not_ended_again(cast: Cast) -> None:
    row = override(cast, "CWG", "high")
    ended(cast, row)
    with pytest.raises(EndedAlready, match=str(ON)):
        ended(cast, row)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": " "}, NothingSaid),
        ({"on": ON + DAY}, NotYet),
        ({"on": ON - 2 * DAY}, WrongDates),
    ],
)
def test_an_end_that_is_none_is_refused(
    cast: Cast, more: dict[str, Any], refusal: type[Refused]
) -> None:
    row = override(cast, "CWG", "high", from_on=ON - DAY)
    with pytest.raises(refusal):
        ended(cast, row, **more)
    assert LevelOverride.objects.get().ended_on is None


# refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"what": " \n"}, NothingSaid),
        ({"found_on": ON + DAY}, NotYet),
        ({"until_on": ON - DAY}, WrongDates),
    ],
)
def test_a_breach_that_is_none_is_refused(
    cast: Cast, more: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as refused:
        breach(cast, **more)
    assert refused.value.text.zh
    assert refused.value.text.en
    assert not Breach.objects.exists()
    assert events("risks.breach.recorded") == []


def test_a_post_or_power_of_another_organisation_is_refused(cast: Cast) -> None:
    other = full_cast("other")
    power = Power.objects.create(
        organisation=other.organisation,
        unit=other.units["CW"],
        code="CW-01",
        name="付款",
        created_at=AT,
    )
    with pytest.raises(PowerElsewhere, match="付款"):
        breach(cast, power=power)
    with pytest.raises(PostElsewhere, match="出纳岗"):
        record_breach(
            post=other.posts["CWG"],
            power=power,
            what="收受礼金",
            reference="",
            found_on=ON,
            scheme=SCHEME,
            on=ON,
            by=cast.logins["officer"],
            at=AT,
        )
    assert not Breach.objects.exists()
    assert breach(other, power=power).power == power
