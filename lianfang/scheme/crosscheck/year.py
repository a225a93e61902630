"""Stages follow each other; sheets, weights and bands add up."""

from itertools import pairwise

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import (
    Found,
    codes,
    day_faults,
    not_in_sum,
    unknown,
    unknown_one,
)
from lianfang.scheme.model import Band, Scheme, Sheet
from lianfang.scheme.source import Place

MANUAL = "manual"


def year_faults(scheme: Scheme) -> Found:
    """Yield what is wrong with the year, the sheets and accountability."""
    yield from day_faults(("calendar", "warn_from"), scheme.calendar.warn_from)
    yield from _stages(scheme)
    for place, sheet in enumerate(scheme.sheets):
        yield from _sheet(sheet, scheme, ("sheets", place))
    for place, kind in enumerate(scheme.accountability):
        path: Place = ("accountability", place, "figures")
        yield from unknown(path, kind.figures, codes(scheme.figures), "figures")


def _stages(scheme: Scheme) -> Found:
    for place, stage in enumerate(scheme.stages):
        yield from day_faults(("stages", place, "begins"), stage.begins)
        yield from day_faults(("stages", place, "ends"), stage.ends)
        if stage.ends < stage.begins:
            yield (
                ("stages", place, "ends"),
                Text("阶段结束早于开始。", "The stage ends before it begins."),
            )
    for place, (before, after) in enumerate(pairwise(scheme.stages), start=1):
        if after.begins <= before.ends:
            yield (
                ("stages", place, "begins"),
                Text(
                    f"应晚于上一阶段的结束（{before.ends}）。",
                    f"It must begin after the stage before it ends ({before.ends}).",
                ),
            )


def _sheet(sheet: Sheet, scheme: Scheme, path: Place) -> Found:
    figures = {MANUAL} | codes(scheme.figures)
    yield from unknown((*path, "levels"), sheet.levels, codes(scheme.levels), "levels")
    for place, section in enumerate(sheet.sections):
        inside: Place = (*path, "sections", place)
        yield from not_in_sum(
            (*inside, "items"), sum(item.maximum for item in section.items), section.maximum
        )
        for row, item in enumerate(section.items):
            yield from unknown_one(
                (*inside, "items", row, "source"), item.source, figures, "figures"
            )
    maxima = sum(section.maximum for section in sheet.sections)
    yield from not_in_sum((*path, "sections"), maxima, 100)
    yield from not_in_sum((*path, "weights"), sum(w.weight.value for w in sheet.weights), 100)
    yield from _bands(sheet.bands, (*path, "bands"))
    for place, cap in enumerate(sheet.caps):
        yield from unknown_one(
            (*path, "caps", place, "band"), cap.band, codes(sheet.bands), "bands"
        )


def _bands(bands: tuple[Band, ...], path: Place) -> Found:
    """Bands go from the best down and meet exactly, from 100 to 0."""
    edges = [100.0]
    for place, band in enumerate(bands):
        if band.below != edges[-1] or band.at_least >= band.below:
            yield (
                (*path, place),
                Text(
                    f"应从 {edges[-1]:g} 分接续向下，不留空档、不重叠。",
                    f"It must go down from {edges[-1]:g} without gap or overlap.",
                ),
            )
        edges.append(band.at_least)
    if edges[-1] != 0:
        yield path, Text("最低一档应从 0 分起。", "The lowest band must begin at 0.")
