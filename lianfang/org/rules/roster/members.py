"""Bodies and their members: roles are granted by them, so not everybody may import them (三)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import BodyEntry, MemberEntry, PersonEntry
from lianfang.org.rules.roster.draft import Draft, clipped, lengths, merged, once
from lianfang.org.rules.roster.model import MemberRow
from lianfang.org.rules.roster.plan import Thing
from lianfang.org.rules.roster.seats import begin_faults, dates_faults, person_faults, shortened
from lianfang.org.rules.roster.tidying import tidy_line
from lianfang.org.rules.structure import BodyKind

# Nobody sits in both (三).
_OPPOSED = {
    BodyKind.DISCIPLINE_OFFICE: BodyKind.DISCIPLINE_OVERSIGHT,
    BodyKind.DISCIPLINE_OVERSIGHT: BodyKind.DISCIPLINE_OFFICE,
}


def plan_members(draft: Draft, rows: Sequence[MemberRow]) -> None:
    """Enter the bodies that the list names, then who sits in them."""
    for row in _bodies_named(rows):
        _plan_body(draft, row)
    keys: list[object] = [_key(draft, row) for row in rows]
    single = [row for row, _ in once(draft, Thing.MEMBER, rows, keys)]
    of_person: dict[str, dict[object, MemberEntry]] = {}
    for entry in draft.members.values():
        of_person.setdefault(entry.person, {})[entry.key] = entry
    wanted = [_wanted(draft, row) for row in single]
    for one in sorted(wanted, key=lambda one: not one.shortens):
        _plan_member(draft, one, of_person)


def _bodies_named(rows: Sequence[MemberRow]) -> list[MemberRow]:
    """Return the first row of each body that names it, else its first row."""
    found: dict[str, MemberRow] = {}
    for row in rows:
        known = found.get(row.body)
        if row.body and (known is None or (known.name is None and row.name is not None)):
            found[row.body] = row
    return list(found.values())


def _plan_body(draft: Draft, row: MemberRow) -> None:
    before = draft.bodies.get(row.body)
    after = merged(before or BodyEntry(kind=row.body), row)
    label = after.name or row.body
    reasons = [*lengths(row)]
    if not after.name:
        reasons.append(
            Text("还没有这一组织，请写上组织名称。", "There is no such body yet; write its name.")
        )
    if after != before and not draft.may_seat:
        reasons.append(_not_yours())
    if reasons:
        draft.refuse(row, Thing.BODY, label, reasons, before=before)
    else:
        draft.take(row.origin, Thing.BODY, label, before=before, after=after)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """A row with what it refers to, found or not."""

    row: MemberRow
    body: BodyEntry | None
    person: PersonEntry | None
    before: MemberEntry | None
    after: MemberEntry | None

    @property
    def shortens(self) -> bool:
        return (
            self.before is not None
            and self.after is not None
            and shortened(self.before, self.after)
        )


def _plan_member(
    draft: Draft, one: _Wanted, of_person: dict[str, dict[object, MemberEntry]]
) -> None:
    row, after = one.row, one.after
    label = f"{row.person} → {row.name or row.body}"
    if one.person is not None and one.body is not None:
        label = f"{one.person.name} → {one.body.name}"
    reasons = [*row.faults, *_faults(draft, one)]
    if after is not None and after != one.before:
        reasons += _overlaps(after, of_person.get(after.person, {}))
    if reasons or after is None:
        draft.refuse(row, Thing.MEMBER, label, reasons, before=one.before)
        return
    of_person.setdefault(after.person, {})[after.key] = after
    draft.take(row.origin, Thing.MEMBER, label, before=one.before, after=after, doubts=row.doubts)


def _faults(draft: Draft, one: _Wanted) -> Iterator[Text]:
    row = one.row
    yield from begin_faults(row)
    yield from person_faults(row.person, one.person, one.before, one.after)
    if one.body is None and not row.faults:
        yield Text(
            "所在组织没有建立，见该组织一行。",
            "The body is not set up; see the row of the body.",
        )
    if one.body is not None and row.name not in (None, tidy_line(one.body.name)):
        yield Text(
            f"同一类型的组织在另一行叫“{one.body.name}”，请写成一样。",
            f"A body of the same type is called {one.body.name} in another row; write the same.",
        )
    if one.after is not None:
        yield from dates_faults(one.before, one.after)
        if one.after != one.before and not draft.may_seat:
            yield _not_yours()


def _overlaps(after: MemberEntry, others: dict[object, MemberEntry]) -> Iterator[Text]:
    opposed = _OPPOSED.get(BodyKind(after.body))
    for other in others.values():
        if other.key == after.key or not other.meets(after):
            continue
        if other.body == after.body:
            yield Text(
                f"同一人自 {other.from_on} 起已是其成员，期间重叠。请核对起止日期。",
                f"The same person sits in it from {other.from_on} already, and the spans overlap. "
                "Check the dates.",
            )
        elif other.body == opposed:
            yield Text(
                "同时在纪检监察室和监督它的机构任职，等于监督自己，请另选人员。",
                "Nobody sits both in the discipline office and in the body that oversees it; "
                "choose somebody else.",
            )


def _key(draft: Draft, row: MemberRow) -> object:
    person = draft.person_codes.known(row.person) or row.person
    return (row.body, person, row.from_on) if row.from_on and not row.faults else row.origin


def _wanted(draft: Draft, row: MemberRow) -> _Wanted:
    person, body = draft.person(row.person), draft.bodies.get(row.body)
    before = after = None
    if person is not None and body is not None and row.from_on is not None:
        before = draft.members.get((body.kind, person.code, row.from_on))
        base = before or MemberEntry(body=body.kind, person=person.code, from_on=row.from_on)
        after = merged(base, row, body=body.kind, person=person.code)
        after = clipped(after, before, person, draft)
    return _Wanted(row=row, body=body, person=person, before=before, after=after)


def _not_yours() -> Text:
    return Text(
        "成员身份即权限，由安全管理员在“领导小组和机构”页办理。请删去这一行，或与现有登记写成一样。",
        "A seat in a body grants a role: the security administrator gives it on the page of the "
        "bodies. Take the row out, or write what is on the books.",
    )
