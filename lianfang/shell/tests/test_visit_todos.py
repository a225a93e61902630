"""What inspections ask of whom: to draw, to confirm a record, to put right, to judge."""

import pytest

from lianfang.inspections.tests.making import DAY, corrected, finding, frozen, recorded
from lianfang.org.queries import standing_of
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.todos import todos_for

pytestmark = pytest.mark.django_db
WHAT = "四月核对单缺一人签字"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def titles(cast: Cast, part: str, later: int = 0) -> list[str]:
    standing = standing_of(cast.logins[part], AT + later * DAY)
    assert standing is not None
    return [todo.title for group in todos_for(standing) for todo in group.todos]


def test_the_office_is_asked_to_draw_once_the_value_is_known(cast: Cast) -> None:
    asked = f"抽取：{frozen(cast).title}"
    assert asked not in titles(cast, "officer")
    assert asked in titles(cast, "officer", later=1)
    assert asked not in titles(cast, "overseer", later=1)


def test_who_made_a_visit_is_asked_to_confirm_its_record(cast: Cast) -> None:
    recorded(cast)
    assert "确认检查clerk的记录" in titles(cast, "officer")
    for part in ("overseer", "clerk", "head", "system"):
        assert not any("确认检查" in title for title in titles(cast, part))


def test_the_head_is_asked_to_put_right_what_was_found_and_the_office_to_judge(cast: Cast) -> None:
    one = finding(cast)
    assert f"整改：{WHAT}" in titles(cast, "head")
    assert not any(WHAT in title for part in ("clerk", "deputy") for title in titles(cast, part))
    corrected(cast, one)
    assert f"复核整改：{WHAT}" in titles(cast, "officer")
    assert not any(WHAT in title for title in titles(cast, "head"))


def test_the_post_that_answers_for_a_finding_is_asked_as_well(cast: Cast) -> None:
    finding(cast, post=cast.posts["CWG"])
    assert f"整改：{WHAT}" in titles(cast, "clerk")
