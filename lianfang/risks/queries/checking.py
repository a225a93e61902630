"""What the checks hold against the stored register, and where one mends it (六（二）)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lianfang.checks import engine
from lianfang.checks.finding import Finding, Severity
from lianfang.org.models import Organisation, Post, Unit
from lianfang.powers.models import Power, Regulation
from lianfang.register.model import Register
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.load import load
from lianfang.risks.rules.placing import Place, Places
from lianfang.scheme.model import FiveCheck, Scheme

_PAGES: dict[str, tuple[type[Any], str]] = {
    "unit": (Unit, "org:unit"),
    "post": (Post, "org:post"),
    "power": (Power, "powers:power"),
    "risk": (RiskPoint, "risks:risk"),
    "regulation": (Regulation, "powers:regulation"),
}


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding with the name of what it is about, and where one goes to mend it."""

    finding: Finding
    place: Place
    url: str


@dataclass(frozen=True, kw_only=True)
class FindingGroup:
    """The findings of one of the five checks; errors first."""

    check: FiveCheck
    findings: tuple[ShownFinding, ...]

    @property
    def errors(self) -> int:
        """How many block the submission."""
        return sum(shown.finding.severity is Severity.ERROR for shown in self.findings)

    @property
    def warnings(self) -> int:
        """How many the reviewer asks about."""
        return sum(shown.finding.severity is Severity.WARNING for shown in self.findings)


def findings_in(
    organisation: Organisation, unit: Unit, scheme: Scheme, on: date, *, whole: bool = False
) -> tuple[FindingGroup, ...]:
    """Return what is wrong in a unit's register, grouped by the five checks.

    `whole` compares with all other units, too, and costs what all of them cost; else the cost
    grows with the unit. At most nineteen statements.
    """
    register = load(organisation, on, None if whole else [unit.pk])
    return findings_of(register, organisation, unit, scheme)


def findings_of(
    register: Register, organisation: Organisation, unit: Unit, scheme: Scheme
) -> tuple[FindingGroup, ...]:
    """Return what is wrong with a unit in a register that is loaded. Five statements at most."""
    places = Places(register)
    found = [
        finding
        for finding in engine.run(register, scheme)
        if places.of(finding.subject).unit == unit.code
    ]
    return _grouped(found, places, organisation, scheme)


def findings_about(
    organisation: Organisation, unit: Unit, scheme: Scheme, on: date, *, opens: str, code: str
) -> tuple[ShownFinding, ...]:
    """Return what is wrong with one power or risk point and its parts: `opens` and `code`."""
    groups = findings_in(organisation, unit, scheme, on)
    return tuple(
        shown
        for group in groups
        for shown in group.findings
        if (shown.place.opens, shown.place.code) == (opens, code)
    )


def findings_at(post: Post, scheme: Scheme, on: date) -> tuple[ShownFinding, ...]:
    """Return what is wrong with a post of a unit's register and the risk points that name it.

    The gravest first. The cost grows with the unit; at most nineteen statements.
    """
    organisation, unit = post.organisation, post.unit
    register = load(organisation, on, [unit.pk])
    named = {("risk", risk.id) for risk in register.risks if post.code in risk.posts}
    found = [
        shown
        for group in findings_of(register, organisation, unit, scheme)
        for shown in group.findings
        if (shown.place.opens, shown.place.code) in named | {("post", post.code)}
    ]
    return tuple(sorted(found, key=lambda shown: _WEIGHT[shown.finding.severity]))


def organisation_findings(
    organisation: Organisation, scheme: Scheme, on: date, units: Collection[str] = ()
) -> tuple[Register, tuple[Finding, ...]]:
    """Return the whole register and what is wrong in these units, or anywhere.

    Fifteen statements; the cost grows with the whole register.
    """
    register = load(organisation, on)
    found = engine.run(register, scheme)
    if not units:
        return register, found
    places = Places(register)
    return register, tuple(one for one in found if places.of(one.subject).unit in units)


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _grouped(
    found: Iterable[Finding], places: Places, organisation: Organisation, scheme: Scheme
) -> tuple[FindingGroup, ...]:
    placed = [(finding, places.of(finding.subject)) for finding in found]
    keys = addresses_of({(place.opens, place.code) for _, place in placed}, organisation)
    shown = [
        ShownFinding(finding=finding, place=place, url=keys.get((place.opens, place.code), ""))
        for finding, place in placed
    ]
    shown.sort(key=lambda one: (_WEIGHT[one.finding.severity], one.place.code, one.finding.code))
    return tuple(
        FindingGroup(
            check=check,
            findings=tuple(one for one in shown if one.finding.group == check.code),
        )
        for check in scheme.checks.five
    )


def addresses_of(
    wanted: Collection[tuple[str, str]], organisation: Organisation
) -> dict[tuple[str, str], str]:
    """Return the pages of units, posts, powers, risk points and rules, by kind and code.

    A statement for each kind that is wanted.
    """
    found: dict[tuple[str, str], str] = {}
    for opens, (table, page) in _PAGES.items():
        codes = [code for kind, code in wanted if kind == opens]
        if codes:
            rows: QuerySet[Any] = table.objects.filter(organisation=organisation, code__in=codes)
            for code, key in rows.values_list("code", "pk"):
                found[opens, code] = reverse(page, args=[key])
    return found
