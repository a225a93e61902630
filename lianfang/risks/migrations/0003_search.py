"""An index over the words of the risk points: FTS5 on SQLite, a tsvector on PostgreSQL.

The words are cut beforehand (`rules.bigrams`), so neither database has to know Chinese.
"""

from django.db import migrations

_SQLITE = (
    "CREATE VIRTUAL TABLE risks_search USING fts5("
    "words, content='risks_riskindex', content_rowid='risk_id', tokenize='ascii')",
    "CREATE TRIGGER risks_search_insert AFTER INSERT ON risks_riskindex BEGIN "
    "INSERT INTO risks_search(rowid, words) VALUES (NEW.risk_id, NEW.words); END",
    "CREATE TRIGGER risks_search_delete AFTER DELETE ON risks_riskindex BEGIN "
    "INSERT INTO risks_search(risks_search, rowid, words) "
    "VALUES ('delete', OLD.risk_id, OLD.words); END",
    "CREATE TRIGGER risks_search_update AFTER UPDATE ON risks_riskindex BEGIN "
    "INSERT INTO risks_search(risks_search, rowid, words) "
    "VALUES ('delete', OLD.risk_id, OLD.words); "
    "INSERT INTO risks_search(rowid, words) VALUES (NEW.risk_id, NEW.words); END",
)
_SQLITE_BACK = (
    "DROP TRIGGER risks_search_insert",
    "DROP TRIGGER risks_search_delete",
    "DROP TRIGGER risks_search_update",
    "DROP TABLE risks_search",
)
# A position in a tsvector is 16383 at most.
_POSTGRESQL = (
    "CREATE FUNCTION risks_lexemes(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$ "
    "SELECT coalesce(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector "
    "FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS cut(word, place) "
    "WHERE word <> '' $$",
    "ALTER TABLE risks_riskindex ADD COLUMN lexemes tsvector "
    "GENERATED ALWAYS AS (risks_lexemes(words)) STORED",
    "CREATE INDEX risks_search ON risks_riskindex USING gin (lexemes)",
)
_POSTGRESQL_BACK = (
    "DROP INDEX risks_search",
    "ALTER TABLE risks_riskindex DROP COLUMN lexemes",
    "DROP FUNCTION risks_lexemes(text)",
)


def make(apps, schema_editor):
    """Make the index, and what keeps it in step with the table."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        schema_editor.execute(statement, None)


def drop(apps, schema_editor):
    """Take the index away again."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL_BACK if postgresql else _SQLITE_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("risks", "0002_riskindex")]
    operations = [migrations.RunPython(make, drop)]
