"""What every action here does: compare, save, record; and what every one of them may refuse."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused, Stale
from lianfang.common.text import Text
from lianfang.org.models import Appointment, Dated, Membership, Portfolio

AnyModel = TypeVar("AnyModel", bound=models.Model)
DatedRow = Appointment | Portfolio | Membership


class Taken(Refused):
    """A code, a head or another single place is taken already."""


class WrongDates(Refused):
    """An end before its beginning, or a day on which the thing does not hold."""


class NotHere(Refused):
    """Two things that belong to different organisations, or something that is not in use."""


def add(
    row: AnyModel,
    *,
    organisation: int,
    by: AbstractBaseUser | None,
    at: datetime,
    action: str,
    taken: Text,
    told: Mapping[str, object] | None = None,
    sealed: Mapping[str, object] | None = None,
    rule: str = "",
) -> AnyModel:
    """Save a new row and record it. Raises Taken where the database says so."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Taken(taken) from error
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=row,
        organisation=organisation,
        changes={name: (None, value) for name, value in (told or {}).items() if value != ""},
        sealed={name: (None, value) for name, value in (sealed or {}).items()},
        rule=rule,
    )
    return row


def change(
    row: AnyModel,
    values: Mapping[str, object],
    *,
    organisation: int,
    by: AbstractBaseUser | None,
    at: datetime,
    action: str,
    taken: Text,
    rule: str = "",
    sealed: Collection[str] = (),
) -> AnyModel:
    """Set the fields that differ, save and record them; nothing differs: nothing is written.

    `sealed` names fields that stand in commitments of their own.
    """
    before = {name: getattr(row, name) for name in values}
    differs = {name: value for name, value in values.items() if before[name] != value}
    if not differs:
        return row
    for name, value in differs.items():
        setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
        fields = [*differs, "version"]
    else:
        fields = [*differs]
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        raise Taken(taken) from error
    pairs = {name: (plain(before[name]), plain(value)) for name, value in differs.items()}
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=row,
        organisation=organisation,
        changes={name: pair for name, pair in pairs.items() if name not in sealed},
        sealed={name: pair for name, pair in pairs.items() if name in sealed},
        rule=rule,
    )
    return row


def plain(value: object) -> object:
    """Return a value as JSON has it: a row by its own words, a day in ISO."""
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def require_version(row: models.Model, version: int | None, name: str) -> None:
    """Raise Stale when `version`, that of the form, is no longer the row's; None asks nothing."""
    stored: int | None = getattr(row, "version", version)
    if version is not None and stored is not None and stored != version:
        raise Stale(
            Text(
                f"“{name}”在您打开之后已被他人修改。请对照下面的现值，确认后再保存。",
                f"{name} was changed by somebody else after you opened it. Compare with what is "
                "stored now, below, then save again.",
            ),
            stored,
        )


def require_one_organisation(organisation: int, *rows: models.Model) -> None:
    """Raise NotHere unless all rows belong to that organisation."""
    if any(getattr(row, "organisation_id", organisation) != organisation for row in rows):
        raise NotHere(
            Text(
                "所选单位、岗位或人员不属于同一机构，请重新选择。",
                "The unit, post or person chosen belongs to another organisation; choose again.",
            )
        )


def require_order(from_on: date, to_on: date | None) -> None:
    """Raise WrongDates when the end lies before the beginning."""
    if to_on is not None and to_on < from_on:
        raise WrongDates(
            Text(
                f"止日 {to_on} 早于起日 {from_on}，请改正其中一个。",
                f"The end, {to_on}, lies before the beginning, {from_on}; mend one of them.",
            )
        )


def require_going_on(row: Dated, on: date) -> None:
    """Raise WrongDates unless `on` may become the last day of a dated row."""
    require_order(row.from_on, on)
    if row.withdrawn_at is not None or (row.to_on is not None and row.to_on <= on):
        raise WrongDates(
            Text(
                "这一记录已经结束或已撤回，不能再次结束。",
                "This entry has ended or was withdrawn already; it can't be ended again.",
            )
        )


def withdraw(
    row: DatedRow, *, reason: str, by: AbstractBaseUser | None, at: datetime, action: str
) -> None:
    """Mark a wrong entry as withdrawn; the row and its history stay."""
    if row.withdrawn_at is not None:
        raise WrongDates(
            Text("这一记录已经撤回。", "This entry was withdrawn already; nothing is left to do.")
        )
    row.withdrawn_at, row.withdrawn_reason = at, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=row,
        organisation=row.organisation_id,
        changes={"withdrawn_reason": ("", reason)},
    )
