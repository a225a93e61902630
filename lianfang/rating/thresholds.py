"""A figure against thresholds: the level, and the thresholds as a sentence."""

from fractions import Fraction
from itertools import pairwise
from math import ceil

from lianfang.common.text import Text
from lianfang.rating.explanation import COMMA, exact, joined, level_label, number
from lianfang.scheme.model import Scheme, Threshold


def level_from(figure: Fraction, thresholds: tuple[Threshold, ...]) -> str | None:
    """Return the level of the highest threshold reached, None below the lowest."""
    reached = (entry for entry in thresholds if figure >= exact(entry.at_least))
    return next((entry.level for entry in reached), None)


def whole_bands(thresholds: tuple[Threshold, ...], least: int, scheme: Scheme) -> Text:
    """Return what each level takes of whole numbers from `least` up: `8–14 Medium`."""
    starts = [max(least, ceil(exact(entry.at_least))) for entry in thresholds]
    top, *others = thresholds
    bands = [_band(f"{starts[0]} 及以上", f"{starts[0]} or more", top, scheme)]
    for threshold, (above, start) in zip(others, pairwise(starts), strict=True):
        if start == above:
            continue
        only = start == above - 1
        if start <= least:
            zh, en = f"{above - 1} 及以下", f"{above - 1} or less"
        else:
            zh = f"{start} " if only else f"{start} 至 {above - 1} "
            en = f"{start}" if only else f"{start} to {above - 1}"
        bands.append(_band(zh, en, threshold, scheme))
    return joined(bands, COMMA)


def bands(thresholds: tuple[Threshold, ...], scheme: Scheme) -> Text:
    """Return from which figure each level begins."""
    texts = []
    for threshold in thresholds:
        least = number(exact(threshold.at_least)).zh
        texts.append(_band(f"{least} 及以上", f"{least} or more", threshold, scheme))
    return joined(texts, COMMA)


def _band(zh: str, en: str, threshold: Threshold, scheme: Scheme) -> Text:
    label = level_label(threshold.level, scheme)
    return Text(f"{zh}为{label.zh}", f"{en}: {label.en}")
