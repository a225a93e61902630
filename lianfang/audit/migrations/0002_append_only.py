"""The log only grows: the database itself refuses to change, delete, replace or truncate it.

Whoever owns the database can drop these triggers; what is changed then, `lianfang audit verify`
finds. A later migration that rebuilds one of these tables on SQLite must make its triggers anew.
"""

from django.db import migrations

# what a second row under the same key is, where INSERT OR REPLACE would delete the first
_SAME = {
    "event": "position = NEW.position",
    "detail": "id = NEW.id OR (event_id = NEW.event_id AND name = NEW.name)",
    "row": "id = NEW.id OR (event_id = NEW.event_id AND place = NEW.place)",
    "head": "1 = 1",
}
# the one change that is allowed: text and salt emptied by law
_ERASES = {
    "event": "1 = 0",
    "detail": (
        "NEW.text = '' AND NEW.salt = '' AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id "
        "AND NEW.name = OLD.name"
    ),
    "row": (
        "NEW.text = '' AND NEW.salt = '' AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id "
        "AND NEW.place = OLD.place AND NEW.subject = OLD.subject AND NEW.committed = OLD.committed"
    ),
    "head": "NEW.id = OLD.id AND NEW.size > OLD.size AND NEW.algorithm = OLD.algorithm",
}
_REASON = "audit: the log only grows"


def make(apps, schema_editor):
    """Make the first head and the triggers."""
    apps.get_model("audit", "Head").objects.get_or_create(pk=1, defaults={"size": 0, "frontier": []})
    statements = _on_postgresql if schema_editor.connection.vendor == "postgresql" else _on_sqlite
    for statement in statements():
        schema_editor.execute(statement, None)


def drop(apps, schema_editor):
    """Take the triggers and the head away again."""
    for table in _SAME:
        for event in ("insert", "update", "delete", "truncate"):
            name = f"audit_{table}_{event}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON audit_{table}", None)
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_refuse()", None)
    apps.get_model("audit", "Head").objects.all().delete()


def _on_sqlite():
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
    for table, same in _SAME.items():
        yield (
            f"CREATE TRIGGER audit_{table}_insert BEFORE INSERT ON audit_{table} "
            f"WHEN EXISTS (SELECT 1 FROM audit_{table} WHERE {same}) {refuse}"
        )
        yield (
            f"CREATE TRIGGER audit_{table}_update BEFORE UPDATE ON audit_{table} "
            f"WHEN NOT ({_ERASES[table]}) {refuse}"
        )
        yield f"CREATE TRIGGER audit_{table}_delete BEFORE DELETE ON audit_{table} {refuse}"


def _on_postgresql():
    yield (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}'; END $$"
    )
    for table, allowed in _ERASES.items():
        triggers = {
            "update": f"BEFORE UPDATE ON audit_{table} FOR EACH ROW WHEN (NOT ({allowed}))",
            "delete": f"BEFORE DELETE ON audit_{table} FOR EACH ROW",
            "truncate": f"BEFORE TRUNCATE ON audit_{table} FOR EACH STATEMENT",
        }
        if table == "head":
            triggers["insert"] = "BEFORE INSERT ON audit_head FOR EACH ROW"
        for event, when in triggers.items():
            name = f"audit_{table}_{event}"
            yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_refuse()"
            # also where session_replication_role turns ordinary triggers off
            yield f"ALTER TABLE audit_{table} ENABLE ALWAYS TRIGGER {name}"


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
