"""Events for tests, about rows that need not exist."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db import transaction

from lianfang.audit import actions
from lianfang.audit.actions import Changes, RowOfBulk
from lianfang.audit.models import Event

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
# New Year in Shanghai: still the old year in UTC
NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


def login(number: int = 12, name: str = "chen") -> AbstractBaseUser:
    """Return a login that is not stored."""
    return get_user_model()(pk=number, username=name)


def thing(number: int = 1, name: str = "财务处") -> Group:
    """Return something to act on that is not stored."""
    return Group(pk=number, name=name)


def recorded(
    number: int = 1,
    *,
    changes: Changes | None = None,
    sealed: Changes | None = None,
    organisation: int | None = 1,
    action: str = "org.unit.changed",
    at: datetime = AT,
) -> Event:
    """Append an event about the thing of that number."""
    with transaction.atomic():
        return actions.record(
            at=at + timedelta(seconds=number),
            by=login(),
            action=action,
            subject=thing(number),
            organisation=organisation,
            changes=changes,
            sealed=sealed,
            rule="四",
        )


def recorded_bulk(names: Mapping[int, str]) -> Event:
    """Append a bulk event that named things."""
    with transaction.atomic():
        return actions.record_bulk(
            at=AT,
            by=login(),
            action="org.roster.applied",
            subject=thing(99, "名册"),
            organisation=1,
            rows=[
                RowOfBulk(subject=thing(number, name), changes={"name": (None, name)})
                for number, name in names.items()
            ],
        )
