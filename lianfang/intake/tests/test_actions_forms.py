"""A unit's form goes out, is filled in, comes back, and what was filled in is written."""

import dataclasses
from collections import Counter
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event
from lianfang.common.errors import Refused
from lianfang.common.text import Language
from lianfang.intake.actions.applying import NothingTaken, RegisterMoved
from lianfang.intake.actions.forms import record_taken
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.exchange.planning import summary_of
from lianfang.intake.models import Paper, Row
from lianfang.intake.rules.lines import Told
from lianfang.intake.tests.actions_forms import Form
from lianfang.intake.tests.actions_world import (
    HOARDING,
    PAYING,
    REVIEWING,
    edited,
    line_of,
    log,
    read_again,
    row,
    stored,
    undone,
)
from lianfang.intake.tests.importing import (
    SCHEME,
    applied,
    asking,
    sent,
    sent_unread,
    table,
    verdicts,
)
from lianfang.org.models import Post
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked, lock
from lianfang.powers.actions.powers import RisksRemain
from lianfang.powers.models import Power
from lianfang.risks.actions.risk import RiskValues, create_risk, retire_risk
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.load import load

pytestmark = pytest.mark.django_db
BUYING = row(power="采购物资", basis="", risk="规避招标", shows="拆分项目", measures="按年汇总")
NAME = "财务处措施表.xlsx"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    """Return the cast with a register: two powers of finance, one of the reviewers."""
    cast = full_cast()
    applied(cast, sent(cast, table(PAYING, HOARDING, BUYING, REVIEWING), "各处.csv"))
    return cast


def returned(cast: Cast, form: Form, part: str = "clerk") -> Paper:
    return sent(cast, form.content(), NAME, part=part)


def filled(cast: Cast) -> Form:
    """Return a form in which rows were changed, added and deleted, and a new post is named."""
    return (
        Form(cast)
        .put("risk:R-CW-01", 廉政风险点="重复支付款项", 等级="低")
        .put(
            "+new:CW#1",
            职权名称及编号="会计核算",
            类别="执行权",
            行使依据="《会计法》",
            岗位="会计岗",
            廉政风险点="做假账",
            等级="高",
            未分阶段="定期轮岗",
            责任岗位="会计岗",
        )
        .put("+new:CW#2", 廉政风险点="私自销毁凭证", 岗位="会计岗")
        .delete("risk:R-CW-02")
    )


def without_buying(cast: Cast) -> Form:
    """Return a form from which all rows of a power were deleted."""
    return Form(cast).delete("risk:R-CW-03", "+power:CW-02#1")


def writes(paper: Paper) -> list[tuple[str, str, str]]:
    """Return what would be written."""
    return [line for line in verdicts(paper) if line[1] != "unchanged"]


# what comes back


@pytest.mark.parametrize("language", Language)
def test_a_form_that_nobody_filled_in_changes_nothing(cast: Cast, language: Language) -> None:
    paper = returned(cast, Form(cast, language=language))
    assert (paper.state, paper.is_form, paper.touched) == (Paper.State.READY, True, ["CW"])
    assert writes(paper) == []
    assert summary_of(paper).is_form
    before = stored(cast)
    with pytest.raises(NothingTaken):
        applied(cast, paper, "clerk")
    assert stored(cast) == before


def test_every_cell_of_a_form_is_kept(cast: Cast) -> None:
    form = filled(cast)
    paper = returned(cast, form)
    sheet = Counter(
        value for cells in form.sheet.iter_rows(values_only=True) for value in cells if value
    )
    kept = Counter(
        cell
        for row_of in Row.objects.filter(paper=paper)
        for cell in msgspec.json.decode(row_of.cells, type=list[str])
        if cell
    )
    assert kept == sheet
    numbers = set(Row.objects.filter(paper=paper).values_list("number", flat=True))
    assert form.row_of("risk:R-CW-01") in numbers


def test_what_was_filled_in_is_the_difference(cast: Cast) -> None:
    form = filled(cast)
    paper = returned(cast, form)
    assert set(writes(paper)) == {
        ("post", "added", "会计岗"),
        ("power", "added", "会计核算"),
        ("risk", "changed", "重复支付款项"),
        ("risk", "added", "做假账"),
        ("risk", "added", "私自销毁凭证"),
        ("risk", "retired", "私设小金库"),
    }
    changed = line_of(paper, "重复支付款项")
    assert (changed.code, changed.row) == ("R-CW-01", form.row_of("risk:R-CW-01"))
    assert msgspec.json.decode(changed.changes, type=list[Told]) == [
        Told(field="title", before="重复付款", after="重复支付款项"),
        Told(field="level", before="high", after="low"),
    ]
    gone = line_of(paper, "私设小金库")
    assert (gone.taken, "传回的表里删去了" in gone.doubts) == (True, True)


def test_what_was_filled_in_is_written(cast: Cast) -> None:
    before = len(log())
    written = applied(cast, returned(cast, filled(cast)), "clerk")
    assert written.opened.applied == {"added": 4, "changed": 1, "retired": 1}
    risk = RiskPoint.objects.get(code="R-CW-01")
    assert (risk.title, risk.level) == ("重复支付款项", "low")
    gone = RiskPoint.objects.get(code="R-CW-02")
    assert (gone.retired_on, gone.retired_reason) == (ON, f"离线填报表中已删去（{NAME}）")
    post = Post.objects.get(name="会计岗")
    assert (post.unit, post.code) == (cast.units["CW"], "CW-G01")
    power = Power.objects.get(name="会计核算")
    assert (power.code, power.bases.get().text) == ("CW-03", "《会计法》")
    added = RiskPoint.objects.get(title="做假账")
    assert (added.power, added.level, added.posts.get()) == (power, "high", post)
    assert added.measures.get().post == post
    assert log()[before:][4:] == [
        "org.post.created",
        "risks.register.applied",
        "risks.risk.retired",
        "files.import.applied",
    ]
    assert RiskPoint.objects.get(code="R-PS-01").title == "泄露专家名单"


def test_a_form_sent_twice_changes_nothing_the_second_time(cast: Cast) -> None:
    form = filled(cast)
    applied(cast, returned(cast, form), "clerk")
    before = stored(cast)
    again = returned(cast, form)
    assert writes(again) == []
    with pytest.raises(NothingTaken):
        applied(cast, again, "clerk")
    assert stored(cast) == before


def test_a_power_is_retired_with_its_rows(cast: Cast) -> None:
    written = applied(cast, returned(cast, without_buying(cast)), "clerk")
    assert written.opened.applied == {"retired": 2}
    assert Power.objects.get(code="CW-02").retired_on == ON
    assert RiskPoint.objects.get(code="R-CW-03").retired_on == ON


# what changed in the register meanwhile


def test_a_cell_changed_on_both_sides_is_a_doubt_and_the_form_counts(cast: Cast) -> None:
    form = filled(cast)
    edited("R-CW-01", title="同一笔款付两次")
    paper = returned(cast, form)
    line = line_of(paper, "重复支付款项")
    assert (line.verdict, line.is_doubtful, line.taken) == ("changed", True, True)
    assert "文件和系统都改过：风险点名称" in line.doubts
    applied(cast, paper, "clerk")
    assert RiskPoint.objects.get(code="R-CW-01").title == "重复支付款项"


def test_a_cell_that_was_left_alone_keeps_what_the_register_has_now(cast: Cast) -> None:
    form = Form(cast).put("risk:R-CW-01", 等级="低")
    edited("R-CW-01", title="同一笔款付两次")
    edited("R-CW-03", title="化整为零")
    applied(cast, returned(cast, form), "clerk")
    titles = dict(RiskPoint.objects.values_list("code", "title"))
    assert (titles["R-CW-01"], titles["R-CW-03"]) == ("同一笔款付两次", "化整为零")
    assert RiskPoint.objects.get(code="R-CW-01").level == "low"


def test_what_is_retired_meanwhile_is_not_changed_nor_retired_again(cast: Cast) -> None:
    form = filled(cast)
    for code in ("R-CW-01", "R-CW-02"):
        risk = RiskPoint.objects.get(code=code)
        retire_risk(risk=risk, on=ON, reason="不再办理", by=None, at=AT)
    paper = returned(cast, form)
    line = line_of(paper, "重复支付款项")
    assert (line.verdict, "已在系统中停用" in line.reasons) == ("refused", True)
    assert not paper.lines.filter(label="私设小金库").exists()
    applied(cast, paper, "clerk")
    assert RiskPoint.objects.get(code="R-CW-01").title == "重复付款"
    assert RiskPoint.objects.get(code="R-CW-02").retired_reason == "不再办理"


def test_a_register_that_changed_after_the_preview_is_looked_at_again(cast: Cast) -> None:
    paper = returned(cast, filled(cast))
    edited("R-CW-03", title="化整为零")
    with pytest.raises(RegisterMoved):
        applied(cast, paper, "clerk")
    written = applied(cast, read_again(cast, paper, "clerk"), "clerk")
    assert written.opened.applied == {"added": 4, "changed": 1, "retired": 1}


def test_a_power_with_a_risk_point_that_the_form_does_not_know_is_not_retired(cast: Cast) -> None:
    form = without_buying(cast)
    values = RiskValues(
        title="围标串标", about=Power.objects.get(code="CW-02"), posts=(cast.posts["CWG"],)
    )
    create_risk(unit=cast.units["CW"], values=values, scheme=SCHEME, by=None, at=AT)
    paper = returned(cast, form)
    before = stored(cast)
    with pytest.raises(RisksRemain):
        applied(cast, paper, "clerk")
    assert stored(cast) == before


def test_a_locked_register_takes_no_form(cast: Cast) -> None:
    paper = returned(cast, Form(cast).delete("risk:R-CW-02"))
    lock(unit=cast.units["CW"], reason="审核中", by=None, at=AT)
    before = stored(cast)
    with pytest.raises(RegisterLocked):
        applied(cast, paper, "clerk")
    assert stored(cast) == before


# whose form it is


def test_the_form_of_a_unit_that_somebody_does_not_draft_is_refused_row_by_row(cast: Cast) -> None:
    form = Form(cast, "PS").put("risk:R-PS-01", 等级="低")
    paper = returned(cast, form)
    assert set(verdicts(paper, "power", "risk")) == {
        ("power", "refused", "组织评审"),
        ("risk", "refused", "泄露专家名单"),
    }
    assert "您不填报“评审处”" in line_of(paper, "泄露专家名单").reasons
    with pytest.raises(NothingTaken):
        applied(cast, paper, "clerk")
    assert applied(cast, returned(cast, form, "colleague"), "colleague").opened.applied == {
        "changed": 1
    }


def test_what_is_deleted_in_the_form_of_another_unit_stays(cast: Cast) -> None:
    form = Form(cast, "PS").put("risk:R-PS-01", 等级="低")
    form.delete("risk:R-PS-01")
    paper = returned(cast, form)
    assert line_of(paper, "泄露专家名单").verdict == "refused"
    assert not paper.lines.filter(taken=True).exists()


@pytest.mark.parametrize("part", ["risks", "powers"])
def test_a_form_that_was_forged_reaches_no_part_of_another_unit(cast: Cast, part: str) -> None:
    register = load(cast.organisation, ON).without_people()
    moved = tuple(msgspec.structs.replace(one, unit="CW") for one in getattr(register, part))
    forged = Form.of(msgspec.structs.replace(register, **{part: moved}))
    forged.delete("risk:R-PS-01", "+power:PS-01#1")
    before = stored(cast)
    paper = returned(cast, forged)
    with suppress(Refused):
        applied(cast, paper, "clerk")
    now = stored(cast)
    assert (now["risks"], now["powers"]) == (before["risks"], before["powers"])


def test_a_form_of_another_scheme_is_not_read_and_says_which(cast: Cast) -> None:
    paper = sent_unread(cast, filled(cast).content(), NAME, "clerk")
    other = dataclasses.replace(
        asking(cast, "clerk"), scheme=msgspec.structs.replace(SCHEME, name="another")
    )
    read = make_preview(paper, other, by=cast.logins["clerk"], at=AT)
    assert read.refusal_text is not None
    assert "这张表按方案“cnas-2012”编制，现在用的是“another”" in read.refusal_text.zh
    assert not read.lines.exists()


def test_a_form_whose_hidden_part_was_changed_is_not_read(cast: Cast) -> None:
    form = filled(cast)
    form.damage()
    paper = returned(cast, form)
    assert paper.state == Paper.State.UNREADABLE
    assert paper.refusal_text is not None
    assert paper.refusal_text.zh.endswith("。")


def test_who_took_a_form_stands_in_the_log(cast: Cast) -> None:
    record_taken(unit=cast.units["CW"], by=cast.logins["clerk"], at=AT)
    event = Event.objects.latest("position")
    assert (event.action, event.subject, event.rule) == (
        "intake.form.taken",
        f"org.unit:{cast.units['CW'].pk}",
        "六（一）",
    )
    assert event.actor == f"user:{cast.logins['clerk'].pk}"


# taken out again


def test_a_form_that_is_undone_leaves_the_register_as_it_was(cast: Cast) -> None:
    before = stored(cast)
    written = applied(cast, returned(cast, filled(cast)), "clerk")
    assert stored(cast) != before
    undone(cast, written, "clerk")
    assert stored(cast) == before
    assert log()[-1] == "files.import.undone"


def test_a_power_retired_by_a_form_is_in_use_again(cast: Cast) -> None:
    before = stored(cast)
    form = without_buying(cast)
    undone(cast, applied(cast, returned(cast, form), "clerk"))
    assert stored(cast) == before


def test_a_form_that_was_undone_does_not_hinder_undoing_what_came_before(cast: Cast) -> None:
    first = Paper.objects.select_related("opened__attachment", "delivery").get()
    undone(cast, applied(cast, returned(cast, filled(cast)), "clerk"), "clerk")
    undone(cast, first)
    assert not RiskPoint.objects.exists()
    assert not Power.objects.exists()
