"""The library of regulations: entered, changed, in force and out of it, with their files.

Source: 质检认纪〔2012〕1号 五（一）1, 七（二）.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.org.actions.changing import add, change, require_one_organisation, require_version
from lianfang.org.models import Organisation, Post
from lianfang.powers.models import Regulation
from lianfang.powers.rules.codes import next_code
from lianfang.powers.rules.states import require_days, require_way
from lianfang.register.model import RegulationState

CLAUSE = "五（一）1"
CLAUSE_RULES = "七（二）"


class StillRestedOn(Refused):
    """A regulation on which powers rest is not retired."""


@transaction.atomic
def create_regulation(
    *,
    organisation: Organisation,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
) -> Regulation:
    """Enter a regulation in the library. Raises DatesMissing, NotHere or Taken."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    taken = Regulation.objects.filter(organisation=organisation).values_list("code", flat=True)
    code = next_code("ZD-", taken, width=3)
    row = Regulation(organisation=organisation, code=code, **values)
    _require_sound(row, organisation.pk)
    told = {name: _told(value) for name, value in values.items()}
    return add(
        row,
        organisation=organisation.pk,
        by=by,
        at=at,
        action="powers.regulation.entered",
        taken=_taken(code),
        told={"code": code, **told},
        rule=CLAUSE,
    )


@transaction.atomic
def change_regulation(
    *,
    regulation: Regulation,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Regulation:
    """Change the fields of a regulation but its state. Raises Stale, DatesMissing or NotHere."""
    row = _locked(regulation, version)
    for name, value in values.items():
        setattr(regulation, name, value)
    _require_sound(regulation, row.organisation_id)
    return change(
        row,
        values,
        organisation=row.organisation_id,
        by=by,
        at=at,
        action="powers.regulation.changed",
        taken=_taken(row.code),
        rule=CLAUSE,
    )


@transaction.atomic
def move_regulation(
    *,
    regulation: Regulation,
    state: RegulationState,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Regulation:
    """Bring a regulation into another state from a day on.

    Raises NoSuchWay, DatesMissing or Stale.
    """
    row = _locked(regulation, version)
    require_way(RegulationState(row.state), state)
    values: dict[str, object] = {"state": state.value}
    if state is RegulationState.IN_FORCE:
        values["in_force_on"] = on
    if state is RegulationState.REPEALED:
        require_days(state, row.in_force_on, on)
        values["repealed_on"] = on
    return change(
        row,
        values,
        organisation=row.organisation_id,
        by=by,
        at=at,
        action="powers.regulation.moved",
        taken=_taken(row.code),
        rule=CLAUSE_RULES,
    )


@transaction.atomic
def attach_file(
    *,
    regulation: Regulation,
    chunks: Iterable[bytes],
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Regulation:
    """Keep the text of a regulation; the file that was there before stays in the store.

    Raises what `files.keep` raises.
    """
    row = _locked(regulation, None)
    kept = files.keep(chunks=chunks, name=name, organisation=row.organisation_id, by=by, at=at)
    return change(
        row,
        {"attachment": kept},
        organisation=row.organisation_id,
        by=by,
        at=at,
        action="powers.regulation.file_attached",
        taken=_taken(row.code),
        rule=CLAUSE,
    )


@transaction.atomic
def retire_regulation(
    *, regulation: Regulation, on: date, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Regulation:
    """Take a wrong entry out of use. Raises StillRestedOn while powers in use rest on it.

    One that was repealed stays in the library as repealed; only a wrong entry is retired.
    """
    row = _locked(regulation, None)
    if row.bases.filter(power__retired_on=None).exists():
        raise StillRestedOn(
            Text(
                f"还有职权以《{row.title}》为依据。已废止的请改状态；登记错的请先改这些职权的依据。",
                f"Powers still rest on {row.title}. Where it is repealed, change its state; where "
                "it is a wrong entry, change the bases of the powers first.",
            )
        )
    return change(
        row,
        {"retired_on": on, "retired_reason": reason},
        organisation=row.organisation_id,
        by=by,
        at=at,
        action="powers.regulation.retired",
        taken=_taken(row.code),
        rule=CLAUSE,
    )


def _locked(regulation: Regulation, version: int | None) -> Regulation:
    row = (
        Regulation.objects.select_for_update(of=("self",))
        .select_related("owner", "attachment")
        .get(pk=regulation.pk)
    )
    require_version(row, version, row.title)
    return row


def _require_sound(row: Regulation, organisation: int) -> None:
    if isinstance(row.owner, Post):
        require_one_organisation(organisation, row.owner)
    require_days(RegulationState(row.state), row.in_force_on, row.repealed_on)


def _told(value: object) -> object:
    if isinstance(value, Post):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _taken(code: str) -> Text:
    return Text(
        f"编号“{code}”刚被占用，或日期前后颠倒。请再保存一次。",
        f"The code {code} has just been taken, or the days are the wrong way round. Save again.",
    )
