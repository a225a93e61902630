"""Posts of a staff list: in a unit in use, one head a unit, one head of the leadership (三)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import PostEntry, UnitEntry
from lianfang.org.rules.roster.draft import Draft, lengths, merged, once
from lianfang.org.rules.roster.model import PostRow
from lianfang.org.rules.roster.plan import Thing

# A place that one post at most may hold: the headship of a unit, or of the leadership.
_LEADERSHIP = ""


def plan_posts(draft: Draft, rows: Sequence[PostRow]) -> None:
    """Enter the posts of the list; rows that give up a headship come before those that take it."""
    settled = [replace(row, code=draft.post_codes.settled(row.code)) for row in rows]
    keys = [row.code or row.origin for row in settled]
    single = [row for row, _ in once(draft, Thing.POST, settled, keys)]
    heads = {place: code for code, post in draft.posts.items() for place in _places(post)}
    for row in sorted(single, key=lambda row: not _gives_up(draft, row)):
        _plan_post(draft, row, heads)


def _plan_post(draft: Draft, row: PostRow, heads: dict[str, str]) -> None:
    before = draft.posts.get(row.code)
    label = f"{row.code} {row.name or (before.name if before else '')}".strip()
    unit = draft.unit(row.unit) if row.unit else None
    after = _after(row, before, unit)
    reasons = [*row.faults, *lengths(row), *_unit_faults(row, before, unit)]
    if after != before:
        reasons += [*_state_faults(before, after), *_head_faults(draft, after, heads)]
    if reasons:
        draft.refuse(row, Thing.POST, label, reasons, before=before)
        return
    for place in _places(before) if before else ():
        heads.pop(place, None)
    heads.update(dict.fromkeys(_places(after), after.code))
    draft.take(row.origin, Thing.POST, label, before=before, after=after, doubts=row.doubts)


def _after(row: PostRow, before: PostEntry | None, unit: UnitEntry | None) -> PostEntry:
    after = merged(before or PostEntry(code=row.code), row, unit=unit.code if unit else None)
    if after.is_leadership_head and row.is_leadership is None:
        return replace(after, is_leadership=True)
    return after


def _gives_up(draft: Draft, row: PostRow) -> bool:
    before = draft.posts.get(row.code)
    if before is None:
        return False
    after = _after(row, before, draft.unit(row.unit) if row.unit else None)
    return bool(set(_places(before)) - set(_places(after)))


def _places(post: PostEntry) -> Iterator[str]:
    if post.retired_on is None and post.is_unit_head:
        yield post.unit
    if post.retired_on is None and post.is_leadership_head:
        yield _LEADERSHIP


def _unit_faults(row: PostRow, before: PostEntry | None, unit: UnitEntry | None) -> Iterator[Text]:
    if row.unit and unit is None:
        yield Text(
            f"没有代码为“{row.unit}”的单位，或它那一行有误。请核对单位代码。",
            f"There is no unit with the code {row.unit}, or its row is wrong. Check the code.",
        )
    if not row.unit and before is None:
        yield Text("没有写明岗位所在单位，请写上单位代码。", "Write the code of the post's unit.")
    moves = unit is not None and (before is None or before.unit != unit.code)
    if unit is not None and unit.retired_on is not None and moves:
        yield Text(
            f"单位“{unit.name}”已停用，不能再设岗位。",
            f"The unit {unit.name} was retired; it takes no posts.",
        )


def _state_faults(before: PostEntry | None, after: PostEntry) -> Iterator[Text]:
    if before is not None and before.retired_on is not None:
        yield Text(
            f"岗位“{before.name}”已于 {before.retired_on} 停用，不能修改。请删去这一行或另用代码。",
            f"The post {before.name} was retired on {before.retired_on} and can't be changed. Take "
            "the row out or use another code.",
        )
    if not after.name:
        yield Text("岗位没有名称，请写上。", "The post has no name; write it.")
    if after.is_leadership_head and not after.is_leadership:
        yield Text(
            "班子主要负责人也是班子成员，“班子成员”一列不能写“否”。",
            "The head of the leadership sits in it; “leadership member” can't be “no”.",
        )


def _head_faults(draft: Draft, after: PostEntry, heads: dict[str, str]) -> Iterator[Text]:
    for place in _places(after):
        other = draft.posts.get(heads.get(place, after.code))
        if other is None or other.code == after.code:
            continue
        if place == _LEADERSHIP:
            yield Text(
                f"本机构已有班子主要负责人岗位“{other.name}”（{other.code}），只能有一个。"
                "请把其中一个改为“否”。",
                f"The organisation has a head of the leadership, {other.name} ({other.code}), "
                "already. Write “no” for one of them.",
            )
        else:
            yield Text(
                f"单位“{place}”已有负责人岗位“{other.name}”（{other.code}），只能有一个。"
                "请把其中一个改为“否”。",
                f"The unit {place} has a head post, {other.name} ({other.code}), already. Write "
                "“no” for one of them.",
            )
