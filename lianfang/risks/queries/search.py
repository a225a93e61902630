"""Full-text search among risk points: which of them hold the words."""

from collections.abc import Callable, Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lianfang.risks.models import RiskPoint
from lianfang.risks.rules.bigrams import Phrase, phrases_of

_SQLITE = "SELECT rowid FROM risks_search WHERE risks_search MATCH %s"
_POSTGRESQL = "SELECT risk_id FROM risks_riskindex WHERE lexemes @@ %s::tsquery"


def holding_words(rows: QuerySet[RiskPoint], asked: str) -> QuerySet[RiskPoint]:
    """Return the risk points in which every part of what is asked stands; none for no words."""
    phrases = phrases_of(asked)
    if not phrases:
        return rows.none()
    is_sqlite = connection.vendor == "sqlite"
    say: Callable[[Sequence[Phrase]], str] = _match if is_sqlite else _tsquery
    statement = _SQLITE if is_sqlite else _POSTGRESQL
    # Two constant statements; the words go in as a parameter.
    return rows.filter(pk__in=RawSQL(statement, [say(phrases)]))  # noqa: S611


def _match(phrases: Sequence[Phrase]) -> str:
    """Return what FTS5 is asked; a word holds nothing but letters and digits."""
    return " ".join(
        f'"{" ".join(phrase.words)}"{"*" if phrase.is_open else ""}' for phrase in phrases
    )


def _tsquery(phrases: Sequence[Phrase]) -> str:
    return " & ".join(f"({_followed(phrase)})" for phrase in phrases)


def _followed(phrase: Phrase) -> str:
    quoted = [f"'{word}'" for word in phrase.words]
    if phrase.is_open:
        quoted[-1] += ":*"
    return " <-> ".join(quoted)
