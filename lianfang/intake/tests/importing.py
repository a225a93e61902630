"""What the tests of this room share: files sent, read and written as the pages do it."""

from collections.abc import Iterable
from pathlib import Path

from lianfang.intake.actions.applying import apply_paper
from lianfang.intake.actions.receiving import Sent, receive
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.exchange.planning import Asking
from lianfang.intake.models import Line, Paper
from lianfang.intake.queries.books import importer_of
from lianfang.intake.rules.settings import Settings
from lianfang.org.actions import create_unit
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
TABLES = Path(__file__).parents[3] / "tests" / "tables"
HEAD = "单位,职权名称,职权类别,行使依据,岗位,风险点,表现形式,风险等级,防控措施,责任人"


def asking(cast: Cast, part: str = "office") -> Asking:
    """Return for whom a file is read."""
    return Asking(
        organisation=cast.organisation,
        scheme=SCHEME,
        on=ON,
        importer=importer_of(cast.standing(part)),
    )


def sent(
    cast: Cast,
    content: bytes | str,
    name: str = "财务处.csv",
    *,
    part: str = "office",
    settings: Settings | None = None,
) -> Paper:
    """Return a file that came in and was read."""
    data = content.encode() if isinstance(content, str) else content
    paper = sent_unread(cast, data, name, part, settings)
    return make_preview(paper, asking(cast, part), by=cast.logins[part], at=AT)


def applied(cast: Cast, paper: Paper, part: str = "office") -> Paper:
    """Write a file that was read."""
    apply_paper(
        paper=paper,
        organisation=cast.organisation,
        importer=importer_of(cast.standing(part)),
        scheme=SCHEME,
        on=ON,
        by=cast.logins[part],
        at=AT,
    )
    return Paper.objects.select_related("opened__attachment", "delivery__organisation").get(
        pk=paper.pk
    )


def table(*rows: str) -> str:
    """Return a CSV of rows as offices write them."""
    return "\n".join((HEAD, *rows)) + "\n"


def verdicts(paper: Paper, *kinds: str) -> list[tuple[str, str, str]]:
    """Return kind, verdict and label of each line, those of some kinds only."""
    lines: Iterable[Line] = paper.lines.order_by("place")
    return [
        (line.kind, line.verdict, line.label) for line in lines if not kinds or line.kind in kinds
    ]


def sent_unread(
    cast: Cast, content: bytes, name: str, part: str = "office", settings: Settings | None = None
) -> Paper:
    """Return a file that came in and waits to be read."""
    delivery = receive(
        organisation=cast.organisation,
        sent=[Sent(name=name, chunks=[content])],
        settings=settings or Settings(),
        by=cast.logins[part],
        at=AT,
    )
    return delivery.papers.select_related("opened__attachment", "delivery__organisation").get()


def units_of(cast: Cast, number: int) -> None:
    """Set up the units that the tables of `bench.tables` name."""
    for place in range(1, number + 1):
        create_unit(
            organisation=cast.organisation,
            code=f"YW{place}",
            name=f"第{place}业务处",
            parent=cast.units["root"],
            by=None,
            at=AT,
        )
