import pytest

from lianfang.documents.contents import vocabulary
from lianfang.documents.headers import Header, match_columns
from lianfang.documents.levels import LevelReader
from lianfang.documents.meanings import MEANINGS
from lianfang.documents.model import Direction, Field, ProblemCode
from lianfang.documents.spellings import guesses, spellings
from lianfang.scheme.model import Scheme

F = Field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("序 号", F.SEQ),
        ("单位/科室", F.UNIT),
        ("责任站所", F.UNIT),
        ("岗位（职务）", F.POST),
        ("风险点涉及的\n岗位", F.POST),
        ("职权名称", F.POWER),
        ("权力事项名称", F.POWER),
        ("权力类型", F.CATEGORY),
        ("设定依据", F.BASIS),
        ("风险 类别\n", F.ASPECT),
        ("廉政风险主要内容及表现形式", F.MANIFESTATION),
        ("风险等级（高、中、低）", F.LEVEL),
        ("风险点（个）", F.RISK_COUNT),
        ("防控要点及防控措施", F.MEASURES),
        ("拟采取的防控措施", F.MEASURES),
        ("前期预防措施", F.MEASURE_EARLY),
        ("事中监控", F.MEASURE_DURING),
        ("后期处置", F.MEASURE_AFTER),
        ("直接 责任人", F.OWNER),
        ("站所负责人", F.UNIT_HEAD),
        ("分管副检察长", F.LEADER),
        ("完成时限", F.FREQUENCY),
        ("工作留痕（佐证材料）", F.EVIDENCE),
        ("备 注", F.NOTE),
        ("ＮＯ．", F.SEQ),
        ("主要风险点描述", F.MANIFESTATION),
        ("权力行使过程中的风险点", F.RISK),
        ("风险岗位责任人", F.OWNER),
        ("科室主任", F.UNIT_HEAD),
        ("第二道防线", F.MEASURE_DURING),
        ("岗位职责风险", F.RISK),
        ("子项名称", None),
        ("监督电话", None),
    ],
)
def test_a_heading_is_known_however_it_is_written(header: str, field: Field | None) -> None:
    found = guesses(header)
    assert found[0].field is field


@pytest.mark.parametrize("header", ["", "   ", "……", "某市住房和城乡建设局廉政风险点一览" * 3])
def test_what_is_no_heading_means_nothing(header: str) -> None:
    assert guesses(header) == ()


def test_each_spelling_stands_once_in_each_list() -> None:
    for name, found in spellings().known.items():
        fields = [guess.field for guess in found]
        assert len(fields) == len(set(fields)), name


def matched(
    scheme: Scheme, headers: list[str], cells: dict[str, list[str]] | None = None
) -> tuple[dict[str, Field | None], list[ProblemCode]]:
    words = vocabulary(scheme, LevelReader(scheme, Direction.HIGH_FIRST))
    columns, problems = match_columns(
        [Header(i, text, text) for i, text in enumerate(headers)],
        [(cells or {}).get(text, ["某事"]) for text in headers],
        words,
    )
    return {c.header: c.field for c in columns}, [p.code for p in problems]


def test_a_vague_heading_is_settled_by_the_cells_under_it(scheme: Scheme) -> None:
    as_power, _ = matched(scheme, ["职权名称", "类别"], {"类别": ["决策权", "执行权"]})
    as_risk, _ = matched(scheme, ["风险点", "类别"], {"类别": ["思想道德", "制度机制"]})
    assert (as_power["类别"], as_risk["类别"]) == (F.CATEGORY, F.ASPECT)


def test_a_field_goes_to_one_column_and_the_other_is_told(scheme: Scheme) -> None:
    fields, problems = matched(scheme, ["风险点", "防控措施", "防范措施"])
    assert sorted(f for f in fields.values() if f) == [F.MEASURES, F.RISK]
    assert problems == [ProblemCode.COLUMN_TWICE]


def test_a_second_risk_column_is_how_it_shows(scheme: Scheme) -> None:
    fields, _ = matched(scheme, ["廉政风险点", "风险内容", "风险等级"])
    assert fields["风险内容"] is F.MANIFESTATION


def test_a_column_without_heading_is_known_by_telling_cells(scheme: Scheme) -> None:
    cells = {"": ["高", "中", "低", "低"]}
    fields, problems = matched(scheme, ["风险点", "防控措施", ""], cells)
    assert fields[""] is F.LEVEL
    assert problems == [ProblemCode.COLUMN_GUESSED]


def test_a_guess_is_told_in_words_in_both_languages(scheme: Scheme) -> None:
    cells = [["多报差旅"], ["查验原件"], ["高", "中", "低", "低"]]
    words = vocabulary(scheme, LevelReader(scheme, Direction.HIGH_FIRST))
    headers = [Header(place, text, text) for place, text in enumerate(["风险点", "防控措施", ""])]
    _, problems = match_columns(headers, cells, words)
    told = problems[0].message
    assert told.zh.startswith("“C”列是按近似写法或内容猜的（风险等级，把握 ")
    assert "(Risk level, " in told.en


def test_every_meaning_has_its_words() -> None:
    assert set(MEANINGS) == set(Field)


def test_an_unknown_column_before_the_risks_is_what_they_are_about(scheme: Scheme) -> None:
    cells = {"诊疗行为": ["开药检查", "收治住院", "手术安排"]}
    fields, problems = matched(scheme, ["序号", "诊疗行为", "风险点"], cells)
    assert fields["诊疗行为"] is F.POWER
    assert ProblemCode.COLUMN_GUESSED in problems


def test_a_persons_correction_outweighs_every_guess(scheme: Scheme) -> None:
    words = vocabulary(scheme, LevelReader(scheme, Direction.HIGH_FIRST))
    headers = [Header(0, "风险点", "风险点"), Header(1, "审查内容", "审查内容")]
    columns, _ = match_columns(headers, [["x"], ["y"]], words, {"审查内容": F.RISK, "风险点": None})
    assert [column.field for column in columns] == [None, F.RISK]
