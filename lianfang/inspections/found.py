"""What the search box finds among draws and findings."""

from dataclasses import dataclass

from lianfang.inspections.access import draws_visible_to, findings_visible_to
from lianfang.inspections.models import Draw, Finding
from lianfang.org.standing import Standing

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Draws and findings, the latest first; at most LIMIT of each."""

    draws: list[Draw]
    findings: list[Finding]


def found_by(standing: Standing, words: str) -> Found:
    """Return what somebody may know of under these words. Two statements."""
    draws = draws_visible_to(standing).filter(title__icontains=words)
    findings = findings_visible_to(standing).filter(what__icontains=words)
    return Found(
        draws=list(draws.order_by("-year", "-pk")[:LIMIT]),
        findings=list(findings.select_related("unit").order_by("-due_on", "-pk")[:LIMIT]),
    )
