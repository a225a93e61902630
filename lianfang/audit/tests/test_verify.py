"""What is done to the log behind the program's back is found, and the first record of it named."""

import random
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.audit import actions
from lianfang.audit.models import Detail, Event, Head, Row
from lianfang.audit.queries import current_root
from lianfang.audit.rules import leaves, tree
from lianfang.audit.tests.events import AT, login, recorded, recorded_bulk
from lianfang.audit.tests.triggers import undone, without_triggers
from lianfang.audit.verify import Fault, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _log() -> None:
    """Write eleven events: 4 is a bulk event of three rows, 7 has a sealed field, 8 erases it."""
    for number in range(4):
        recorded(number, changes={"name": ("旧", f"新{number}")})
    recorded_bulk({1: "甲", 2: "乙", 3: "丙"})
    recorded(5)
    recorded(6)
    event = recorded(7, sealed={"kinship": (None, "配偶")})
    actions.erase_detail(event=event, name="kinship", by=login(), at=AT, reason="本人要求")
    recorded(9)
    recorded(10)


def execute(statement: str, *values: str | int) -> None:
    """Run SQL as it is; it must touch something."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def test_a_log_that_nobody_touched_is_whole() -> None:
    verdict = verify()
    assert verdict.is_whole
    assert (verdict.size, verdict.root) == current_root() == (11, verdict.root)
    assert verdict.erased == 1


def test_an_empty_log_is_whole() -> None:
    with transaction.atomic(), without_triggers():
        for model in (Row, Detail, Event):
            model.objects.all().delete()
        Head.objects.update(size=0, frontier=[])
    verdict = verify()
    assert verdict.is_whole
    assert verdict.root == tree.EMPTY_ROOT.hex()


def _swap_texts() -> None:
    one, other = (Detail.objects.get(event=position, name="changes") for position in (1, 2))
    execute(
        "UPDATE audit_detail SET text = %s, salt = %s WHERE id = %s", other.text, other.salt, one.pk
    )
    execute(
        "UPDATE audit_detail SET text = %s, salt = %s WHERE id = %s", one.text, one.salt, other.pk
    )


def _swap_positions() -> None:
    execute("UPDATE audit_detail SET event_id = -1 - event_id WHERE event_id IN (1, 2)")
    execute("UPDATE audit_event SET position = -1 - position WHERE position IN (1, 2)")
    execute("UPDATE audit_event SET position = 4 + position WHERE position IN (-2, -3)")
    execute("UPDATE audit_detail SET event_id = 4 + event_id WHERE event_id IN (-2, -3)")


def _delete(position: int) -> None:
    execute("DELETE FROM audit_detail WHERE event_id = %s", position)
    execute("DELETE FROM audit_event WHERE position = %s", position)


def _cut(first: int) -> None:
    execute("DELETE FROM audit_detail WHERE event_id >= %s", first)
    execute("DELETE FROM audit_event WHERE position >= %s", first)


def _forge(position: int) -> None:
    """Rewrite an event together with its digest, as one who knows the format would."""
    event = Event.objects.get(position=position)
    event.actor = "user:99"
    leaf = leaves.leaf_of(event.body)
    execute(
        "UPDATE audit_event SET actor = 'user:99', leaf = %s WHERE position = %s",
        leaf.hex(),
        position,
    )


def _insert_beyond() -> None:
    """Append an event without the head, as a program that does not know it would."""
    execute(
        "INSERT INTO audit_event SELECT 11, at, organisation, actor, action, subject, rule, parts, "
        "rows, rows_root, format, algorithm, leaf, nodes FROM audit_event WHERE position = 5"
    )


def _cut_consistently() -> None:
    """Cut the end and mend the size, but not the frontier."""
    _cut(9)
    execute("UPDATE audit_head SET size = 9")


ATTACKS: dict[str, tuple[Callable[[], None], Fault]] = {
    "edit an action": (
        lambda: execute("UPDATE audit_event SET action = 'x' WHERE position = 3"),
        Fault(kind="leaf", position=3),
    ),
    "edit an actor": (
        lambda: execute("UPDATE audit_event SET actor = 'user:1' WHERE position = 0"),
        Fault(kind="leaf", position=0),
    ),
    "edit a moment": (
        lambda: execute("UPDATE audit_event SET at = '2020-01-01 00:00:00Z' WHERE position = 6"),
        Fault(kind="leaf", position=6),
    ),
    "edit a commitment": (
        lambda: execute("""UPDATE audit_event SET parts = '{"actor": "x"}' WHERE position = 6"""),
        Fault(kind="leaf", position=6),
    ),
    "put in what is no commitment": (
        lambda: execute("UPDATE audit_event SET parts = '[1]' WHERE position = 6"),
        Fault(kind="leaf", position=6),
    ),
    "edit a digest": (
        lambda: execute("UPDATE audit_event SET leaf = '00' WHERE position = 6"),
        Fault(kind="leaf", position=6),
    ),
    "edit a subtree": (
        lambda: execute("UPDATE audit_event SET nodes = '[]' WHERE position = 5"),
        Fault(kind="nodes", position=5),
    ),
    "name another algorithm": (
        lambda: execute("UPDATE audit_event SET algorithm = 'none' WHERE position = 5"),
        Fault(kind="format", position=5),
    ),
    "rewrite an event with its digest": (
        lambda: _forge(3),
        Fault(kind="nodes", position=3),
    ),
    "rewrite an event of an even position with its digest": (
        lambda: _forge(2),
        Fault(kind="nodes", position=3),
    ),
    "rewrite the last event with its digest": (
        lambda: _forge(10),
        Fault(kind="head", position=None),
    ),
    "edit a text": (
        lambda: execute(
            "UPDATE audit_detail SET text = '\"x\"' WHERE event_id = 2 AND name = 'actor'"
        ),
        Fault(kind="part", position=2, name="actor"),
    ),
    "change a salt": (
        lambda: execute(
            "UPDATE audit_detail SET salt = %s WHERE event_id = 2 AND name = 'subject'", "0" * 32
        ),
        Fault(kind="part", position=2, name="subject"),
    ),
    "put in what is no salt": (
        lambda: execute("UPDATE audit_detail SET salt = 'x' WHERE event_id = 2 AND name = 'actor'"),
        Fault(kind="part", position=2, name="actor"),
    ),
    "empty a text without saying so": (
        lambda: execute(
            "UPDATE audit_detail SET text = '', salt = '' WHERE event_id = 2 AND name = 'changes'"
        ),
        Fault(kind="part_emptied", position=2, name="changes"),
    ),
    "delete a text": (
        lambda: execute("DELETE FROM audit_detail WHERE event_id = 2 AND name = 'changes'"),
        Fault(kind="part_missing", position=2, name="changes"),
    ),
    "add a text": (
        lambda: execute("UPDATE audit_detail SET name = 'x' WHERE event_id = 2 AND name = 'actor'"),
        Fault(kind="part_added", position=2, name="x"),
    ),
    "swap the texts of two events": (
        _swap_texts,
        Fault(kind="part", position=1, name="changes"),
    ),
    "swap two events": (_swap_positions, Fault(kind="leaf", position=1)),
    "delete an event": (
        lambda: _delete(3),
        Fault(kind="missing", position=3),
    ),
    "delete the first event": (
        lambda: _delete(0),
        Fault(kind="missing", position=0),
    ),
    "cut the end": (lambda: _cut(9), Fault(kind="missing", position=9)),
    "cut the end and mend the size": (_cut_consistently, Fault(kind="head", position=None)),
    "cut away that a part was erased by law": (
        lambda: _cut(8),
        Fault(kind="part_emptied", position=7, name="kinship"),
    ),
    "put the head back": (
        lambda: execute("UPDATE audit_head SET size = 9"),
        Fault(kind="head", position=None),
    ),
    "edit the head": (
        lambda: execute("UPDATE audit_head SET frontier = '[]'"),
        Fault(kind="head", position=None),
    ),
    "delete the head": (
        lambda: execute("DELETE FROM audit_head"),
        Fault(kind="head", position=None),
    ),
    "insert beyond the head": (_insert_beyond, Fault(kind="beyond", position=11)),
    "edit a row": (
        lambda: execute("UPDATE audit_row SET text = '[]' WHERE place = 1"),
        Fault(kind="row", position=4, name="1"),
    ),
    "empty a row without saying so": (
        lambda: execute("UPDATE audit_row SET text = '', salt = '' WHERE place = 2"),
        Fault(kind="row_emptied", position=4, name="2"),
    ),
    "let a row be about another subject": (
        lambda: execute("UPDATE audit_row SET subject = 'x' WHERE place = 1"),
        Fault(kind="rows", position=4),
    ),
    "delete a row": (
        lambda: execute("DELETE FROM audit_row WHERE place = 1"),
        Fault(kind="rows", position=4),
    ),
    "move a row to another event": (
        lambda: execute("UPDATE audit_row SET event_id = 3 WHERE place = 1"),
        Fault(kind="rows", position=3),
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found_and_the_first_bad_record_named(attack: str) -> None:
    act, fault = ATTACKS[attack]
    with transaction.atomic(), without_triggers():
        act()
    verdict = verify()
    assert not verdict.is_whole
    assert verdict.fault == fault
    sentences = verdict.fault.text
    assert sentences.zh.endswith("。")
    assert sentences.en.endswith(".")


def test_any_single_stored_character_counts() -> None:
    """Change one character of one stored text at random, many times: each is found."""
    dice = random.Random(20260514)
    columns = {
        "event": (
            "position",
            ["actor", "action", "subject", "rule", "leaf", "rows_root", "algorithm"],
        ),
        "detail": ("id", ["name", "salt", "text"]),
        "row": ("id", ["subject", "committed", "salt", "text"]),
    }
    for _ in range(60):
        table = dice.choice([*columns])
        key, fields = columns[table]
        field = dice.choice(fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {key}, {field} FROM audit_{table} WHERE {field} <> ''")  # noqa: S608
            chosen, value = dice.choice(cursor.fetchall())
        place = dice.randrange(len(value))
        changed = value[:place] + ("a" if value[place] != "a" else "b") + value[place + 1 :]
        with undone():
            put = f"UPDATE audit_{table} SET {field} = %s WHERE {key} = %s"  # noqa: S608
            execute(put, changed, chosen)
            assert not verify().is_whole, (table, chosen, field, changed)
    assert verify().is_whole


def test_progress_is_told_and_ends_at_the_end() -> None:
    told: list[tuple[int, int]] = []
    verify(lambda done, total: told.append((done, total)))
    assert told == [(11, 11)]


def test_the_cost_does_not_hang_on_the_number_of_events_in_a_thousand(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # last event, detail, row; head; erasures; events, details, rows counted; rows of one event
    with django_assert_num_queries(9):
        verify()
    for number in range(20):
        recorded(number)
    with django_assert_num_queries(9):
        verify()
