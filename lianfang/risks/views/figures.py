"""How the register spreads: over units, levels, aspects, phases and the heatmap (五（三）)."""

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.risks.forms.chips import chips_of
from lianfang.risks.forms.lists import address
from lianfang.risks.queries.figures import (
    Bar,
    Heat,
    HeatCell,
    by_aspect,
    by_unit,
    counts_by_unit,
    heat_of,
    lacks_of,
    level_sums,
)
from lianfang.risks.views.asking import Asked, asked_in


@require_GET
def figures(request: AppRequest) -> HttpResponse:
    """Show the two figures beside a list, for the rows of that list; alone, the page of all."""
    if not request.htmx:
        return heat(request)
    asked = asked_in(request, request.GET)
    return render_page(request, "risks/_figures.html", _beside(asked))


@require_GET
def heat(request: AppRequest) -> HttpResponse:
    """Show all figures of the register, or of the list that the address narrows it to."""
    asked = asked_in(request, request.GET)
    lacks = [
        (lack, address(asked.pairs, lacks=lack.code)) for lack in lacks_of(asked.rows, asked.scheme)
    ]
    more = {
        "aspects": _led(asked, by_aspect(asked.rows, asked.scheme)),
        "lacks": lacks,
        "chips": chips_of(asked.form, asked.pairs, asked.units, asked.posts),
        "query": address(asked.pairs),
    }
    return render_page(request, "risks/heat.html", _beside(asked) | more)


def _beside(asked: Asked) -> dict[str, object]:
    counts = counts_by_unit(asked.rows)
    sums = level_sums(sum(counts.values(), Counter[int]()), asked.scheme)
    return {
        "levels": [(one, address(asked.pairs, level=one.code)) for one in sums],
        "letters": [one.letter for one in sums],
        "units": _led(asked, by_unit(counts, asked.units, asked.scheme)),
        "heat": _heat(asked),
        "total": sum(one.count for one in sums),
    }


def _led(asked: Asked, bars: Iterable[Bar]) -> list[tuple[Bar, str]]:
    """Return the bars, each with the address of the list behind it."""
    return [(bar, address(asked.pairs, **{bar.narrows[0]: bar.narrows[1]})) for bar in bars]


def _heat(asked: Asked) -> tuple[Heat, list[tuple[HeatCell, str]]] | None:
    found = heat_of(asked.rows, asked.scheme)
    if found is None:
        return None
    return found, [
        (
            cell,
            address(
                asked.pairs,
                likelihood=str(cell.square.likelihood),
                impact=str(cell.square.impact),
            ),
        )
        for cell in found.cells
    ]
