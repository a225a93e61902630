"""What the tests of reading, writing and undoing share: rows of tables, and all that is stored."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from lianfang.audit.models import Event
from lianfang.intake.actions.deciding import choose
from lianfang.intake.actions.undoing import undo_paper
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.models import Line, Paper
from lianfang.intake.rules.settings import Settings, from_json
from lianfang.intake.tests.importing import SCHEME, asking
from lianfang.org.models import Appointment, Organisation, Person, Post, Unit
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import Power, Regulation
from lianfang.register.canonical import to_json
from lianfang.risks.actions.risk import RiskValues, Shown, change_risk, values_of
from lianfang.risks.models import RiskIndex, RiskPoint
from lianfang.risks.queries.load import load

# What a risk point has beside its part of the Register, but for the number of its changes.
BESIDE = (
    "rank",
    "residual",
    "proposed",
    "proposed_by",
    "proposed_at",
    "endorsed",
    "endorsed_reason",
    "endorsed_by",
    "endorsed_at",
    "scheme_version",
    "retired_on",
    "retired_reason",
    "created_by",
    "created_at",
)


def row(
    *,
    unit: str = "财务处",
    power: str = "资金支付",
    category: str = "执行权",
    basis: str = "《资金管理办法》",
    post: str = "出纳岗",
    risk: str = "重复付款",
    shows: str = "一票两付",
    level: str = "高",
    measures: str = "付款前核对台账",
    who: str = "出纳岗",
) -> str:
    """Return a row of a table as `importing.table` takes it."""
    return ",".join((unit, power, category, basis, post, risk, shows, level, measures, who))


PAYING = row()
HOARDING = row(
    risk="私设小金库", shows="收入不入账", measures="按月与银行对账并由处长签字", level="中"
)
REVIEWING = row(
    unit="评审处",
    power="组织评审",
    basis="《评审管理办法》",
    post="评审岗",
    risk="泄露专家名单",
    shows="会前外传名单",
    measures="封闭抽取专家",
    who="评审岗",
)
MARKETING = row(
    unit="市场部",
    power="签订合同",
    basis="《合同管理办法》",
    post="业务岗",
    risk="串通定价",
    shows="私下商定价格",
    measures="集体定价并留存记录",
    who="业务岗",
)


def stored(cast: Cast) -> dict[str, Any]:
    """Return all that an import may touch, as it stands; equal values are equal registers."""
    here: dict[str, Organisation] = {"organisation": cast.organisation}
    seats = Appointment.objects.filter(**here).order_by("pk")
    words = RiskIndex.objects.filter(risk__organisation=cast.organisation)
    return {
        "register": to_json(load(cast.organisation, ON)),
        "regulations": list(Regulation.objects.filter(**here).order_by("code").values("code")),
        "powers": list(
            Power.objects.filter(**here)
            .order_by("code")
            .values("code", "name_en", "retired_on", "retired_reason")
        ),
        "risks": list(RiskPoint.objects.filter(**here).order_by("code").values("code", *BESIDE)),
        "words": list(words.order_by("risk__code").values_list("risk__code", "words")),
        "units": list(Unit.objects.filter(**here).order_by("code").values()),
        "posts": list(Post.objects.filter(**here).order_by("code").values()),
        "people": list(Person.objects.filter(**here).order_by("code").values()),
        "seats": list(seats.values()),
    }


def latest(cast: Cast) -> dict[tuple[str, str], int]:
    """Return which import has the last word on each part."""
    lines = Line.objects.filter(
        is_latest=True, paper__opened__organisation=cast.organisation.pk
    ).order_by("pk")
    found = list(lines.values_list("kind", "code", "paper__opened"))
    assert len(found) == len({one[:2] for one in found})
    return {(kind, code): opened for kind, code, opened in found}


def log() -> list[str]:
    """Return the actions in the log, oldest first."""
    return list(Event.objects.order_by("position").values_list("action", flat=True))


def told(action: str) -> Mapping[str, Any]:
    """Return what the last event of an action says of the changes."""
    event = Event.objects.filter(action=action).latest("position")
    changes: Mapping[str, Any] = msgspec.json.decode(event.details.get(name="changes").text)
    return changes


def undone(cast: Cast, paper: Paper, part: str = "office") -> Paper:
    """Take out what a file wrote."""
    undo_paper(
        paper=paper,
        organisation=cast.organisation,
        scheme=SCHEME,
        on=ON,
        by=cast.logins[part],
        at=AT,
    )
    return fresh(paper)


def fresh(paper: Paper) -> Paper:
    """Return a file as it is stored now."""
    rows = Paper.objects.select_related("opened__attachment", "delivery__organisation")
    return rows.get(pk=paper.pk)


def read_again(cast: Cast, paper: Paper, part: str = "office") -> Paper:
    """Read a file once more."""
    return make_preview(fresh(paper), asking(cast, part), by=cast.logins[part], at=AT)


def line_of(paper: Paper, label: str, kind: str = "risk") -> Line:
    """Return the line of a file that is called so."""
    return paper.lines.get(kind=kind, label=label)


def chosen(cast: Cast, paper: Paper, label: str, kind: str = "risk", *, taken: bool) -> Paper:
    """Take a line by hand, or leave it."""
    place = line_of(paper, label, kind).place
    choose(paper=paper, lines=[place], taken=taken, by=cast.logins["office"], at=AT)
    return fresh(paper)


def with_settings(paper: Paper, **values: Any) -> Settings:
    """Return the settings of a file with some of them changed."""
    return replace(from_json(paper.settings), **values)


def edited(code: str, **values: Any) -> RiskPoint:
    """Change a stored risk point as its page does."""
    risk = RiskPoint.objects.get(code=code)
    now = values_of(risk)
    wanted = {name: getattr(now, name) for name in RiskValues.__dataclass_fields__} | values
    return change_risk(risk=risk, values=RiskValues(**wanted), scheme=SCHEME, by=None, at=AT)


def shown(*texts: str) -> tuple[Shown, ...]:
    """Return ways in which a risk shows."""
    return tuple(map(Shown, texts))
