"""An import is taken out again as a whole, as long as nothing was built upon it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.audit.models import Event
from lianfang.files.actions import ImportClosed
from lianfang.files.models import Import
from lianfang.org import actions
from lianfang.org.actions.roster import NotUndone
from lianfang.org.models import Appointment, Organisation, Person, Post, Unit
from lianfang.org.queries.roster import books_of
from lianfang.org.tests.cast import AT, ON, Cast, full_cast, login
from lianfang.org.tests.importing import apply, undo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def test_undoing_puts_the_books_back_and_says_so(cast: Cast) -> None:
    before = books_of(cast.organisation.pk)
    source = undo(cast, apply(cast))
    assert books_of(cast.organisation.pk) == before
    assert source.state == Import.State.UNDONE
    bulk = Event.objects.get(action="org.roster.undone")
    assert bulk.rows == 10
    with pytest.raises(ImportClosed):
        undo(cast, source)


def test_the_list_can_be_imported_again_after_it_was_undone(cast: Cast) -> None:
    undo(cast, apply(cast))
    assert apply(cast).applied == {"added": 7, "changed": 3}


def _renamed(cast: Cast) -> None:
    actions.change_person(person=cast.people["clerk"], values={"name": "再改"}, by=None, at=AT)


def _renamed_and_back(cast: Cast) -> None:
    _renamed(cast)
    actions.change_person(person=cast.people["clerk"], values={"name": "改名"}, by=None, at=AT)


def _appointed(cast: Cast) -> None:
    post = Post.objects.get(code="ZHC")
    actions.appoint(
        person=cast.people["colleague"], post=post, from_on=ON, kind="acting", by=None, at=AT
    )


def _given_a_login(cast: Cast) -> None:
    actions.attach_login(
        person=Person.objects.get(code="100"), login=login("stray"), by=None, at=AT
    )


def _unit_added(cast: Cast) -> None:
    actions.create_unit(
        organisation=cast.organisation,
        code="ZH2",
        name="二科",
        parent=Unit.objects.get(code="ZH"),
        by=None,
        at=AT,
    )


def _acted(cast: Cast) -> None:
    actions.create_unit(
        organisation=cast.organisation,
        code="QT",
        name="其他",
        parent=cast.units["root"],
        by=cast.logins["secretary"],
        at=AT,
    )


@pytest.mark.parametrize(
    ("deed", "named"),
    [
        (_renamed, "改名"),
        (_renamed_and_back, "改名"),
        (_appointed, "任职"),
        (_given_a_login, "新人"),
        (_unit_added, "单位"),
        (_acted, "secretary在导入之后已办理过业务"),
    ],
)
def test_an_import_that_was_built_upon_is_not_undone(
    cast: Cast, deed: Callable[[Cast], None], named: str
) -> None:
    source = apply(cast)
    deed(cast)
    before = books_of(cast.organisation.pk)
    with pytest.raises(NotUndone, match=named):
        undo(cast, source)
    assert books_of(cast.organisation.pk) == before
    source.refresh_from_db()
    assert source.state == Import.State.APPLIED


def test_an_appointment_ended_by_hand_is_not_undone(cast: Cast) -> None:
    source = apply(cast)
    held = Appointment.objects.get(person__code="100")
    actions.end_appointment(appointment=held, on=ON, by=None, at=AT)
    with pytest.raises(NotUndone, match="新人 → 综合处处长"):
        undo(cast, source)


def test_renaming_the_root_renames_the_organisation_and_back(cast: Cast) -> None:
    root = cast.units["root"].code
    source = apply(cast, {"单位": [["代码", "名称"], [root, "新中心"]]})
    assert Organisation.objects.get(pk=cast.organisation.pk).name == "新中心"
    undo(cast, source)
    assert Organisation.objects.get(pk=cast.organisation.pk).name == "示范评价中心"


def test_headships_change_hands_both_ways(cast: Cast) -> None:
    rows = {
        "岗位": [
            ["代码", "负责人", "单位代码"],
            ["CWC", "否", ""],
            ["CWG", "是", ""],
            ["PSG", "是", "BG"],
            ["BGC", "否", ""],
        ]
    }
    before = books_of(cast.organisation.pk)
    source = apply(cast, rows)
    heads = set(Post.objects.filter(is_unit_head=True).values_list("code", flat=True))
    assert heads == {"CWG", "PSG"}
    undo(cast, source)
    assert books_of(cast.organisation.pk) == before
