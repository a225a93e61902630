"""What holds for every table: imported again it changes nothing, and all that is written fits."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.intake.rules.books import Books, Stored
from lianfang.intake.rules.lines import Kind, PlanLine, Verdict
from lianfang.intake.tests.rules_parts import about, measure, shown
from lianfang.intake.tests.rules_tables import (
    BOOKS,
    NOTHING,
    Planned,
    imported,
    planned,
    require_sound,
)
from lianfang.register.model import Power, Register, RiskPoint, Step

_SOME = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

# a column and the cells that may stand in it
COLUMNS = {
    "单位": ["财务处", "办公室", "评审一处", "外单位", ""],
    "职权编码": ["", "", "CW-01", "CW-02", "甲-1"],
    "职权名称": ["经费报销审批", "公务接待审批", "公章管理", "印章管理", ""],
    "职权类别": ["决策权", "执行权", "行政许可", "别的", ""],
    "行使依据": ["《经费管理办法》第三条", "《公章使用办法》\n《经费管理办法》", "惯例", ""],
    "环节": ["受理", "审核", "受理→审核（科长）→决定", "受理→决定", ""],
    "岗位": ["出纳", "综合岗", "出纳、会计", "车管员", ""],
    "风险点": ["虚报差旅", "公车私用", "公车私用。", "1.虚列开支；2.公车私用", "拖延办理", ""],
    "表现形式": ["拆分票据", "1.拆分票据；2.拆分票据", "1.虚开发票；2.重复报销", "超标准接待", ""],
    "风险等级": ["高", "中", "低", "一级", "很高", ""],
    "防控措施": [
        "双人复核",
        "1.双人复核；2.每月抽查",
        "每月抽查",
        "1.双人复核；2.双人复核",
        "执行《经费管理办法》",
        "",
    ],
    "责任人": ["财务处处长", "出纳", "张三", "专班", ""],
    "频次": ["每月", ""],
    "可能后果": ["通报批评", ""],
}


@st.composite
def any_tables(draw: st.DrawFn, most: int = 6) -> list[tuple[str, ...]]:
    """Draw a table: a header, and rows of cells of each column."""
    optional = [name for name in COLUMNS if name not in ("风险点", "防控措施")]
    kept = {*draw(st.sets(st.sampled_from(optional), min_size=1)), "风险点", "防控措施"}
    names = [name for name in COLUMNS if name in kept]
    row = st.tuples(*(st.sampled_from(COLUMNS[name]) for name in names))
    return [tuple(names), *draw(st.lists(row, min_size=1, max_size=most))]


Table = list[tuple[str, ...]]


def plan_of(table: Table, stored: Stored = NOTHING, books: Books = BOOKS) -> Planned:
    head, *rows = table
    return planned(*rows, head=",".join(head), stored=stored, books=books, file="办公室.xlsx")


def taken(plan: Planned) -> list[PlanLine]:
    return [line for line in plan.lines if line.writes and line.taken]


def ids(stored: Stored) -> set[str]:
    return {*units_of(stored.register), *(rule.id for rule in stored.register.regulations)}


def units_of(register: Register) -> dict[str, str]:
    """Return the unit of each power and risk point."""
    powers = {power.id: power.unit for power in register.powers}
    return powers | {risk.id: risk.unit for risk in register.risks}


def require_writable(plan: Planned) -> None:
    """Require that nothing taken rests on what is not, and that refusals say why."""
    coming = {line.code for line in taken(plan)}
    for line in plan.lines:
        assert (line.verdict is Verdict.REFUSED) == bool(line.reasons)
        assert line.writes or not line.needs
        if line.writes and line.taken:
            assert set(line.needs) <= coming
        for text in (*line.reasons, *line.doubts):
            assert text.zh.endswith("。")
            assert text.en.endswith((".", "”."))
    keys = [line.key for line in plan.lines]
    assert len(keys) == len(set(keys))


@_SOME
@given(any_tables())
def test_a_table_imported_again_changes_nothing(table: Table) -> None:
    first = plan_of(table)
    require_writable(first)
    stored, books = imported(first)
    require_sound(stored.register)
    again = plan_of(table, stored, books)
    assert taken(again) == []
    # each row is the part that it became
    codes = {line.key: line.code for line in first.lines if line.verdict is not Verdict.REFUSED}
    for line in again.lines:
        if line.verdict is Verdict.UNCHANGED and line.key in codes:
            assert line.code == codes[line.key]


@_SOME
@given(any_tables(4), any_tables(4))
def test_another_table_takes_nothing_away_and_gives_no_id_twice(one: Table, other: Table) -> None:
    stored, books = imported(plan_of(one))
    second = plan_of(other, stored, books)
    require_writable(second)
    after, _ = imported(second)
    require_sound(after.register)
    assert ids(stored) <= ids(after)
    there = units_of(after.register)
    for line in second.of(Kind.POWER, Kind.RISK):
        if line.verdict is not Verdict.REFUSED and line.taken:
            assert there[line.code] == line.unit


# what somebody does in the register between two imports

WORDS = ("重新梳理后的名称", "另一种说法", "完全改写")


def edited(register: Register, deed: str, place: int, word: str) -> Register:
    """Return the register after somebody did something to its n-th risk point or power."""
    powers, risks = list(register.powers), list(register.risks)
    if deed.startswith("power") and powers:
        at = place % len(powers)
        powers[at] = _power_edited(powers[at], deed, word)
        left = {step.id for step in powers[at].steps}
        moved = {step.id for step in register.powers[at].steps} - left
        risks = [
            replace(one, about=about("power", powers[at].id)) if one.about.id in moved else one
            for one in risks
        ]
    elif deed == "retire power" and powers:
        gone = powers.pop(place % len(powers))
        inside = {gone.id, *(step.id for step in gone.steps)}
        risks = [one for one in risks if one.about.id not in inside]
    elif deed == "retire" and risks:
        del risks[place % len(risks)]
    elif risks:
        at = place % len(risks)
        own = [power for power in powers if power.unit == risks[at].unit]
        risks[at] = _risk_edited(risks[at], deed, word, own)
    return replace(register, powers=tuple(powers), risks=tuple(risks))


def _power_edited(power: Power, deed: str, word: str) -> Power:
    if deed == "power renamed":
        return replace(power, name=word)
    if deed == "power based otherwise":
        return replace(power, bases=power.bases[1:], category="supervision")
    gone = power.steps[:1]
    rest = tuple(_without(step, gone) for step in power.steps[1:])
    return replace(power, steps=rest, posts=())


def _without(step: Step, gone: Sequence[Step]) -> Step:
    ids = {one.id for one in gone}
    return replace(step, arrows=tuple(arrow for arrow in step.arrows if arrow.to not in ids))


def _risk_edited(risk: RiskPoint, deed: str, word: str, powers: Sequence[Power]) -> RiskPoint:
    first, rest = risk.measures[:1], risk.measures[1:]
    match deed:
        case "reworded":
            return replace(risk, title=word, manifestations=shown([f"{word}时"]))
        case "rated":
            return replace(risk, level="low", aspects=("post",), posts=("CW-G01",))
        case "measure dropped":
            return replace(risk, measures=rest)
        case "measure reworded":
            changed = tuple(replace(one, text=word, post="CW-G01", responsible="") for one in first)
            return replace(risk, measures=(*changed, *rest))
        case "measure added":
            more = measure(f"{risk.id}-{word}", word)
            return replace(
                risk, measures=(*(one for one in risk.measures if one.id != more.id), more)
            )
        case _:
            return replace(risk, about=about("power", powers[-1].id)) if powers else risk


_DEED = st.tuples(
    st.sampled_from(
        [
            "power renamed",
            "power based otherwise",
            "power drawn otherwise",
            "retire",
            "retire power",
            "reworded",
            "rated",
            "measure dropped",
            "measure reworded",
            "measure added",
            "moved",
        ]
    ),
    st.integers(0, 5),
    st.sampled_from(WORDS),
)


@_SOME
@given(any_tables(4), st.lists(_DEED, min_size=1, max_size=4))
def test_what_somebody_did_since_stays_when_the_table_comes_again(
    table: Table, deeds: list[tuple[str, int, str]]
) -> None:
    first = plan_of(table)
    stored, books = imported(first)
    register = stored.register
    for deed in deeds:
        register = edited(register, *deed)
    there = units_of(register)
    said = {
        (line.kind.value, line.unit, line.label): line.code
        for line in taken(first)
        if line.kind in (Kind.RISK, Kind.POWER) and line.code not in there
    }
    again = plan_of(table, replace(stored, register=register, gone=said), books)
    assert taken(again) == []
    after, _ = imported(again)
    require_sound(after.register)
    assert {part.id: part for part in after.register.risks} == {
        part.id: part for part in register.risks
    }
