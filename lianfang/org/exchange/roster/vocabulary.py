"""The words that cells choose from, in both languages and as offices write them."""

from collections.abc import Mapping

from lianfang.common.text import Text, bare
from lianfang.org.rules.structure import BodyKind, SeatKind, UnitKind


def _spelled(words: str) -> frozenset[str]:
    return frozenset(map(bare, words.split("、")))


YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
# What a cell may say for yes and no; a Party membership has words of its own.
YES = _spelled(
    "是、yes、y、true、1、有、对、党员、中共党员、中国共产党党员、中共预备党员、预备党员、"
    "party member、member"
)
NO = _spelled(
    "否、no、n、false、0、无、不是、非党员、群众、共青团员、团员、无党派、无党派人士、民革、民盟、民建、民进、"
    "农工党、致公党、九三学社、台盟、民主党派"
)
TICKS = {"√": True, "✓": True, "✔": True, "×": False, "✗": False, "✘": False}
UNIT_KINDS: Mapping[str, tuple[Text, ...]] = {
    UnitKind.ORGANISATION: (Text("单位", "organisation"), Text("机构", "root")),
    UnitKind.LEADERSHIP: (Text("领导班子", "leadership"), Text("班子", "leaders")),
    UnitKind.DEPARTMENT: (
        Text("处室", "department"),
        Text("部门", "office"),
        Text("科室", "section"),
        Text("内设机构", "division"),
    ),
    UnitKind.COMPANY: (Text("公司", "company"), Text("企业", "enterprise")),
}
SEAT_KINDS: Mapping[str, tuple[Text, ...]] = {
    SeatKind.FULL: (Text("专任", "full"), Text("全职", "full-time"), Text("任职", "appointed")),
    SeatKind.CONCURRENT: (Text("兼任", "concurrent"), Text("兼职", "part-time")),
    SeatKind.ACTING: (Text("代理", "acting"), Text("主持工作", "in charge")),
}
BODY_KINDS: Mapping[str, tuple[Text, ...]] = {
    BodyKind.LEADING_GROUP: (Text("领导小组", "leading group"),),
    BodyKind.LEADING_GROUP_OFFICE: (
        Text("领导小组办公室", "office of the leading group"),
        Text("办公室", "leading group office"),
    ),
    BodyKind.DISCIPLINE_OFFICE: (
        Text("纪检监察室", "discipline office"),
        Text("纪检监察机构", "discipline inspection office"),
    ),
    BodyKind.DISCIPLINE_OVERSIGHT: (
        Text("对纪检监察室的监督机构", "oversight of the discipline office"),
        Text("监督纪检监察室的机构", "discipline oversight"),
    ),
}
ROLES: Mapping[str, tuple[Text, ...]] = {
    "head": (Text("组长", "head"), Text("主任", "chair"), Text("组长（主任）", "director")),
    "deputy": (
        Text("副组长", "deputy head"),
        Text("副主任", "deputy"),
        Text("副组长（副主任）", "vice chair"),
    ),
    "member": (Text("成员", "member"), Text("委员", "ordinary member")),
}
