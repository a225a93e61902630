"""A file that comes again changes what was corrected in it, and nothing else."""

from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings as ProjectSettings

from lianfang.intake.actions.applying import NothingTaken
from lianfang.intake.exchange.planning import summary_of
from lianfang.intake.models import Paper
from lianfang.intake.rules.lines import Told
from lianfang.intake.rules.settings import NEW, Settings
from lianfang.intake.tests.actions_world import (
    HOARDING,
    PAYING,
    REVIEWING,
    chosen,
    edited,
    latest,
    line_of,
    row,
    shown,
    stored,
)
from lianfang.intake.tests.importing import TABLES, applied, sent, table
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.powers import change_power, retire_power, stored_power
from lianfang.powers.models import Power
from lianfang.risks.actions.measures import MeasureValues, add_measure, change_measure, drop_measure
from lianfang.risks.actions.risk import retire_risk
from lianfang.risks.models import Measure, RiskPoint

pytestmark = pytest.mark.django_db
SAMPLES = sorted(path for path in TABLES.iterdir() if path.suffix != ".json")
SAME = {"added", "changed", "retired", "refused"}


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def changes(paper: Paper) -> dict[str, list[Told]]:
    """Return the fields that a file would change, by the part."""
    return {
        line.label: msgspec.json.decode(line.changes or "[]", type=list[Told])
        for line in paper.lines.exclude(verdict="unchanged").order_by("place")
    }


def measures(code: str) -> list[str]:
    """Return the measures of a risk point in their order."""
    return list(
        Measure.objects.filter(risk__code=code).order_by("order").values_list("text", flat=True)
    )


# the same file


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_the_same_file_again_has_nothing_to_write(cast: Cast, path: Path) -> None:
    content = path.read_bytes()
    names = summary_of(sent(cast, content, path.name)).units
    units = {unit.key: NEW for unit in names if not unit.code}
    settings = Settings(unit="CW", units=units)
    applied(cast, sent(cast, content, path.name, settings=settings))
    before = stored(cast)
    again = sent(cast, content, path.name, settings=Settings(unit="CW"))
    assert not SAME & again.counts.keys()
    with pytest.raises(NothingTaken):
        applied(cast, again)
    assert stored(cast) == before


def test_edits_in_the_register_stay_when_the_same_file_comes_again(cast: Cast) -> None:
    rows = table(PAYING, HOARDING, REVIEWING)
    applied(cast, sent(cast, rows))
    edited("R-CW-01", title="同一笔款付两次", shown=shown("一票两付", "一单多报"))
    risk = RiskPoint.objects.get(code="R-CW-01")
    (measure,) = risk.measures.all()
    change_measure(
        measure=measure,
        values=MeasureValues(text=measure.text, phase="early", frequency="每笔"),
        by=None,
        at=AT,
    )
    add_measure(risk=risk, values=MeasureValues(text="另加的措施"), by=None, at=AT)
    drop_measure(measure=Measure.objects.get(risk__code="R-CW-02"), by=None, at=AT)
    power = Power.objects.get(code="CW-01")
    wanted = msgspec.structs.replace(stored_power(power, ON), name="支付资金", kind="其他权力")
    change_power(power=power, wanted=wanted, by=None, at=AT)
    before = stored(cast)
    again = sent(cast, rows, "又.csv")
    assert changes(again) == {}
    with pytest.raises(NothingTaken):
        applied(cast, again)
    assert stored(cast) == before


def test_a_power_that_was_retired_comes_back_only_by_hand(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    for risk in RiskPoint.objects.all():
        retire_risk(risk=risk, on=ON, reason="不再办理", by=None, at=AT)
    retire_power(power=Power.objects.get(), on=ON, reason="职权划转", by=None, at=AT)
    again = sent(cast, table(PAYING), "再来.csv")
    assert not again.lines.filter(kind__in=("power", "risk"), taken=True).exists()
    assert "以前导入过这项职权（CW-01）" in told_of(again)


def told_of(paper: Paper) -> str:
    return "".join(str(line.doubts) for line in paper.lines.filter(kind="power"))


def test_a_risk_point_that_was_retired_comes_back_only_by_hand(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING, HOARDING)))
    risk = RiskPoint.objects.get(code="R-CW-01")
    retire_risk(risk=risk, on=ON, reason="不再办理", by=None, at=AT)
    again = sent(cast, table(PAYING, HOARDING), "又.csv")
    line = line_of(again, "重复付款")
    assert (line.verdict, line.taken, line.is_doubtful) == ("added", False, True)
    assert "R-CW-01" in line.doubts
    applied(cast, chosen(cast, again, "重复付款", taken=True))
    assert RiskPoint.objects.get(title="重复付款", retired_on=None).code == "R-CW-03"
    risk.refresh_from_db()
    assert risk.retired_on == ON


# a corrected file


CORRECTIONS = {
    "a level": (row(level="低"), [Told(field="level", before="high", after="low")]),
    "a measure": (
        row(measures="付款前逐笔核对台账"),
        [
            Told(
                field="text",
                before="付款前核对台账",
                after="付款前逐笔核对台账",
                of="付款前逐笔核对台账",
                did="changed",
            )
        ],
    ),
    "who answers": (
        row(who="财务处处长"),
        [
            Told(
                field="post",
                before="出纳岗",
                after="财务处处长",
                of="付款前核对台账",
                did="changed",
            )
        ],
    ),
    "how it shows": (
        row(shows="一票付两次"),
        [Told(field="manifestations", before="一票两付", after="一票付两次")],
    ),
    "the post": (
        row(post="财务处处长"),
        [Told(field="posts", before="出纳岗", after="财务处处长")],
    ),
}


@pytest.mark.parametrize(("corrected", "fields"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_cell_that_was_corrected_changes_one_field_of_one_line(
    cast: Cast, corrected: str, fields: list[Told]
) -> None:
    applied(cast, sent(cast, table(PAYING, HOARDING, REVIEWING)))
    again = sent(cast, table(corrected, HOARDING, REVIEWING), "更正.csv")
    assert {label: told for label, told in changes(again).items() if label == "重复付款"} == {
        "重复付款": fields
    }
    assert set(changes(again)) <= {"重复付款", "资金支付"}
    written = applied(cast, again)
    assert written.opened.applied["changed"] == len(changes(again))
    once_more = sent(cast, table(corrected, HOARDING, REVIEWING), "又.csv")
    assert changes(once_more) == {}


def test_a_correction_beside_an_edit_leaves_the_edit(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    edited("R-CW-01", title="同一笔款付两次")
    again = sent(cast, table(row(level="低")), "更正.csv")
    assert changes(again) == {"同一笔款付两次": [Told(field="level", before="high", after="low")]}
    assert not line_of(again, "同一笔款付两次").is_doubtful
    applied(cast, again)
    risk = RiskPoint.objects.get()
    assert (risk.title, risk.level) == ("同一笔款付两次", "low")


def test_what_was_changed_on_both_sides_is_a_doubt(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    edited("R-CW-01", title="重复付款或多付")
    again = sent(cast, table(row(risk="重复支付款项")), "更正.csv")
    line = line_of(again, "重复支付款项")
    assert (line.verdict, line.code, line.is_doubtful) == ("changed", "R-CW-01", True)
    assert "文件和系统都改过：风险点名称" in line.doubts
    applied(cast, again)
    assert RiskPoint.objects.get().title == "重复支付款项"


def test_a_row_that_the_file_no_longer_has_removes_nothing(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING, HOARDING, REVIEWING)))
    before = stored(cast)
    again = sent(cast, table(PAYING), "少.csv")
    assert changes(again) == {}
    other = sent(cast, table(PAYING, row(risk="坐支", shows="收支不分")), "又.csv")
    applied(cast, other)
    codes = {risk["code"] for risk in before["risks"]}
    assert codes < set(RiskPoint.objects.filter(retired_on=None).values_list("code", flat=True))


def test_a_row_that_was_added_is_the_only_one_that_is_written(cast: Cast) -> None:
    first = applied(cast, sent(cast, table(PAYING)))
    written = applied(cast, sent(cast, table(PAYING, HOARDING), "又.csv"))
    assert written.opened.applied == {"added": 1}
    # what the second file says again is its word now
    assert set(latest(cast).values()) == {written.opened_id}
    assert first.opened_id != written.opened_id


def test_a_measure_corrected_beyond_likeness_takes_the_place_of_the_old_one(cast: Cast) -> None:
    rows = table(row(measures="1.付款前核对台账；2.每月与银行对账"))
    applied(cast, sent(cast, rows))
    assert measures("R-CW-01") == ["付款前核对台账", "每月与银行对账"]
    again = sent(cast, table(row(measures="1.付款前核对台账；2.设立双人双锁保险柜")), "更正.csv")
    assert changes(again) == {
        "重复付款": [
            Told(field="measure", of="设立双人双锁保险柜", did="added"),
            Told(field="measure", of="每月与银行对账", did="removed"),
        ]
    }
    applied(cast, again)
    assert measures("R-CW-01") == ["付款前核对台账", "设立双人双锁保险柜"]


def test_a_measure_that_somebody_edited_stays_beside_the_new_one(cast: Cast) -> None:
    applied(cast, sent(cast, table(row(measures="每月与银行对账"))))
    change_measure(
        measure=Measure.objects.get(),
        values=MeasureValues(text="每月与开户银行逐笔对账并留存", phase="during"),
        by=None,
        at=AT,
    )
    applied(cast, sent(cast, table(row(measures="设立双人双锁保险柜")), "更正.csv"))
    assert measures("R-CW-01") == ["每月与开户银行逐笔对账并留存", "设立双人双锁保险柜"]


def test_a_regulation_named_since_is_entered_for_what_names_it(cast: Cast) -> None:
    applied(cast, sent(cast, table(row(basis=""))))
    again = sent(cast, table(PAYING), "更正.csv")
    assert changes(again) == {
        "资金支付": [Told(field="bases", before="", after="《资金管理办法》 资金管理办法")],
        "资金管理办法": [],
    }
    applied(cast, again)
    assert Power.objects.get().bases.get().regulation is not None
