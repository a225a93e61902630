"""Whoever was talked to is asked to confirm the record."""

import pytest

from lianfang.duties.tests.talking import held, planned
from lianfang.org.tests.cast import full_cast
from lianfang.shell.todos import todos_for


@pytest.mark.django_db
def test_the_person_is_asked_to_confirm() -> None:
    cast = full_cast()
    held(cast, planned(cast))
    titles = {
        part: [todo.title for group in todos_for(cast.standing(part)) for todo in group.todos]
        for part in ("clerk", "head", "system")
    }
    assert "确认谈话记录 谈〔2026〕0001" in titles["clerk"]
    assert not any("谈话" in title for part in ("head", "system") for title in titles[part])
