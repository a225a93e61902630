"""The register's pages, files and one new risk point: CPU and statements at several sizes.

`python -m bench.register` fills a database, once per size, and asks for pages as a browser does,
without a network: the figure is what one core spends on one request. The ratio is to the same
work at the first size.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median

from django.db import connection, transaction
from django.test import Client

from bench.stage import set_up
from lianfang.org.tests.cast import AT, Cast
from lianfang.powers.models import Power
from lianfang.risks.actions.rating import Rating
from lianfang.risks.actions.risk import RiskValues, Shown, create_risk
from lianfang.risks.tests.many import ASKED, fill
from lianfang.scheme.load import load_scheme

SIZES = (1_000, 10_000, 100_000)
TIMES = 15
PAGES = {
    "list": "/register/",
    "list, a later page": "/register/?after=2~R-{middle:06}",
    "list of a level": "/register/?level=medium",
    "list of a unit": "/register/?unit={unit}",
    "search, two characters": "/register/?q=礼品",
    "search, a number": "/register/?q=R-000777",
    "figures beside the list": "/register/figures/",
    "page of figures": "/register/heat/",
}
# asked for by a page that is there already
PARTS = frozenset({"/register/figures/"})
# of the first thousand points, by the beginning of their codes
FILES = {
    "1,000 rows, list .xlsx": "list.xlsx",
    "1,000 rows, list .csv": "list.csv",
    "1,000 rows, table .xlsx": "measures.xlsx",
    "1,000 rows, table .pdf": "measures.pdf",
    "1,000 rows, register .json": "register.json",
}
THOUSAND = "q=R-000"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a piece of work took: CPU milliseconds, statements, and bytes of what came of it."""

    milliseconds: float
    statements: int
    size: int


def measured(work: Callable[[], bytes], times: int = TIMES) -> Figure:
    """Return the median of a work done so often, after two that warm it up."""
    work()
    counted: list[str] = []

    def counting(execute: Callable[..., object], sql: str, *rest: object) -> object:
        counted.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        size = len(work())
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return Figure(milliseconds=median(spent) * 1000, statements=len(counted), size=size)


def page(client: Client, address: str) -> Callable[[], bytes]:
    """Return a work: ask for a page."""

    def ask() -> bytes:
        headers = {"HX-Request": "true"} if address in PARTS else {}
        response = client.get(address, headers=headers)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return response.content

    return ask


def file(client: Client, format: str) -> Callable[[], bytes]:
    """Return a work: export a thousand rows."""

    def ask() -> bytes:
        sent = {"format": format, "query": THOUSAND}
        response = client.post("/register/export/", sent)
        if response.status_code != 200:
            raise RuntimeError(f"{format}: {response.status_code}")
        return response.content

    return ask


def writing(cast: Cast, first: int) -> Callable[[], bytes]:
    """Return a work: record a risk point of a unit and rate it, in one transaction."""
    scheme = load_scheme("cnas-2012")
    unit, by = cast.units["CW"], cast.logins["clerk"]
    about = Power.objects.filter(unit=unit).order_by("pk").first()
    place = count(first)
    rating = Rating(scores=[(code, 3) for code in ASKED], level="")

    @transaction.atomic
    def write() -> bytes:
        values = RiskValues(
            title=f"拆分项目规避比选{next(place)}",
            about=about,
            posts=(cast.posts["CWG"],),
            shown=(Shown("同一服务分三次签订，单次低于限额"),),
            aspects=("rules",),
        )
        create_risk(unit=unit, values=values, scheme=scheme, rating=rating, by=by, at=AT)
        return b""

    return write


def main() -> None:
    """Fill, ask and print, for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    cast = set_up()
    client = Client()
    client.force_login(cast.logins["clerk"])
    print(f"{'':<28}{'points':>10}{'CPU ms':>9}{'ratio':>7}{'statements':>12}{'kB':>8}")
    first: dict[str, float] = {}
    stored = 0
    for size in asked.sizes:
        fill(cast, size - stored, first=stored)
        stored = size
        connection.cursor().execute("ANALYZE")
        unit = cast.units["CW"].pk
        for name, address in PAGES.items():
            at = address.format(middle=size // 2, unit=unit)
            _print(name, size, measured(page(client, at)), first)
        for name, format in FILES.items():
            _print(name, size, measured(file(client, format), 3), first)
        _print("write and rate one", size, measured(writing(cast, size)), first)


def _print(name: str, size: int, figure: Figure, first: dict[str, float]) -> None:
    base = first.setdefault(name, figure.milliseconds)
    print(
        f"{name:<28}{size:>10,}{figure.milliseconds:>9.1f}{figure.milliseconds / base:>7.1f}"
        f"{figure.statements:>12}{figure.size / 1024:>8.0f}"
    )


if __name__ == "__main__":
    main()
