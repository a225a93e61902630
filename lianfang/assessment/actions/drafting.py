"""The sheets of a year are drafted from the scheme, and changed until it opens (五（七）1)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from msgspec.structs import replace

from lianfang.assessment.actions.moving import CLAUSE, locked_year
from lianfang.assessment.models import Assessment
from lianfang.assessment.queries.sheets import sheet_in, sheets_in, stored
from lianfang.assessment.rules.figures import FIGURES, OF_PERSONS
from lianfang.assessment.rules.sheets import (
    MANUAL,
    PERSONS,
    WHOLE,
    item_in,
    items_of,
    new_code,
    with_item,
    with_new_item,
    without_item,
)
from lianfang.assessment.rules.sheets import told as in_words
from lianfang.assessment.rules.states import Act
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import add, require_version
from lianfang.org.models import Organisation
from lianfang.scheme.model import Scheme, Sheet, SheetItem


class ItemRefused(Refused):
    """An item that is not there, worth nothing, or asks for a figure that nobody can count."""


@dataclass(frozen=True, kw_only=True)
class ItemAsked:
    """What an item is to be; `source` is `manual` or the code of a figure."""

    label: str
    maximum: Decimal
    standard: str
    source: str
    evidence: str = ""


@transaction.atomic
def draft_assessment(
    *,
    organisation: Organisation,
    year: int,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Draft the check of a year with the sheets of the scheme. Raises Taken for a second one."""
    return add(
        Assessment(
            organisation=organisation,
            year=year,
            scheme_version=scheme.version,
            sheets=stored(scheme.sheets),
            drafted_at=at,
            drafted_by_id=by.pk if by else None,
        ),
        organisation=organisation.pk,
        by=by,
        at=at,
        action="assessment.assessment.drafted",
        taken=Text(
            f"{year} 年度检查考核已经有了，请打开它继续办理。",
            f"There is a check of {year} already; open it and go on.",
        ),
        told={"year": year, "scheme": scheme.version},
        rule=CLAUSE,
    )


@transaction.atomic
def change_item(
    *,
    assessment: Assessment,
    sheet: str,
    code: str,
    maximum: Decimal,
    standard: str,
    reason: str,
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Change what an item is worth and by which standard. Raises NotNow, ItemRefused, Stale."""
    assessment, asked = _taken(assessment, sheet, version)
    before = _item(asked, code)
    _require_worth(maximum)
    wording = before.standard if standard == before.standard.zh else Text(standard, standard)
    after = replace(before, maximum=float(maximum), standard=wording)
    told: dict[str, tuple[object, object]] = {
        "item": (None, before.label.zh),
        "maximum": (f"{before.maximum:g}", in_words(maximum)),
        "reason": (None, reason),
    }
    if wording != before.standard:
        told["standard"] = (before.standard.zh, standard)
    return _changed(assessment, with_item(asked, after), "item_changed", told, by, at)


@transaction.atomic
def add_item(
    *,
    assessment: Assessment,
    sheet: str,
    section: str,
    asked: ItemAsked,
    reason: str,
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Add an item to a section. Raises NotNow, ItemRefused and Stale."""
    assessment, stands = _taken(assessment, sheet, version)
    _require_worth(asked.maximum)
    place = next((each for each in stands.sections if each.code == section), None)
    if place is None:
        raise _no_item()
    _require_source(sheet, asked.source)
    item = SheetItem(
        code=new_code({item.code for item in items_of(stands)}),
        label=Text(asked.label, asked.label),
        maximum=float(asked.maximum),
        standard=Text(asked.standard, asked.standard),
        source=asked.source,
        evidence=Text(asked.evidence, asked.evidence),
        clause=place.clause,
    )
    told: Changes = {
        "item": (None, asked.label),
        "maximum": (None, in_words(asked.maximum)),
        "standard": (None, asked.standard),
        "source": (None, asked.source),
        "reason": (None, reason),
    }
    return _changed(assessment, with_new_item(stands, section, item), "item_added", told, by, at)


@transaction.atomic
def remove_item(
    *,
    assessment: Assessment,
    sheet: str,
    code: str,
    reason: str,
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Remove an item from a sheet. Raises NotNow, ItemRefused and Stale."""
    assessment, asked = _taken(assessment, sheet, version)
    item = _item(asked, code)
    told: Changes = {
        "item": (item.label.zh, None),
        "maximum": (f"{item.maximum:g}", None),
        "reason": (None, reason),
    }
    return _changed(assessment, without_item(asked, code), "item_removed", told, by, at)


def _taken(assessment: Assessment, sheet: str, version: int | None) -> tuple[Assessment, Sheet]:
    found = locked_year(assessment, Act.CHANGE)
    require_version(found, version, f"{found.year} 年度考核表")
    return found, sheet_in(found, sheet)


def _changed(
    assessment: Assessment,
    sheet: Sheet,
    action: str,
    told: Changes,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    sheets = sheets_in(assessment)
    assessment.sheets = stored(sheet if one.code == sheet.code else one for one in sheets)
    assessment.version += 1
    assessment.save(update_fields=["sheets", "version"])
    audit.record(
        at=at,
        by=by,
        action=f"assessment.assessment.{action}",
        subject=assessment,
        organisation=assessment.organisation_id,
        changes={"sheet": (None, sheet.label.zh), **told},
        rule=CLAUSE,
    )
    return assessment


def _item(sheet: Sheet, code: str) -> SheetItem:
    item = item_in(sheet, code)
    if item is None:
        raise _no_item()
    return item


def _no_item() -> ItemRefused:
    return ItemRefused(
        Text(
            "考核表里没有这一项，可能刚被删去。请刷新页面再看。",
            "The sheet has no such item; it may just have been removed. Reload the page.",
        )
    )


def _require_worth(maximum: Decimal) -> None:
    if not 0 < maximum <= WHOLE or maximum != maximum.quantize(Decimal("0.1")):
        asked = in_words(maximum)
        raise ItemRefused(
            Text(
                f"满分 {asked} 不合适：应大于 0、不超过 100，最多一位小数。请改正。",
                f"A maximum of {asked} won't do: it has to be above 0, at most 100, with one "
                "decimal at most. Correct it.",
            )
        )


def _require_source(sheet: str, source: str) -> None:
    is_known = source == MANUAL or (source in OF_PERSONS if sheet == PERSONS else source in FIGURES)
    if not is_known:
        raise ItemRefused(
            Text(
                "这个数据不能按这张考核表的对象统计。请另选数据，或选人工评分。",
                "This figure can't be counted for whom this sheet is about. Choose another one, "
                "or points given by hand.",
            )
        )
