"""An import is taken out again whole, and the register is as it was; or nothing is touched."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event, Row
from lianfang.files.actions import ImportClosed
from lianfang.files.models import Import
from lianfang.intake.actions.undoing import NotUndone, undo_paper
from lianfang.intake.exchange.planning import summary_of
from lianfang.intake.models import Line, Paper
from lianfang.intake.rules.settings import NEW, Settings
from lianfang.intake.tests.actions_world import (
    HOARDING,
    MARKETING,
    PAYING,
    REVIEWING,
    edited,
    fresh,
    latest,
    log,
    row,
    shown,
    stored,
    undone,
)
from lianfang.intake.tests.importing import SCHEME, TABLES, applied, sent, table
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Person, Post, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast, login
from lianfang.powers.actions.locks import RegisterLocked, lock, release
from lianfang.powers.actions.regulations import change_regulation
from lianfang.powers.models import Power, Regulation, Step
from lianfang.risks.actions.measures import MeasureValues, add_measure
from lianfang.risks.actions.rating import endorse_level, rate_risk
from lianfang.risks.actions.risk import RiskValues, create_risk, retire_risk
from lianfang.risks.models import RiskPoint

pytestmark = pytest.mark.django_db
SAMPLES = sorted(path for path in TABLES.iterdir() if path.suffix != ".json")
WITH_PEOPLE = "单位,职权名称,岗位,姓名,风险点,表现形式,风险等级,防控措施\n"
WITH_STEPS = "单位,职权名称,环节,岗位,风险点,表现形式,风险等级,防控措施\n"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def set_up_and_written(cast: Cast) -> Paper:
    """Write a file, and another one over it that also sets up a unit, posts and people."""
    applied(cast, sent(cast, table(PAYING, HOARDING)))
    return written_over(cast)


def written_over(cast: Cast) -> Paper:
    """Write a file that adds, changes, and sets up a unit, posts and people."""
    settings = Settings(
        units={"市场部": f"{NEW}SC"},
        people={"SC-G01/赵六": NEW, "CW-G01/钱七": NEW, "CWC/officer": "007"},
    )
    rows = (
        "市场部,签订合同,业务岗,赵六,串通定价,私下商定,高,集体定价\n"
        "财务处,资金支付,会计岗,钱七,重复付款,一票两付或多付,低,付款前逐笔核对台账\n"
        "财务处,资金支付,财务处处长,officer,私设小金库,收入不入账,中,按季与银行对账并签字\n"
        "财务处,采购物资,出纳岗,,规避招标,拆分项目,高,按年汇总采购\n"
    )
    return applied(cast, sent(cast, WITH_PEOPLE + rows, "第二份.csv", settings=settings))


# as it was


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_a_file_that_is_undone_leaves_no_trace(cast: Cast, path: Path) -> None:
    applied(cast, sent(cast, table(PAYING, HOARDING, REVIEWING)))
    before = stored(cast)
    content = path.read_bytes()
    names = summary_of(sent(cast, content, path.name)).units
    units = {unit.key: NEW for unit in names if not unit.code}
    settings = Settings(unit="CW", units=units, suggested=True)
    written = applied(cast, sent(cast, content, path.name, settings=settings))
    assert stored(cast) != before
    assert undone(cast, written).opened.state == Import.State.UNDONE
    assert stored(cast) == before


def test_what_was_added_changed_and_set_up_is_as_it_was(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING, HOARDING), "第一份.csv"))
    RiskPoint.objects.filter(title="重复付款").update(
        proposed_by=cast.people["clerk"], proposed_at=AT, residual="low", scheme_version="2011"
    )
    before, words = stored(cast), latest(cast)
    written = written_over(cast)
    now = stored(cast)
    assert {name for name in before if now[name] == before[name]} == {"regulations"}
    assert written.opened.applied["changed"] >= 3
    undone(cast, written)
    assert stored(cast) == before
    assert latest(cast) == words


def test_undoing_is_told_of_every_part_and_of_the_import(cast: Cast) -> None:
    written = set_up_and_written(cast)
    before = len(log())
    undone(cast, written)
    told = log()[before:]
    assert (told[0], told[-1]) == ("intake.paper.undone", "files.import.undone")
    event = Event.objects.get(action="intake.paper.undone")
    assert (event.subject, event.rule) == (f"intake.paper:{written.pk}", "六（一）")
    assert event.rows == written.opened.applied["added"] + written.opened.applied["changed"]
    assert event.actor == f"user:{cast.logins['office'].pk}"
    risk = RiskPoint.objects.get(title="重复付款")
    text = Row.objects.get(event=event, subject=f"risks.riskpoint:{risk.pk}").text
    assert '"level":["low","high"]' in text


def test_an_undone_file_stays_with_its_lines_and_can_come_again(cast: Cast) -> None:
    first = undone(cast, applied(cast, sent(cast, table(PAYING))))
    assert first.opened.undone_by == cast.logins["office"]
    assert first.lines.filter(taken=True).exists()
    assert not Line.objects.filter(is_latest=True).exists()
    again = applied(cast, sent(cast, table(PAYING), "又.csv"))
    assert again.opened.applied == {"added": 3}
    assert RiskPoint.objects.get().code == "R-CW-01"


def test_only_an_applied_import_is_undone_and_once(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    with pytest.raises(ImportClosed):
        undone(cast, paper)
    written = undone(cast, applied(cast, paper))
    before = log()
    with pytest.raises(ImportClosed):
        undone(cast, written)
    assert log() == before


def test_a_known_person_who_was_appointed_stays_without_the_appointment(cast: Cast) -> None:
    rows = "财务处,资金支付,财务处处长,officer,重复付款,一票两付,高,核对台账\n"
    people = Settings(people={"CWC/officer": "007"})
    written = applied(cast, sent(cast, WITH_PEOPLE + rows, settings=people))
    assert Appointment.objects.filter(person__code="007", post__code="CWC").exists()
    undone(cast, written)
    assert Person.objects.filter(code="007").exists()
    assert not Appointment.objects.filter(person__code="007", post__code="CWC").exists()


@pytest.mark.parametrize(
    "rows",
    [
        "财务处,资金支付,签发支票,出纳岗,空白支票预先盖章,支票流失,高,支票与印章分开保管\n",
        "财务处,资金支付,复核付款,出纳岗,重复付款,一票两付,高,付款前核对台账\n",
    ],
    ids=["a new risk point on a new step", "a known one moved to it"],
)
def test_a_step_goes_with_what_hangs_on_it(cast: Cast, rows: str) -> None:
    applied(cast, sent(cast, table(PAYING)))
    before = stored(cast)
    written = applied(cast, sent(cast, WITH_STEPS + rows, "环节.csv"))
    assert RiskPoint.objects.exclude(step=None).exists()
    undone(cast, written)
    assert stored(cast) == before
    assert not Step.objects.exists()


def test_an_endorsement_before_the_import_is_there_after_undoing(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    endorse_level(
        risk=RiskPoint.objects.get(),
        level="medium",
        reason="已有双人复核",
        scheme=SCHEME,
        by=None,
        at=AT,
        endorser=cast.people["head"],
    )
    before = stored(cast)
    undone(cast, applied(cast, sent(cast, table(row(risk="重复支付款项")), "又.csv")))
    assert stored(cast) == before
    assert before["risks"][0]["endorsed"] == "medium"


# what happened since


def _edited(cast: Cast) -> None:
    del cast
    edited("R-CW-01", title="改过的名称")


def _edited_and_back(cast: Cast) -> None:
    was = RiskPoint.objects.get(code="R-CW-01").title
    _edited(cast)
    edited("R-CW-01", title=was)


def _shown_otherwise(cast: Cast) -> None:
    del cast
    edited("R-CW-01", shown=shown("另一种表现"))


def _rated(cast: Cast) -> None:
    rate_risk(
        risk=RiskPoint.objects.get(code="R-CW-01"),
        scores=(),
        after=(),
        scheme=SCHEME,
        by=None,
        at=AT,
        level="medium",
        reason="经讨论",
        proposer=cast.people["clerk"],
    )


def _endorsed(cast: Cast) -> None:
    risk = RiskPoint.objects.get(code="R-CW-01")
    endorse_level(
        risk=risk,
        level=risk.proposed,
        scheme=SCHEME,
        by=None,
        at=AT,
        endorser=cast.people["head"],
    )


def _a_measure_added(cast: Cast) -> None:
    del cast
    risk = RiskPoint.objects.get(code="R-CW-01")
    add_measure(risk=risk, values=MeasureValues(text="另加的措施"), by=None, at=AT)


def _retired(cast: Cast) -> None:
    del cast
    risk = RiskPoint.objects.get(code="R-CW-01")
    retire_risk(risk=risk, on=ON, reason="不再办理", by=None, at=AT)


def _a_risk_on_an_imported_power(cast: Cast) -> None:
    values = RiskValues(
        title="新找到的", about=Power.objects.get(name="签订合同"), posts=(cast.posts["CWG"],)
    )
    create_risk(unit=Unit.objects.get(code="SC"), values=values, scheme=SCHEME, by=None, at=AT)


def _a_person_in_a_new_post(cast: Cast) -> None:
    post = Post.objects.get(name="业务岗")
    org.appoint(person=cast.people["clerk"], post=post, from_on=ON, by=None, at=AT)


def _a_risk_carried_by_a_new_post(cast: Cast) -> None:
    values = RiskValues(title="新找到的", posts=(Post.objects.get(name="会计岗"),))
    create_risk(unit=cast.units["CW"], values=values, scheme=SCHEME, by=None, at=AT)


def _a_new_unit_in_a_portfolio(cast: Cast) -> None:
    unit = Unit.objects.get(code="SC")
    org.give_portfolio(leader=cast.people["deputy"], unit=unit, from_on=ON, by=None, at=AT)


def _a_new_person_in_a_body(cast: Cast) -> None:
    person = Person.objects.get(name="赵六")
    body = cast.bodies["discipline_office"]
    org.join_body(body=body, person=person, from_on=ON, by=None, at=AT)


def _a_post_in_a_new_unit(cast: Cast) -> None:
    del cast
    org.create_post(unit=Unit.objects.get(code="SC"), code="SCX", name="内勤", by=None, at=AT)


def _a_new_post_renamed(cast: Cast) -> None:
    del cast
    org.change_post(post=Post.objects.get(name="业务岗"), values={"name": "商务岗"}, by=None, at=AT)


def _a_new_unit_renamed(cast: Cast) -> None:
    del cast
    org.change_unit(unit=Unit.objects.get(code="SC"), values={"name": "商务部"}, by=None, at=AT)


def _a_new_person_renamed(cast: Cast) -> None:
    del cast
    org.change_person(
        person=Person.objects.get(name="赵六"), values={"name": "赵陆"}, by=None, at=AT
    )


def _an_appointment_ended(cast: Cast) -> None:
    del cast
    held = Appointment.objects.get(person__name="赵六")
    org.end_appointment(appointment=held, on=ON, by=None, at=AT)


def _a_new_person_acted(cast: Cast) -> None:
    account = login("zhao")
    Person.objects.filter(name="赵六").update(login=account)
    org.create_unit(
        organisation=cast.organisation,
        code="QT",
        name="其他",
        parent=cast.units["root"],
        by=account,
        at=AT,
    )


def _a_regulation_dated(cast: Cast) -> None:
    del cast
    change_regulation(
        regulation=Regulation.objects.get(), values={"number": "〔2026〕1号"}, by=None, at=AT
    )


def _another_import_changed_it(cast: Cast) -> None:
    applied(cast, sent(cast, table(row(level="中", post="财务处处长")), "第三份.csv"))


BUILT_UPON: dict[Callable[[Cast], None], str] = {
    _edited: "“重复付款”在导入之后又有变更",
    _edited_and_back: "“重复付款”在导入之后又有变更",
    _shown_otherwise: "“重复付款”在导入之后又有变更",
    _rated: "“重复付款”在导入之后又有变更",
    _endorsed: "“重复付款”在导入之后又有变更",
    _a_measure_added: "“重复付款”在导入之后又有变更",
    _retired: "“重复付款”在导入之后又有变更",
    _another_import_changed_it: "“重复付款”在导入之后又有变更",
    _a_risk_on_an_imported_power: "新找到的",
    _a_person_in_a_new_post: "任职 clerk → 业务岗",
    _a_risk_carried_by_a_new_post: "新找到的 → 会计岗",
    _a_new_unit_in_a_portfolio: "分管 deputy → 市场部",
    _a_new_person_in_a_body: "赵六 → 纪检监察室",
    _a_post_in_a_new_unit: "岗位 内勤",
    _a_new_post_renamed: "“业务岗”在导入之后又有变更",
    _a_new_unit_renamed: "“市场部”在导入之后又有变更",
    _a_new_person_renamed: "“赵六”在导入之后又有变更",
    _an_appointment_ended: "“赵六 → 业务岗”在导入之后又有变更",
    _a_new_person_acted: "赵六在导入之后已办理过业务",
}


def test_an_import_that_was_built_upon_is_not_undone_and_names_what_it_was(cast: Cast) -> None:
    written = set_up_and_written(cast)
    for deed, named in BUILT_UPON.items():
        with transaction.atomic():
            deed(cast)
            require_kept(cast, written, named)
            transaction.set_rollback(True)
    assert undone(cast, written).opened.state == Import.State.UNDONE


def require_kept(cast: Cast, written: Paper, named: str) -> None:
    """Require that undoing is refused with a sentence that names it, and that all is as it was."""
    before = (stored(cast), log(), latest(cast))
    with pytest.raises(NotUndone) as refused:
        undone(cast, written)
    assert named in refused.value.text.zh
    assert (refused.value.text.zh[-1], refused.value.text.en[-1]) == ("。", ".")
    assert (stored(cast), log(), latest(cast)) == before
    assert fresh(written).opened.state == Import.State.APPLIED


def test_a_regulation_that_was_changed_since_is_not_taken_out(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    _a_regulation_dated(cast)
    require_kept(cast, written, "“资金管理办法”在导入之后又有变更")


def test_a_regulation_that_another_unit_rests_on_since_is_not_taken_out(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    other = row(unit="评审处", power="评审收费", post="评审岗", risk="乱收费", who="")
    applied(cast, sent(cast, table(other), "评审处.csv"))
    require_kept(cast, written, "用到了其中的内容")


def test_a_step_on_which_something_hangs_since_is_not_taken_out(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    rows = "财务处,资金支付,复核付款,出纳岗,重复付款,一票两付,高,付款前核对台账\n"
    written = applied(cast, sent(cast, WITH_STEPS + rows, "环节.csv"))
    values = RiskValues(title="越权复核", about=Step.objects.get(), posts=(cast.posts["CWG"],))
    create_risk(unit=cast.units["CW"], values=values, scheme=SCHEME, by=None, at=AT)
    require_kept(cast, written, "复核付款")


def test_what_happened_elsewhere_does_not_hinder(cast: Cast) -> None:
    other = applied(cast, sent(cast, table(REVIEWING), "评审处.csv"))
    before = stored(cast)
    written = applied(cast, sent(cast, table(PAYING)))
    edited("R-PS-01", title="泄露名单")
    undone(cast, written)
    edited("R-PS-01", title="泄露专家名单")
    assert stored(cast) == before
    require_kept(cast, other, "泄露专家名单")


# several imports


def test_an_import_that_was_undone_does_not_hinder_the_one_before(cast: Cast) -> None:
    before = stored(cast)
    first = applied(cast, sent(cast, table(PAYING, HOARDING)))
    between, words = stored(cast), latest(cast)
    second = applied(cast, sent(cast, table(row(level="低"), HOARDING), "又.csv"))
    assert set(latest(cast).values()) == {second.opened_id}
    require_kept(cast, first, "重复付款")
    undone(cast, second)
    assert (stored(cast), latest(cast)) == (between, words)
    undone(cast, first)
    assert (stored(cast), latest(cast)) == (before, {})


def test_the_last_word_goes_back_to_what_was_written_before(cast: Cast) -> None:
    first = applied(cast, sent(cast, table(PAYING, HOARDING)))
    left = sent(
        cast, table(row(level="低"), HOARDING, row(risk="坐支", shows="收支不分")), "二.csv"
    )
    left.lines.filter(label="重复付款").update(taken=False)
    second = applied(cast, left)
    third = applied(cast, sent(cast, table(row(level="中"), HOARDING), "三.csv"))
    assert latest(cast)["risk", "R-CW-01"] == third.opened_id
    undone(cast, third)
    # the second one was about the risk point and was not taken at its word
    assert latest(cast)["risk", "R-CW-01"] == first.opened_id
    assert latest(cast)["risk", "R-CW-02"] == second.opened_id
    again = sent(cast, table(PAYING, HOARDING), "又.csv")
    assert "changed" not in again.counts


def test_the_import_before_is_the_one_written_before_whichever_was_read_first(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    read_first = sent(cast, table(row(level="低")), "甲.csv")
    other = row(unit="评审处", power="评审", basis="", post="评审岗", risk="泄密", who="")
    second = applied(cast, sent(cast, table(PAYING, other), "乙.csv"))
    assert latest(cast)["risk", "R-CW-01"] == second.opened_id
    third = applied(cast, read_first)
    fourth = applied(cast, sent(cast, table(row(level="中")), "丙.csv"))
    assert latest(cast)["risk", "R-CW-01"] == fourth.opened_id
    undone(cast, fourth)
    assert latest(cast)["risk", "R-CW-01"] == third.opened_id


# locks and days


def test_a_locked_register_is_not_touched_until_it_is_opened(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    locked = lock(unit=cast.units["CW"], reason="审核中", by=None, at=AT)
    before = (stored(cast), log())
    with pytest.raises(RegisterLocked, match="“财务处”已锁定"):
        undone(cast, written)
    assert (stored(cast), log()) == before
    release(lock=locked, by=None, at=AT)
    assert undone(cast, written).opened.state == Import.State.UNDONE


def test_a_locked_power_is_not_touched(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    locked = lock(unit=cast.units["CW"], power=Power.objects.get(), reason="审核中", by=None, at=AT)
    with pytest.raises(RegisterLocked, match="“资金支付”已锁定"):
        undone(cast, written)
    release(lock=locked, by=None, at=AT)
    # a lock that once closed it stays on record, and with it the power
    require_kept(cast, written, "审核中")


def test_an_import_can_be_undone_on_a_later_day(cast: Cast) -> None:
    before = stored(cast)
    written = applied(
        cast, sent(cast, table(PAYING, MARKETING), settings=Settings(units={"市场部": NEW}))
    )
    later = AT + timedelta(days=400)
    undo_paper(
        paper=written,
        organisation=cast.organisation,
        scheme=SCHEME,
        on=later.date(),
        by=None,
        at=later,
    )
    assert stored(cast) == before
