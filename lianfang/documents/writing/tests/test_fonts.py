"""Fonts are found, complete for what is written, and missed with a sentence."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from lianfang.common.text import Language
from lianfang.documents import fonts
from lianfang.documents.fonts import Face, FontsRefused, font_folders, font_set

RARE = "旸煜堃昇喆玥翀珺琎赟淼祎璟玮瑄骁龑䶮㛃〔〕①⑩㈠▲◆●○■□◎×△→—…·《》“”‘’√%℃㎡＋"


def _gb2312() -> set[str]:
    found: set[str] = set()
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            text = bytes((first, second)).decode("gb2312", "ignore")
            found.update(text if len(text) == 1 else "")
    return found


@pytest.mark.parametrize("face", Face)
@pytest.mark.usefixtures("fonts_folder")
def test_every_face_writes_all_of_gb2312_and_rare_names(face: Face) -> None:
    font_set().require("".join(_gb2312()) + RARE, face)


def test_the_first_family_alone_writes_all_of_gb2312(fonts_folder: Path) -> None:
    for path in fonts_folder.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            missing = {c for c in _gb2312() | set(RARE) if ord(c) not in font.getBestCmap()}
        assert not missing, path.name


@pytest.mark.usefixtures("fonts_folder")
def test_the_own_reading_of_a_character_map_agrees_with_fonttools(fonts_folder: Path) -> None:
    path = fonts_folder / "LXGWWenKai-Regular.ttf"
    with TTFont(path, lazy=True) as font:
        mapped = set(font.getBestCmap())
    covered = {point for point in range(0x30000) if fonts._covers(path, 0, point)}
    assert covered == {point for point in mapped if point < 0x30000}


@pytest.mark.usefixtures("fonts_folder")
def test_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(FontsRefused) as refused:
        font_set().require("周\U0001f600允", Face.HEI)
    assert "U+1F600" in str(refused.value)
    assert "Noto Sans SC" in refused.value.sentence(Language.EN)


def test_no_fonts_at_all_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LIANFANG_FONTS", raising=False)
    monkeypatch.setattr(fonts, "_BUILT_IN", tmp_path / "none")
    with pytest.raises(FontsRefused, match="LIANFANG_FONTS"):
        font_folders()


def test_an_empty_site_folder_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANFANG_FONTS", str(tmp_path))
    with pytest.raises(FontsRefused, match="没有字体文件"):
        font_folders()


def test_a_face_without_any_font_is_refused_by_its_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty.ttf").write_bytes(b"")
    monkeypatch.setenv("LIANFANG_FONTS", str(tmp_path))
    monkeypatch.setattr(fonts, "_BUILT_IN", tmp_path / "none")
    with pytest.raises(FontsRefused, match="方正小标宋"):
        font_set()


def test_a_sites_fonts_go_before_the_built_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fonts_folder: Path
) -> None:
    (tmp_path / "site.ttf").symlink_to(fonts_folder / "NotoSansSC-Bold.ttf")
    monkeypatch.setenv("LIANFANG_FONTS", str(tmp_path))
    assert font_folders() == (tmp_path, fonts_folder)
