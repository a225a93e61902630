"""What importing a staff list writes, records, refuses and takes out again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event, Row
from lianfang.common.errors import Refused
from lianfang.common.text import Language
from lianfang.files.actions import ImportClosed
from lianfang.files.models import Import
from lianfang.org import actions
from lianfang.org.access import imports_visible_to
from lianfang.org.actions.roster import (
    RosterMoved,
    RosterRefused,
    apply_roster,
    open_roster,
)
from lianfang.org.actions.roster_writing import BookWriter
from lianfang.org.exchange.roster import (
    plan_roster,
    read_roster,
    roster_from_rows,
    roster_of,
    roster_workbook,
)
from lianfang.org.models import Appointment, Person, Portfolio, Post, Unit
from lianfang.org.queries.roster import books_of, listed_imports
from lianfang.org.tests.cast import AT, ON, Cast, appointment_of, full_cast
from lianfang.org.tests.importing import NEW, Rows, apply, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def test_everything_is_written_and_counted(cast: Cast) -> None:
    source = apply(cast)
    assert source.state == Import.State.APPLIED
    assert source.applied == {"added": 7, "changed": 3}
    assert Unit.objects.get(code="ZH1").parent == Unit.objects.get(code="ZH")
    assert Post.objects.get(code="CWZ").is_unit_head
    assert not Post.objects.get(code="CWC").is_unit_head
    assert Person.objects.get(code="004").version == cast.people["clerk"].version + 1
    assert Appointment.objects.get(person__code="100").from_on == date(2025, 3, 1)
    assert list(Portfolio.objects.order_by("from_on").values_list("to_on", flat=True)) == [
        date(2025, 12, 31),
        None,
    ]


def test_one_event_tells_every_row_with_names_and_one_tells_the_import(cast: Cast) -> None:
    before = Event.objects.count()
    source = apply(cast)
    told = list(Event.objects.order_by("position")[before:].values_list("action", "rows"))
    assert told == [
        ("files.attachment.kept", None),
        ("files.import.opened", None),
        ("org.roster.applied", 10),
        ("files.import.applied", None),
    ]
    bulk = Event.objects.get(action="org.roster.applied")
    assert (bulk.position, bulk.subject) == (source.event, f"files.import:{source.pk}")
    person = Person.objects.get(code="004")
    row = Row.objects.get(event=bulk, subject=f"org.person:{person.pk}")
    assert '"name":["clerk","改名"]' in row.text
    post = Post.objects.get(code="ZHC")
    assert '"unit":[null,"综合处"]' in Row.objects.get(subject=f"org.post:{post.pk}").text


def test_the_same_list_again_has_nothing_to_import(cast: Cast) -> None:
    apply(cast)
    before = Event.objects.count()
    with pytest.raises(RosterRefused, match="没有要导入的内容"):
        apply(cast)
    plan = apply_roster(
        organisation=cast.organisation, roster=roster_from_rows(NEW), by=None, at=AT
    )
    assert plan.writes == ()
    assert Event.objects.filter(action="org.roster.applied").count() == 1
    assert Event.objects.count() == before + 2


def test_a_row_that_can_not_be_taken_stops_all_of_it(cast: Cast) -> None:
    rows = {**NEW, "任职": [*NEW["任职"], ["404", "ZHC", "2025-01-01"]]}
    before = books_of(cast.organisation.pk)
    with pytest.raises(RosterRefused, match="“任职”第 3 行：没有工号为“404”"):
        apply(cast, rows)
    assert books_of(cast.organisation.pk) == before
    source = apply(cast, rows, skip_refused=True)
    assert source.applied == {"refused": 1, "added": 7, "changed": 3}


def test_a_list_that_must_be_mended_first_is_not_written(cast: Cast) -> None:
    with pytest.raises(RosterRefused, match="没有认出名册"):
        apply(cast, {"Sheet1": [["甲"]]}, skip_refused=True)


def test_what_changed_after_the_look_is_shown_again(cast: Cast) -> None:
    roster = roster_from_rows(NEW)
    seen = plan_roster(roster, cast.organisation.pk, ON).digest
    actions.change_person(person=cast.people["clerk"], values={"name": "他人改"}, by=None, at=AT)
    with pytest.raises(RosterMoved):
        apply(cast, seen=seen)
    assert apply(cast, seen=plan_roster(roster, cast.organisation.pk, ON).digest).applied


def test_somebody_who_writes_at_the_same_time_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = BookWriter.write

    def meanwhile(self: BookWriter) -> object:
        actions.create_person(
            organisation=cast.organisation, code="100", name="抢先", by=None, at=AT
        )
        return write(self)

    monkeypatch.setattr(BookWriter, "write", meanwhile)
    with pytest.raises(RosterMoved):
        apply(cast)
    assert not Unit.objects.filter(code="ZH").exists()


def test_an_import_is_decided_once(cast: Cast) -> None:
    source = apply(cast)
    with pytest.raises(ImportClosed):
        apply_roster(
            organisation=cast.organisation,
            roster=roster_from_rows(NEW),
            source=source,
            by=None,
            at=AT,
        )


# numbers ------------------------------------------------------------------------------------


def test_what_is_written_out_comes_back_unchanged(cast: Cast) -> None:
    apply(cast)
    actions.record_departure(person=cast.people["colleague"], on=ON, by=None, at=AT)
    books = books_of(cast.organisation.pk)
    for language in Language:
        content = roster_workbook(books, on=ON, language=language)
        plan = plan_roster(read_roster("名册.xlsx", content), cast.organisation.pk, ON)
        assert (plan.refused, plan.writes, plan.missing) == ((), (), ())
    assert appointment_of(cast, "colleague").to_on == ON - timedelta(days=1)


def test_nothing_of_another_organisation_is_seen_or_touched(cast: Cast) -> None:
    other = full_cast("other")
    before = books_of(other.organisation.pk)
    apply(cast)
    assert books_of(other.organisation.pk) == before


@pytest.mark.parametrize("people", [1, 20])
def test_the_books_cost_seven_statements(
    cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    apply_roster(
        organisation=cast.organisation, roster=roster_from_rows(_many(people)), by=None, at=AT
    )
    # people, units, posts, bodies, appointments, portfolios, members
    with django_assert_num_queries(7):
        books = books_of(cast.organisation.pk)
    assert len(books.people) == 8 + people


@pytest.mark.parametrize("imports", [1, 20])
def test_the_list_of_imports_costs_one_statement(
    cast: Cast, imports: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(imports):
        opened(cast)
    visible = imports_visible_to(cast.standing("system"))
    # imports with their files and the logins of those who decided
    with django_assert_num_queries(1):
        listed = listed_imports(visible, before=None, most=30)
        assert [str(one.attachment) + str(one.opened_by) for one in listed]
    assert len(listed) == imports


def test_many_rows_are_written_by_few_statements(cast: Cast) -> None:
    counts = []
    for people in (1, 1000):
        with CaptureQueriesContext(connection) as statements:
            apply_roster(
                organisation=cast.organisation,
                roster=roster_from_rows(_many(people)),
                by=None,
                at=AT,
            )
        counts.append(len(statements))
    # 2,000 rows and what the log tells of each, a hundred or more in a statement
    assert counts[1] - counts[0] <= 2 * 2000 // 100


def test_the_file_of_an_import_is_read_from_the_store(cast: Cast) -> None:
    content = roster_workbook(books_of(cast.organisation.pk), on=ON, language=Language.ZH)
    source = open_roster(
        organisation=cast.organisation, chunks=[content], name="名册.xlsx", by=None, at=AT
    )
    assert len(roster_of(source).people) == 8
    assert (source.opened_by, source.attachment.stored_by) == (None, None)


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1"), ("a.xlsx", b"x"), ("a.csv", b"")]
)
def test_a_file_of_another_kind_is_not_kept(cast: Cast, name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        open_roster(organisation=cast.organisation, chunks=[content], name=name, by=None, at=AT)
    assert not Import.objects.exists()


def _many(people: int) -> Rows:
    numbers = [f"9{number:04}" for number in range(people)]
    return {
        "人员": [["工号", "姓名"], *([number, f"人{number}"] for number in numbers)],
        "任职": [
            ["工号", "岗位代码", "起"],
            *([number, "CWG", "2025-01-01"] for number in numbers),
        ],
    }
