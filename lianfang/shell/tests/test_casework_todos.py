"""What sealed reports ask of officers and witnesses, and of nobody else."""

from datetime import timedelta

import pytest

from lianfang.casework.actions.keys import NewKey, replace_lost_key
from lianfang.casework.actions.recusing import recuse
from lianfang.casework.models import ReportCase
from lianfang.casework.tests.making import Office, asked, completed, office, signed, studied, who
from lianfang.org.standing import Standing
from lianfang.org.tests.cast import ON
from lianfang.portal.tests.making import sent, wrapped_key
from lianfang.sealing import envelopes
from lianfang.shell.casework_todos import (
    envelopes_to_share,
    identities_to_witness,
    sealed_reports,
)
from lianfang.shell.todo import Todo
from tests.access.parts import EVERYBODY


@pytest.fixture
def there(db: None) -> Office:
    del db
    return office()


def of(there: Office, part: str) -> Standing:
    return there.cast.standing(part)


def titles(todos: tuple[Todo, ...]) -> list[str]:
    return sorted(str(todo.title).partition(" ")[2] for todo in todos)


def test_an_officer_is_asked_for_what_the_clocks_of_a_report_ask(there: Office) -> None:
    signed(there.cast)
    assert titles(sealed_reports(of(there, "officer"))) == ["告知受理情况", "研判分流"]


def test_a_report_whose_time_is_over_asks_to_be_destroyed(there: Office) -> None:
    completed(there.cast)
    ReportCase.objects.update(kept_until=ON - timedelta(days=1))
    assert titles(sealed_reports(of(there, "officer"))) == ["保存期满，办理销毁"]


def test_who_is_recused_is_asked_nothing_about_a_report(there: Office) -> None:
    one = studied(there.cast)
    recuse(
        report=one.report,
        person=there.cast.people["colleague"],
        reason="亲属",
        officer=there.cast.people["officer"],
        **who(there.cast),
    )
    assert sealed_reports(of(there, "colleague")) == ()
    assert len(sealed_reports(of(there, "officer"))) == 1


def test_who_can_open_what_another_lacks_is_asked_to_share_it(there: Office) -> None:
    sent(there.cast)
    assert envelopes_to_share(of(there, "officer")) == ()
    pair = envelopes.new_pair()
    replace_lost_key(
        key=there.colleague.key,
        new=NewKey(public=pair.public, wrapped=wrapped_key(pair)),
        **who(there.cast, "colleague"),
    )
    (todo,) = envelopes_to_share(of(there, "officer"))
    assert "1" in todo.title
    assert envelopes_to_share(of(there, "overseer")) == ()


def test_a_witness_is_asked_to_answer_and_the_asker_is_not(there: Office) -> None:
    asked(there, signed(there.cast))
    assert len(identities_to_witness(of(there, "overseer"))) == 1
    assert identities_to_witness(of(there, "officer")) == ()


@pytest.mark.parametrize("part", sorted(EVERYBODY - {"officer", "colleague", "overseer"}))
def test_nobody_else_is_asked_anything(there: Office, part: str) -> None:
    asked(there, signed(there.cast))
    standing = of(there, part)
    found = [
        *sealed_reports(standing),
        *envelopes_to_share(standing),
        *identities_to_witness(standing),
    ]
    assert found == []
