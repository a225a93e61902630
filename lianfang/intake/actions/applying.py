"""A preview is written into the register: all lines that are taken in one transaction, or none.

One module, for it is one transaction: what is checked, set up, stored, retired and noted in turn.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from msgspec import Struct

from lianfang.audit.queries import last_position
from lianfang.common.collecting import paused_collection
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.files.models import Import
from lianfang.intake.actions.planning import BATCH, locked, require_version
from lianfang.intake.models import Line, Paper
from lianfang.intake.queries.books import Shelf, units_in_use, units_of_parts
from lianfang.intake.rules.books import Importer
from lianfang.intake.rules.lines import WRITES, Kind, Verdict
from lianfang.intake.rules.placelines import NewPlace
from lianfang.intake.rules.slicing import SLICE
from lianfang.org import actions as org
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.powers.actions.parts import batches
from lianfang.powers.actions.powers import retire_power
from lianfang.powers.models import Power
from lianfang.register import model
from lianfang.register.model import Register
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.actions.risk import retire_risk
from lianfang.risks.models import RiskPoint
from lianfang.scheme.model import Scheme

PartOf = TypeVar("PartOf", bound=Struct)
_SET_UP_FOR_ALL = frozenset({Kind.UNIT, Kind.PERSON, Kind.REGULATION})
_OF_A_UNIT = frozenset({Kind.POST, Kind.POWER, Kind.RISK})
# Columns of a risk point that a Register has no place for and that applying may change.
KEPT = (
    "proposed",
    "proposed_by_id",
    "proposed_at",
    "endorsed",
    "endorsed_reason",
    "endorsed_by_id",
    "endorsed_at",
    "residual",
    "scheme_version",
)


class RegisterMoved(Refused):
    """What the preview rests on is no longer what is stored."""


class NothingTaken(Refused):
    """An import of which no line is taken."""


class LineNeedsAnother(Refused):
    """A line is taken that rests on a new part which is not."""


class NotTheirs(Refused):
    """Lines of a unit that whoever applies them no longer drafts."""


@transaction.atomic
def apply_paper(
    *,
    paper: Paper,
    organisation: Organisation,
    importer: Importer,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Import:
    """Write the lines that are taken, set up what is new, and close the import.

    `version` is that of the preview that was looked at; None asks nothing. Raises ImportClosed,
    PaperMoved, RegisterMoved where the units concerned changed since, NothingTaken,
    LineNeedsAnother, NotTheirs, RegisterLocked, and what setting up a unit, a post or a person
    refuses. Then nothing is written. The cost grows with the lines and the units concerned.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    paper = locked(paper)
    opened = files.locked(paper.opened)
    files.require_open(opened)
    require_version(paper, version)
    is_ready = paper.state == Paper.State.READY
    if not is_ready or Shelf(organisation, on, paper.touched).digest() != paper.base:
        raise _moved()
    writing = _Writing(paper, organisation, on, by, at)
    writing.require_sound(importer)
    writing.set_up()
    kept = writing.kept()
    with paused_collection():
        writing.store(scheme)
    writing.retire(opened)
    writing.note(kept)
    return files.close_applied(
        opened=opened,
        applied=writing.counted(),
        deeds=(),
        event=last_position(),
        by=by,
        at=at,
    )


class _Taken(Struct, frozen=True, gc=False):
    """A line that is taken, without what it would store: there are many."""

    pk: int
    kind: str
    verdict: str
    unit: str
    code: str
    label: str
    needs: str


class _Writing:
    """The taken lines of one preview, step by step."""

    def __init__(
        self,
        paper: Paper,
        organisation: Organisation,
        on: date,
        by: AbstractBaseUser | None,
        at: datetime,
    ) -> None:
        self._paper, self._organisation = paper, organisation
        self._on, self._by, self._at = on, by, at
        taken = paper.lines.filter(taken=True, verdict__in=WRITES).order_by("place")
        lines = [_Taken(*row) for row in taken.values_list(*_Taken.__struct_fields__)]
        needed = {need for line in lines for need in _told(line.needs, list[str])}
        # a regulation that only rows left out would name is not set up for its own sake
        self._lines = [
            line for line in lines if line.kind != Kind.REGULATION or line.code in needed
        ]
        # a form may say that a part is of another unit than it is
        self._unit_of = units_of_parts(organisation, on, paper.touched)
        # those there, and those that are coming
        self._units = units_in_use(organisation, on)
        self._units |= {line.code for line in self._lines if line.kind == Kind.UNIT}
        kept = {line.pk for line in self._lines}
        self._idle = [line.pk for line in lines if line.pk not in kept]

    def require_sound(self, importer: Importer) -> None:
        """Raise unless something is taken, all of it theirs, and nothing rests on what is left."""
        if not self._lines:
            raise NothingTaken(
                Text(
                    "没有选用任何一行，没有写入任何内容。请先勾选要导入的行。",
                    "No line is taken, so nothing was written. Choose the lines to import first.",
                )
            )
        for line in self._lines:
            if line.kind in _SET_UP_FOR_ALL and not importer.sets_up:
                raise _not_to_set_up(line)
            if line.kind in _OF_A_UNIT and not self._may_draft(importer, line):
                raise _not_theirs(line)
        self._require_whole()

    def _may_draft(self, importer: Importer, line: _Taken) -> bool:
        """Return whether a line's unit is theirs, and the one in which its part stands now."""
        now = self._unit_of.get((line.kind, line.code), line.unit)
        return importer.may_draft(line.unit) and importer.may_draft(now)

    def _require_whole(self) -> None:
        coming = {line.code for line in self._lines}
        for line in self._lines:
            for need in _told(line.needs, list[str]):
                if need not in coming:
                    raise _needs_another(line, need)
            if line.kind in _OF_A_UNIT and line.unit not in self._units:
                raise _needs_another(line, line.unit)

    def set_up(self) -> None:
        """Set up new units, posts and people; each tells the log of itself."""
        self._set_up_units(self._of(Kind.UNIT))
        self._set_up_posts(self._of(Kind.POST))
        self._seat(self._of(Kind.PERSON))

    def store(self, scheme: Scheme) -> None:
        """Write regulations, then powers and risk points unit by unit, as the lines have them."""
        regulations = tuple(self._contents(Kind.REGULATION, model.Regulation))
        keys = dict(
            Unit.objects.filter(
                organisation=self._organisation, code__in=self._paper.touched
            ).values_list("code", "pk")
        )
        if regulations:
            self._apply(Register(regulations=regulations), [], scheme)
        for units in self._slices():
            written = [line for line in self._lines if line.unit in units]
            register = Register(
                powers=tuple(self._contents_of(written, Kind.POWER, model.Power)),
                risks=tuple(self._contents_of(written, Kind.RISK, model.RiskPoint)),
            )
            self._apply(register, [keys[unit] for unit in units], scheme)

    def _apply(self, register: Register, units: Collection[int], scheme: Scheme) -> None:
        apply_register(
            organisation=self._organisation,
            register=register,
            scheme=scheme,
            on=self._on,
            by=self._by,
            at=self._at,
            units=units,
        )

    def _slices(self) -> Iterator[set[str]]:
        """Yield the units in the order of the file, so many at a time as make a slice."""
        sizes = Counter(line.unit for line in self._lines if line.kind in (Kind.POWER, Kind.RISK))
        units: set[str] = set()
        size = 0
        for unit, number in sizes.items():
            units.add(unit)
            size += number
            if size >= SLICE:
                yield units
                units, size = set(), 0
        if units:
            yield units

    def retire(self, opened: Import) -> None:
        """Retire what a form was written from and no longer has: risk points, then powers."""
        reason = f"离线填报表中已删去（{opened.attachment.name}）"[:200]
        gone = [line.code for line in self._lines if line.verdict == Verdict.RETIRED]
        for risk in RiskPoint.objects.filter(organisation=self._organisation, code__in=gone):
            retire_risk(risk=risk, on=self._on, reason=reason, by=self._by, at=self._at)
        for power in Power.objects.filter(organisation=self._organisation, code__in=gone):
            retire_power(power=power, on=self._on, reason=reason, by=self._by, at=self._at)

    def kept(self) -> dict[str, dict[str, Any]]:
        """Return what undoing will have to put back, by the code of a changed risk point."""
        changed = [
            line.code
            for line in self._lines
            if line.kind == Kind.RISK and line.verdict == Verdict.CHANGED
        ]
        found: dict[str, dict[str, Any]] = {}
        for some in batches(changed):
            rows = RiskPoint.objects.filter(organisation=self._organisation, code__in=some)
            for code, *values in rows.values_list("code", *KEPT):
                found[code] = dict(zip(KEPT, map(_plain, values), strict=True))
        return found

    def note(self, kept: Mapping[str, dict[str, Any]]) -> None:
        """Note on the lines what they replaced, and that they are the last word on their parts."""
        changed = [
            Line(pk=line.pk, kept=kept[line.code]) for line in self._lines if line.code in kept
        ]
        Line.objects.bulk_update(changed, ["kept"], batch_size=BATCH)
        for some in batches(self._idle):
            Line.objects.filter(pk__in=some).update(taken=False)
        make_latest(self._paper)

    def counted(self) -> dict[str, int]:
        """Return how many parts were added, changed and retired."""
        counts: dict[str, int] = {}
        for line in self._lines:
            counts[line.verdict] = counts.get(line.verdict, 0) + 1
        return counts

    def _of(self, kind: Kind) -> list[NewPlace]:
        return list(self._contents(kind, NewPlace))

    def _contents(self, kind: Kind, of: type[PartOf]) -> Iterator[PartOf]:
        return self._contents_of(self._lines, kind, of)

    def _contents_of(
        self, lines: Iterable[_Taken], kind: Kind, of: type[PartOf]
    ) -> Iterator[PartOf]:
        """Yield what lines of a kind would store; read in batches, for it is much."""
        decode = msgspec.json.Decoder(of).decode
        wanted = [line.pk for line in lines if line.kind == kind]
        for some in batches(wanted):
            rows = Line.objects.filter(pk__in=some).order_by("place")
            for content in rows.values_list("content", flat=True):
                if content:
                    yield decode(content)

    def _set_up_units(self, units: Sequence[NewPlace]) -> None:
        root = self._organisation.units.filter(parent=None).first()
        for unit in units:
            org.create_unit(
                organisation=self._organisation,
                code=unit.code,
                name=unit.name,
                parent=root,
                by=self._by,
                at=self._at,
            )

    def _set_up_posts(self, posts: Sequence[NewPlace]) -> None:
        within = {post.within for post in posts}
        units = {
            unit.code: unit
            for unit in Unit.objects.filter(organisation=self._organisation, code__in=within)
        }
        for post in posts:
            org.create_post(
                unit=units[post.within], code=post.code, name=post.name, by=self._by, at=self._at
            )

    def _seat(self, seats: Sequence[NewPlace]) -> None:
        people: dict[str, Person] = {}
        for seat in seats:
            if seat.code not in people:
                people[seat.code] = self._person(seat)
            org.appoint(
                person=people[seat.code],
                post=Post.objects.get(organisation=self._organisation, code=seat.within),
                from_on=self._on,
                by=self._by,
                at=self._at,
            )

    def _person(self, seat: NewPlace) -> Person:
        if seat.is_known:
            return Person.objects.get(organisation=self._organisation, code=seat.code)
        return org.create_person(
            organisation=self._organisation,
            code=seat.code,
            name=seat.name,
            by=self._by,
            at=self._at,
        )


def make_latest(paper: Paper) -> None:
    """Make the lines of an applied import the last ones about their parts."""
    about = ("power", "risk")
    lines = Line.objects.filter(paper=paper, kind__in=about).exclude(verdict=Verdict.REFUSED)
    spoken = lines.exclude(taken=False, verdict__in=WRITES)
    said = list(spoken.values_list("pk", "code"))
    others = Line.objects.filter(
        kind__in=about, is_latest=True, paper__opened__organisation=paper.opened.organisation
    )
    # in batches: SQLite keeps in memory what a statement may have to take back
    for some in batches(said):
        others.filter(code__in=[code for _, code in some]).update(is_latest=False)
    for some in batches(said):
        Line.objects.filter(pk__in=[pk for pk, _ in some]).update(is_latest=True)


def _told(written: str, of: type[Any]) -> Any:
    return msgspec.json.decode(written, type=of) if written else ()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _moved() -> RegisterMoved:
    return RegisterMoved(
        Text(
            "在您查看之后，登记册有了变化，没有写入任何内容。请看新的预览再导入。",
            "The register changed after you looked, so nothing was written. Look at the new "
            "preview, then apply it.",
        )
    )


def _not_theirs(line: _Taken) -> NotTheirs:
    return NotTheirs(
        Text(
            f"“{line.label}”所在的单位现在不由您填报，没有写入任何内容。请由该单位或办公室导入。",
            f"The unit of {line.label} is not yours to draft now, so nothing was written. Its own "
            "people or the office can import it.",
        )
    )


def _not_to_set_up(line: _Taken) -> NotTheirs:
    return NotTheirs(
        Text(
            f"“{line.label}”现在不由您设立，没有写入任何内容。请由领导小组办公室导入。",
            f"{line.label} is not yours to set up now, so nothing was written. The office of the "
            "leading group can import it.",
        )
    )


def _needs_another(line: _Taken, need: str) -> LineNeedsAnother:
    return LineNeedsAnother(
        Text(
            f"选用了“{line.label}”，却没有选用它依附的 {need}，没有写入任何内容。"
            "请一并选用或都不选。",
            f"“{line.label}” is taken, but {need}, on which it rests, is not; nothing was "
            "written. Take both or neither.",
        )
    )
