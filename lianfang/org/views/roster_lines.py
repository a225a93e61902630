"""The lines of an import as its page shows them: by thing, grouped, a page at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.text import Text
from lianfang.files.models import Import
from lianfang.org.models import Appointment, Body, Membership, Unit
from lianfang.org.rules.roster.books import Entry
from lianfang.org.rules.roster.deeds import Deed
from lianfang.org.rules.roster.plan import Line, RosterPlan, Thing, Verdict, changes_between
from lianfang.org.words import FIELDS

ON_A_PAGE = 50
MISSING_SHOWN = 200
THINGS: Mapping[Thing, Promise | str] = {
    Thing.UNIT: _("单位"),
    Thing.POST: _("岗位"),
    Thing.PERSON: _("人员"),
    Thing.SEAT: _("任职"),
    Thing.PORTFOLIO: _("分管"),
    Thing.BODY: _("组织"),
    Thing.MEMBER: _("组织成员"),
}
VERDICTS: Mapping[Verdict, Promise | str] = {
    Verdict.REFUSED: _("不能导入"),
    Verdict.DOUBTED: _("存疑"),
    Verdict.ADDED: _("新增"),
    Verdict.CHANGED: _("改动"),
    Verdict.UNCHANGED: _("不变"),
}
_WORDS: Mapping[tuple[Thing, str], Mapping[str, Promise | str]] = {
    (Thing.UNIT, "kind"): dict(Unit.Kind.choices),
    (Thing.SEAT, "kind"): dict(Appointment.Kind.choices),
    (Thing.BODY, "kind"): dict(Body.Kind.choices),
    (Thing.MEMBER, "body"): dict(Body.Kind.choices),
    (Thing.MEMBER, "role"): dict(Membership.Role.choices),
}
# What the label of an added line says already.
_IN_LABEL = frozenset({"code", "name", "person", "post", "leader", "body"})
_DONE = (Verdict.ADDED, Verdict.CHANGED)
_ORDER = {verdict: place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownChange:
    label: Promise | str
    before: str
    after: str
    is_new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    """A line ready for the page; `opens` where it begins a group."""

    verdict: Verdict
    group: Promise | str
    opens: bool
    sheet: str
    row: int
    label: str
    changes: tuple[ShownChange, ...]
    reasons: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many lines of a thing there are of each verdict, in the order of the columns."""

    thing: Thing
    name: Promise | str
    total: int
    numbers: tuple[tuple[Verdict, int], ...]
    is_shown: bool


def preview_of(plan: RosterPlan, asked: Mapping[str, object]) -> dict[str, object]:
    """Return what the page shows of a plan."""
    names = _names(plan)
    thing = _thing(asked, plan.counts)
    show = _verdict(asked)
    lines = sorted(
        (line for line in plan.lines if line.thing is thing and show in (None, line.verdict)),
        key=lambda line: _ORDER[line.verdict],
    )
    pages = Paginator(lines, ON_A_PAGE).get_page(_page(asked))
    return {
        "plan": plan,
        "writes": len(plan.writes),
        "missing": plan.missing[:MISSING_SHOWN],
        **_frame(thing, show, plan.counts, tuple(Verdict)),
        "pages": pages,
        "lines": list(_opening(_shown(line, names) for line in pages)),
    }


def result_of(opened: Import, asked: Mapping[str, object]) -> dict[str, object]:
    """Return what the page shows of an import that was decided."""
    deeds = [Deed.from_plain(told) for told in opened.deeds]
    counts = {thing: Counter[Verdict]() for thing in Thing}
    for deed in deeds:
        counts[deed.thing][_did(deed)] += 1
    thing, show = _thing(asked, counts), _verdict(asked)
    kept = sorted(
        (deed for deed in deeds if deed.thing is thing and show in (None, _did(deed))),
        key=lambda deed: _ORDER[_did(deed)],
    )
    pages = Paginator(kept, ON_A_PAGE).get_page(_page(asked))
    return {
        "done": bool(deeds),
        **_frame(thing, show, counts, _DONE),
        "pages": pages,
        "lines": list(_opening(_shown_deed(deed) for deed in pages)),
    }


def _frame(
    thing: Thing,
    show: Verdict | None,
    counts: Mapping[Thing, Counter[Verdict]],
    columns: Sequence[Verdict],
) -> dict[str, object]:
    tallies = [
        Tally(
            thing=one,
            name=THINGS[one],
            total=sum(numbers.values()),
            numbers=tuple((verdict, numbers[verdict]) for verdict in columns),
            is_shown=one is thing,
        )
        for one, numbers in counts.items()
        if numbers
    ]
    verdicts = [(verdict, VERDICTS[verdict]) for verdict in columns]
    return {"tallies": tallies, "verdicts": verdicts, "thing": thing, "show": show}


def _thing(asked: Mapping[str, object], counts: Mapping[Thing, Counter[Verdict]]) -> Thing:
    """Return the thing asked for, else the first with something wrong, else the first."""
    if asked.get("thing") in set(Thing):
        return Thing(str(asked["thing"]))
    for verdict in (Verdict.REFUSED, Verdict.DOUBTED):
        for thing, numbers in counts.items():
            if numbers[verdict]:
                return thing
    return next((thing for thing, numbers in counts.items() if numbers), Thing.UNIT)


def _verdict(asked: Mapping[str, object]) -> Verdict | None:
    return Verdict(str(asked["show"])) if asked.get("show") in set(Verdict) else None


def _page(asked: Mapping[str, object]) -> int:
    page = asked.get("page")
    return page if isinstance(page, int) else 1


def _did(deed: Deed) -> Verdict:
    return Verdict.ADDED if deed.is_new else Verdict.CHANGED


def _opening(lines: Iterable[ShownLine]) -> Iterator[ShownLine]:
    group: Verdict | None = None
    for line in lines:
        yield replace(line, opens=line.verdict is not group)
        group = line.verdict


def _shown(line: Line, names: Mapping[tuple[str, str], str]) -> ShownLine:
    is_new = line.before is None
    changes: Sequence[ShownChange] = ()
    if line.after is not None:
        changes = [
            _change(
                line.thing,
                change.field,
                names.get((change.field, str(change.before)), change.before),
                names.get((change.field, str(change.after)), change.after),
                is_new=is_new,
            )
            for change in changes_between(line.before, line.after)
            if not (is_new and change.field in _IN_LABEL)
        ]
    return ShownLine(
        verdict=line.verdict,
        group=VERDICTS[line.verdict],
        opens=False,
        sheet=line.origin.name,
        row=line.origin.row,
        label=line.label,
        changes=tuple(changes),
        reasons=line.reasons,
        doubts=line.doubts,
    )


def _shown_deed(deed: Deed) -> ShownLine:
    return ShownLine(
        verdict=_did(deed),
        group=VERDICTS[_did(deed)],
        opens=False,
        sheet=deed.sheet,
        row=deed.row,
        label=deed.label,
        changes=tuple(
            _change(deed.thing, field, before, after, is_new=deed.is_new)
            for field, (before, after) in deed.told.items()
            if not (deed.is_new and field in _IN_LABEL)
        ),
    )


def _change(
    thing: Thing, field: str, before: object, after: object, *, is_new: bool
) -> ShownChange:
    return ShownChange(
        label=_field(thing, field),
        before="" if is_new else _worded(thing, field, before),
        after=_worded(thing, field, after),
        is_new=is_new,
    )


def _field(thing: Thing, field: str) -> Promise | str:
    special = {
        (Thing.SEAT, "kind"): gettext("方式"),
        (Thing.PERSON, "code"): gettext("工号"),
        (Thing.PERSON, "name"): gettext("姓名"),
        (Thing.PERSON, "name_en"): gettext("英文姓名"),
    }
    return special.get((thing, field)) or FIELDS.get(field, field)


def _worded(thing: Thing, field: str, value: object) -> str:
    if value is None or value == "":
        return gettext("（空）")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, date):
        return value.isoformat()
    words = _WORDS.get((thing, field), {})
    return str(words.get(str(value), value))


def _names(plan: RosterPlan) -> dict[tuple[str, str], str]:
    """Return the names of units by the fields that refer to them, from the lines themselves."""
    found: dict[tuple[str, str], str] = {}
    for line in plan.lines:
        entry: Entry | None = line.after or line.before
        if line.thing is Thing.UNIT and entry is not None:
            for field in ("unit", "parent"):
                code = getattr(entry, "code", "")
                found[field, code] = f"{code} {getattr(entry, 'name', '')}"
    return found
