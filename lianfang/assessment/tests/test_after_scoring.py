"""A sheet once it has points: checked, objected to, confirmed, told, followed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.assessment.actions import (
    checking,
    confirming,
    following,
    objecting,
    publishing,
    scoring,
)
from lianfang.assessment.actions.checking import AdjustmentRefused, NoSuchCap, VisitUnclear
from lianfang.assessment.actions.confirming import NotReady, WrongScore
from lianfang.assessment.actions.following import NoResult, TaskNotSo
from lianfang.assessment.actions.moving import NotNow
from lianfang.assessment.actions.objecting import TooLate
from lianfang.assessment.actions.recusing import Recused
from lianfang.assessment.models import AssessedSheet, Assessment, FrozenFigure, Objection
from lianfang.assessment.queries.results import results_of
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import items_of
from lianfang.assessment.tests.making import (
    DAY,
    LATER,
    SCHEME,
    YEAR,
    confirmed,
    give,
    objected,
    opened,
    published,
    scored,
    sheet_of,
    sheet_of_clerk,
    task,
)
from lianfang.files.models import OutgoingDocument
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    return full_cast()


# checks, additions, caps --------------------------------------------------------------------------


def test_a_check_on_the_spot_is_recorded_by_those_who_assess(cast: Cast) -> None:
    sheet = give(cast, sheet_of(opened(cast), cast), Party.SELF)

    def visit(*parts: str, held_on: date = ON) -> None:
        checking.record_site_check(
            sheet=sheet,
            held_on=held_on,
            people=[cast.people[part] for part in parts],
            facts="抽查十二份凭证，两份缺复核签字。",
            on=ON,
            by=cast.logins["officer"],
            at=AT,
        )

    visit("officer")
    assert sheet.visits.get().people.get() == cast.people["officer"]
    for parts, day in (((), ON), (("colleague",), ON), (("officer",), ON + DAY)):
        with pytest.raises(VisitUnclear):
            visit(*parts, held_on=day)


def adjust(cast: Cast, sheet: AssessedSheet, points: str) -> None:
    checking.adjust(
        sheet=sheet,
        points=Decimal(points),
        reason="经验被上级推广",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def test_additions_change_the_score_up_to_their_limit_and_are_taken_back(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    adjust(cast, sheet, "4")
    sheet.refresh_from_db()
    assert (sheet.score, sheet.band) == (Decimal("94.00"), "excellent")
    with pytest.raises(AdjustmentRefused, match="还可以登记 1 分"):
        adjust(cast, sheet, "1.5")
    with pytest.raises(AdjustmentRefused):
        adjust(cast, sheet, "0")
    made = sheet.adjustments.get()
    taken: dict[str, object] = {"reason": "重复登记", "on": ON, "by": None, "at": AT}
    checking.withdraw_adjustment(adjustment=made, **taken)  # type: ignore[arg-type]
    sheet.refresh_from_db()
    assert sheet.score == Decimal("90.00")
    with pytest.raises(AdjustmentRefused):
        checking.withdraw_adjustment(adjustment=made, **taken)  # type: ignore[arg-type]


def test_a_corruption_case_caps_a_scored_sheet_at_passed(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    values: dict[str, object] = {"on": ON, "by": cast.logins["officer"], "at": AT}
    with pytest.raises(NoSuchCap):
        checking.set_cap(sheet=sheet, cap="bad", reason="x", **values)  # type: ignore[arg-type]
    capped = checking.set_cap(
        sheet=sheet,
        cap="corruption_case",
        reason="案号 2026-003",
        **values,  # type: ignore[arg-type]
    )
    assert (capped.score, capped.band) == (Decimal("90.00"), "passed")
    free = checking.set_cap(sheet=sheet, cap="", reason="查否", **values)  # type: ignore[arg-type]
    assert free.band == "excellent"


# objections ---------------------------------------------------------------------------------------


def test_an_upheld_objection_takes_the_sheet_back_to_the_office(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    objection = objected(cast, sheet)
    # ten working days after 14 May
    assert objection.due_on == date(2026, 5, 28)
    with pytest.raises(TooLate):
        objected(cast, sheet)
    objecting.answer_objection(
        objection=objection,
        is_upheld=True,
        answer="已核对，补计。",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    sheet.refresh_from_db()
    assert (sheet.step, sheet.score, sheet.band) == ("office", None, "")
    assert give(cast, sheet, Party.OFFICE, "1").step == "leadership"


def test_a_rejected_objection_leaves_the_score(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    objection = objected(cast, sheet)
    values: dict[str, object] = {"is_upheld": False, "answer": "维持。", "on": ON, "at": AT}
    with pytest.raises(Recused):
        objecting.answer_objection(
            objection=objection,
            by=cast.logins["head"],
            **values,  # type: ignore[arg-type]
        )
    found = objecting.answer_objection(
        objection=objection,
        by=cast.logins["officer"],
        **values,  # type: ignore[arg-type]
    )
    sheet.refresh_from_db()
    assert (found.outcome, sheet.step, sheet.objections_until) == ("rejected", "scored", None)
    with pytest.raises(NotNow):
        objecting.answer_objection(
            objection=objection,
            by=cast.logins["officer"],
            **values,  # type: ignore[arg-type]
        )


def test_nobody_objects_after_the_last_day_or_after_accepting(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    with pytest.raises(TooLate):
        objecting.object_to(sheet=sheet, text="晚了", on=LATER, by=None, at=AT)
    objecting.accept_points(sheet=sheet, on=ON, by=cast.logins["head"], at=AT)
    with pytest.raises(TooLate):
        objected(cast, sheet)


# confirmation and after ---------------------------------------------------------------------------


def test_confirming_all_sheets_confirms_the_year_and_freezes_the_figures(cast: Cast) -> None:
    made = confirmed(cast)
    assert (made.state, made.confirmed_on) == ("confirmed", LATER)
    sheet = sheet_of(made, cast)
    asked = [item for item in items_of(sheet_in(made, "units")) if item.source != "manual"]
    frozen = {row.item: row for row in FrozenFigure.objects.filter(sheet=sheet)}
    assert set(frozen) == {item.code for item in asked}
    assert frozen["owners"].value["numerator"] == 2
    assert [row["label"] for row in frozen["owners"].value["rows"]] == ["财务处处长", "出纳岗"]


def test_nothing_is_confirmed_while_somebody_may_object(cast: Cast) -> None:
    made = opened(cast)
    sheet = scored(cast, sheet_of(made, cast))
    by = cast.logins["secretary"]

    def confirm(on: date) -> None:
        confirming.confirm_sheets(assessment=made, sheets=[sheet], on=on, by=by, at=AT)

    with pytest.raises(NotReady):
        confirm(ON)
    Objection.objects.create(sheet=sheet, text="x", raised_at=AT, due_on=LATER)
    with pytest.raises(NotReady):
        confirm(LATER)
    Objection.objects.all().delete()
    confirm(LATER)
    made.refresh_from_db()
    # the other sheets are not confirmed yet
    assert made.state == "open"


def test_nobody_confirms_their_own_unit(cast: Cast) -> None:
    made = opened(cast)
    sheet = scored(cast, sheet_of(made, cast))
    with pytest.raises(Recused):
        confirming.confirm_sheets(
            assessment=made, sheets=[sheet], on=LATER, by=cast.logins["head"], at=AT
        )


def test_leaving_out_the_last_sheet_ends_the_check(cast: Cast) -> None:
    made = opened(cast)
    sheet = scored(cast, sheet_of(made, cast))
    by = cast.logins["secretary"]
    confirming.confirm_sheets(assessment=made, sheets=[sheet], on=LATER, by=by, at=AT)
    for other in (sheet_of(made, cast, "PS"), sheet_of_clerk(made, cast)):
        scoring.leave_out(sheet=other, reason="年内新设", on=LATER, by=None, at=AT)
    made.refresh_from_db()
    assert made.state == "confirmed"


def test_a_confirmed_result_is_corrected_visibly_and_never_otherwise(cast: Cast) -> None:
    made = confirmed(cast)
    sheet = sheet_of(made, cast)
    values: dict[str, object] = {"on": LATER, "by": cast.logins["secretary"], "at": AT}
    with pytest.raises(WrongScore):
        confirming.correct_result(
            sheet=sheet,
            score=Decimal(90),
            reason="同",
            **values,  # type: ignore[arg-type]
        )
    found = confirming.correct_result(
        sheet=sheet,
        score=Decimal("85.50"),
        reason="统计口径更正",
        **values,  # type: ignore[arg-type]
    )
    sheet.refresh_from_db()
    assert (sheet.score, sheet.band) == (Decimal("85.50"), "good")
    assert (found.score_before, found.band_before) == (Decimal("90.00"), "excellent")
    with pytest.raises(NotNow):
        give(cast, sheet, Party.OFFICE)
    with pytest.raises(NotNow):
        adjust(cast, sheet, "1")


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("scope", Assessment.Scope)
def test_results_are_told_by_an_official_notice_to_a_scope(
    cast: Cast, scope: Assessment.Scope
) -> None:
    made = published(cast, scope)
    document = OutgoingDocument.objects.get()
    assert (document.mark, document.kind) == ("廉防办〔2026〕1号", "assessment_notice")
    assert document.is_confined is (scope != Assessment.Scope.EVERYBODY)
    assert (made.state, made.scope) == ("published", scope)
    told = set(
        Notice.objects.filter(kind="assessment.published").values_list("recipient", flat=True)
    )
    assert told == {cast.logins["head"].pk, cast.logins["clerk"].pk}
    with pytest.raises(NotNow):
        publishing.publish_results(assessment=made, scope=scope, on=LATER, by=None, at=AT)


def test_results_of_units_are_compared_with_the_year_before(cast: Cast) -> None:
    assert results_of(cast.organisation.pk, YEAR) == []
    confirmed(cast, YEAR - 1, "0.8", "0.8", "0.8")
    confirmed(cast)
    (row,) = results_of(cast.organisation.pk, YEAR)
    assert (row.unit.code, row.score, row.band, row.rank) == (
        "CW",
        Decimal("90.00"),
        "excellent",
        1,
    )
    assert (row.before, row.apart, row.moved) == (Decimal("80.00"), Decimal("10.00"), 0)
    assert not row.is_published


# tasks and uses -----------------------------------------------------------------------------------


def test_a_task_is_done_and_confirmed_or_sent_back(cast: Cast) -> None:
    made = task(cast, sheet_of(confirmed(cast), cast))
    values: dict[str, object] = {"on": LATER, "at": AT}
    head, office = cast.logins["head"], cast.logins["office"]
    with pytest.raises(TaskNotSo):
        following.confirm_task(task=made, by=office, **values)  # type: ignore[arg-type]
    following.do_task(task=made, outcome="已补齐。", by=head, **values)  # type: ignore[arg-type]
    with pytest.raises(Recused):
        following.confirm_task(task=made, by=head, **values)  # type: ignore[arg-type]
    following.send_task_back(
        task=made,
        reason="缺一次",
        by=office,
        **values,  # type: ignore[arg-type]
    )
    following.do_task(task=made, outcome="全部补齐。", by=head, **values)  # type: ignore[arg-type]
    done = following.confirm_task(task=made, by=office, **values)  # type: ignore[arg-type]
    assert (done.state, done.confirmed_on, done.returned_for) == ("confirmed", LATER, "")


def test_tasks_and_uses_follow_a_confirmed_result_only(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast))
    with pytest.raises(NoResult):
        task(cast, sheet)
    values: dict[str, object] = {"how": "年度评优参考", "scheme": SCHEME, "by": None, "at": AT}
    with pytest.raises(NoResult):
        following.record_use(
            sheet=sheet,
            use="reward",
            used_on=ON,
            on=ON,
            **values,  # type: ignore[arg-type]
        )


def test_a_use_is_one_the_scheme_knows(cast: Cast) -> None:
    sheet = sheet_of(confirmed(cast), cast)
    values: dict[str, object] = {"how": "年度评优参考", "scheme": SCHEME, "by": None, "at": AT}
    made = following.record_use(
        sheet=sheet,
        use="reward",
        used_on=LATER,
        on=LATER,
        **values,  # type: ignore[arg-type]
    )
    assert made.use == "reward"
    for use, day in (("holiday", LATER), ("reward", LATER + DAY)):
        with pytest.raises(NoResult):
            following.record_use(
                sheet=sheet,
                use=use,
                used_on=day,
                on=LATER,
                **values,  # type: ignore[arg-type]
            )
