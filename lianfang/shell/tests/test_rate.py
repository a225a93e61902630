"""`lianfang rate` as somebody types it."""

import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Language
from lianfang.register.canonical import to_json
from lianfang.register.model import (
    Manifestation,
    Power,
    PowerPost,
    Register,
    RiskPoint,
    Role,
    Score,
    Step,
    Subject,
    SubjectKind,
    Unit,
)
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import rate
from lianfang.shell.cli.commands import Commands
from lianfang.shell.cli.speech import Parser
from lianfang.shell.cli.terminal import Exit, Terminal

TINY = Path(__file__).parents[2] / "scheme" / "tests" / "tiny"
FACTORS = {"frequency": 3, "human": 4, "discretion": 4, "loopholes": 4, "impropriety": 3}
IMPACTS = {"money": 3, "rights": 2, "standing": 4, "mission": 2}
FULL = [
    *(f"--factor={code}={step}" for code, step in FACTORS.items()),
    *(f"--impact={code}={step}" for code, step in IMPACTS.items()),
    "--likelihood=4",
]
CALM = [
    *(f"--factor={code}=1" for code in FACTORS),
    *(f"--impact={code}=1" for code in IMPACTS),
    "--likelihood=1",
]

Typed = Callable[..., tuple[Exit, str, str]]


@pytest.fixture
def typed() -> Typed:
    """Return a function that runs `lianfang rate` with words and gives code, output, errors."""

    def type_in(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        terminal = Terminal(language, out, err, {})
        parser = Parser(language=language, prog="lianfang")
        rate.add(Commands(parser, language))
        try:
            parsed = parser.parse_args(["rate", *map(str, words)])
            code = parsed.run(parsed, terminal)
        except Refused as refused:
            terminal.complain(refused.text)
            code = Exit.REFUSED
        return code, out.getvalue(), err.getvalue()

    return type_in


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_the_explanation_ends_in_the_level_with_its_clause(typed: Typed) -> None:
    code, out, _ = typed(*FULL)
    lines = out.splitlines()
    assert code == Exit.DONE
    assert lines[-1].split() == [
        "固有风险（采取措施前）",
        "高",
        "经过底线和上调之后",
        "[五（三）]",
        "◇",
    ]
    assert any("3.65" in line and "自由裁量权 4×25%" in line for line in lines)
    assert any(line.endswith("[五（七）2（2）] ◇") for line in lines)


@pytest.mark.parametrize("language", list(Language))
def test_values_stand_under_each_other(typed: Typed, language: Language) -> None:
    lines = typed(*FULL, language=language)[1].splitlines()
    values = ["3.65", "≥ 4", "4", "4", "16"]
    places = {
        columns(line[: line.index(f" {v}  ")]) for line, v in zip(lines, values, strict=False)
    }
    assert len(places) == 1


def test_it_speaks_english(typed: Typed) -> None:
    out = typed(*FULL, "--residual", "likelihood=2", language=Language.EN)[1]
    assert "Weighted mean of the factors" in out
    assert "Duties follow the level High." in out
    without_clauses = re.sub(r"\[.+?\]", "", out)
    assert not any("\u4e00" <= char <= "\u9fff" for char in without_clauses)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ([], "low"),
        (["--matter", "large_sums"], "medium"),
        (["--matter", "none"], "low"),
        (["--breach"], "medium"),
        (["--matter", "large_sums", "--breach"], "high"),
        (["--one-post"], "high"),
    ],
)
def test_floors_and_breaches_are_flags(typed: Typed, words: list[str], level: str) -> None:
    code, out, _ = typed(*CALM, *words, "--json")
    opinion = json.loads(out)
    assert code == Exit.DONE
    assert opinion["inherent"]["level"] == opinion["duty_level"] == level
    assert opinion["residual"] is None


def test_json_holds_both_languages_and_the_place_in_the_matrix(typed: Typed) -> None:
    inherent = json.loads(typed(*FULL, "--json")[1])["inherent"]
    assert inherent["cell"] == {"likelihood": 4, "impact": 4}
    assert inherent["lines"][-1]["value"] == {"zh": "高", "en": "High"}
    assert inherent["lines"][-1]["clause"]["section"] == "五（三）"


def test_the_residual_level_comes_second(typed: Typed) -> None:
    code, out, _ = typed(*FULL, "--residual", "likelihood=2", "--residual", "discretion=1")
    assert code == Exit.DONE
    assert "剩余风险（现有措施下）  中" in out
    assert out.splitlines()[-1] == "职责按等级“高”确定。"


def test_a_missing_answer_is_named_and_leaves_it_not_rated(typed: Typed) -> None:
    code, out, _ = typed(*FULL[1:])
    assert code == Exit.FOUND
    assert out.splitlines()[0].startswith("职权运行频率            未回答")
    assert "未评级" in out.splitlines()[-1]


def test_every_question_is_printed_with_each_step(typed: Typed) -> None:
    scheme = load_scheme("cnas-2012")
    for language in Language:
        code, out, _ = typed("--questions", language=language)
        assert code == Exit.DONE
        for scale in (*scheme.factors, scheme.likelihood, *scheme.impacts):
            assert scale.question.in_(language) in out
            assert all(anchor.text.in_(language) in out for anchor in scale.anchors)
        assert all(f"--matter {matter.code}" in out for matter in scheme.matters)
    assert "--factor human=" in out
    assert "20 % ◇" in out


def test_another_scheme_asks_its_own_questions(typed: Typed) -> None:
    out = typed("--scheme", TINY, "--questions")[1]
    assert out.splitlines()[0] == "--criterion one  甲？  [第一条] ◇"
    assert "--factor" not in out
    given = ["--criterion", "one", "--criterion", "two=no", "--criterion", "always=no"]
    assert "绿" in typed("--scheme", TINY, *given)[1].splitlines()[-1]
    assert typed("--scheme", TINY, "--criterion", "one")[0] == Exit.FOUND


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "请给出评分"),
        (["--factor", "human=9"], "只能是 1 至 5"),
        (["--factor", "human=much"], "整数"),
        (["--factor", "human"], "整数"),
        (["--likelihood", "four"], "整数"),
        (["--factor", "luck=3"], "没有因素“luck”"),
        (["--impact", "human=3"], "没有影响“human”"),
        (["--matter", "weather"], "没有事项“weather”"),
        (["--criterion", "one=perhaps"], "yes 或 no"),
        (["--residual", "luck=3"], "没有评分项“luck”"),
        (["没有.json"], "打不开"),
        (["没有.json", "--breach"], "两者取其一"),
    ],
)
def test_wrong_words_are_refused_with_a_sentence(typed: Typed, words: list[str], says: str) -> None:
    code, out, err = typed(*words)
    assert (code, out) == (Exit.REFUSED, "")
    assert says in err


def scored(made: str, about: Subject, *, step: int = 1, level: str | None = "low") -> RiskPoint:
    """Return a risk point with the same step everywhere."""
    codes = [*FACTORS, "likelihood", *IMPACTS]
    return RiskPoint(
        id=made,
        unit="unit-1",
        about=about,
        title=f"风险 {made}",
        scores=tuple(Score(factor=code, value=step) for code in codes),
        level=level,
        reason="已分设岗位",
    )


def stored(folder: Path, *risks: RiskPoint) -> Path:
    """Write a register of three powers with these risk points."""
    powers = (
        _power("power-1", (), Role.DECIDES),
        _power("power-2", ("large_sums",), Role.DECIDES),
        _power("power-3", (), *Role),
        Power(id="power-4", unit="unit-1", name="无岗位"),
    )
    register = Register(units=(Unit(id="unit-1", name="办公室"),), powers=powers, risks=risks)
    path = folder / "register.json"
    path.write_bytes(to_json(register))
    return path


def _power(made: str, matters: tuple[str, ...], *roles: Role) -> Power:
    return Power(
        id=made,
        unit="unit-1",
        name=made,
        matters=matters,
        posts=tuple(PowerPost(post="post-1", role=role) for role in roles),
        steps=(Step(id=f"{made}-step", name="审核"),),
    )


def about(power: str) -> Subject:
    return Subject(kind=SubjectKind.POWER, id=power)


def test_a_register_is_rated_anew_and_differences_are_marked(typed: Typed, tmp_path: Path) -> None:
    step = Subject(kind=SubjectKind.STEP, id="power-3-step")
    unscored = RiskPoint(id="r0", unit="unit-1", about=about("power-1"), title="没有评分")
    path = stored(
        tmp_path,
        unscored,
        scored("r1", about("power-1")),
        scored("r2", about("power-2")),
        scored("r3", step, level="high"),
        scored("r4", about("power-4")),
    )
    code, out, _ = typed(path)
    assert code == Exit.FOUND
    assert [line for line in out.splitlines() if not line.startswith("    ")][:-1] == [
        "= 计算 低      提出 低      风险 r1（办公室）",
        "≠ 计算 中      提出 低      风险 r2（办公室）",
        "= 计算 高      提出 高      风险 r3（办公室）",
        "? 计算 未评级  提出 低      风险 r4（办公室）",
    ]
    assert "    理由：已分设岗位" in out
    assert "    缺少：岗位分工" in out
    assert "评了 4 个风险点：与提出的不同 1，不能评级 1；没有评分 1" in out.splitlines()[-1]


def test_a_register_that_agrees_is_done(typed: Typed, tmp_path: Path) -> None:
    regulation = Subject(kind=SubjectKind.REGULATION, id="regulation-1")
    path = stored(tmp_path, scored("r1", about("power-1")), scored("r2", regulation, level=None))
    code, out, _ = typed(path, "--json", language=Language.EN)
    assert code == Exit.DONE
    points = json.loads(out)
    assert [(p["id"], p["unit"], p["proposed"], p["differs"]) for p in points] == [
        ("r1", "办公室", "low", False),
        ("r2", "办公室", None, False),
    ]
    assert points[0]["opinion"]["inherent"]["level"] == "low"


def test_the_highest_manifestation_counts_as_proposed(typed: Typed, tmp_path: Path) -> None:
    risk = scored("r1", about("power-1"))
    shown = replace(risk, manifestations=(Manifestation(text="虚报", level="high"),))
    assert "≠ 计算 低      提出 高" in typed(stored(tmp_path, shown))[1]


def test_residual_scores_of_a_register_are_rated_too(typed: Typed, tmp_path: Path) -> None:
    risk = scored("r1", about("power-1"), step=4, level="high")
    better = replace(
        risk, residual=tuple(Score(factor=code, value=1) for code in (*FACTORS, "likelihood"))
    )
    code, out, _ = typed(stored(tmp_path, better))
    assert code == Exit.DONE
    assert "    剩余风险（现有措施下） 低；职责按 高" in out


def test_a_wrong_score_names_its_risk_point(typed: Typed, tmp_path: Path) -> None:
    code, _, err = typed(stored(tmp_path, scored("r1", about("power-1"), step=9)))
    assert code == Exit.REFUSED
    assert err.startswith("风险点“风险 r1”：“职权运行频率”（frequency）不能是 9")


@pytest.mark.parametrize("language", list(Language))
def test_the_help_is_worded_in_its_language(
    typed: Typed, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        typed("--help", language=language)
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert ("退出码" in text) is (language is Language.ZH)
    assert ("exit codes" in text) is (language is Language.EN)
    assert "--one-post" in text
