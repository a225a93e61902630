"""Which facts a file has no column for, so that checks say so once and not in every row."""

from lianfang.documents.model import Field, Reading
from lianfang.documents.parts import Parts
from lianfang.register.model import Fact

_BY_FIELDS: dict[Fact, frozenset[Field]] = {
    Fact.POSTS: frozenset({Field.POST}),
    Fact.HOLDERS: frozenset({Field.HOLDER}),
    Fact.POWERS: frozenset({Field.POWER, Field.STEP}),
    Fact.BASES: frozenset({Field.BASIS}),
    Fact.RISKS: frozenset({Field.RISK, Field.MANIFESTATION}),
    Fact.RISK_POSTS: frozenset({Field.POST}),
    Fact.ASPECTS: frozenset({Field.ASPECT}),
    Fact.LEVELS: frozenset({Field.LEVEL}),
    Fact.MEASURES: frozenset(
        {Field.MEASURES, Field.MEASURE_EARLY, Field.MEASURE_DURING, Field.MEASURE_AFTER}
    ),
    Fact.PHASES: frozenset({Field.MEASURE_EARLY, Field.MEASURE_DURING, Field.MEASURE_AFTER}),
    Fact.RESPONSIBLE: frozenset({Field.OWNER}),
    Fact.FREQUENCIES: frozenset({Field.FREQUENCY}),
    Fact.EVIDENCE: frozenset({Field.EVIDENCE}),
}
# What no plain table tells: the three roles of posts, limits, factor scores, who found what.
_NEVER = (Fact.POWER_POSTS, Fact.LIMITS, Fact.SCORES, Fact.FINDERS)


def absent_facts(reading: Reading, parts: Parts) -> tuple[Fact, ...]:
    """Return the facts that no table of the file records, in the order of `Fact`."""
    fields = {field for table in reading.tables for field in table.fields}
    absent = {fact for fact, needed in _BY_FIELDS.items() if fields.isdisjoint(needed)}
    absent.update(_NEVER)
    if not {Field.RISK, Field.MANIFESTATION} <= fields:
        # One column for both is the risk's name; nothing tells how it shows.
        absent.add(Fact.MANIFESTATIONS)
    if not parts.has_categories:
        absent.add(Fact.CATEGORIES)
    if Field.UNIT not in fields and not any(table.bands for table in reading.tables):
        absent.add(Fact.UNITS)
    if not parts.has_duties:
        absent.add(Fact.POST_DUTIES)
    if not parts.has_flows:
        absent.add(Fact.STEPS)
    if not parts.has_regulations:
        absent.add(Fact.REGULATIONS)
    return tuple(fact for fact in Fact if fact in absent)
