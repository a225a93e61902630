"""Colours of a drawing: the design's paper and ink, and what a level's own colour asks for."""

from functools import lru_cache

from lianfang.documents.drawing.geometry import Tone

SHEET = "#fffefb"
WASH = "#faf8f2"
HEAD = "#ece7db"
VACANT = "#f8e8e2"
RULE = "#c6bca7"
INK = "#22201c"
LOOP = "#a8301f"
TONES = {Tone.INK: INK, Tone.SOFT: "#544f46", Tone.FAINT: "#69635a", Tone.LOOP: LOOP}


@lru_cache(maxsize=256)
def ink_on(colour: str) -> str:
    """Return white or ink, whichever reads better on `colour`."""
    light = _light(colour)
    on_white, on_ink = 1.05 / (light + 0.05), (light + 0.05) / (_light(INK) + 0.05)
    return "#ffffff" if on_white >= on_ink else INK


@lru_cache(maxsize=256)
def edge_of(colour: str) -> str:
    """Return `colour`, darkened until a line of it stands out from paper by 3 : 1."""
    parts = _parts(colour)
    while (_light(SHEET) + 0.05) / (_luminance(parts) + 0.05) < 3:
        parts = (parts[0] * 0.92, parts[1] * 0.92, parts[2] * 0.92)
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _parts(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, 0 to 255, of #rrggbb or #rgb."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def _light(colour: str) -> float:
    return _luminance(_parts(colour))


def _luminance(parts: tuple[float, float, float]) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
