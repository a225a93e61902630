"""A staff list that adds and changes one of everything, and what is done with it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from lianfang.files.models import Import
from lianfang.org.actions.roster import apply_roster, open_roster, undo_roster
from lianfang.org.exchange.roster import roster_from_rows
from lianfang.org.tests.cast import AT, Cast

Rows = Mapping[str, Sequence[Sequence[str]]]
NEW: Rows = {
    "单位": [["代码", "名称", "上级代码"], ["ZH", "综合处", ""], ["ZH1", "一科", "ZH"]],
    "岗位": [
        ["代码", "单位代码", "名称", "负责人"],
        ["ZHC", "ZH", "综合处处长", "是"],
        ["CWZ", "CW", "总会计师", "是"],
        ["CWC", "", "", "否"],
    ],
    "人员": [["工号", "姓名", "中共党员"], ["100", "新人", "是"], ["004", "改名", ""]],
    "任职": [["工号", "岗位代码", "起"], ["100", "ZHC", "2025-03-01"]],
    "分管": [["工号", "单位代码", "起"], ["001", "CW", "2026-01-01"]],
}


def opened(cast: Cast) -> Import:
    """Return an import with some file; the rows are given apart."""
    return open_roster(
        organisation=cast.organisation,
        chunks=[b"x"],
        name="a.csv",
        by=cast.logins["system"],
        at=AT,
    )


def apply(cast: Cast, rows: Rows = NEW, **kw: object) -> Import:
    source = opened(cast)
    apply_roster(
        organisation=cast.organisation,
        roster=roster_from_rows(rows),
        source=source,
        by=cast.logins["system"],
        at=AT,
        **kw,  # type: ignore[arg-type]
    )
    source.refresh_from_db()
    return source


def undo(cast: Cast, source: Import) -> Import:
    return undo_roster(source=source, by=cast.logins["system"], at=AT + timedelta(hours=1))
