"""Tables that came in to the example: one is part of the register, others wait for a decision."""

from pathlib import Path

from lianfang.accounts.models import User
from lianfang.example.moments import Calendar
from lianfang.intake.actions.applying import apply_paper
from lianfang.intake.actions.receiving import Sent, receive
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.exchange.planning import Asking
from lianfang.intake.models import Paper
from lianfang.intake.queries.books import importer_of
from lianfang.intake.rules.settings import Settings
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.standing import standing_of

PAPERS = Path(__file__).parent / "papers"
_WAITING = {
    "实验室评审一处廉政风险点防控措施表.csv": "head",
    "检测二科廉政风险清单（初稿）.csv": "section",
}
_WRITTEN = {"财务处风险排查补充表.csv": "office"}


def deliver(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    """Let the office import a table of one unit, and a head send in two that wait."""
    office, head = logins["office"], logins["head"]
    for paper in _sent(organisation, _WRITTEN, office, calendar, days=4):
        asking = _asking(organisation, office, calendar)
        at = calendar.moment(4, 11, 10)
        apply_paper(
            paper=paper,
            organisation=organisation,
            importer=asking.importer,
            scheme=asking.scheme,
            on=asking.on,
            by=office,
            at=at,
        )
    _sent(organisation, _WAITING, head, calendar, days=2)


def _sent(
    organisation: Organisation, names: dict[str, str], by: User, calendar: Calendar, *, days: int
) -> list[Paper]:
    """Return files that came in together and were read, as offices write them: in GB18030."""
    delivery = receive(
        organisation=organisation,
        sent=[
            Sent(
                name=name,
                chunks=[(PAPERS / f"{file}.csv").read_text(encoding="utf-8").encode("gb18030")],
            )
            for name, file in names.items()
        ],
        settings=Settings(),
        by=by,
        at=calendar.moment(days, 11),
    )
    asking = _asking(organisation, by, calendar)
    papers = delivery.papers.select_related("opened__attachment", "delivery__organisation")
    return [
        make_preview(paper, asking, by=by, at=calendar.moment(days, 11, 2))
        for paper in papers.order_by("pk")
    ]


def _asking(organisation: Organisation, by: User, calendar: Calendar) -> Asking:
    standing = standing_of(by, calendar.moment(0, 9))
    if standing is None:
        raise ValueError(f"{by} has no standing")
    return Asking(
        organisation=organisation,
        scheme=scheme_of(organisation, standing.on),
        on=standing.on,
        importer=importer_of(standing),
    )
