"""What a form would do that was written from the register, filled in and sent back."""

from msgspec.structs import replace

from lianfang.intake.rules.books import Importer, Stored
from lianfang.intake.rules.lines import Kind, PlanLine, Verdict
from lianfang.intake.tests.rules_parts import about, measure, power, register, risk, shown
from lianfang.intake.tests.rules_tables import (
    BOOKS,
    OFFICE,
    Planned,
    imported,
    planned_form,
    require_sound,
    stored_of,
)
from lianfang.register.model import (
    Basis,
    Post,
    Power,
    Register,
    Regulation,
    RiskPoint,
)

RULE = Regulation(id="ZD-001", title="经费管理办法")
CW1 = power("CW-01", "经费报销审批", bases=(Basis(text="《经费管理办法》", regulation="ZD-001"),))
CW2 = power("CW-02", "公务接待审批")
R1 = risk(
    "R-CW-01",
    "虚报差旅",
    level="high",
    posts=("CW-G02",),
    manifestations=shown(["拆分票据"]),
    measures=(measure("R-CW-01-1", "双人复核", post="CW-G02", regulation="ZD-001"),),
)
R2 = risk("R-CW-02", "超标准接待", about=about("power", "CW-02"))


def whole(*parts: Power | RiskPoint) -> Register:
    return register(
        *parts,
        units=tuple(unit for unit in BOOKS.units if unit.id == "CW"),
        posts=tuple(post for post in BOOKS.posts if post.unit == "CW"),
        regulations=(RULE,),
    )


def stored(*parts: Power | RiskPoint) -> Stored:
    return stored_of(replace(whole(*parts), units=BOOKS.units, posts=BOOKS.posts))


BASE = whole(CW1, CW2, R1, R2)
NOW = stored(CW1, CW2, R1, R2)


def sent_back(form: Register, held: Stored = NOW, importer: Importer = OFFICE) -> Planned:
    return planned_form(form, BASE, stored=held, importer=importer)


def filled(*parts: Power | RiskPoint, posts: tuple[Post, ...] = ()) -> Register:
    made = whole(*parts)
    return replace(made, posts=(*made.posts, *posts))


def verdicts(plan: Planned) -> dict[str, str]:
    return {line.code: line.verdict.value for line in plan.of(Kind.POWER, Kind.RISK)}


def of(plan: Planned, code: str) -> PlanLine:
    (line,) = (line for line in plan.lines if line.code == code)
    return line


def words(line: PlanLine) -> str:
    return "".join(text.zh for text in (*line.reasons, *line.doubts))


def test_a_form_that_nobody_changed_changes_nothing() -> None:
    plan = sent_back(BASE)
    assert set(verdicts(plan).values()) == {"unchanged"}
    assert plan.after.risks == NOW.register.risks
    assert plan.after.powers == NOW.register.powers


def test_only_what_the_form_changed_is_changed() -> None:
    # somebody worked in the register meanwhile
    held = stored(
        CW1,
        CW2,
        replace(R1, aspects=("post",), measures=(*R1.measures, measure("R-CW-01-2", "每月抽查"))),
        replace(R2, level="low"),
    )
    plan = sent_back(filled(CW1, CW2, replace(R1, title="虚报差旅费"), R2), held)
    assert verdicts(plan) == {
        "CW-01": "unchanged",
        "CW-02": "unchanged",
        "R-CW-01": "changed",
        "R-CW-02": "unchanged",
    }
    assert of(plan, "R-CW-01").content == replace(held.register.risks[0], title="虚报差旅费")


def test_an_emptied_cell_empties() -> None:
    bare = replace(R1, level=None, posts=(), manifestations=(), measures=())
    plan = sent_back(filled(replace(CW1, bases=()), CW2, bare, R2))
    assert of(plan, "R-CW-01").content == bare
    assert of(plan, "CW-01").content == replace(CW1, bases=())


def test_what_is_deleted_in_a_form_is_retired() -> None:
    plan = sent_back(filled(CW1, R1))
    assert verdicts(plan) == {
        "CW-01": "unchanged",
        "R-CW-01": "unchanged",
        "R-CW-02": "retired",
        "CW-02": "retired",
    }
    # risk points before the powers on which they hang
    assert [line.code for line in plan.lines if line.verdict is Verdict.RETIRED] == [
        "R-CW-02",
        "CW-02",
    ]
    line = of(plan, "R-CW-02")
    assert (line.key, line.before, line.taken, line.writes) == ("risk:-:R-CW-02", R2, True, True)
    assert "表里删去" in words(line) or "删去了" in words(line)
    assert [one.id for one in plan.after.risks] == ["R-CW-01"]
    assert [one.id for one in plan.after.powers] == ["CW-01"]


def test_what_is_deleted_in_a_form_and_gone_already_is_not_told() -> None:
    plan = sent_back(filled(CW1, R1), stored(CW1, R1))
    assert verdicts(plan) == {"CW-01": "unchanged", "R-CW-01": "unchanged"}


def test_what_was_entered_since_the_form_was_taken_is_left_alone() -> None:
    later = risk("R-CW-03", "虚列开支")
    plan = sent_back(BASE, stored(CW1, CW2, R1, R2, later))
    assert "R-CW-03" not in verdicts(plan)
    assert later in plan.after.risks


def test_nobody_retires_in_a_unit_that_is_not_theirs() -> None:
    plan = sent_back(filled(CW1, R1), importer=Importer(drafts=frozenset({"BG"}), sets_up=False))
    assert set(verdicts(plan).values()) == {"refused"}
    assert "您不填报“财务处”" in words(of(plan, "R-CW-02"))
    assert plan.after.risks == NOW.register.risks


def test_a_part_that_is_retired_since_can_not_be_changed() -> None:
    held = stored(CW1, R1)
    plan = sent_back(filled(CW1, CW2, R1, replace(R2, title="超标准接待来宾")), held)
    assert verdicts(plan) == {
        "CW-01": "unchanged",
        "CW-02": "refused",
        "R-CW-01": "unchanged",
        "R-CW-02": "refused",
    }
    assert "R-CW-02 已在系统中停用" in words(of(plan, "R-CW-02"))
    assert (plan.after.powers, plan.after.risks) == ((CW1,), (R1,))


def test_a_row_added_about_a_power_that_is_retired_since_is_refused() -> None:
    new = risk("new-risk-1", "虚报人数", about=about("power", "CW-02"))
    plan = sent_back(filled(CW1, CW2, R1, R2, new), stored(CW1, R1))
    line = plan.risk("虚报人数")
    assert line.verdict is Verdict.REFUSED
    assert "公务接待审批" in words(line)
    require_sound(plan.after)


ADDED = risk(
    "new-risk-1",
    "虚列会议费",
    about=about("power", "new-power-1"),
    measures=(measure("new-measure-1", "公示"),),
)
MADE = replace(power("new-power-1", "会议费审批"), code="")


def test_rows_added_to_a_form_are_added() -> None:
    plan = sent_back(filled(CW1, CW2, MADE, R1, R2, ADDED))
    assert verdicts(plan)["CW-03"] == verdicts(plan)["R-CW-03"] == "added"
    line = of(plan, "R-CW-03")
    assert line.needs == ("CW-03",)
    assert isinstance(line.content, RiskPoint)
    assert line.content.about == about("power", "CW-03")
    assert [one.id for one in line.content.measures] == ["R-CW-03-1"]
    require_sound(imported(plan)[0].register)


def test_the_same_form_sent_back_twice_adds_its_rows_once() -> None:
    form = filled(CW1, CW2, MADE, R1, R2, ADDED)
    held, _ = imported(sent_back(form))
    plan = sent_back(form, held)
    assert set(verdicts(plan).values()) == {"unchanged"}
    # nor does it undo what somebody did with them since, blank cells least of all
    mended = tuple(
        replace(one, title="虚开会议发票", level="high", aspects=("post",))
        if one.id == "R-CW-03"
        else one
        for one in held.register.risks
    )
    later = replace(held, register=replace(held.register, risks=mended))
    again = sent_back(form, later)
    assert set(verdicts(again).values()) == {"unchanged"}
    assert again.after.risks == mended


def test_a_blank_cell_of_an_added_row_empties_nothing_of_the_part_it_is() -> None:
    known = risk("R-CW-03", "虚列开支", level="high", aspects=("post",))
    new = risk("new-risk-1", "虚列开支")
    plan = sent_back(filled(CW1, CW2, R1, R2, new), stored(CW1, CW2, R1, R2, known))
    assert verdicts(plan)["R-CW-03"] == "unchanged"
    assert known in plan.after.risks


def test_a_form_adds_no_regulation_and_loses_none() -> None:
    renamed = replace(RULE, title="新的经费管理规定（试行）")
    held = replace(NOW, register=replace(NOW.register, regulations=(renamed,)))
    plan = sent_back(BASE, held)
    assert [line.verdict for line in plan.of(Kind.REGULATION)] == [Verdict.UNCHANGED]
    assert set(verdicts(plan).values()) == {"unchanged"}


def test_a_form_may_name_a_regulation_that_the_library_has_no_more() -> None:
    without = replace(
        NOW.register,
        regulations=(),
        powers=(replace(CW1, bases=(Basis(text="《经费管理办法》"),)), CW2),
        risks=(replace(R1, measures=(replace(R1.measures[0], regulation=None),)), R2),
    )
    plan = sent_back(BASE, replace(NOW, register=without))
    assert plan.of(Kind.REGULATION) == ()
    assert set(verdicts(plan).values()) == {"unchanged"}
    require_sound(plan.after)


def test_a_post_that_a_form_adds_is_set_up_in_the_unit() -> None:
    new = Post(id="new-post-1", unit="CW", name="稽核")
    one = replace(R1, posts=("CW-G02", "new-post-1"))
    plan = sent_back(filled(CW1, CW2, one, R2, posts=(new,)))
    assert plan.told(Kind.POST)[-1] == ("added", "CW-G04", "稽核")
    line = of(plan, "R-CW-01")
    assert line.needs == ("CW-G04",)
    assert isinstance(line.content, RiskPoint)
    assert line.content.posts == ("CW-G02", "CW-G04")


def test_lines_of_a_form_tell_their_rows() -> None:
    plan = sent_back(filled(CW1, CW2, R1, R2, ADDED, MADE))
    assert of(plan, "CW-01").rows == ((0, 5),)
    assert of(plan, "R-CW-03").key == "risk:0:new-risk-1"
    assert all(line.rows for line in plan.of(Kind.POWER, Kind.RISK))
