"""A warning case is written, changed, published, and read by those it warns (二)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.learning.actions.parts import note, require_version
from lianfang.learning.models import CaseReading, WarningCase
from lianfang.learning.rules.warning import Kinds
from lianfang.org.models import Organisation, Person

_WORDS = ("title", "text", "lesson", "source")


class WarnsOfNothing(Refused):
    """A case that names no kind of risk would reach nobody."""


class CasePublished(Refused):
    """A case that was published already."""


class NotPublished(Refused):
    """A draft is noted as read."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a case tells, and the kinds of risk it warns of."""

    title: str
    text: str
    lesson: str
    source: str
    kinds: Kinds


@transaction.atomic
def write_case(
    *, organisation: Organisation, told: Told, by: AbstractBaseUser | None, at: datetime
) -> WarningCase:
    """Write a case; nobody but its editors sees it yet. Raises WarnsOfNothing."""
    case = WarningCase(organisation=organisation, written_by_id=by.pk if by else None)
    before = _values(case)
    _put(case, told)
    case.save(force_insert=True)
    _note("written", case, before, by, at)
    return case


@transaction.atomic
def change_case(
    *,
    case: WarningCase,
    told: Told,
    version: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> WarningCase:
    """Change a case; who read it before stays noted. Raises WarnsOfNothing and Stale."""
    case = WarningCase.objects.select_for_update().get(pk=case.pk)
    require_version(case.version, version)
    before = _values(case)
    _put(case, told)
    case.version += 1
    case.save()
    _note("changed", case, before, by, at)
    return case


@transaction.atomic
def publish_case(*, case: WarningCase, by: AbstractBaseUser | None, at: datetime) -> WarningCase:
    """Offer a case to those it warns. Raises CasePublished."""
    case = WarningCase.objects.select_for_update().get(pk=case.pk)
    if case.published_at is not None:
        raise CasePublished(
            Text(
                f"案例“{case.title}”已经发布。请刷新页面。",
                f"The case “{case.title}” is published already. Reload the page.",
            )
        )
    case.published_at = at
    case.version += 1
    case.save(update_fields=["published_at", "version"])
    note("case.published", case, case.organisation_id, by, at, {"title": (None, case.title)})
    return case


@transaction.atomic
def read_case(
    *, case: WarningCase, person: Person, by: AbstractBaseUser | None, at: datetime
) -> CaseReading:
    """Note that somebody has read a case; done again, it writes nothing. Raises NotPublished."""
    case = WarningCase.objects.select_for_update().get(pk=case.pk)
    if case.published_at is None:
        raise NotPublished(
            Text(
                "案例还没有发布，不能登记阅知。",
                "The case is not published, so nobody has read it yet.",
            )
        )
    reading, is_new = CaseReading.objects.get_or_create(
        case=case, person=person, defaults={"read_at": at}
    )
    if is_new:
        note("case.read", case, case.organisation_id, by, at, {"person": (None, person.name)})
    return reading


def _put(case: WarningCase, told: Told) -> None:
    if not told.kinds:
        raise WarnsOfNothing(
            Text(
                "没有选择风险种类，案例推送不到任何岗位。请至少选择一种。",
                "No kind of risk was chosen, so the case would reach no post. Choose at least one.",
            )
        )
    for name in _WORDS:
        setattr(case, name, getattr(told, name))
    case.aspects = sorted(told.kinds.aspects)
    case.focus = sorted(told.kinds.focus)
    case.categories = sorted(told.kinds.categories)


def _values(case: WarningCase) -> dict[str, object]:
    return {name: getattr(case, name) for name in (*_WORDS, "aspects", "focus", "categories")}


def _note(
    what: str,
    case: WarningCase,
    before: dict[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    now = _values(case)
    told = {name: (before[name] or None, now[name]) for name in now if before[name] != now[name]}
    note(f"case.{what}", case, case.organisation_id, by, at, told)
