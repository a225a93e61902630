"""A year's work is opened, its stages are opened and closed (六)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.models import Cycle, CycleStage, Edition, Filing, RunningReview
from lianfang.cycles.rules.days import closes_off_plan, day_of, opens_off_plan
from lianfang.cycles.rules.improving import IMPROVE
from lianfang.org.models import Organisation, Unit
from lianfang.org.queries.tree import in_use
from lianfang.scheme.model import Scheme

_FILES = (Unit.Kind.LEADERSHIP, Unit.Kind.DEPARTMENT, Unit.Kind.COMPANY)


class CycleThere(Refused):
    """The year's work was opened before."""


class ReasonNeeded(Refused):
    """A stage is opened or closed off the plan without a reason."""


class ReviewMissing(Refused):
    """The stage that improves the work ends with a running review."""


class StageNotSo(Refused):
    """A stage that is open already, or is not open."""


@transaction.atomic
def open_cycle(
    *,
    organisation: Organisation,
    year: int,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Cycle:
    """Open a year's work: its stages as planned, and a filing for every unit in use.

    Raises CycleThere. The first year of an organisation is one without an edition.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Cycle.objects.filter(organisation=organisation, year=year).exists():
        raise CycleThere(
            Text(
                f"{year} 年的年度工作已经开始，不必再开。",
                f"The work of {year} is open already.",
            )
        )
    made = Cycle.objects.create(
        organisation=organisation,
        year=year,
        is_first=not Edition.objects.filter(organisation=organisation).exists(),
        scheme_version=scheme.version,
        opened_at=at,
        opened_by_id=by.pk if by else None,
    )
    CycleStage.objects.bulk_create(
        CycleStage(
            cycle=made,
            code=stage.code,
            order=place,
            begins_on=day_of(year, stage.begins),
            ends_on=day_of(year, stage.ends),
        )
        for place, stage in enumerate(scheme.stages)
    )
    units = Unit.objects.filter(in_use(on), organisation=organisation, kind__in=_FILES)
    Filing.objects.bulk_create(
        Filing(organisation=organisation, cycle=made, unit=unit) for unit in units
    )
    audit.record(
        at=at,
        by=by,
        action="cycles.cycle.opened",
        subject=made,
        organisation=organisation.pk,
        changes={"year": (None, year), "scheme_version": (None, scheme.version)},
        rule="六",
    )
    return made


@transaction.atomic
def add_filings(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Give units founded since the year was opened their filing; return how many.

    Four statements where there is one, else two.
    """
    cycle = Cycle.objects.filter(organisation=organisation, year=on.year).first()
    if cycle is None:
        return 0
    units = list(
        Unit.objects.filter(in_use(on), organisation=organisation, kind__in=_FILES).exclude(
            pk__in=cycle.filings.filter(revision=None).values("unit")
        )
    )
    if not units:
        return 0
    Filing.objects.bulk_create(
        Filing(organisation=organisation, cycle=cycle, unit=unit) for unit in units
    )
    audit.record(
        at=at,
        by=by,
        action="cycles.cycle.joined",
        subject=cycle,
        organisation=organisation.pk,
        changes={"units": (None, [unit.name for unit in units])},
        rule="六（一）",
    )
    return len(units)


@transaction.atomic
def open_stage(
    *,
    stage: CycleStage,
    reason: str,
    ends_on: date | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CycleStage:
    """Open a stage; off its planned days with a reason. Raises StageNotSo and ReasonNeeded.

    `ends_on` is its last day, the planned one where none is given; another one asks for a reason.
    """
    stage = _locked(stage)
    if stage.opened_on is not None:
        raise _not_so("这个阶段已经开始。", "This stage was opened already.")
    planned = stage.ends_on
    if ends_on is not None and ends_on < on:
        raise _ends_before(on)
    stage.ends_on = ends_on or planned
    if opens_off_plan(stage.begins_on, planned, on) or stage.ends_on != planned:
        _require_reason(reason)
    stage.opened_on, stage.opening_reason = on, reason
    stage.save(update_fields=["opened_on", "ends_on", "opening_reason"])
    moved = {"ends_on": (planned.isoformat(), stage.ends_on.isoformat())}
    more = moved if stage.ends_on != planned else {}
    _note("cycles.stage.opened", stage, "opened_on", on, reason, by, at, more)
    return stage


@transaction.atomic
def close_stage(
    *, stage: CycleStage, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> CycleStage:
    """Close an open stage; on another day than planned with a reason.

    The last stage ends with a running review. Raises StageNotSo, ReasonNeeded and ReviewMissing.
    """
    stage = _locked(stage)
    if not stage.is_open:
        raise _not_so("这个阶段没有在进行。", "This stage is not open.")
    if stage.code == IMPROVE:
        _require_review(stage)
    if closes_off_plan(stage.ends_on, on):
        _require_reason(reason)
    stage.closed_on, stage.closing_reason = on, reason
    stage.save(update_fields=["closed_on", "closing_reason"])
    _note("cycles.stage.closed", stage, "closed_on", on, reason, by, at)
    return stage


def _locked(stage: CycleStage) -> CycleStage:
    rows = CycleStage.objects.select_for_update(of=("self",)).select_related("cycle")
    return rows.get(pk=stage.pk)


def _require_review(stage: CycleStage) -> None:
    if not RunningReview.objects.filter(cycle=stage.cycle_id).exists():
        raise ReviewMissing(
            Text(
                f"{stage.cycle.year} 年度还没有运行评价，这个阶段不能结束。请先记录运行评价。",
                f"The work of {stage.cycle.year} has no running review yet, so this stage can't "
                "be closed. Record the review first.",
            )
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(
            Text(
                "与计划日期不同，请写明提前或推迟的原因。",
                "This differs from the planned day. Say why it is early or late.",
            )
        )


def _ends_before(on: date) -> StageNotSo:
    return StageNotSo(
        Text(
            f"截止日期早于今天（{on.isoformat()}），请另选一天。",
            f"The last day is before today ({on.isoformat()}). Choose a later one.",
        )
    )


def _not_so(zh: str, en: str) -> StageNotSo:
    return StageNotSo(Text(zh + "请刷新页面。", en + " Reload the page."))


def _note(
    action: str,
    stage: CycleStage,
    field: str,
    on: date,
    reason: str,
    by: AbstractBaseUser | None,
    at: datetime,
    more: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=stage,
        organisation=stage.cycle.organisation_id,
        changes={
            "stage": (None, stage.code),
            field: (None, on.isoformat()),
            **(more or {}),
            "reason": (None, reason),
        },
        rule="六",
    )
