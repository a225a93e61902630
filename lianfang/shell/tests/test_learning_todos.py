"""What learning asks of somebody stands on their desk, with the page where it is done."""

import pytest
from django.urls import reverse

from lianfang.learning.tests.making import opened, published, risk
from lianfang.org.tests.cast import Cast, full_cast
from lianfang.shell.todo import Todo
from lianfang.shell.todos import todos_for

pytestmark = pytest.mark.django_db


def todos(cast: Cast, part: str) -> list[Todo]:
    return [
        todo
        for group in todos_for(cast.standing(part))
        for todo in group.todos
        if todo.icon == "book"
    ]


def test_a_case_is_asked_to_be_read_of_those_it_warns_alone() -> None:
    cast = full_cast()
    risk(cast)
    case = published(cast)
    (todo,) = todos(cast, "clerk")
    assert (todo.title, todo.url) == (case.title, reverse("learning:case", args=[case.pk]))
    assert todo.due.isoformat() == "2026-05-28"
    assert todos(cast, "colleague") == todos(cast, "system") == []


def test_what_is_open_is_asked_of_those_it_is_for() -> None:
    cast = full_cast()
    activity = opened(cast, units=(cast.units["CW"],))
    (todo,) = todos(cast, "clerk")
    assert todo.url == reverse("learning:activity", args=[activity.pk])
    assert todos(cast, "colleague") == []
