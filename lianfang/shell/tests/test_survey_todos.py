"""What the desk asks somebody to do because of surveys."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.survey_todos import surveys_to_answer, surveys_to_move_on
from lianfang.surveys.actions.moving import close_survey, publish_survey
from lianfang.surveys.tests.making import LAST, answered, opened

pytestmark = pytest.mark.django_db


def asked(cast: Cast, part: str, days: int = 0) -> list[str]:
    standing = cast.standing(part)
    later = replace(standing, on=standing.on + timedelta(days=days))
    return [todo.title for todo in (*surveys_to_answer(later), *surveys_to_move_on(later))]


def test_a_survey_asks_those_invited_until_they_answered_or_it_is_over() -> None:
    cast = full_cast()
    survey = opened(cast)
    assert asked(cast, "head") == asked(cast, "deputy") == ["作答廉洁履责测评"]
    assert asked(cast, "clerk") == asked(cast, "system") == []
    answered(cast, survey, "head")
    assert asked(cast, "head") == []
    assert asked(cast, "deputy", days=10) == ["作答廉洁履责测评"]
    assert asked(cast, "deputy", days=11) == []


def test_those_who_hold_it_are_asked_to_close_and_to_publish_it() -> None:
    cast = full_cast()
    survey = opened(cast)
    assert asked(cast, "officer", days=10) == []
    assert asked(cast, "officer", days=11) == ["结束廉洁履责测评并统计"]
    close_survey(survey=survey, on=LAST, by=cast.logins["officer"], at=AT)
    assert asked(cast, "officer") == ["公布廉洁履责测评的结果"]
    publish_survey(survey=survey, on=LAST, by=cast.logins["officer"], at=AT)
    assert asked(cast, "officer") == []
    # who holds surveys about the office alone has nothing to do with this one
    assert asked(cast, "overseer", days=11) == []
