"""Who may open which address: every URL, every part of a small organisation, the expected status.

The rows stand in tests/access, a module for each room. An address without a row fails here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings

from lianfang.org.tests.cast import Cast, full_cast
from tests.access.accounts import ACCOUNTS
from tests.access.alerts import ALERTS
from tests.access.archive import ARCHIVE
from tests.access.assessment import ASSESSMENT
from tests.access.casework import CASEWORK
from tests.access.checks import CHECKS
from tests.access.cycles import CYCLES
from tests.access.duties import DUTIES
from tests.access.duty_causes import DUTY_CAUSES
from tests.access.duty_pages import DUTY_PAGES
from tests.access.files import FILES
from tests.access.imports import IMPORTS
from tests.access.improving import IMPROVING
from tests.access.inspections import INSPECTIONS
from tests.access.intake import INTAKE
from tests.access.leads import LEADS
from tests.access.learning import LEARNING
from tests.access.lists import REGISTER
from tests.access.logins import LOGINS
from tests.access.matters import MATTERS
from tests.access.org import ORG
from tests.access.overview import OVERVIEW
from tests.access.parts import EVERYBODY, Row
from tests.access.portal import PORTAL
from tests.access.powers import POWERS
from tests.access.public import PUBLIC
from tests.access.reports import REPORTS
from tests.access.reviews import REVIEWS
from tests.access.shell import SHELL
from tests.access.single_risks import SINGLE_RISKS
from tests.access.surveys import SURVEYS
from tests.access.talks import TALKS

ROWS = [
    *ACCOUNTS,
    *ARCHIVE,
    *CASEWORK,
    *ALERTS,
    *ASSESSMENT,
    *CHECKS,
    *CYCLES,
    *DUTIES,
    *DUTY_CAUSES,
    *DUTY_PAGES,
    *FILES,
    *IMPORTS,
    *IMPROVING,
    *INSPECTIONS,
    *INTAKE,
    *LEADS,
    *LEARNING,
    *LOGINS,
    *MATTERS,
    *ORG,
    *OVERVIEW,
    *PORTAL,
    *POWERS,
    *PUBLIC,
    *REGISTER,
    *REPORTS,
    *REVIEWS,
    *SHELL,
    *SINGLE_RISKS,
    *SURVEYS,
    *TALKS,
]


def named_urls(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield the name of every address, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_urls(pattern, within)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row() -> None:
    assert set(named_urls(get_resolver())) - {row.name for row in ROWS} == set()


def test_every_row_is_of_an_address() -> None:
    assert {row.name for row in ROWS} - set(named_urls(get_resolver())) == set()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture(scope="module")
def casts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, Cast]]:
    """Return two organisations, made once for all rows and gone afterwards."""
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_cast(), full_cast("other")
        transaction.set_rollback(True)


def _asked(client: Client, row: Row, casts: tuple[Cast, Cast]) -> int:
    url = reverse(row.name, args=row.arguments(*casts))
    # What a part did must not be there for the next one.
    with transaction.atomic():
        answer = getattr(client, row.method)(url, row.sent or {})
        transaction.set_rollback(True)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} {row.about}".strip())
def test_each_part_gets_the_declared_status(row: Row, casts: tuple[Cast, Cast]) -> None:
    found, expected = {}, {}
    for part in sorted(EVERYBODY):
        client = Client()
        client.force_login(casts[0].logins[part])
        found[part] = _asked(client, row, casts)
        expected[part] = row.expected(part)
    assert found == expected
    assert _asked(Client(), row, casts) == row.nobody
