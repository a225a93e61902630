"""A draw sheet is verified alone, and says what in it was changed."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.inspections.rules.drawing import Picked, commitment_to
from lianfang.inspections.rules.plan import line_digest, plan_digest
from lianfang.inspections.rules.sheet import Sheet, SheetRefused, read_sheet, to_bytes
from lianfang.inspections.rules.verifying import Place, faults_in
from lianfang.inspections.tests.plans import plan, sheet

WHOLE = sheet()


def with_entry(sheet: Sheet, line: int, **values: Any) -> Sheet:
    entries = list(sheet.plan.entries)
    entries[line - 1] = replace(entries[line - 1], **values)
    return replace(sheet, plan=replace(sheet.plan, entries=tuple(entries)))


def with_inspector(sheet: Sheet, line: int, **values: Any) -> Sheet:
    pool = list(sheet.plan.inspectors)
    pool[line - 1] = replace(pool[line - 1], **values)
    return replace(sheet, plan=replace(sheet.plan, inspectors=tuple(pool)))


def with_head(sheet: Sheet, **values: Any) -> Sheet:
    return replace(sheet, plan=replace(sheet.plan, head=replace(sheet.plan.head, **values)))


def with_drawn(sheet: Sheet, number: int, **values: Any) -> Sheet:
    drawn = list(sheet.drawn)
    drawn[number - 1] = replace(drawn[number - 1], **values)
    return replace(sheet, drawn=tuple(drawn))


def places(changed: Sheet, **announced: str) -> list[tuple[Place, int]]:
    content = to_bytes(changed)
    found = faults_in(read_sheet(content), content, **announced)
    assert all(fault.text.zh and fault.text.en for fault in found)
    return [(fault.place, fault.line) for fault in found]


def test_a_sheet_as_it_was_made_has_no_fault() -> None:
    content = to_bytes(WHOLE)
    announced = {"digest": WHOLE.plan_digest.upper(), "commitment": WHOLE.commitment}
    assert faults_in(read_sheet(content), content, **announced) == []


CHANGES: list[tuple[Callable[[Sheet], Sheet], tuple[Place, int]]] = [
    (lambda one: with_entry(one, 3, person_name="冒名"), (Place.ENTRY, 3)),
    (lambda one: with_entry(one, 5, level="low"), (Place.ENTRY, 5)),
    (lambda one: with_entry(one, 2, unit="PS"), (Place.ENTRY, 2)),
    (lambda one: with_inspector(one, 1, units=()), (Place.INSPECTOR, 1)),
    (lambda one: with_head(one, team=1), (Place.PLAN, 0)),
    (lambda one: with_head(one, source="另一个数"), (Place.PLAN, 0)),
    (lambda one: replace(one, plan_digest="0" * 64), (Place.PLAN, 0)),
    (lambda one: replace(one, seed="5b" * 32), (Place.SEED, 0)),
    (lambda one: replace(one, seed="不是种子"), (Place.SEED, 0)),
    (lambda one: replace(one, commitment="1" * 64), (Place.SEED, 0)),
    (lambda one: replace(one, value="3245.68"), (Place.VALUE, 0)),
    (lambda one: replace(one, mixed="2" * 64), (Place.VALUE, 0)),
    (
        lambda one: replace(one, strata=(replace(one.strata[0], sample=1), *one.strata[1:])),
        (Place.STRATUM, 1),
    ),
    (lambda one: with_drawn(one, 2, inspectors=("J1",)), (Place.INSPECTORS, 2)),
    (lambda one: with_drawn(one, 1, person_name="别人"), (Place.DRAWN, 1)),
    (lambda one: replace(one, drawn=one.drawn[:-1]), (Place.DRAWN, len(WHOLE.drawn))),
]


@pytest.mark.parametrize(("change", "place"), CHANGES)
def test_every_change_is_named_with_its_place(
    change: Callable[[Sheet], Sheet], place: tuple[Place, int]
) -> None:
    assert places(change(WHOLE))[0] == place


def test_somebody_put_in_the_place_of_whoever_was_drawn_is_named() -> None:
    drawn = {one.line for one in WHOLE.drawn}
    spared = next(one for one in WHOLE.plan.entries if one.line not in drawn)
    first: Picked = WHOLE.drawn[0]
    changed = with_drawn(
        WHOLE,
        1,
        line=spared.line,
        post=spared.post,
        person=spared.person,
        person_name=spared.person_name,
    )
    content = to_bytes(changed)
    (fault,) = faults_in(read_sheet(content), content)
    assert fault.place is Place.DRAWN
    assert first.person in fault.text.in_(Language.ZH)
    assert spared.person in fault.text.in_(Language.EN)


def test_the_sentence_names_the_line_as_it_reads() -> None:
    changed = with_entry(WHOLE, 3, person_name="冒名")
    (fault,) = faults_in(changed, to_bytes(changed))
    assert "第 3 行" in fault.text.zh
    assert "冒名" in fault.text.zh
    assert "Line 3" in fault.text.en


def test_a_list_that_was_exchanged_as_a_whole_differs_from_what_was_announced() -> None:
    other = sheet(plan(title="另一次"))
    assert places(other) == []
    announced = {"digest": WHOLE.plan_digest, "commitment": commitment_to("00" * 32)}
    assert places(other, **announced) == [(Place.ANNOUNCED, 0), (Place.ANNOUNCED, 0)]


def test_a_line_whose_digest_was_made_anew_differs_in_the_digest_of_the_list() -> None:
    changed = with_entry(WHOLE, 3, person_name="冒名")
    digest = line_digest(changed.plan.entries[2])
    assert places(with_entry(changed, 3, digest=digest)) == [(Place.PLAN, 0)]
    again = with_entry(changed, 3, digest=digest)
    again = replace(again, plan_digest=plan_digest(again.plan))
    assert places(again) == [(Place.VALUE, 0)]


def test_a_line_that_was_dropped_is_missed() -> None:
    cut = replace(WHOLE, plan=replace(WHOLE.plan, entries=WHOLE.plan.entries[:-1]))
    assert places(cut)[0] == (Place.PLAN, 0)


def test_a_file_that_another_program_saved_anew_is_told_apart() -> None:
    content = to_bytes(WHOLE).replace(b'","', b'", "')
    assert [fault.place for fault in faults_in(read_sheet(content), content)] == [Place.BYTES]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        to_bytes(replace(WHOLE, format="lianfang-draw-sheet/9")),
        to_bytes(WHOLE).replace(b'"seed":', b'"sead":'),
        to_bytes(WHOLE).replace(b'"percent":"30"', b'"percent":"1/0"'),
        b"[" * 100_000,
    ],
)
def test_what_is_no_sheet_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(SheetRefused):
        read_sheet(content)
