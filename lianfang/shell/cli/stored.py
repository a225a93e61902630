"""What `lianfang check --unit` looks at: the register as it is stored, not a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from lianfang.checks.finding import Finding
from lianfang.common import clock
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.cli import site

if TYPE_CHECKING:
    from lianfang.org.models import Organisation


class NoSuchUnit(Refused):
    """A unit's code that no organisation has, or that several have."""


class Stored(Struct, frozen=True):
    """A unit's code, and its findings with the code of what each is about."""

    unit: str
    findings: tuple[tuple[Finding, str], ...]


def check_units(codes: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> list[Stored]:
    """Return the findings of units, each compared with the whole register. Raises NoSuchUnit."""
    site.ready()
    from lianfang.checks import engine
    from lianfang.org.queries.numbers import scheme_of
    from lianfang.risks.queries.load import load
    from lianfang.risks.rules.placing import Places

    organisation = _organisation_of(codes)
    on = clock.day_in(organisation.time_zone, clock.now())
    register = load(organisation, on)
    places = Places(register)
    found = engine.run(register, scheme_of(organisation, on), select=select, ignore=ignore)
    placed = [(finding, places.of(finding.subject)) for finding in found]
    return [
        Stored(
            code,
            tuple((finding, place.code) for finding, place in placed if place.unit == code),
        )
        for code in codes
    ]


def _organisation_of(codes: Sequence[str]) -> "Organisation":
    """Return the one organisation that has units of these codes."""
    from lianfang.org.models import Organisation, Unit

    for code in codes:
        if not Unit.objects.filter(code=code, retired_on=None).exists():
            raise NoSuchUnit(
                Text(
                    f"没有代码为“{code}”的单位。单位代码见组织机构页。",
                    f"No unit has the code {code}. The page of the organisation lists the codes.",
                )
            )
    having = Organisation.objects.all()
    for code in codes:
        having = having.filter(units__code=code)
    found = list(having.distinct()[:2])
    if len(found) != 1:
        raise NoSuchUnit(
            Text(
                "这些单位不在同一个机构，或多个机构有相同的代码，请分别检查。",
                "These units are not of one organisation, or several have the same codes.",
            )
        )
    return found[0]
