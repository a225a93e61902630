import pytest

from lianfang.documents.levels import LevelReader
from lianfang.documents.model import Direction
from lianfang.scheme.model import Scheme


@pytest.fixture
def levels(scheme: Scheme) -> LevelReader:
    return LevelReader(scheme, Direction.HIGH_FIRST)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("高", "high"),
        ("中\u3000", "medium"),
        ("低风险", "low"),
        ("高 风 险", "high"),
        ("风险等级：中", "medium"),
        ("一级", "high"),
        ("二级风险", "medium"),
        ("Ⅲ级", "low"),
        ("II", "medium"),
        ("1级", "high"),
        ("A", "high"),
        ("D", "low"),
        ("★★★", "high"),
        ("★", "low"),
        ("▲▲", "medium"),
        ("重大", "high"),
        ("较大", "medium"),
        ("一般", "low"),
        ("三级(低)", "low"),
        ("一级（高）", "high"),
    ],
)
def test_the_words_of_every_scale_are_known(levels: LevelReader, written: str, code: str) -> None:
    assert levels.read(written).code == code


@pytest.mark.parametrize("blank", ["", " ", "/", "—", "无"])
def test_a_blank_level_is_not_rated_and_no_doubt(levels: LevelReader, blank: str) -> None:
    reading = levels.read(blank)
    assert (reading.code, reading.unknown) == (None, False)


@pytest.mark.parametrize("word", ["很高很高的", "待领导确定等级", "x"])
def test_a_word_that_is_no_level_is_told(levels: LevelReader, word: str) -> None:
    assert levels.read(word).unknown


@pytest.mark.parametrize("written", ["一级", "Ⅰ", "1级", "I级"])
def test_numbered_levels_are_marked_and_turn_round_on_demand(
    scheme: Scheme, levels: LevelReader, written: str
) -> None:
    assert levels.read(written).numbered
    turned = LevelReader(scheme, Direction.LOW_FIRST).read(written)
    assert (turned.code, turned.numbered) == ("low", True)


def test_a_word_beside_a_number_settles_the_direction(scheme: Scheme) -> None:
    turned = LevelReader(scheme, Direction.LOW_FIRST).read("一级（高）")
    assert (turned.code, turned.numbered) == ("high", False)


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        ("1中2低", (("medium", 1), ("low", 2))),
        ("高1中3", (("high", 1), ("medium", 3))),
        ("2个高，1个低", (("high", 2), ("low", 1))),
        ("高、中", (("high", 1), ("medium", 1))),
    ],
)
def test_several_levels_in_one_cell_expand(
    levels: LevelReader, written: str, counts: tuple[tuple[str, int], ...]
) -> None:
    assert levels.read(written).counts == counts
