"""What a breach, or the end of a raised level, would do is known before it is done."""

import pytest

from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.actions.judging import OwnPost
from lianfang.risks.actions.levels import end_override
from lianfang.risks.models import LevelOverride
from lianfang.risks.queries.effects import Effect, effect_of_breach, effect_of_end
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.tests.leveling import SCHEME, breach, override, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def level_of(cast: Cast, post: str = "CWG") -> str:
    key = cast.posts[post].pk
    found = levels_in_force(cast.organisation, ON, [key])
    return found[key].level if found else ""


@pytest.mark.parametrize(
    ("level", "after"), [("low", "medium"), ("medium", "high"), ("high", "high"), (None, "medium")]
)
def test_what_a_breach_does_is_known_before(cast: Cast, level: str | None, after: str) -> None:
    publish(cast, CWG=level)
    wanted = Effect(before=level or "", after=after, from_on=ON)
    assert effect_of_breach(cast.posts["CWG"], SCHEME, ON) == wanted
    breach(cast)
    assert level_of(cast) == after


def test_what_the_end_of_a_raised_level_does_is_known_before(cast: Cast) -> None:
    publish(cast, CWG="low")
    breach(cast)
    breach(cast)
    higher = LevelOverride.objects.get(level="high")
    assert effect_of_end(higher, SCHEME, ON) == Effect(before="high", after="medium", from_on=ON)
    end_override(override=higher, reason="复查", on=ON, by=cast.logins["officer"], at=AT)
    assert level_of(cast) == "medium"
    left = LevelOverride.objects.get(level="medium")
    assert effect_of_end(left, SCHEME, ON).after == "low"


def test_an_end_that_changes_nothing_is_known_to(cast: Cast) -> None:
    publish(cast, CWG="high")
    assert not effect_of_end(override(cast, "CWG", "medium"), SCHEME, ON).changes


def test_nobody_judges_a_post_they_hold(cast: Cast) -> None:
    with pytest.raises(OwnPost):
        breach(cast, "JJG")
    raised = override(cast, "JJG", "high")
    with pytest.raises(OwnPost):
        end_override(override=raised, reason="复查", on=ON, by=cast.logins["officer"], at=AT)
