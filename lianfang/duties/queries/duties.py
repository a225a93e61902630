"""What the scheme calls its rules about duties, and what shows them done."""

from collections.abc import Mapping

from lianfang.common.text import Text
from lianfang.duties.models import Duty, DutyEvidence
from lianfang.scheme.model import Scheme


def rule_labels(scheme: Scheme) -> Mapping[str, Text]:
    """Return what the scheme calls its rules, by code."""
    return {rule.code: rule.label for rule in scheme.duties}


def papers_of(duty: Duty) -> list[DutyEvidence]:
    """Return the files that show how a duty was done, in their order. One statement."""
    rows = DutyEvidence.objects.filter(duty=duty).select_related("attachment", "added_by__person")
    return list(rows.order_by("pk"))
