"""The database itself refuses to change the log, whoever asks, by whatever statement."""

import pytest
from django.db import DatabaseError, connection, transaction

from lianfang.audit.models import Detail, Event, Head, Row
from lianfang.audit.tests.events import recorded, recorded_bulk
from lianfang.audit.tests.triggers import undone
from lianfang.audit.verify import verify

pytestmark = pytest.mark.django_db

_EVENT_COLUMNS = (
    "position, at, organisation, actor, action, subject, rule, parts, rows, rows_root, format, "
    "algorithm, leaf, nodes"
)
REFUSED = [
    "UPDATE audit_event SET action = 'x'",
    "UPDATE audit_event SET position = position + 100",
    "UPDATE audit_event SET leaf = leaf",
    "DELETE FROM audit_event WHERE position = 1",
    "DELETE FROM audit_detail",
    "UPDATE audit_detail SET text = 'x'",
    "UPDATE audit_detail SET text = ''",
    "UPDATE audit_detail SET salt = ''",
    "UPDATE audit_detail SET text = '', salt = '', name = 'x' || name",
    "UPDATE audit_detail SET text = '', salt = '', event_id = 1 WHERE event_id = 0",
    "UPDATE audit_detail SET text = '', salt = '', id = id + 1000",
    "DELETE FROM audit_row",
    "UPDATE audit_row SET text = 'x'",
    "UPDATE audit_row SET text = '', salt = '', subject = 'x'",
    "UPDATE audit_row SET text = '', salt = '', place = place + 10",
    "UPDATE audit_row SET text = '', salt = '', committed = 'x'",
    "DELETE FROM audit_head",
    "INSERT INTO audit_head (id, size, frontier, algorithm) VALUES (2, 0, '[]', 'sha-256')",
    "UPDATE audit_head SET size = 0",
    "UPDATE audit_head SET size = size",
    "UPDATE audit_head SET frontier = '[]'",
    "UPDATE audit_head SET id = 2, size = size + 1",
    "UPDATE audit_head SET algorithm = 'none', size = size + 1",
]
_SAME_EVENTS = f"INTO audit_event ({_EVENT_COLUMNS}) SELECT {_EVENT_COLUMNS} FROM audit_event"  # noqa: S608
ON_SQLITE = [
    f"INSERT OR REPLACE {_SAME_EVENTS}",
    f"REPLACE {_SAME_EVENTS}",
    "INSERT OR REPLACE INTO audit_detail (id, event_id, name, salt, text) "
    "SELECT id, event_id, name, '', 'x' FROM audit_detail",
    "INSERT OR REPLACE INTO audit_detail (event_id, name, salt, text) "
    "SELECT event_id, name, '', 'x' FROM audit_detail",
    "INSERT OR REPLACE INTO audit_row (event_id, place, subject, committed, salt, text) "
    "SELECT event_id, place, subject, committed, '', 'x' FROM audit_row",
    "INSERT OR REPLACE INTO audit_head (id, size, frontier, algorithm) "
    "VALUES (1, 99, '[]', 'sha-256')",
    "UPDATE OR REPLACE audit_detail SET name = 'actor' WHERE name = 'subject'",
    "INSERT INTO audit_head (id, size, frontier, algorithm) VALUES (1, 0, '[]', 'sha-256') "
    "ON CONFLICT (id) DO UPDATE SET size = 0",
]
ON_POSTGRESQL = [
    f"TRUNCATE audit_{table} CASCADE" for table in ("event", "detail", "row", "head")
] + [
    "INSERT INTO audit_detail (id, event_id, name, salt, text) "
    "SELECT id, event_id, name, '', 'x' FROM audit_detail "
    "ON CONFLICT (id) DO UPDATE SET text = EXCLUDED.text",
    "INSERT INTO audit_head (id, size, frontier, algorithm) VALUES (1, 0, '[]', 'sha-256') "
    "ON CONFLICT (id) DO UPDATE SET size = 0",
    "SET LOCAL session_replication_role = replica; UPDATE audit_event SET action = 'x'",
]


def execute(statement: str) -> int:
    """Run SQL as it is, and return how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


@pytest.fixture(autouse=True)
def _log() -> None:
    recorded(1, sealed={"kinship": (None, "配偶")})
    recorded(2)
    recorded_bulk({1: "甲", 2: "乙"})
    if connection.vendor == "postgresql":
        # else it is the check of a foreign key, still to come, that forbids to truncate
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused_here() -> list[str]:
    """Return the statements that this database knows."""
    return REFUSED + (ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)


def test_every_way_to_change_the_log_is_refused() -> None:
    for statement in refused_here():
        with pytest.raises(DatabaseError, match="the log only grows"):
            execute(statement)
    assert verify().is_whole


def test_the_same_statements_would_change_it_without_the_triggers() -> None:
    harmless = {"UPDATE audit_event SET leaf = leaf", "UPDATE audit_head SET size = size"}
    for statement in set(refused_here()) - harmless:
        with undone():
            said = ""
            try:
                execute(statement)
            except DatabaseError as error:
                # a constraint of its own stands in the way as well
                said = str(error)
            assert "the log only grows" not in said
    assert verify().is_whole


def test_text_and_salt_may_be_emptied_together_and_nothing_else() -> None:
    assert execute("UPDATE audit_detail SET text = '', salt = '' WHERE name = 'kinship'") == 1
    assert execute("UPDATE audit_row SET text = '', salt = '' WHERE place = 1") == 1
    with pytest.raises(DatabaseError, match="the log only grows"):
        execute("UPDATE audit_detail SET text = 'x', salt = 'y' WHERE name = 'kinship'")


def test_the_tables_still_take_what_is_appended() -> None:
    assert Head.objects.get().size == 3
    recorded(4)
    assert Head.objects.get().size == 4
    assert Event.objects.count() == 4
    assert Detail.objects.count() > Row.objects.count()
