"""Finds the organisation's own units, posts and people behind the names in a file.

A name is taken for what somebody decided it is, here or in an earlier import; else for what bears
exactly that name, then for what is alike in the same unit. A name that stands for nothing known
may be set up. 五（一）2

One module, for units, posts and people go down the same steps, each resting on the one before.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process

from lianfang.common.text import bare
from lianfang.documents.origins import Origin
from lianfang.documents.registering import NO_UNIT
from lianfang.intake.rules.books import Books, Importer, Known
from lianfang.intake.rules.lines import Kind
from lianfang.intake.rules.settings import LEAVE, NEW, Settings
from lianfang.powers.rules.codes import Numbering
from lianfang.register.model import (
    Extra,
    Holder,
    Measure,
    Post,
    Power,
    Register,
    RiskPoint,
    Subject,
    SubjectKind,
    Unit,
)
from lianfang.register.naming import Names, renamed

ALIKE = 75
_MARKS = re.compile(r"\d+|[一二三四五六七八九十百甲乙丙丁上中下东南西北正副]")
_UNIT_PREFIX = "DW-"
_PERSON_PREFIX = "RY-"
# the heading under which the words for a post that stands for nothing are kept
_POST = "岗位"


class How(StrEnum):
    """By what a name was recognised."""

    EXACT = "exact"
    CHOSEN = "chosen"
    REMEMBERED = "remembered"
    ALIKE = "alike"
    ELSEWHERE = "elsewhere"
    ONLY = "only"
    BY_FILE = "by_file"
    NEW = "new"
    LEFT = "left"
    UNKNOWN = "unknown"


class Placed(Struct, frozen=True, kw_only=True):
    """A name in the file: of what kind, in which unit (or post), what it stands for and why.

    `code` is empty where it stands for nothing. `meant` is the name on the books.
    """

    kind: Kind
    name: str
    key: str
    within: str
    code: str
    how: How
    meant: str = ""
    origin: Origin | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is to be set up."""
        return self.how is How.NEW


class Placing(Struct, frozen=True):
    """How each name was placed."""

    units: tuple[Placed, ...]
    posts: tuple[Placed, ...]
    people: tuple[Placed, ...]

    @property
    def touched(self) -> frozenset[str]:
        """The codes of the units that the file speaks of."""
        return frozenset(unit.code for unit in self.units if unit.code)


def placed(
    register: Register,
    places: Mapping[str, Origin],
    books: Books,
    settings: Settings,
    importer: Importer,
    *,
    file: str = "",
    by_id: bool = False,
) -> tuple[Register, Placing]:
    """Return the register with the organisation's units and posts, and how they were found.

    Parts of a unit that stands for nothing are still there, under the unit's name in the file.
    Near linear.

    `file` is the name of the file, which may name the unit where the table does not. `by_id`: the
    register was written from ours, so that an id we know needs no name.
    """
    units = _Units(books, settings, importer, file, by_id=by_id).all(register, places)
    codes = {unit.key: unit.code for unit in units}
    unit_of = {unit.id: codes[bare(unit.name) or unit.name] or unit.name for unit in register.units}
    real = frozenset(unit.code for unit in units if unit.code)
    posts = _Posts(books, settings, importer, unit_of, real, by_id=by_id).all(register, places)
    post_of = {
        post.id: placed.code
        for post, placed in zip(register.posts, posts, strict=True)
        if placed.code
    }
    names = Names()
    names.units = {made: code for made, code in unit_of.items() if made != code}
    names.posts = dict(post_of)
    located = renamed(
        _without_posts(register, {p.id for p in register.posts} - set(post_of)), names
    )
    located = replace(
        located,
        units=_units_of(units, books),
        posts=_posts_of(posts, books),
        powers=tuple(_each_part_once(located.powers)),
        risks=tuple(_with_responsible(located, books, posts)),
        holders=None,
        charges=None,
    )
    people = _People(books, settings, importer).all(register.holders or (), post_of, places)
    return located, Placing(units, tuple(dict.fromkeys(posts)), people)


# units


class _Units:
    def __init__(
        self, books: Books, settings: Settings, importer: Importer, file: str, *, by_id: bool
    ) -> None:
        self._books, self._settings, self._importer = books, settings, importer
        self._by_id, self._file = by_id, bare(file)
        self._by_name = {bare(unit.name): unit for unit in books.units}
        self._by_code = {unit.id: unit for unit in books.units}
        self._codes = Numbering(books.codes["unit"])

    def all(self, register: Register, places: Mapping[str, Origin]) -> tuple[Placed, ...]:
        found: dict[str, Placed] = {}
        for unit in register.units:
            key = bare(unit.name) or unit.name
            if key not in found:
                found[key] = self._one(unit, key, places.get(unit.id))
        return tuple(found.values())

    def _one(self, unit: Unit, key: str, origin: Origin | None) -> Placed:
        code, how = self._meant(unit, key)
        meant = self._by_code[code].name if code in self._by_code else ""
        return Placed(
            kind=Kind.UNIT,
            name=unit.name,
            key=key,
            within="",
            code=code,
            how=how,
            meant=meant,
            origin=origin,
        )

    def _meant(self, unit: Unit, key: str) -> tuple[str, How]:
        if self._by_id and unit.id in self._by_code:
            return unit.id, How.EXACT
        chosen = self._settings.units.get(key, "")
        if chosen == LEAVE:
            return "", How.LEFT
        if chosen in self._by_code:
            return chosen, How.CHOSEN
        if unit.name == NO_UNIT:
            return self._without_name()
        if key in self._by_name:
            return self._by_name[key].id, How.EXACT
        if chosen.startswith(NEW) and self._importer.sets_up:
            return self._new(chosen.removeprefix(NEW)), How.NEW
        remembered = self._books.remembered.get((Kind.UNIT, key), "")
        if remembered in self._by_code:
            return remembered, How.REMEMBERED
        alike = _alike(key, self._by_name)
        return (self._by_name[alike].id, How.ALIKE) if alike else ("", How.UNKNOWN)

    def _without_name(self) -> tuple[str, How]:
        """Return the unit of rows that name none: chosen, in the file's name, or one's only one."""
        if self._settings.unit in self._by_code:
            return self._settings.unit, How.CHOSEN
        named = [name for name in self._by_name if name and name in self._file]
        if named:
            return self._by_name[max(named, key=len)].id, How.BY_FILE
        drafts = self._importer.drafts
        if drafts is not None and len(drafts) == 1:
            return next(iter(drafts)), How.ONLY
        return "", How.UNKNOWN

    def _new(self, wished: str) -> str:
        if wished and self._codes.is_free(wished):
            return self._codes.take(wished)
        return self._codes.next(_UNIT_PREFIX, width=2)


def _alike(name: str, known: Iterable[str]) -> str:
    """Return the known name most like a name, empty for none.

    Names that are told apart by a numeral (评审一处, 评审二处) are never alike.
    """
    marks = _MARKS.findall(name)
    others = [other for other in known if _MARKS.findall(other) == marks]
    found = process.extractOne(name, others, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""


def _units_of(units: Iterable[Placed], books: Books) -> tuple[Unit, ...]:
    known = {unit.id: unit for unit in books.units}
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.code:
            found[unit.code] = known.get(unit.code) or Unit(
                id=unit.code, code=unit.code, name=unit.name
            )
        else:
            found[unit.name] = Unit(id=unit.name, name=unit.name)
    return tuple(found.values())


# posts


class _Posts:
    def __init__(
        self,
        books: Books,
        settings: Settings,
        importer: Importer,
        unit_of: Mapping[str, str],
        real: frozenset[str],
        *,
        by_id: bool,
    ) -> None:
        self._settings, self._importer, self._unit_of = settings, importer, unit_of
        self._real, self._by_id = real, by_id
        self._remembered = books.remembered
        self._by_code = {post.id: post for post in books.posts}
        self._codes = Numbering(books.codes["post"])
        self._of_unit: dict[str, dict[str, str]] = {}
        self._named: dict[str, str] = {}
        for post in books.posts:
            key = bare(post.name)
            self._of_unit.setdefault(post.unit, {}).setdefault(key, post.id)
            # only a name that one post alone bears says which one is meant
            self._named[key] = "" if key in self._named else post.id
        self._settled: dict[str, Placed] = {}

    def all(self, register: Register, places: Mapping[str, Origin]) -> list[Placed]:
        return [self._one(post, places.get(post.id)) for post in register.posts]

    def _one(self, post: Post, origin: Origin | None) -> Placed:
        if self._by_id and post.id in self._by_code:
            return _as_known(self._by_code[post.id])
        unit = self._unit_of[post.unit]
        key = f"{unit}/{bare(post.name) or post.name}"
        if key not in self._settled:
            code, how = self._meant(post, unit, key)
            meant = self._by_code[code].name if code in self._by_code else ""
            self._settled[key] = Placed(
                kind=Kind.POST,
                name=post.name,
                key=key,
                within=unit,
                code=code,
                how=how,
                meant=meant,
                origin=origin,
            )
        return self._settled[key]

    def _meant(self, post: Post, unit: str, key: str) -> tuple[str, How]:
        chosen = self._settings.posts.get(key, "")
        if chosen == LEAVE:
            return "", How.LEFT
        if chosen in self._by_code:
            return chosen, How.CHOSEN
        found = self._known(bare(post.name), unit, key, exactly=chosen == NEW)
        if found is not None:
            return found
        if unit in self._real and self._importer.may_draft(unit):
            return self._new(unit), How.NEW
        return "", How.UNKNOWN

    def _known(self, name: str, unit: str, key: str, *, exactly: bool) -> tuple[str, How] | None:
        own = self._of_unit.get(unit, {})
        if name in own:
            return own[name], How.EXACT
        if exactly:
            return None
        remembered = self._remembered.get((Kind.POST, key), "")
        if remembered in self._by_code:
            return remembered, How.REMEMBERED
        if self._named.get(name):
            return self._named[name], How.ELSEWHERE
        alike = _alike(name, own)
        return (own[alike], How.ALIKE) if alike else None

    def _new(self, unit: str) -> str:
        return self._codes.next(f"{unit}-G", width=2)


def _as_known(post: Post) -> Placed:
    return Placed(
        kind=Kind.POST,
        name=post.name,
        key=f"{post.unit}/{bare(post.name)}",
        within=post.unit,
        code=post.id,
        how=How.EXACT,
        meant=post.name,
    )


def _posts_of(posts: Iterable[Placed], books: Books) -> tuple[Post, ...]:
    known = {post.id: post for post in books.posts}
    return tuple(
        {
            placed.code: known.get(placed.code)
            or Post(id=placed.code, unit=placed.within, name=placed.name)
            for placed in posts
            if placed.code
        }.values()
    )


def _without_posts(register: Register, gone: set[str]) -> Register:
    """Return the register with posts that stand for nothing taken out wherever they are named.

    Their names stay as words with the risk points.
    """
    if not gone:
        return register
    names = {post.id: post.name for post in register.posts if post.id in gone}
    return replace(
        register,
        powers=tuple(
            replace(power, posts=tuple(part for part in power.posts if part.post not in gone))
            for power in register.powers
        ),
        risks=tuple(
            replace(
                risk,
                posts=tuple(post for post in risk.posts if post not in gone),
                about=_of_unit(risk) if risk.about.id in gone else risk.about,
                measures=tuple(_in_words(measure, names) for measure in risk.measures),
                extras=(*risk.extras, *_posts_in_words(risk, names)),
            )
            for risk in register.risks
        ),
    )


def _in_words(measure: Measure, names: Mapping[str, str]) -> Measure:
    name = names.get(measure.post or "")
    return measure if name is None else replace(measure, post=None, responsible=name)


def _posts_in_words(risk: RiskPoint, names: Mapping[str, str]) -> Iterable[Extra]:
    words = [names[post] for post in risk.posts if post in names]
    return [Extra(label=_POST, text="、".join(words))] if words else []


def _of_unit(risk: RiskPoint) -> Subject:
    return Subject(kind=SubjectKind.UNIT, id=risk.unit)


def _with_responsible(
    register: Register, books: Books, posts: Iterable[Placed]
) -> Iterable[RiskPoint]:
    """Yield the risk points with a post for each measure whose words for who name one."""
    known = {(post.unit, bare(post.name)): post.id for post in books.posts}
    known |= {(p.within, bare(p.name)): p.code for p in posts if p.code}
    for risk in register.risks:
        once = tuple(dict.fromkeys(risk.posts))
        answered = tuple(_answered(measure, risk.unit, known) for measure in risk.measures)
        if once != risk.posts or answered != risk.measures:
            yield replace(risk, posts=once, measures=answered)
        else:
            yield risk


def _each_part_once(powers: Iterable[Power]) -> Iterable[Power]:
    """Yield the powers with each post once: two names in the file may mean the same post."""
    for power in powers:
        parts = tuple({(part.post, part.role): part for part in power.posts}.values())
        yield power if parts == power.posts else replace(power, posts=parts)


def _answered(measure: Measure, unit: str, known: Mapping[tuple[str, str], str]) -> Measure:
    post = known.get((unit, bare(measure.responsible))) if measure.responsible else None
    return measure if post is None else replace(measure, post=post, responsible="")


# people


class _People:
    def __init__(self, books: Books, settings: Settings, importer: Importer) -> None:
        self._settings, self._importer = settings, importer
        self._codes = Numbering(books.codes["person"])
        self._named: dict[str, list[Known]] = {}
        for person in books.people:
            self._named.setdefault(bare(person.name), []).append(person)
        self._new: dict[str, str] = {}

    def all(
        self,
        holders: Iterable[Holder],
        post_of: Mapping[str, str],
        places: Mapping[str, Origin],
    ) -> tuple[Placed, ...]:
        return tuple(
            self._one(holder, post_of[holder.post], places.get(holder.post))
            for holder in holders
            if holder.post in post_of
        )

    def _one(self, holder: Holder, post: str, origin: Origin | None) -> Placed:
        key = f"{post}/{bare(holder.person) or holder.person}"
        code, how = self._meant(holder.person, post, key)
        return Placed(
            kind=Kind.PERSON,
            name=holder.person,
            key=key,
            within=post,
            code=code,
            how=how,
            meant=holder.person if code else "",
            origin=origin,
        )

    def _meant(self, name: str, post: str, key: str) -> tuple[str, How]:
        """Return who is meant: somebody who holds the post already, or whoever was chosen.

        Nobody is appointed by a name alone: that is decided by hand.
        """
        bearing = self._named.get(bare(name), [])
        if any(post in person.posts for person in bearing):
            return next(p.code for p in bearing if post in p.posts), How.EXACT
        chosen = self._settings.people.get(key, "")
        if not self._importer.sets_up or chosen == LEAVE:
            return "", How.LEFT
        if chosen in {person.code for person in bearing}:
            return chosen, How.CHOSEN
        if chosen == NEW:
            return self._entered(name), How.NEW
        return "", How.UNKNOWN

    def _entered(self, name: str) -> str:
        key = bare(name)
        if key not in self._new:
            self._new[key] = self._codes.next(_PERSON_PREFIX, width=3)
        return self._new[key]
