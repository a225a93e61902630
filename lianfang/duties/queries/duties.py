"""What the scheme calls its rules about duties, and what shows them done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.common.text import Text
from lianfang.duties.models import Duty, DutyEvidence
from lianfang.scheme.model import Scheme

MANY = 200


@dataclass(frozen=True, kw_only=True)
class DutyShown:
    """A duty with what the scheme calls its rule."""

    duty: Duty
    label: Text | None


def rule_labels(scheme: Scheme) -> Mapping[str, Text]:
    """Return what the scheme calls its rules, by code."""
    return {rule.code: rule.label for rule in scheme.duties}


def shown(rows: QuerySet[Duty], labels: Mapping[str, Text]) -> list[DutyShown]:
    """Return the first duties, soonest first, at most MANY. One statement."""
    found = rows.select_related("person", "post", "unit", "actor", "measure")
    return named(found.order_by("due_on", "pk")[:MANY], labels)


def named(duties: Iterable[Duty], labels: Mapping[str, Text]) -> list[DutyShown]:
    """Return duties with what the scheme calls their rules."""
    return [DutyShown(duty=duty, label=labels.get(duty.rule)) for duty in duties]


def papers_of(duty: Duty, among: QuerySet[DutyEvidence]) -> list[DutyEvidence]:
    """Return the files that show how a duty was done, in their order. One statement."""
    rows = among.filter(duty=duty).select_related("attachment", "added_by__person")
    return list(rows.order_by("pk"))
