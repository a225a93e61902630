"""Nobody scores, judges or decides about themself, their kin or their own unit (五（七）)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from lianfang.assessment.models import AssessedSheet
from lianfang.assessment.queries.recusal import looker_of
from lianfang.assessment.rules.recusal import is_recused
from lianfang.common.errors import Refused
from lianfang.common.text import Text


class Recused(Refused):
    """Somebody would judge whom they may not."""


def require_other(*, unit: int, person: int | None, by: AbstractBaseUser | None, on: date) -> None:
    """Raise Recused for whoever stays out of what is about that person, or that unit."""
    looker = looker_of(by, on) if by is not None else None
    if looker is not None and is_recused(looker, unit=unit, person=person):
        raise recused()


def recused() -> Recused:
    """Return the refusal of what somebody stays out of."""
    return Recused(
        Text(
            "这涉及您本人、您的亲属或您任职的单位，应当回避。请由其他人办理。",
            "This is about yourself, your kin or the unit in which you hold a post, so you stay "
            "out of it. Let somebody else do it.",
        )
    )


def require_other_than_any(
    sheets: Iterable[AssessedSheet], by: AbstractBaseUser | None, on: date
) -> None:
    """Raise Recused for whoever stays out of one of the sheets. Four statements."""
    looker = looker_of(by, on) if by is not None else None
    if looker is not None and any(
        is_recused(looker, unit=sheet.unit_id, person=sheet.person_id) for sheet in sheets
    ):
        raise recused()


def require_other_than(sheet: AssessedSheet, by: AbstractBaseUser | None, on: date) -> None:
    """Raise Recused for whoever stays out of a sheet."""
    require_other(unit=sheet.unit_id, person=sheet.person_id, by=by, on=on)
