"""Tables read, placed and planned without a database, against books and a register by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lianfang.documents.grids import Grid, Opened
from lianfang.documents.model import Reading
from lianfang.documents.origins import Origin
from lianfang.documents.reading import read_grids
from lianfang.documents.registering import Registered, register_of
from lianfang.intake.rules import understanding
from lianfang.intake.rules.arranging import Keyed, arranged
from lianfang.intake.rules.books import Books, Importer, Known, Stored
from lianfang.intake.rules.fitting import FIELDS
from lianfang.intake.rules.lines import Kind, PlanLine, Verdict
from lianfang.intake.rules.placing import Placing, placed
from lianfang.intake.rules.planning import Parts, Piece, plan
from lianfang.intake.rules.settings import Settings
from lianfang.register.model import Post, Register, SubjectKind, Unit
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme

HEAD = "单位,职权名称,职权类别,行使依据,岗位,风险点,表现形式,风险等级,防控措施,责任人"
OFFICE = Importer(drafts=None, sets_up=True)
FINANCE = Importer(drafts=frozenset({"CW"}), sets_up=False)
LENGTHS = dict.fromkeys(FIELDS, 60)

_UNITS = {
    "ZX": "中心",
    "CW": "财务处",
    "BG": "办公室",
    "P1": "评审一处",
    "P2": "评审二处",
    "Y1": "第1业务处",
    "Y2": "第2业务处",
}
_POSTS = {
    "CW-G01": ("CW", "财务处处长"),
    "CW-G02": ("CW", "出纳"),
    "CW-G03": ("CW", "项目甲组组长"),
    "BG-G01": ("BG", "车管员"),
    "BG-G02": ("BG", "综合岗"),
    "P1-G01": ("P1", "综合岗"),
}


def books(
    *,
    units: Mapping[str, str] = _UNITS,
    posts: Mapping[str, tuple[str, str]] = _POSTS,
    people: Iterable[Known] = (),
    gone: Mapping[str, Iterable[str]] | None = None,
    remembered: Mapping[tuple[str, str], str] | None = None,
) -> Books:
    """Return the books of a small organisation; `gone` are codes that nothing bears any more."""
    known = tuple(people)
    used = gone or {}
    return Books(
        units=tuple(Unit(id=code, code=code, name=name) for code, name in units.items()),
        posts=tuple(Post(id=code, unit=unit, name=name) for code, (unit, name) in posts.items()),
        people=known,
        codes={
            "unit": frozenset((*units, *used.get("unit", ()))),
            "post": frozenset((*posts, *used.get("post", ()))),
            "person": frozenset((*(one.code for one in known), *used.get("person", ()))),
        },
        remembered=remembered or {},
    )


BOOKS = books()
NOTHING = Stored(
    register=Register(scheme="cnas-2012", units=BOOKS.units, posts=BOOKS.posts), codes=frozenset()
)


class Planned(Struct, frozen=True, kw_only=True):
    """A plan with all that it was made of."""

    lines: tuple[PlanLine, ...]
    pieces: tuple[Piece, ...]
    placing: Placing
    keyed: Keyed
    books: Books
    stored: Stored

    @property
    def after(self) -> Register:
        """The register of the units concerned as it would be, of a file that is one piece."""
        piece, _ = self.pieces
        return piece.after

    def of(self, *kinds: Kind) -> tuple[PlanLine, ...]:
        """Return the lines of some kinds."""
        return tuple(line for line in self.lines if line.kind in kinds)

    def told(self, *kinds: Kind) -> list[tuple[str, str, str]]:
        """Return verdict, code and label of each line, those of some kinds only."""
        lines = self.of(*kinds) if kinds else self.lines
        return [(line.verdict.value, line.code, line.label) for line in lines]

    def risk(self, title: str) -> PlanLine:
        """Return the line of the risk point of that title."""
        (line,) = (line for line in self.of(Kind.RISK) if line.label == title)
        return line


@cache
def scheme() -> Scheme:
    """Return the scheme of the tables."""
    return load_scheme("cnas-2012")


def cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row written with commas."""
    return tuple(row.split(","))


def reading(*rows: str | Sequence[str], head: str = HEAD, above: Iterable[str] = ()) -> Reading:
    """Return a table of rows as it is read; lines may stand above its header."""
    lines = [*above, head, *rows]
    grid = Grid("Sheet1", [cells(row) if isinstance(row, str) else tuple(row) for row in lines])
    return read_grids("表.csv", Opened((grid,)), scheme())


def registered(
    *rows: str | Sequence[str], head: str = HEAD, above: Iterable[str] = ()
) -> Registered:
    """Return the register of a table."""
    return register_of(reading(*rows, head=head, above=above), scheme())


def planned(
    *rows: str | Sequence[str],
    head: str = HEAD,
    above: Iterable[str] = (),
    stored: Stored = NOTHING,
    books: Books = BOOKS,
    settings: Settings | None = None,
    importer: Importer = OFFICE,
    file: str = "",
    lengths: Mapping[str, int] = LENGTHS,
) -> Planned:
    """Return what a table would do."""
    decided = settings or Settings()
    read = reading(*rows, head=head, above=above)
    found = register_of(read, scheme())
    keyed = arranged(found, decided, scheme())
    rows_of = {made: found.origins.all_rows(made) for made in found.origins.places}
    parts = Parts(
        keys=keyed.keys,
        rows=rows_of | dict(keyed.rows),
        doubts=understanding.doubts_by_row(understanding.problems_in(read, found.problems)),
    )
    register, placing = placed(
        keyed.register, found.origins.places, books, decided, importer, file=file
    )
    fetch = partial(of_units, stored)
    pieces = tuple(plan(register, parts, placing, fetch, decided, importer, lengths))
    return Planned(
        lines=tuple(line for piece in pieces for line in piece.lines),
        pieces=pieces,
        placing=placing,
        keyed=keyed,
        books=books,
        stored=stored,
    )


def planned_form(
    form: Register,
    base: Register,
    *,
    stored: Stored,
    books: Books = BOOKS,
    settings: Settings | None = None,
    importer: Importer = OFFICE,
) -> Planned:
    """Return what a form would do that was written from `base` and now says `form`."""
    decided = settings or Settings()
    written = [part.id for part in form.powers] + [part.id for part in form.risks]
    places = {made: Origin(0, row) for row, made in enumerate(written, 5)}
    parts = Parts(
        keys={made: f"0:{made}" for made in places},
        rows={made: (origin,) for made, origin in places.items()},
        base=base,
    )
    register, placing = placed(form, places, books, decided, importer, by_id=True)
    fetch = partial(of_units, stored)
    pieces = tuple(plan(register, parts, placing, fetch, decided, importer, LENGTHS))
    return Planned(
        lines=tuple(line for piece in pieces for line in piece.lines),
        pieces=pieces,
        placing=placing,
        keyed=Keyed(form, parts.keys, parts.rows),
        books=books,
        stored=stored,
    )


def of_units(stored: Stored, units: Collection[str]) -> Stored:
    """Return what is stored of some units."""
    known = stored.register
    return replace(
        stored,
        register=replace(
            known,
            powers=tuple(power for power in known.powers if power.unit in units),
            risks=tuple(risk for risk in known.risks if risk.unit in units),
        ),
    )


def spoken(lines: Iterable[PlanLine]) -> dict[tuple[str, str], str]:
    """Return what a file said of the parts that it wrote or left as they are, as it is kept."""
    return {
        (line.kind.value, line.code): msgspec.json.encode(line.said).decode()
        for line in lines
        if line.kind in (Kind.POWER, Kind.RISK)
        and line.verdict is not Verdict.REFUSED
        and (line.taken or not line.writes)
    }


def stored_of(register: Register, said: Mapping[tuple[str, str], str] | None = None) -> Stored:
    """Return a register as it is stored, with what an import said of it."""
    parts = (register.powers, register.risks, register.regulations)
    codes = frozenset(code for some in parts for code in _ids(some))
    return Stored(register=register, codes=codes, earlier=said or {})


def imported(plan: Planned) -> tuple[Stored, Books]:
    """Return what is stored, and the books, once all lines that are taken are written."""
    rules = {line.code for line in plan.of(Kind.REGULATION)}
    rules |= {rule.id for rule in plan.stored.register.regulations}
    after, known, touched = plan.after, plan.stored.register, plan.placing.touched
    written = replace(
        after,
        regulations=tuple(rule for rule in after.regulations if rule.id in rules),
        powers=(*(one for one in known.powers if one.unit not in touched), *after.powers),
        risks=(*(one for one in known.risks if one.unit not in touched), *after.risks),
    )
    said = {**plan.stored.earlier, **spoken(plan.lines)}
    return stored_of(written, said), replace(
        plan.books,
        units=written.units,
        posts=written.posts,
        codes={
            "unit": plan.books.codes["unit"] | {unit.id for unit in written.units},
            "post": plan.books.codes["post"] | {post.id for post in written.posts},
            "person": plan.books.codes["person"],
        },
    )


def require_sound(register: Register) -> None:
    """Require that every id is there once in its kind, and everything mentioned is there."""
    units, posts = _ids(register.units), _ids(register.posts)
    regulations, powers = _ids(register.regulations), _ids(register.powers)
    steps = _ids(step for power in register.powers for step in power.steps)
    _ids(register.risks)
    _ids(measure for risk in register.risks for measure in risk.measures)
    for power in register.powers:
        assert power.unit in units
        assert {part.post for part in power.posts} <= posts
        assert {step.post for step in power.steps} <= {*posts, None}
        own = {step.id for step in power.steps}
        assert {arrow.to for step in power.steps for arrow in step.arrows} <= own
        assert {basis.regulation for basis in power.bases} <= {*regulations, None}
    there = {
        SubjectKind.UNIT: units,
        SubjectKind.POST: posts,
        SubjectKind.REGULATION: regulations,
        SubjectKind.POWER: powers,
        SubjectKind.STEP: steps,
    }
    for risk in register.risks:
        assert risk.unit in units
        assert risk.about.id in there[risk.about.kind]
        assert set(risk.posts) <= posts
        assert {measure.post for measure in risk.measures} <= {*posts, None}
        assert {measure.regulation for measure in risk.measures} <= {*regulations, None}


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


def _ids(parts: Iterable[_HasId]) -> set[str]:
    found = [part.id for part in parts]
    assert len(found) == len(set(found))
    return set(found)
