"""An import is undone as a whole, as long as nothing it touched has changed since.

What it added goes, what it changed is as it was, what it retired is in use again. That takes
nothing away that was ever acted on: it is refused as soon as a part is no longer as it was
written, the log names it again, or something else refers to it. All of it stays in the log.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.dateparse import parse_datetime

from lianfang.audit import actions as audit
from lianfang.audit.queries import later_subjects
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.files.models import Import
from lianfang.intake.actions.applying import KEPT
from lianfang.intake.actions.planning import BATCH, locked
from lianfang.intake.models import Line, Paper
from lianfang.intake.rules.lines import WRITES, Kind, Verdict
from lianfang.org.models import (
    Appointment,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Post,
    Unit,
)
from lianfang.org.queries.roster import acted_since
from lianfang.powers.actions.locks import require_open
from lianfang.powers.actions.parts import StillMentioned, batches, rows_by_code
from lianfang.powers.models import Power, PowerPost, Regulation
from lianfang.powers.queries.locks import Touched
from lianfang.register import model
from lianfang.register.model import Register
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.actions.index import reindex
from lianfang.risks.models import Participation, RiskPoint, RiskPost
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme

CLAUSE = "六（一）"
# What these do to a part is seen in what it holds: a later import that was undone leaves no trace.
_SEEN_IN_CONTENT = (
    "risks.register.applied",
    "risks.risk.retired",
    "powers.power.retired",
    "intake.paper.undone",
)
_TABLES: Mapping[str, type[Model]] = {
    Kind.RISK: RiskPoint,
    Kind.POWER: Power,
    Kind.REGULATION: Regulation,
    Kind.PERSON: Person,
    Kind.POST: Post,
    Kind.UNIT: Unit,
}
_PARTS: Mapping[str, type[model.Regulation] | type[model.Power] | type[model.RiskPoint]] = {
    Kind.REGULATION: model.Regulation,
    Kind.POWER: model.Power,
    Kind.RISK: model.RiskPoint,
}
_JOINED: Mapping[type[Model], tuple[str, str]] = {
    Appointment: ("person", "post"),
    Portfolio: ("leader", "unit"),
    Membership: ("person", "body"),
    Participation: ("person", "post"),
    PowerPost: ("power", "post"),
    RiskPost: ("risk", "post"),
}


class NotUndone(Refused):
    """Something that an import wrote was changed or used since."""


@transaction.atomic
def undo_paper(
    *,
    paper: Paper,
    organisation: Organisation,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Import:
    """Take out what an import wrote.

    Raises ImportClosed unless it was applied, NotUndone, and RegisterLocked.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    paper = locked(paper)
    opened = files.locked(paper.opened)
    files.require_applied(opened)
    undoing = _Undoing(paper, organisation, on, by, at)
    undoing.require_untouched(opened.event or 0)
    undoing.tell(paper)
    try:
        undoing.take_out(Kind.RISK)
        undoing.restore(scheme)
        undoing.take_out(*(kind for kind in _TABLES if kind != Kind.RISK))
    except ProtectedError as error:
        used = next(iter(error.protected_objects))
        raise _used(str(used._meta.verbose_name), _called(used)) from error
    except StillMentioned as error:
        raise NotUndone(error.text) from error
    _forget(paper)
    return files.close_undone(opened=opened, by=by, at=at)


class _Undoing:
    """The lines that were written, with the rows they stand for."""

    def __init__(
        self,
        paper: Paper,
        organisation: Organisation,
        on: date,
        by: AbstractBaseUser | None,
        at: datetime,
    ) -> None:
        self._organisation, self._on, self._by, self._at = organisation, on, by, at
        self._lines = list(paper.lines.filter(taken=True, verdict__in=WRITES).order_by("place"))
        self._units = [
            unit.pk
            for unit in Unit.objects.filter(organisation=organisation, code__in=paper.touched)
        ]
        self._rows: dict[tuple[str, str], Any] = {}
        for kind, table in _TABLES.items():
            codes = [line.code for line in self._lines if line.kind == kind]
            found = rows_by_code(table, organisation, codes)
            self._rows |= {(kind, code): row for code, row in found.items()}
        self._seats = self._appointments()

    def require_untouched(self, event: int) -> None:
        """Raise NotUndone where a part is gone, is other than written, or was named since."""
        require_open(organisation=self._organisation.pk, touched=self._touched())
        stored = load(self._organisation, self._on, self._units)
        there: dict[tuple[str, str], Any] = {
            **{(Kind.REGULATION, part.id): part for part in stored.regulations},
            **{(Kind.POWER, part.id): part for part in stored.powers},
            **{(Kind.RISK, part.id): part for part in stored.risks},
        }
        named: dict[str, str] = {}
        for line in self._lines:
            row = self._rows.get((line.kind, line.code))
            if row is None:
                raise _changed(line.label)
            named[audit.reference(row)] = line.label
            if line.kind in _PARTS and line.verdict != Verdict.RETIRED:
                written = msgspec.json.decode(line.content, type=_PARTS[line.kind])
                if there.get((line.kind, line.code)) != written:
                    raise _changed(line.label)
        for seat in self._seats:
            named[audit.reference(seat)] = _called(seat)
        for subject in later_subjects(list(named), event, besides=_SEEN_IN_CONTENT):
            raise _changed(named[subject])
        person = acted_since([seat.person_id for seat in self._seats], event)
        if person is not None:
            raise _acted(person.name)

    def _touched(self) -> set[Touched]:
        """Return the places of the powers and risk points. One statement."""
        codes = dict(Power.objects.filter(unit__in=self._units).values_list("pk", "code"))
        return {
            Touched(row.unit_id, row.code if kind == Kind.POWER else codes.get(row.power_id, ""))
            for (kind, _code), row in self._rows.items()
            if kind in (Kind.POWER, Kind.RISK)
        }

    def tell(self, paper: Paper) -> None:
        """Tell the log of every part what it was and what it is again."""
        audit.record_bulk(
            at=self._at,
            by=self._by,
            action="intake.paper.undone",
            subject=paper,
            organisation=self._organisation.pk,
            rows=[
                audit.RowOfBulk(subject=self._rows[line.kind, line.code], changes=_undone(line))
                for line in self._lines
            ],
            rule=CLAUSE,
        )

    def restore(self, scheme: Scheme) -> None:
        """Put back what was changed, and into use what was retired."""
        changed = [line for line in self._lines if line.verdict == Verdict.CHANGED]
        # risk points first: one may hang on a step that its power had not before
        for register in (
            Register(risks=tuple(_before(changed, Kind.RISK, model.RiskPoint))),
            Register(powers=tuple(_before(changed, Kind.POWER, model.Power))),
        ):
            if register.risks or register.powers:
                apply_register(
                    organisation=self._organisation,
                    register=register,
                    scheme=scheme,
                    on=self._on,
                    by=self._by,
                    at=self._at,
                    units=self._units,
                )
        self._put_back([line for line in changed if line.kept])
        for kind, table in ((Kind.RISK, RiskPoint), (Kind.POWER, Power)):
            codes = self._codes(kind, Verdict.RETIRED)
            for some in batches(codes):
                rows = table._default_manager.filter(organisation=self._organisation, code__in=some)
                rows.update(retired_on=None, retired_reason="")

    def take_out(self, *kinds: str) -> None:
        """Remove what was added of some kinds, in the order given."""
        for kind in kinds:
            codes = dict.fromkeys(self._codes(kind, Verdict.ADDED))
            if kind == Kind.PERSON:
                for seat in self._seats:
                    seat.delete()
                codes = dict.fromkeys(self._entered())
            keys = [self._rows[kind, code].pk for code in codes]
            for some in batches(keys):
                _TABLES[kind]._default_manager.filter(pk__in=some).delete()

    def _put_back(self, lines: Sequence[Line]) -> None:
        """Put back the columns of risk points that a Register has no place for."""
        found = rows_by_code(RiskPoint, self._organisation, [line.code for line in lines])
        for line in lines:
            for name in KEPT:
                value = line.kept[name]
                moment = parse_datetime(value) if name.endswith("_at") and value else value
                setattr(found[line.code], name, moment)
        risks = list(found.values())
        RiskPoint.objects.bulk_update(
            risks, [name.removesuffix("_id") for name in KEPT], batch_size=BATCH
        )
        reindex(risk.pk for risk in risks)

    def _codes(self, kind: str, verdict: Verdict) -> list[str]:
        return [line.code for line in self._lines if line.kind == kind and line.verdict == verdict]

    def _entered(self) -> set[str]:
        """Return the codes of people whom the import entered, not only appointed."""
        return {
            line.code
            for line in self._lines
            if line.kind == Kind.PERSON and not msgspec.json.decode(line.content).get("is_known")
        }

    def _appointments(self) -> list[Appointment]:
        """Return the appointments that the import recorded."""
        people = [line for line in self._lines if line.kind == Kind.PERSON]
        found: list[Appointment] = []
        for line in people:
            post = msgspec.json.decode(line.content)["within"]
            held = Appointment.objects.filter(
                organisation=self._organisation,
                person__code=line.code,
                post__code=post,
                withdrawn_at=None,
            )
            found += held.select_related("person", "post").order_by("-pk")[:1]
        return found


def _before(
    lines: Sequence[Line], kind: Kind, of: type[model.Power] | type[model.RiskPoint]
) -> list[Any]:
    decode = msgspec.json.Decoder(of).decode
    return [decode(line.before) for line in lines if line.kind == kind]


def _undone(line: Line) -> dict[str, tuple[object, object]]:
    now = msgspec.json.decode(line.content) if line.content else {}
    was = msgspec.json.decode(line.before) if line.before else {}
    if line.verdict == Verdict.RETIRED:
        return {"retired_on": (True, None)}
    return {
        name: (now.get(name), was.get(name))
        for name in sorted(now.keys() | was.keys())
        if now.get(name) != was.get(name)
    }


def _forget(paper: Paper) -> None:
    """Let the import before it have the last word on its parts again."""
    own = Line.objects.filter(paper=paper, is_latest=True)
    codes = list(own.values_list("kind", "code"))
    own.update(is_latest=False)
    by_code = [code for _, code in codes]
    for some in batches(by_code):
        others = (
            Line.objects.filter(
                kind__in=("power", "risk"),
                code__in=some,
                paper__opened__organisation=paper.opened.organisation,
                paper__opened__state=Import.State.APPLIED,
            )
            .exclude(paper=paper)
            .exclude(verdict=Verdict.REFUSED)
            .exclude(taken=False, verdict__in=WRITES)
            .order_by("paper__opened__event", "pk")
        )
        last = {(kind, code): pk for kind, code, pk in others.values_list("kind", "code", "pk")}
        Line.objects.filter(pk__in=list(last.values())).update(is_latest=True)


def _called(row: Model) -> str:
    """Return what a row is called; one that joins two things calls itself by their numbers."""
    joined = _JOINED.get(type(row))
    return " → ".join(str(getattr(row, name)) for name in joined) if joined else str(row)


def _changed(label: str) -> NotUndone:
    return NotUndone(
        Text(
            f"“{label}”在导入之后又有变更，不能整体撤销。请在它的页面上更正。",
            f"“{label}” was changed after the import, so it can't be undone as a whole. Mend it on "
            "its page.",
        )
    )


def _acted(name: str) -> NotUndone:
    return NotUndone(
        Text(
            f"{name}在导入之后已办理过业务，不能整体撤销。请在有误的人员或岗位页上逐项更正。",
            f"{name} has acted since the import, so it can't be undone as a whole. Mend what is "
            "wrong on the pages of the people or posts.",
        )
    )


def _used(kind: str, label: str) -> NotUndone:
    return NotUndone(
        Text(
            f"导入之后又有记录（{kind} {label}）用到了其中的内容，不能整体撤销。请逐项更正。",
            f"Something entered since ({kind} {label}) uses what was imported, so it can't be "
            "undone as a whole. Mend it item by item.",
        )
    )
