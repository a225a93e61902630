"""How a file is read is decided and remembered; lines are taken and left."""

from pathlib import Path

import pytest
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event
from lianfang.documents.model import Direction
from lianfang.files.actions import ImportClosed, discard
from lianfang.intake.actions.deciding import choose, forget, remember, settle
from lianfang.intake.actions.planning import PaperMoved
from lianfang.intake.exchange.planning import summary_of
from lianfang.intake.models import Paper, Remembered
from lianfang.intake.rules.settings import LEAVE, NEW, Settings, from_json
from lianfang.intake.tests.actions_world import (
    HOARDING,
    MARKETING,
    PAYING,
    chosen,
    fresh,
    line_of,
    log,
    read_again,
    row,
    told,
    with_settings,
)
from lianfang.intake.tests.importing import applied, sent, table
from lianfang.org.models import Post, Unit
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db
ODD_HEAD = "单位,权力事项,审查内容,风险等级,防控措施\n"
ODD = ODD_HEAD + "财务处,资金支付,重复付款,高,付款前核对台账\n"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def settled(cast: Cast, paper: Paper, version: int | None = None, **values: object) -> Paper:
    return settle(
        paper=paper,
        settings=with_settings(paper, **values),
        by=cast.logins["office"],
        at=AT,
        version=version,
    )


def remembered(cast: Cast, paper: Paper, **values: object) -> int:
    return remember(
        paper=paper,
        settings=with_settings(paper, **values),
        by=cast.logins["office"],
        at=AT,
    )


def taken(paper: Paper) -> set[str]:
    """Return the labels of the lines that would be written."""
    return set(paper.lines.filter(taken=True).values_list("label", flat=True))


# how a file is read


def test_what_is_settled_is_kept_and_told(cast: Cast) -> None:
    paper = sent(cast, ODD)
    now = settled(cast, paper, paper.version, columns={"审查内容": "risk"}, unit="CW")
    assert from_json(fresh(paper).settings) == Settings(columns={"审查内容": "risk"}, unit="CW")
    assert now.version == paper.version + 1
    event = Event.objects.latest("position")
    assert (event.action, event.subject, event.rule) == (
        "intake.paper.settled",
        f"intake.paper:{paper.pk}",
        "六（一）",
    )
    assert told("intake.paper.settled") == {
        "columns": [{}, {"审查内容": "risk"}],
        "unit": ["", "CW"],
    }
    assert not taken(fresh(paper)) & {"重复付款"}
    assert "重复付款" in taken(read_again(cast, paper))


def test_settling_what_is_settled_already_writes_nothing(cast: Cast) -> None:
    paper = sent(cast, ODD)
    settled(cast, paper, direction=Direction.LOW_FIRST)
    before, version = log(), fresh(paper).version
    settled(cast, fresh(paper), direction=Direction.LOW_FIRST)
    assert (log(), fresh(paper).version) == (before, version)


def test_settings_of_a_file_that_moved_are_not_overwritten(cast: Cast) -> None:
    paper = sent(cast, ODD)
    settled(cast, paper, unit="CW")
    before = log()
    with pytest.raises(PaperMoved) as refused:
        settled(cast, paper, paper.version, unit="PS")
    assert (refused.value.text.zh[-1], refused.value.text.en[-1]) == ("。", ".")
    assert (from_json(fresh(paper).settings).unit, log()) == ("CW", before)


def test_a_file_that_was_decided_is_not_settled_any_more(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    discard(opened=paper.opened, by=cast.logins["office"], at=AT)
    with pytest.raises(ImportClosed):
        settled(cast, paper, unit="CW")
    with pytest.raises(ImportClosed):
        chosen(cast, paper, "重复付款", taken=False)
    assert from_json(fresh(paper).settings) == Settings()


# what is remembered


def test_a_heading_is_read_in_the_next_file_as_it_was_remembered(cast: Cast) -> None:
    paper = sent(cast, ODD)
    assert "重复付款" not in taken(paper)
    assert remembered(cast, paper, columns={"审查内容": "risk", "风险等级": ""}) == 2
    event = Event.objects.latest("position")
    assert (event.action, event.rule) == ("intake.meaning.remembered", "六（一）")
    assert told("intake.meaning.remembered") == {"key": [None, "风险等级"], "means": [None, ""]}
    row_of = Remembered.objects.get(key="审查内容")
    assert (row_of.kind, row_of.means) == ("column", "risk")
    assert (row_of.said_by, row_of.said_at) == (cast.logins["office"], AT)
    again = sent(cast, ODD, "下一份.csv", part="clerk")
    assert {"重复付款", "资金支付"} == taken(again)
    columns = {column.key: column.field for column in summary_of(again).tables[0].columns}
    assert (columns["审查内容"], columns["风险等级"]) == ("risk", "")


def test_what_a_file_says_of_itself_counts_before_what_is_remembered(cast: Cast) -> None:
    remembered(cast, sent(cast, ODD), columns={"审查内容": ""})
    said = Settings(columns={"审查内容": "risk"})
    assert "重复付款" in taken(sent(cast, ODD, "又.csv", settings=said))


def test_names_of_units_and_posts_are_remembered_by_what_they_stand_for(cast: Cast) -> None:
    rows = table(row(unit="计财科", post="管钱的", who=""))
    paper = sent(cast, rows)
    assert remembered(cast, paper, units={"计财科": "CW"}, posts={"CW/管钱的": "CWG"}) == 2
    again = sent(cast, rows, "又.csv")
    assert {"重复付款", "资金支付", "资金管理办法"} == taken(again)
    assert [(one.code, one.how) for one in summary_of(again).units] == [("CW", "remembered")]
    assert [(one.code, one.how) for one in summary_of(again).posts] == [("CWG", "remembered")]


def test_what_is_to_be_set_up_or_left_out_is_not_remembered(cast: Cast) -> None:
    paper = sent(cast, table(MARKETING))
    places = {"市场部": NEW, "后勤部": f"{NEW}HQ", "行政部": LEAVE}
    assert remembered(cast, paper, units=places, people={"CWG/张三": "001"}) == 0
    assert not Remembered.objects.exists()


def test_remembering_the_same_again_writes_nothing_and_another_meaning_is_told(cast: Cast) -> None:
    paper = sent(cast, ODD)
    remembered(cast, paper, columns={"审查内容": "risk"})
    before = log()
    assert remembered(cast, paper, columns={"审查内容": "risk"}) == 0
    assert log() == before
    assert remembered(cast, paper, columns={"审查内容": "manifestation"}) == 1
    assert told("intake.meaning.remembered")["means"] == ["risk", "manifestation"]
    assert Remembered.objects.get().means == "manifestation"


def test_what_is_forgotten_is_read_as_before(cast: Cast) -> None:
    paper = sent(cast, ODD)
    remembered(cast, paper, columns={"审查内容": "risk"})
    forget(remembered=Remembered.objects.get(), by=cast.logins["office"], at=AT)
    assert log()[-1] == "intake.meaning.forgotten"
    assert told("intake.meaning.forgotten") == {
        "key": ["审查内容", None],
        "means": ["risk", None],
    }
    assert not Remembered.objects.exists()
    assert "重复付款" not in taken(read_again(cast, paper))


def test_another_organisation_remembers_for_itself(cast: Cast) -> None:
    other = full_cast("other")
    remembered(cast, sent(cast, ODD), columns={"审查内容": "risk"})
    assert "重复付款" not in taken(sent(other, ODD))
    remembered(other, sent(other, ODD), columns={"审查内容": "manifestation"})
    assert "重复付款" in taken(sent(cast, ODD))
    assert Remembered.objects.count() == 2


# which lines are taken


def test_a_line_is_left_and_taken_again(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    everything = taken(paper)
    before = len(log())
    left = chosen(cast, paper, "重复付款", taken=False)
    assert taken(left) == everything - {"重复付款"}
    assert left.version == paper.version
    assert log()[before:] == ["intake.paper.chosen"]
    (key,) = from_json(left.settings).taken
    assert key == line_of(left, "重复付款").key
    assert told("intake.paper.chosen") == {"taken": [True, False], "lines": [None, [key]]}
    assert taken(chosen(cast, left, "重复付款", taken=True)) == everything


def test_choosing_what_is_chosen_already_writes_nothing(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    before = log()
    chosen(cast, paper, "重复付款", taken=True)
    chosen(cast, paper, "财务处", "unit", taken=False)
    choose(paper=paper, lines=[999], taken=False, by=cast.logins["office"], at=AT)
    assert log() == before
    assert from_json(fresh(paper).settings).taken == {}


def test_with_a_risk_point_come_its_new_power_and_regulation(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    everything = taken(paper)
    places = list(paper.lines.filter(taken=True).values_list("place", flat=True))
    choose(paper=paper, lines=places, taken=False, by=cast.logins["office"], at=AT)
    assert taken(fresh(paper)) == set()
    assert taken(chosen(cast, paper, "重复付款", taken=True)) == everything - {"私设小金库"}


def test_with_a_power_that_is_left_go_its_risk_points(cast: Cast) -> None:
    other = row(power="采购", basis="", risk="规避招标", shows="拆分项目")
    paper = sent(cast, table(PAYING, HOARDING, other))
    left = chosen(cast, paper, "资金支付", "power", taken=False)
    assert taken(left) & {"资金支付", "重复付款", "私设小金库", "采购", "规避招标"} == {
        "采购",
        "规避招标",
    }


def test_with_a_unit_that_is_left_goes_all_that_stands_in_it(cast: Cast) -> None:
    settings = Settings(units={"市场部": NEW})
    paper = sent(cast, table(MARKETING, PAYING), settings=settings)
    everything = taken(paper)
    left = chosen(cast, paper, "市场部", "unit", taken=False)
    assert everything - taken(left) == {"市场部", "业务岗", "签订合同", "串通定价"}
    again = chosen(cast, left, "串通定价", taken=True)
    assert taken(again) == everything
    left = chosen(cast, again, "市场部", "unit", taken=False)
    written = applied(cast, left)
    assert written.opened.applied["added"] == 3
    assert not Unit.objects.filter(name="市场部").exists()
    assert not Post.objects.filter(name="业务岗").exists()


def test_with_a_post_that_is_left_goes_what_names_it(cast: Cast) -> None:
    settings = Settings(people={"CW-G01/张三": NEW})
    head = "单位,职权名称,岗位,姓名,风险点,风险等级,防控措施\n"
    rows = (
        "财务处,资金支付,会计岗,张三,重复付款,高,核对台账\n财务处,资金收取,出纳岗,,坐支,高,对账\n"
    )
    paper = sent(cast, head + rows, settings=settings)
    everything = taken(paper)
    assert everything == {"会计岗", "张三", "资金支付", "重复付款", "资金收取", "坐支"}
    left = chosen(cast, paper, "会计岗", "post", taken=False)
    assert taken(left) == {"资金收取", "坐支"}
    assert taken(chosen(cast, left, "重复付款", taken=True)) == everything - {"张三"}


def test_lines_of_a_file_that_moved_are_not_chosen(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    read_again(cast, paper)
    places = list(paper.lines.values_list("place", flat=True))
    with pytest.raises(PaperMoved):
        choose(
            paper=paper,
            lines=places,
            taken=False,
            by=cast.logins["office"],
            at=AT,
            version=paper.version,
        )
    assert "重复付款" in taken(fresh(paper))
