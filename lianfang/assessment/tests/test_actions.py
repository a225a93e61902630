"""A year's check from draft to notice: what each step does, and what it refuses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from lianfang.assessment.actions import (
    agreeing,
    drafting,
    opening,
    scoring,
)
from lianfang.assessment.actions.drafting import ItemAsked, ItemRefused
from lianfang.assessment.actions.moving import NotNow
from lianfang.assessment.actions.opening import NothingToAssess, SheetUnsound
from lianfang.assessment.actions.recusing import Recused
from lianfang.assessment.actions.scoring import Given, PointsMissing, PointsWrong
from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import item_in, whole_of
from lianfang.assessment.tests.making import (
    DAY,
    SCHEME,
    SELF_UNTIL,
    drafted,
    give,
    opened,
    scored,
    share_of_all,
    sheet_of,
    sheet_of_clerk,
)
from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.notices.models import Notice
from lianfang.org import actions as org
from lianfang.org.actions.changing import Taken
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    return full_cast()


def last_action() -> str:
    return Event.objects.order_by("-position")[0].action


# drafting -----------------------------------------------------------------------------------------


def test_a_check_is_drafted_once_a_year_with_the_sheets_of_the_scheme(cast: Cast) -> None:
    made = drafted(cast)
    assert (made.state, made.scheme_version) == ("draft", SCHEME.version)
    assert [sheet_in(made, kind) for kind in ("units", "persons")] == list(SCHEME.sheets)
    with pytest.raises(Taken):
        drafted(cast)


def change(cast: Cast, made: Assessment, maximum: str, **more: object) -> Assessment:
    values: dict[str, object] = {"standard": "全年至少四次。", "reason": "领导小组会议要求", **more}
    return drafting.change_item(
        assessment=made,
        sheet="units",
        code="arranged",
        maximum=Decimal(maximum),
        by=cast.logins["office"],
        at=AT,
        **values,  # type: ignore[arg-type]
    )


def test_an_item_is_changed_with_a_reason_until_the_check_opens(cast: Cast) -> None:
    made = change(cast, drafted(cast), "7")
    item = item_in(sheet_in(made, "units"), "arranged")
    assert item is not None
    assert (item.maximum, item.standard.zh) == (7, "全年至少四次。")
    assert last_action() == "assessment.assessment.item_changed"
    with pytest.raises(SheetUnsound, match="多出 2 分"):
        _open(cast, made)
    change(cast, made, "5")
    _open(cast, made)
    with pytest.raises(NotNow):
        change(cast, made, "6")


def test_a_stale_sheet_is_not_written_over(cast: Cast) -> None:
    made = drafted(cast)
    change(cast, made, "6", version=1)
    with pytest.raises(Stale):
        change(cast, made, "7", version=1)


@pytest.mark.parametrize("maximum", ["0", "-1", "100.5", "3.25"])
def test_an_item_is_worth_something_in_tenths(cast: Cast, maximum: str) -> None:
    with pytest.raises(ItemRefused):
        change(cast, drafted(cast), maximum)


ASKED = ItemAsked(
    label="廉政档案", maximum=Decimal(2), standard="档案齐全。", source="duties_overdue"
)


def test_an_item_is_added_and_removed_with_a_reason(cast: Cast) -> None:
    made = drafted(cast)
    by = cast.logins["office"]
    drafting.add_item(
        assessment=made,
        sheet="persons",
        section="opinion",
        asked=ASKED,
        reason="上级要求",
        by=by,
        at=AT,
    )
    drafting.remove_item(
        assessment=made, sheet="persons", code="opinion", reason="合并", by=by, at=AT
    )
    made.refresh_from_db()
    sheet = sheet_in(made, "persons")
    assert [item.code for item in sheet.sections[-1].items] == ["own_item_1"]
    assert whole_of(sheet) == 87


def test_a_figure_that_nobody_can_count_for_a_person_is_refused(cast: Cast) -> None:
    with pytest.raises(ItemRefused):
        drafting.add_item(
            assessment=drafted(cast),
            sheet="persons",
            section="opinion",
            asked=replace(ASKED, source="owners_named"),
            reason="",
            by=None,
            at=AT,
        )


# opening ------------------------------------------------------------------------------------------


def _open(cast: Cast, made: Assessment, until: date = SELF_UNTIL) -> Assessment:
    return opening.open_assessment(
        assessment=made,
        units=[cast.units["CW"]],
        self_until=until,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def test_opening_gives_a_sheet_to_each_unit_and_to_people_in_medium_and_high_posts(
    cast: Cast,
) -> None:
    made = opened(cast)
    sheets = {
        (sheet.kind, sheet.unit.code, sheet.person and sheet.person.name): sheet
        for sheet in AssessedSheet.objects.select_related("unit", "person")
    }
    assert set(sheets) == {
        ("units", "CW", None),
        ("units", "PS", None),
        ("persons", "CW", "clerk"),
    }
    assert made.state == "open"
    clerk = sheets["persons", "CW", "clerk"]
    assert (clerk.level, clerk.assessor, clerk.step) == ("high", "discipline_office", "self")
    told = set(Notice.objects.filter(kind="assessment.to_do").values_list("recipient", flat=True))
    assert told == {cast.logins["head"].pk, cast.logins["clerk"].pk}


def test_the_discipline_offices_own_unit_is_scored_by_the_body_named_for_it(cast: Cast) -> None:
    made = opened(cast, ("CW", "BG"))
    assert sheet_of(made, cast, "BG").assessor == "discipline_oversight"
    assert sheet_of(made, cast, "CW").assessor == "discipline_office"


def test_a_check_of_nothing_or_of_the_past_is_refused(cast: Cast) -> None:
    made = drafted(cast)
    with pytest.raises(NothingToAssess):
        _open(cast, made, ON - DAY)
    with pytest.raises(NothingToAssess):
        opening.open_assessment(
            assessment=made, units=[], self_until=SELF_UNTIL, on=ON, by=None, at=AT
        )


# points -------------------------------------------------------------------------------------------


def test_three_parties_in_a_row_give_a_score(cast: Cast) -> None:
    sheet = scored(cast, sheet_of(opened(cast), cast), "1", "0.9", "0.8")
    # 100 × 20 % + 90 × 40 % + 80 × 40 %
    assert (sheet.step, sheet.score, sheet.band) == ("scored", Decimal("88.00"), "good")
    # five working days after Thursday, 14 May
    assert sheet.objections_until == date(2026, 5, 21)


def test_points_are_kept_without_being_sent(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    kept = give(cast, sheet, Party.SELF, given={"owners": Given(points=Decimal(4))}, is_sent=False)
    assert (kept.step, kept.scores.count()) == ("self", 1)
    with pytest.raises(PointsMissing, match="没有评分"):
        give(cast, kept, Party.SELF, given={"owners": Given(points=Decimal(4))})


def test_points_beyond_the_maximum_are_refused(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    given = {**share_of_all(sheet, "1"), "owners": Given(points=Decimal("5.5"))}
    with pytest.raises(PointsWrong, match="责任到岗"):
        give(cast, sheet, Party.SELF, given=given)


def test_nobody_gives_points_out_of_turn(cast: Cast) -> None:
    sheet = sheet_of(opened(cast), cast)
    with pytest.raises(NotNow):
        give(cast, sheet, Party.OFFICE)
    give(cast, sheet, Party.SELF)
    with pytest.raises(NotNow):
        give(cast, sheet, Party.SELF)


def test_nobody_scores_their_own_unit_or_themself(cast: Cast) -> None:
    made = opened(cast, ("CW", "BG"))
    own = give(cast, sheet_of(made, cast, "BG"), Party.SELF)
    with pytest.raises(Recused):
        give(cast, own, Party.OFFICE, by=cast.logins["overseer"])
    clerk = give(cast, sheet_of_clerk(made, cast), Party.SELF)
    with pytest.raises(Recused):
        give(cast, clerk, Party.OFFICE, by=cast.logins["clerk"])


def test_kin_stay_out(cast: Cast) -> None:
    made = opened(cast)
    org.record_kinship(
        person=cast.people["clerk"],
        relation="配偶",
        relative=cast.people["officer"],
        relative_name="",
        note="",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    sheet = give(cast, sheet_of_clerk(made, cast), Party.SELF)
    with pytest.raises(Recused):
        give(cast, sheet, Party.OFFICE)


def test_a_sheet_is_returned_with_a_reason(cast: Cast) -> None:
    sheet = give(cast, sheet_of(opened(cast), cast), Party.SELF)
    back = scoring.return_sheet(
        sheet=sheet, reason="缺会议记录", on=ON, by=cast.logins["officer"], at=AT
    )
    assert (back.step, back.returned_for) == ("self", "缺会议记录")
    assert give(cast, back, Party.SELF).returned_for == ""


def test_sheets_are_scored_together_by_figures_and_agreed_with(cast: Cast) -> None:
    made = opened(cast)
    sheets = [sheet_of(made, cast, "CW"), sheet_of(made, cast, "PS")]
    for sheet in sheets:
        give(cast, sheet, Party.SELF, "0.5")
    agreeing.score_by_figures(
        assessment=made, sheets=sheets, on=ON, by=cast.logins["officer"], at=AT
    )
    points = dict(sheets[0].scores.filter(party="office").values_list("item", "points"))
    # every post has a control owner; nobody looked for risks; there is no filing to count
    assert [points["owners"], points["everyone"]] == [Decimal(5), Decimal(0)]
    assert points["filing"] == Decimal("2.5")
    agreeing.agree_with_office(
        assessment=made, sheets=sheets, on=ON, by=cast.logins["secretary"], at=AT
    )
    sheets[0].refresh_from_db()
    same = dict(sheets[0].scores.filter(party="leadership").values_list("item", "points"))
    assert same == points
    assert (sheets[0].step, sheets[0].objections_until) == ("scored", date(2026, 5, 21))
    whole = sum(points.values(), Decimal(0)) * Decimal("0.8") + Decimal(50) / 5
    assert sheets[0].score == whole.quantize(Decimal("0.01"))


def test_more_sheets_cost_no_more_statements(cast: Cast) -> None:
    made = opened(cast, ("CW", "PS", "BG"))
    sheets = [give(cast, sheet_of(made, cast, unit), Party.SELF) for unit in ("CW", "PS")]
    counts = []
    for chosen in (sheets[:1], sheets[1:], sheets):
        AssessedSheet.objects.filter(pk__in=[one.pk for one in sheets]).update(step="office")
        with CaptureQueriesContext(connection) as asked:
            agreeing.score_by_figures(assessment=made, sheets=chosen, on=ON, by=None, at=AT)
        counts.append(len(asked))
    assert counts[0] == counts[2]
