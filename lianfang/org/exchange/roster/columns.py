"""The columns of each sheet: what they are called, in both languages and in offices' own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianfang.common.text import Language, Text, bare
from lianfang.org.exchange.roster.vocabulary import (
    BODY_KINDS,
    ROLES,
    SEAT_KINDS,
    UNIT_KINDS,
    YES_NO,
)
from lianfang.org.rules.roster.model import Sheet


class Shape(StrEnum):
    """How the cells of a column are read."""

    CODE = "code"
    LINE = "line"
    LINES = "lines"
    NAME = "name"
    DAY = "day"
    YES = "yes"
    NUMBER = "number"
    WORD = "word"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column; `words` are those to choose from, `needed` means no row goes without.

    `aliases` are other spellings of the header, parted by `、`.
    """

    field: str
    header: Text
    shape: Shape = Shape.LINE
    aliases: str = ""
    words: Mapping[str, tuple[Text, ...]] | None = None
    needed: bool = False
    width: int = 14

    def spellings(self) -> frozenset[str]:
        """Return every spelling of the header, bare of marks."""
        return frozenset(map(bare, (self.header.zh, self.header.en, *self.aliases.split("、"))))

    def choices(self, language: Language) -> tuple[str, ...]:
        """Return the words to choose from in a language, none for a free column."""
        if self.shape is Shape.YES:
            return tuple(word.in_(language) for word in YES_NO.values())
        return tuple(words[0].in_(language) for words in (self.words or {}).values())


_CODE = Text("代码", "Code")
_NAME = Text("名称", "Name")
_ENGLISH = Text("英文名称", "English name")
_PERSON = Column(
    field="person",
    header=Text("工号", "Staff number"),
    shape=Shape.CODE,
    aliases="职工号、员工号、员工编号、人员编号、职工编号、编号、person、staff no",
    needed=True,
    width=10,
)
_FROM = Column(
    field="from_on",
    header=Text("起", "From"),
    shape=Shape.DAY,
    aliases="起日、开始日期、任职日期、起始日期、start、since",
    needed=True,
    width=13,
)
_TO = Column(
    field="to_on",
    header=Text("止", "To"),
    shape=Shape.DAY,
    aliases="止日、结束日期、终止日期、end、until",
    width=13,
)
_ORDER = Column(
    field="order",
    header=Text("次序", "Order"),
    shape=Shape.NUMBER,
    aliases="排序、顺序",
    width=7,
)
COLUMNS: Mapping[Sheet, tuple[Column, ...]] = {
    Sheet.UNITS: (
        Column(
            field="code",
            header=_CODE,
            shape=Shape.CODE,
            aliases="单位代码、unit code",
            needed=True,
        ),
        Column(field="name", header=_NAME, aliases="单位名称、unit", width=26),
        Column(field="name_en", header=_ENGLISH, aliases="英文名", width=30),
        Column(field="kind", header=Text("类型", "Type"), shape=Shape.WORD, words=UNIT_KINDS),
        Column(
            field="parent",
            header=Text("上级代码", "Parent code"),
            shape=Shape.CODE,
            aliases="上级单位代码、parent",
        ),
        _ORDER,
    ),
    Sheet.POSTS: (
        Column(
            field="code",
            header=_CODE,
            shape=Shape.CODE,
            aliases="岗位代码、post code",
            needed=True,
        ),
        Column(
            field="unit",
            header=Text("单位代码", "Unit code"),
            shape=Shape.CODE,
            aliases="所在单位代码、unit",
        ),
        Column(field="name", header=_NAME, aliases="岗位名称、post", width=22),
        Column(field="name_en", header=_ENGLISH, aliases="英文名", width=26),
        Column(
            field="duties",
            header=Text("职责", "Duties"),
            shape=Shape.LINES,
            aliases="岗位职责",
            width=44,
        ),
        Column(
            field="duties_en",
            header=Text("英文职责", "Duties in English"),
            shape=Shape.LINES,
            aliases="岗位职责（英文）、english duties",
            width=44,
        ),
        Column(
            field="qualifications",
            header=Text("任职条件", "Qualifications"),
            shape=Shape.LINES,
            width=30,
        ),
        Column(
            field="is_unit_head",
            header=Text("负责人", "Unit head"),
            shape=Shape.YES,
            aliases="单位负责人",
            width=8,
        ),
        Column(
            field="is_leadership",
            header=Text("班子成员", "Leadership member"),
            shape=Shape.YES,
            width=10,
        ),
        Column(
            field="is_leadership_head",
            header=Text("班子主要负责人", "Head of the leadership"),
            shape=Shape.YES,
            width=14,
        ),
        _ORDER,
    ),
    Sheet.PEOPLE: (
        Column(
            field="code",
            header=_PERSON.header,
            shape=Shape.CODE,
            aliases=_PERSON.aliases,
            needed=True,
            width=10,
        ),
        Column(field="name", header=Text("姓名", "Name"), shape=Shape.NAME, aliases="full name"),
        Column(
            field="name_en",
            header=Text("英文姓名", "English name"),
            aliases="英文名、拼音",
            width=20,
        ),
        Column(
            field="is_party_member",
            header=Text("中共党员", "Party member"),
            shape=Shape.YES,
            aliases="政治面貌、党员、是否党员",
            width=10,
        ),
        Column(
            field="left_on",
            header=Text("离开日期", "Left on"),
            shape=Shape.DAY,
            aliases="离职日期、调离日期、退休日期",
            width=13,
        ),
    ),
    Sheet.SEATS: (
        _PERSON,
        Column(
            field="post",
            header=Text("岗位代码", "Post code"),
            shape=Shape.CODE,
            aliases="post",
            needed=True,
        ),
        Column(
            field="kind",
            header=Text("方式", "How held"),
            shape=Shape.WORD,
            words=SEAT_KINDS,
            aliases="任职方式、kind",
            width=10,
        ),
        _FROM,
        _TO,
        Column(
            field="document",
            header=Text("任命文号", "Document"),
            aliases="文号、任职文号",
            width=26,
        ),
    ),
    Sheet.PORTFOLIOS: (
        Column(
            field="leader",
            header=_PERSON.header,
            shape=Shape.CODE,
            aliases=f"{_PERSON.aliases}、leader",
            needed=True,
            width=10,
        ),
        Column(
            field="unit",
            header=Text("单位代码", "Unit code"),
            shape=Shape.CODE,
            aliases="unit",
            needed=True,
        ),
        _FROM,
        _TO,
    ),
    Sheet.MEMBERS: (
        Column(
            field="body",
            header=Text("组织类型", "Type of body"),
            shape=Shape.WORD,
            words=BODY_KINDS,
            aliases="类型、body",
            needed=True,
            width=24,
        ),
        Column(
            field="name",
            header=Text("组织名称", "Name of body"),
            aliases="名称、body name",
            width=26,
        ),
        Column(
            field="name_en",
            header=Text("组织英文名称", "English name of body"),
            aliases="英文名称",
            width=30,
        ),
        _PERSON,
        Column(
            field="role",
            header=Text("职务", "Role"),
            shape=Shape.WORD,
            words=ROLES,
            width=10,
        ),
        _FROM,
        _TO,
    ),
    Sheet.STAFF: (
        Column(
            field="name",
            header=Text("姓名", "Name"),
            shape=Shape.NAME,
            aliases="人员姓名、名字、full name",
            needed=True,
        ),
        Column(
            field="person",
            header=_PERSON.header,
            shape=Shape.CODE,
            aliases=_PERSON.aliases,
        ),
        Column(
            field="unit",
            header=Text("单位", "Unit"),
            aliases="部门、所在单位、所在部门、处室、科室、内设机构、单位名称、部门名称、所属部门、"
            "所属单位、工作单位、机构、department",
        ),
        Column(
            field="post",
            header=Text("岗位", "Post"),
            aliases="职务、职位、现任职务、岗位名称、职务名称、岗位职务、岗位（职务）、行政职务、"
            "工作岗位、position、title、job title",
        ),
        Column(
            field="from_on",
            header=Text("任职日期", "Since"),
            shape=Shape.DAY,
            aliases="任职时间、任现职时间、任现职日期、现职务任职时间、到岗时间、任职起始日期、"
            "起、from、date of appointment",
        ),
        Column(
            field="kind",
            header=Text("方式", "How held"),
            shape=Shape.WORD,
            words=SEAT_KINDS,
            aliases="任职方式",
        ),
        Column(
            field="is_party_member",
            header=Text("政治面貌", "Party member"),
            shape=Shape.YES,
            aliases="中共党员、党员、是否党员、是否中共党员",
        ),
        Column(
            field="left_on",
            header=Text("离开日期", "Left on"),
            shape=Shape.DAY,
            aliases="离职日期、调离日期、退休日期",
        ),
    ),
}
SHEET_NAMES: Mapping[Sheet, Text] = {
    Sheet.UNITS: Text("单位", "Units"),
    Sheet.POSTS: Text("岗位", "Posts"),
    Sheet.PEOPLE: Text("人员", "People"),
    Sheet.SEATS: Text("任职", "Appointments"),
    Sheet.PORTFOLIOS: Text("分管", "Portfolios"),
    Sheet.MEMBERS: Text("组织成员", "Bodies"),
}
_SHEET_ALIASES: Mapping[str, Sheet] = {
    "组织": Sheet.MEMBERS,
    "members": Sheet.MEMBERS,
    "部门": Sheet.UNITS,
    "seats": Sheet.SEATS,
}


def sheet_named(name: str) -> Sheet | None:
    """Return which of the six sheets a name means."""
    wanted = bare(name)
    for sheet, names in SHEET_NAMES.items():
        if wanted in (bare(names.zh), bare(names.en)):
            return sheet
    return _SHEET_ALIASES.get(wanted)
