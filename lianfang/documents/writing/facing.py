"""What stands around every table: its facts, signatures and footer."""

from datetime import date

from lianfang.common.text import Language, Text
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line
from lianfang.register.canonical import digest

UNIT = Text("单位：{name}", "Unit: {name}")
EDITION = Text("年度：{year}　版本：{edition}", "Year: {year}   Edition: {edition}")
DRAFT = Text("年度：{year}　{mark}", "Year: {year}   {mark}")
DRAFT_MARK = Text("草稿", "Draft")
OWNER = Text("防控责任人：{name}", "Control owner: {name}")
FILLED_ON = Text("填报日期：{day}", "Date: {day}")
FOOTER = Text(
    "依据：{clauses}。方案 {scheme} 第 {version} 版。摘要 {digest}",
    "Clauses: {clauses}. Scheme {scheme}, version {version}. Digest {digest}",
)
SIGNATURES = (
    Text("防控责任人（签字）", "Control owner (signature)"),
    Text("分管领导（签字）", "Portfolio leader (signature)"),
    Text("领导小组办公室审核（签字）", "Office of the leading group (signature)"),
    Text("日期", "Date"),
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(request: Request) -> str:
    """Return the day of the request in words: 2026年5月14日, 14 May 2026."""
    return day_of(request.on, request.language)


def day_of(on: date, language: Language) -> str:
    """Return a day in words."""
    zh = f"{on.year}年{on.month}月{on.day}日"
    return Text(zh, f"{on.day} {_MONTHS[on.month - 1]} {on.year}").in_(language)


def facts(request: Request, words: Words) -> tuple[str, ...]:
    """Return the line between title and table: whose, which edition, who answers, when."""
    register = request.register
    names = list(words.units.values())
    whose = request.heading or (names[0] if len(names) == 1 else in_line(register.organisation))
    told = []
    if whose:
        told.append(words.say(UNIT).format(name=whose))
    mark = request.mark or words.say(DRAFT_MARK)
    if request.edition:
        edition = f"{request.edition}（{request.mark}）" if request.mark else request.edition
        told.append(words.say(EDITION).format(year=request.on.year, edition=edition))
    else:
        told.append(words.say(DRAFT).format(year=request.on.year, mark=mark))
    if request.owner:
        told.append(words.say(OWNER).format(name=request.owner))
    told.append(words.say(FILLED_ON).format(day=day_words(request)))
    return tuple(told)


def footer(request: Request, words: Words, *clauses: str) -> str:
    """Return what each page says of its source: clauses, scheme, digest of the register."""
    made = digest(request.register)
    joint = ", " if request.language == "en" else "、"
    return words.say(FOOTER).format(
        clauses=joint.join(clauses),
        scheme=request.scheme.name,
        version=request.scheme.version,
        digest=" ".join((made[:4], made[4:8], made[8:12])),
    )


def signatures(words: Words) -> tuple[str, ...]:
    """Return the places for signatures."""
    return tuple(words.say(text) for text in SIGNATURES)


def level_legend(words: Words) -> str:
    """Return what the shapes of the levels mean."""
    separator = "　" if words.language == "zh" else "  "
    return words.say(Text("等级：", "Levels: ")) + separator.join(words.level_words())
