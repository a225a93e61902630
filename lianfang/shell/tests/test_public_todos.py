"""The office is asked to look at the public catalogue once editions came after it."""

from datetime import timedelta

import pytest

from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.public.tests.making import in_edition, published
from lianfang.shell.public_todos import catalogue_to_publish


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


def test_the_office_is_asked_once_an_edition_came_after_the_catalogue(cast: Cast) -> None:
    in_edition(cast)
    published(cast, at=AT - timedelta(hours=1))
    (todo,) = catalogue_to_publish(cast.standing("office"))
    assert (todo.url, todo.clause) == ("/disclosure/", "七（三）")
    assert catalogue_to_publish(cast.standing("clerk")) == ()


def test_nobody_is_asked_where_the_catalogue_is_the_newest_or_there_is_none(cast: Cast) -> None:
    in_edition(cast)
    assert catalogue_to_publish(cast.standing("office")) == ()
    published(cast)
    assert catalogue_to_publish(cast.standing("office")) == ()
