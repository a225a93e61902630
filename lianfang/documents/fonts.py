"""Where the fonts of printed papers lie, and whether they can write a text.

A site's own folder (方正小标宋, 仿宋_GB2312 …) goes before the free fonts that the build put into
the package. What no font can write is refused by name, so that no box is ever printed.
"""

import os
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import typst
from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Text

ENVIRONMENT = "LIANFANG_FONTS"
_BUILT_IN = Path(__file__).resolve().parent.parent / "assets" / "fonts"
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


class Face(StrEnum):
    """The faces that official papers use, by their part in it."""

    TITLE = "title"
    SONG = "song"
    HEI = "hei"
    KAI = "kai"
    FANGSONG = "fangsong"


# Families from the official one to its free stand-in.
_FAMILIES: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "Noto Serif SC"),
    Face.SONG: ("SimSun", "STSong", "宋体", "Noto Serif SC"),
    Face.HEI: ("SimHei", "STHeiti", "黑体", "Noto Sans SC"),
    Face.KAI: ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "STKaiti", "LXGW WenKai"),
    Face.FANGSONG: ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "STFangsong", "LXGW WenKai"),
}
_LAST_RESORT = ("Noto Serif SC", "Noto Sans SC")
# Typst's own space for what is never drawn.
_LAST_CODE_POINT = 0x10FFFF
_UNDRAWN = frozenset("\n\t \u3000\xa0")


class FontsRefused(Refused):
    """A font is missing, or no font has a character that is to be printed."""


class FontSet(Struct, frozen=True, eq=False):
    """Fonts ready for typesetting; `families` are in the order in which Typst tries them."""

    fonts: typst.Fonts
    families: Mapping[Face, tuple[str, ...]]

    def require(self, text: str, face: Face) -> None:
        """Raise FontsRefused when a character of `text` is in no font of that face."""
        paths = tuple(_paths(self.fonts, self.families[face]))
        for character in sorted(set(text) - _UNDRAWN):
            if not any(_covers(path, index, ord(character)) for path, index in paths):
                raise _without_glyph(character, self.families[face])


def font_folders() -> tuple[Path, ...]:
    """Return the folders with fonts, the site's own first.

    Raises FontsRefused when there is none, or the site's folder has no font in it.
    """
    folders = []
    site = os.environ.get(ENVIRONMENT)
    if site:
        if not _has_fonts(Path(site)):
            raise _no_fonts_in(site)
        folders.append(Path(site))
    if _has_fonts(_BUILT_IN):
        folders.append(_BUILT_IN)
    if not folders:
        raise _no_fonts()
    return tuple(folders)


def font_folder() -> Path:
    """Return the folder that is looked into first; raises as `font_folders` does."""
    return font_folders()[0]


def font_set() -> FontSet:
    """Return the fonts of `font_folders`. Raises FontsRefused when a face has none."""
    return _font_set(font_folders())


@lru_cache(maxsize=4)
def _font_set(folders: tuple[Path, ...]) -> FontSet:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    known = set(fonts.families())
    return FontSet(fonts, {face: _known_families(face, known) for face in Face})


def _known_families(face: Face, known: set[str]) -> tuple[str, ...]:
    families = dict.fromkeys(
        family for family in (*_FAMILIES[face], *_LAST_RESORT) if family in known
    )
    if not families:
        raise _no_face(face)
    return tuple(families)


def _has_fonts(folder: Path) -> bool:
    return folder.is_dir() and any(f.suffix.lower() in _SUFFIXES for f in folder.iterdir())


def _paths(fonts: typst.Fonts, families: Iterable[str]) -> Iterator[tuple[Path, int]]:
    wanted = set(families)
    for info in fonts.fonts():
        if info.family in wanted and info.path is not None:
            yield Path(info.path), info.index


def _covers(path: Path, index: int, code_point: int) -> bool:
    ranges = _ranges(path, index)
    place = bisect_right(ranges, (code_point, _LAST_CODE_POINT))
    return place > 0 and ranges[place - 1][1] >= code_point


@lru_cache(maxsize=32)
def _ranges(path: Path, index: int) -> list[tuple[int, int]]:
    """Return the first and last code points that a font maps; reads only that table of it."""
    with path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * index)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (tables,) = struct.unpack(">H6x", file.read(8))
        for _ in range(tables):
            tag, offset, length = struct.unpack(">4s4xII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                return sorted(_mapped(file.read(length)))
    return []


def _mapped(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a character map: of its widest Unicode subtable, format 12, else 4."""
    (count,) = struct.unpack_from(">2xH", cmap)
    offsets = [struct.unpack_from(">I", cmap, 8 + 8 * place)[0] for place in range(count)]
    forms = {struct.unpack_from(">H", cmap, offset)[0]: offset for offset in offsets}
    if 12 in forms:
        (groups,) = struct.unpack_from(">I", cmap, forms[12] + 12)
        start = forms[12] + 16
        for first, last, _ in struct.iter_unpack(">III", cmap[start : start + 12 * groups]):
            yield first, last
    elif 4 in forms:
        yield from _mapped_narrow(cmap, forms[4])


def _mapped_narrow(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    (twice,) = struct.unpack_from(">H", cmap, offset + 6)
    segments = twice // 2
    lasts = struct.unpack_from(f">{segments}H", cmap, offset + 14)
    firsts = struct.unpack_from(f">{segments}H", cmap, offset + 16 + twice)
    yield from zip(firsts, lasts, strict=True)


def _no_fonts() -> FontsRefused:
    return FontsRefused(
        Text(
            "没有可用于打印的字体。请重新安装本程序，"
            f"或用环境变量 {ENVIRONMENT} 指明存放字体的文件夹。",
            "There are no fonts to print with. Install the program again, or name a folder of "
            f"fonts in the environment variable {ENVIRONMENT}.",
        )
    )


def _no_fonts_in(folder: str) -> FontsRefused:
    return FontsRefused(
        Text(
            f"环境变量 {ENVIRONMENT} 指明的“{folder}”不存在或没有字体文件（.ttf .otf .ttc）。"
            "请改正，或去掉这个变量。",
            f"The folder “{folder}” named in {ENVIRONMENT} does not exist or holds no font "
            "(.ttf .otf .ttc). Correct it, or unset the variable.",
        )
    )


def _no_face(face: Face) -> FontsRefused:
    wanted = "、".join(_FAMILIES[face])
    return FontsRefused(
        Text(
            f"缺少字体：{wanted}，一种也没有找到。请把其中一种放入 {ENVIRONMENT} 指明的文件夹。",
            f"A font is missing: none of {wanted} was found. Put one of them into the folder "
            f"named in {ENVIRONMENT}.",
        )
    )


def _without_glyph(character: str, families: tuple[str, ...]) -> FontsRefused:
    named = f"“{character}”（U+{ord(character):04X}）"
    fonts = "、".join(families)
    return FontsRefused(
        Text(
            f"字体 {fonts} 中没有字符{named}，不能打印。请改用别的字，"
            f"或把含有这个字的字体放入 {ENVIRONMENT} 指明的文件夹。",
            f"The fonts {fonts} have no character {named}, so it can't be printed. Write it in "
            f"another way, or put a font that has it into the folder named in {ENVIRONMENT}.",
        )
    )
