"""What a preview holds is written in one go, exactly as it was shown, or not at all."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from django.db import transaction
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event, Row
from lianfang.common.errors import Refused
from lianfang.files.actions import ImportClosed, discard
from lianfang.files.models import Import
from lianfang.intake.actions import applying
from lianfang.intake.actions.applying import (
    LineNeedsAnother,
    NothingTaken,
    NotTheirs,
    RegisterMoved,
    apply_paper,
)
from lianfang.intake.actions.deciding import choose
from lianfang.intake.actions.planning import PaperMoved
from lianfang.intake.models import Line, Paper
from lianfang.intake.queries.books import importer_of, stored_of
from lianfang.intake.rules.settings import NEW, Settings
from lianfang.intake.tests.actions_world import (
    HOARDING,
    MARKETING,
    PAYING,
    REVIEWING,
    chosen,
    edited,
    fresh,
    latest,
    line_of,
    log,
    read_again,
    row,
    stored,
    told,
    undone,
)
from lianfang.intake.tests.importing import SCHEME, applied, sent, table, verdicts
from lianfang.org import actions as org
from lianfang.org.actions.changing import Taken
from lianfang.org.models import Appointment, Membership, Person, Post, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked, lock, release
from lianfang.powers.actions.powers import create_power, delete_draft
from lianfang.powers.models import Power, Regulation
from lianfang.register import model
from lianfang.risks.actions.apply import UnknownPlace
from lianfang.risks.actions.measures import drop_measure
from lianfang.risks.actions.rating import endorse_level
from lianfang.risks.actions.risk import RiskValues, create_risk, retire_risk
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.load import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def require_unwritten(cast: Cast, paper: Paper, kind: type[Refused], part: str = "office") -> str:
    """Require that a file is refused, and that nothing at all came of it; return why."""
    before = (stored(cast), log(), list(fresh(paper).lines.order_by("pk").values()))
    with pytest.raises(kind) as refused:
        applied(cast, paper, part)
    assert (refused.value.text.zh[-1], refused.value.text.en[-1]) == ("。", ".")
    assert (stored(cast), log(), list(fresh(paper).lines.order_by("pk").values())) == before
    assert fresh(paper).opened.state == Import.State.PREVIEWED
    return refused.value.text.zh


# what is written


def test_all_lines_that_are_taken_are_written_as_shown(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING, REVIEWING))
    written = applied(cast, paper)
    assert written.opened.state == Import.State.APPLIED
    assert written.opened.applied == {"added": 7}
    assert (written.opened.closed_by, written.opened.closed_at) == (cast.logins["office"], AT)
    assert [risk.code for risk in RiskPoint.objects.order_by("code")] == [
        "R-CW-01",
        "R-CW-02",
        "R-PS-01",
    ]
    risk = RiskPoint.objects.get(code="R-CW-01")
    assert (risk.title, risk.level, risk.rank > 0) == ("重复付款", "high", True)
    assert risk.power == Power.objects.get(code="CW-01", name="资金支付")
    assert [post.code for post in risk.posts.all()] == ["CWG"]
    assert risk.manifestations.get().text == "一票两付"
    measure = risk.measures.get()
    assert (measure.text, measure.post, measure.phase) == (
        "付款前核对台账",
        cast.posts["CWG"],
        "",
    )
    assert Power.objects.get(code="CW-01").bases.get().regulation == Regulation.objects.get(
        title="资金管理办法"
    )
    assert (risk.created_by, risk.created_at) == (cast.logins["office"], AT)


def test_what_is_stored_is_what_the_lines_hold(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING, HOARDING, REVIEWING)))
    register = load(cast.organisation, ON)
    powers = written.lines.filter(kind="power").values_list("content", flat=True)
    risks = written.lines.filter(kind="risk").values_list("content", flat=True)
    decode = msgspec.json.decode
    assert {decode(told, type=model.Power) for told in powers} == set(register.powers)
    assert {decode(told, type=model.RiskPoint) for told in risks} == set(register.risks)
    assert set(latest(cast).values()) == {written.opened_id}
    assert {code for _, code in latest(cast)} == {
        *(power.id for power in register.powers),
        *(risk.id for risk in register.risks),
    }


def test_the_log_tells_every_part_in_one_event_and_the_import(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, REVIEWING))
    before = len(log())
    written = applied(cast, paper)
    assert log()[before:] == [
        "risks.register.applied",  # regulations
        "risks.register.applied",
        "files.import.applied",
    ]
    bulk = Event.objects.filter(action="risks.register.applied").latest("position")
    assert (bulk.rows, bulk.position) == (4, written.opened.event)
    assert (bulk.actor, bulk.organisation) == (
        f"user:{cast.logins['office'].pk}",
        cast.organisation.pk,
    )
    risk = RiskPoint.objects.get(title="重复付款")
    assert '"title":[null,"重复付款"]' in Row.objects.get(subject=f"risks.riskpoint:{risk.pk}").text
    assert told("files.import.applied") == {"applied": [{}, {"added": 6}]}


def test_a_line_that_was_left_is_not_written_and_is_no_last_word(cast: Cast) -> None:
    paper = chosen(cast, sent(cast, table(PAYING, HOARDING)), "私设小金库", taken=False)
    assert applied(cast, paper).opened.applied == {"added": 3}
    assert [risk.title for risk in RiskPoint.objects.all()] == ["重复付款"]
    assert set(latest(cast)) == {("power", "CW-01"), ("risk", "R-CW-01")}


def test_a_regulation_is_entered_only_for_what_rests_on_it(cast: Cast) -> None:
    paper = chosen(cast, sent(cast, table(PAYING, REVIEWING)), "组织评审", "power", taken=False)
    written = applied(cast, paper)
    assert list(Regulation.objects.values_list("title", flat=True)) == ["资金管理办法"]
    assert written.opened.applied == {"added": 3}
    assert not line_of(written, "评审管理办法", "regulation").taken


def test_a_regulation_of_the_library_is_named_and_not_entered_again(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    other = row(unit="评审处", power="评审收费", post="评审岗", risk="乱收费", who="")
    written = applied(cast, sent(cast, table(other)))
    assert written.opened.applied == {"added": 2}
    basis = Power.objects.get(name="评审收费").bases.get()
    assert basis.regulation == Regulation.objects.get()


def test_only_the_office_brings_regulations_and_the_words_stay_all_the_same(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING), part="clerk"), "clerk")
    assert written.opened.applied == {"added": 2}
    assert not Regulation.objects.exists()
    basis = Power.objects.get().bases.get()
    assert (basis.text, basis.regulation) == ("《资金管理办法》", None)


def test_a_new_unit_post_person_and_appointment_are_set_up(cast: Cast) -> None:
    head = "单位,职权名称,岗位,姓名,风险点,风险等级,防控措施\n"
    settings = Settings(
        units={"市场部": f"{NEW}SC"},
        people={"SC-G01/赵六": NEW, "CWG/officer": "007"},
    )
    rows = "市场部,签订合同,业务岗,赵六,串通定价,高,集体定价\n"
    rows += "财务处,资金支付,出纳岗,officer,重复付款,高,核对台账\n"
    before = len(log())
    written = applied(cast, sent(cast, head + rows, settings=settings))
    unit = Unit.objects.get(code="SC")
    assert (unit.name, unit.parent, unit.kind) == ("市场部", cast.units["root"], "department")
    post = Post.objects.get(code="SC-G01")
    assert (post.name, post.unit) == ("业务岗", unit)
    seats = Appointment.objects.filter(from_on=ON).order_by("pk")
    assert [(seat.person.name, seat.post.code, seat.to_on) for seat in seats] == [
        ("赵六", "SC-G01", None),
        ("officer", "CWG", None),
    ]
    assert Person.objects.get(name="赵六").code.startswith("RY-")
    assert written.opened.applied == {"added": 8}
    assert log()[before:][4:-1] == [
        "org.unit.created",
        "org.post.created",
        "org.person.created",
        "org.appointment.recorded",
        "org.appointment.recorded",
        "risks.register.applied",
    ]
    assert RiskPoint.objects.get(title="串通定价").posts.get() == post


def test_a_unit_is_written_without_what_was_in_other_units(cast: Cast) -> None:
    applied(cast, sent(cast, table(REVIEWING)))
    before = load(cast.organisation, ON, [cast.units["PS"].pk])
    applied(cast, sent(cast, table(PAYING)))
    now = load(cast.organisation, ON, [cast.units["PS"].pk])
    assert (now.powers, now.risks) == (before.powers, before.risks)


def test_a_large_file_is_written_unit_by_unit_in_one_transaction(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table(PAYING, REVIEWING, HOARDING, MARKETING)
    settings = Settings(units={"市场部": NEW})
    whole = full_cast("whole")
    applied(whole, sent(whole, rows, settings=settings))
    monkeypatch.setattr(applying, "SLICE", 1)
    before = len(log())
    applied(cast, sent(cast, rows, settings=settings))
    # regulations, then three units
    assert log()[before:].count("risks.register.applied") == 4
    one, other = load(cast.organisation, ON), load(whole.organisation, ON)
    assert (one.powers, one.risks) == (other.powers, other.risks)
    paper = Paper.objects.select_related("opened").latest("pk")
    undone(cast, paper)
    assert not RiskPoint.objects.filter(organisation=cast.organisation).exists()


def test_the_level_of_an_endorsed_risk_point_stays_and_so_does_who_endorsed_it(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    risk = RiskPoint.objects.get()
    endorse_level(
        risk=risk,
        level="high",
        scheme=SCHEME,
        by=cast.logins["head"],
        at=AT,
        endorser=cast.people["head"],
    )
    other = row(level="低", shows="一票两付或重复报销")
    paper = sent(cast, table(other))
    (line,) = paper.lines.filter(verdict="changed")
    assert line.is_doubtful
    assert "等级不随导入改变" in line.doubts
    applied(cast, paper)
    risk.refresh_from_db()
    assert (risk.level, risk.endorsed, risk.endorsed_by) == ("high", "high", cast.people["head"])
    assert (risk.endorsed_at, risk.proposed) == (AT, "high")
    assert risk.manifestations.get().text == "一票两付或重复报销"


def test_another_level_is_a_new_proposal_and_what_it_replaced_is_kept(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    RiskPoint.objects.update(proposed_by=cast.people["clerk"], proposed_at=AT, residual="low")
    written = applied(cast, sent(cast, table(row(level="低"))))
    risk = RiskPoint.objects.get()
    assert (risk.proposed, risk.rank) == ("low", SCHEME.rank("low"))
    assert line_of(written, "重复付款").kept == {
        "proposed": "high",
        "proposed_by_id": cast.people["clerk"].pk,
        "proposed_at": AT.isoformat(),
        "endorsed": "",
        "endorsed_reason": "",
        "endorsed_by_id": None,
        "endorsed_at": None,
        "residual": "low",
        "scheme_version": SCHEME.version,
    }
    assert set(Line.objects.exclude(kept={}).values_list("label", flat=True)) == {"重复付款"}


# one transaction


@pytest.mark.parametrize("place", ["apply_register", "make_latest", "files.close_applied"])
def test_a_failure_in_the_middle_leaves_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    settings = Settings(units={"市场部": NEW}, people={"CWG/张三": NEW})
    paper = sent(cast, table(PAYING, MARKETING), settings=settings)
    before = (stored(cast), log())
    inner, _, name = place.rpartition(".")
    real = getattr(getattr(applying, inner) if inner else applying, name)

    def failing(*args: object, **values: object) -> object:
        real(*args, **values)
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(f"lianfang.intake.actions.applying.{place}", failing)
        with pytest.raises(ZeroDivisionError):
            applied(cast, paper)
    assert (stored(cast), log()) == before
    assert fresh(paper).opened.state == Import.State.PREVIEWED
    assert not latest(cast)
    assert applied(cast, paper).opened.applied == {"added": 8}


# what moved meanwhile


def _another_import(cast: Cast) -> None:
    applied(cast, sent(cast, table(row(risk="另一处", shows="另一种")), "另.csv"))


def _an_edit(cast: Cast) -> None:
    del cast
    edited("R-CW-01", title="改过的名称")


def _a_measure_dropped(cast: Cast) -> None:
    del cast
    drop_measure(measure=Measure.objects.get(), by=None, at=AT)


def _a_new_post_somewhere(cast: Cast) -> None:
    org.create_post(unit=cast.units["PS"], code="PSX", name="文书岗", by=None, at=AT)


def _a_new_unit(cast: Cast) -> None:
    org.create_unit(
        organisation=cast.organisation,
        code="XX",
        name="信息处",
        parent=cast.units["root"],
        by=None,
        at=AT,
    )


def _a_level_endorsed(cast: Cast) -> None:
    endorse_level(
        risk=RiskPoint.objects.get(),
        level="high",
        scheme=SCHEME,
        by=None,
        at=AT,
        endorser=cast.people["head"],
    )


def _a_code_used_up_by_a_risk(cast: Cast) -> None:
    values = RiskValues(title="很快停用的", posts=(cast.posts["CWG"],))
    risk = create_risk(unit=cast.units["CW"], values=values, scheme=SCHEME, by=None, at=AT)
    retire_risk(risk=risk, on=ON, reason="不存在", by=None, at=AT)


def _a_code_used_up_by_a_draft(cast: Cast) -> None:
    clerk = cast.logins["clerk"]
    wanted = model.Power(id="", code="", unit="CW", name="草稿")
    power = create_power(unit=cast.units["CW"], wanted=wanted, by=clerk, at=AT)
    delete_draft(power=power, by=clerk, at=AT)


LEFT_BEHIND = (
    _another_import,
    _an_edit,
    _a_measure_dropped,
    _a_new_post_somewhere,
    _a_new_unit,
    _a_level_endorsed,
    _a_code_used_up_by_a_risk,
    _a_code_used_up_by_a_draft,
)


def test_a_preview_that_the_register_left_behind_is_not_written(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    other = row(power="采购物资", risk="规避招标", shows="拆分项目")
    paper = sent(cast, table(row(level="中"), other))
    for deed in LEFT_BEHIND:
        with transaction.atomic():
            deed(cast)
            assert "看新的预览" in require_unwritten(cast, paper, RegisterMoved), deed
            read_again(cast, paper)
            assert applied(cast, paper).opened.state == Import.State.APPLIED
            transaction.set_rollback(True)
    assert applied(cast, paper).opened.state == Import.State.APPLIED


def test_a_code_that_was_used_up_is_not_given_again(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    _a_code_used_up_by_a_risk(cast)
    _a_code_used_up_by_a_draft(cast)
    other = row(power="采购物资", risk="规避招标", shows="拆分项目")
    applied(cast, sent(cast, table(other)))
    assert RiskPoint.objects.get(title="规避招标").code == "R-CW-03"
    assert Power.objects.get(name="采购物资").code == "CW-03"


def test_what_happens_in_another_unit_does_not_hinder(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    other = row(unit="评审处", power="评审", basis="", post="评审岗", risk="泄密", who="")
    applied(cast, sent(cast, table(other), "评审处.csv"))
    org.change_person(person=cast.people["clerk"], values={"name": "改名"}, by=None, at=AT)
    assert applied(cast, paper).opened.state == Import.State.APPLIED


def test_a_preview_that_was_made_anew_is_not_written_unseen(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    seen = paper.version
    read_again(cast, paper)

    def written(version: int) -> Import:
        return apply_paper(
            paper=paper,
            organisation=cast.organisation,
            importer=importer_of(cast.standing("office")),
            scheme=SCHEME,
            on=ON,
            by=cast.logins["office"],
            at=AT,
            version=version,
        )

    with pytest.raises(PaperMoved):
        written(seen)
    assert written(seen + 1).state == Import.State.APPLIED


def test_an_import_is_written_once(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    before = log()
    with pytest.raises(ImportClosed):
        applied(cast, written)
    given_up = sent(cast, table(HOARDING))
    discard(opened=given_up.opened, by=None, at=AT)
    with pytest.raises(ImportClosed):
        applied(cast, given_up)
    assert log()[: len(before)] == before
    assert RiskPoint.objects.count() == 1


# locks and rights


def test_a_locked_register_refuses_until_it_is_opened(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    locked = lock(unit=cast.units["CW"], reason="审核中", by=None, at=AT)
    assert "“财务处”已锁定" in require_unwritten(cast, paper, RegisterLocked)
    release(lock=locked, by=None, at=AT)
    assert applied(cast, paper).opened.state == Import.State.APPLIED


def test_a_locked_power_refuses_what_hangs_on_it_to_be_changed(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    power = Power.objects.get()
    paper = sent(cast, table(row(category="决策权")))
    lock(unit=cast.units["CW"], power=power, reason="审核中", by=None, at=AT)
    assert "“资金支付”已锁定" in require_unwritten(cast, paper, RegisterLocked)


def test_a_lock_of_another_unit_does_not_hinder(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    lock(unit=cast.units["PS"], reason="审核中", by=None, at=AT)
    assert applied(cast, paper).opened.state == Import.State.APPLIED


def leave_the_office(cast: Cast) -> None:
    """Let the office of the leading group lose its member."""
    membership = Membership.objects.get(person=cast.people["office"])
    org.end_membership(membership=membership, on=date(2026, 5, 13), by=None, at=AT)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (PAYING, "“资金支付”所在的单位现在不由您填报"),
        (MARKETING, "“市场部”现在不由您设立"),
        (row(unit="办公室", post="新岗", risk="用印不登记"), "“资金管理办法”现在不由您设立"),
    ],
)
def test_who_lost_the_right_meanwhile_writes_nothing(cast: Cast, rows: str, named: str) -> None:
    settings = Settings(units={"市场部": NEW})
    paper = sent(cast, table(rows), settings=settings)
    leave_the_office(cast)
    assert named in require_unwritten(cast, paper, NotTheirs)


def test_who_lost_the_right_to_set_up_appoints_nobody(cast: Cast) -> None:
    head = "单位,职权名称,岗位,姓名,风险点,风险等级,防控措施\n"
    rows = "办公室,公章管理,综合岗,张三,用印不登记,高,用印登记\n"
    paper = sent(cast, head + rows, settings=Settings(people={"BGG/张三": NEW}))
    assert ("person", "added", "张三") in verdicts(paper)
    leave_the_office(cast)
    assert "“张三”现在不由您设立" in require_unwritten(cast, paper, NotTheirs)
    chosen(cast, paper, "张三", "person", taken=False)
    assert applied(cast, paper).opened.applied == {"added": 2}


def test_a_clerk_writes_the_rows_of_their_own_unit_only(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, REVIEWING), part="clerk")
    assert ("risk", "refused", "泄露专家名单") in verdicts(paper)
    applied(cast, paper, "clerk")
    assert [risk.unit.code for risk in RiskPoint.objects.all()] == ["CW"]
    assert not Power.objects.filter(unit=cast.units["PS"]).exists()


# what is taken without what it rests on


def test_an_import_of_which_nothing_is_taken_is_refused(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    places = list(paper.lines.values_list("place", flat=True))
    choose(paper=paper, lines=places, taken=False, by=None, at=AT)
    assert "没有选用任何一行" in require_unwritten(cast, paper, NothingTaken)
    nothing = sent(cast, "会议纪要\n没有表格\n", "纪要.csv")
    require_unwritten(cast, nothing, NothingTaken)


@pytest.mark.parametrize(
    ("kind", "label", "named"),
    [
        ("power", "签订合同", "串通定价"),
        ("regulation", "合同管理办法", "签订合同"),
        ("unit", "市场部", "业务岗"),
        ("post", "业务岗", "签订合同"),
    ],
)
def test_a_line_without_the_new_part_it_rests_on_is_refused(
    cast: Cast, kind: str, label: str, named: str
) -> None:
    paper = sent(cast, table(MARKETING), settings=Settings(units={"市场部": NEW}))
    paper.lines.filter(kind=kind, label=label).update(taken=False)
    sentence = require_unwritten(cast, paper, LineNeedsAnother)
    assert f"选用了“{named}”" in sentence
    assert line_of(paper, label, kind).code in sentence


def test_nobody_is_appointed_to_a_new_post_that_is_left(cast: Cast) -> None:
    head = "单位,职权名称,岗位,姓名,风险点,风险等级,防控措施\n"
    rows = "财务处,资金支付,会计岗,张三,重复付款,高,核对台账\n"
    paper = sent(cast, head + rows, settings=Settings(people={"CW-G01/张三": NEW}))
    paper.lines.exclude(kind="person").update(taken=False)
    assert "选用了“张三”" in require_unwritten(cast, paper, LineNeedsAnother)


def test_a_code_that_somebody_took_for_a_person_is_refused(cast: Cast) -> None:
    head = "单位,职权名称,岗位,姓名,风险点,风险等级,防控措施\n"
    rows = "财务处,资金支付,出纳岗,张三,重复付款,高,核对台账\n"
    paper = sent(cast, head + rows, settings=Settings(people={"CWG/张三": NEW}))
    code = line_of(paper, "张三", "person").code
    org.create_person(organisation=cast.organisation, code=code, name="李四", by=None, at=AT)
    require_unwritten(cast, paper, Taken)


def test_a_post_that_is_not_there_is_refused_by_name(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    line = line_of(paper, "重复付款")
    Line.objects.filter(pk=line.pk).update(content=line.content.replace("CWG", "XXX"))
    assert "XXX" in require_unwritten(cast, paper, UnknownPlace)


# many units


def test_units_without_number_are_looked_up_in_portions(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    codes = [f"X{number}" for number in range(1_200)]
    assert stored_of(cast.organisation, ON, [*codes, "CW"]).codes >= {"CW-01", "R-CW-01"}
