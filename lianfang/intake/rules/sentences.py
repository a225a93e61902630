"""What a preview says of a line: why it can't be taken, and what should be looked at."""

from collections.abc import Iterable

from lianfang.common.text import Text
from lianfang.documents.registering import NO_UNIT
from lianfang.intake.rules.placing import How, Placed

_NO_UNIT = Text(
    "这些行没有注明单位。请在“读懂的内容”里选定单位。",
    "These rows name no unit. Choose one under “What was understood”.",
)
_UNKNOWN_UNIT = Text(
    "机构中没有单位“{name}”。请在“读懂的内容”里选定它对应的单位，或新设。",
    "The organisation has no unit “{name}”. Say under “What was understood” which one is meant, "
    "or set it up.",
)
_LEFT_UNIT = Text(
    "按您的选择，“{name}”的行不导入。",
    "The rows of “{name}” are left out, as you chose.",
)
_NOT_YOURS = Text(
    "您不填报“{name}”，不能导入它的行。请由该单位或领导小组办公室导入。",
    "You don't draft the register of {name}. Its own people or the office of the leading group "
    "can import these rows.",
)
_UNKNOWN_POST = Text(
    "没有岗位“{name}”，它所在的单位也不由您填报；文字保留在风险点的其他栏目里。",
    "There is no post “{name}”, and its unit is not yours to draft; the words are kept with the "
    "risk points.",
)
_UNPLACED_POST = Text(
    "先选定它所在的单位，再找岗位。", "Choose its unit first; then the post can be looked for."
)
_LEFT_POST = Text(
    "按您的选择不采用；文字保留在风险点的其他栏目里。",
    "Left out as you chose; the words are kept with the risk points.",
)
_ALIKE = Text("按近似认作“{meant}”，请核对。", "Taken for {meant}, which is alike. Please check.")
_ELSEWHERE = Text(
    "本单位没有这个岗位，认作其他单位的“{meant}”，请核对。",
    "The unit has no such post; taken for {meant} of another unit. Please check.",
)
_ONLY = Text(
    "表中没有注明单位，按您所在的“{meant}”处理。",
    "The table names no unit; it counts as {meant}, which is yours.",
)
_BY_FILE = Text(
    "表中没有注明单位，按文件名认作“{meant}”，请核对。",
    "The table names no unit; by the file's name it counts as {meant}. Please check.",
)
_NO_SEAT = Text(
    "表中写{name}在这个岗位，登记中没有这样的任职。需要时请在“读懂的内容”里选定。",
    "The table has {name} in this post, which no appointment says. Decide under “What was "
    "understood” if it should.",
)
_RENAMED = Text(
    "认作已有的 {code}“{title}”。如果是另一个风险点，请选“作为新的”。",
    "Taken for {code} “{title}”, which is stored. If it is another risk point, choose “As a new "
    "one”.",
)
_RENAMED_POWER = Text(
    "认作已有的职权 {code}“{name}”，选用则改为表中的名称，请核对。",
    "Taken for the power {code} “{name}”, which is stored; taking it, the name in the table "
    "counts. Please check.",
)
_RESTS_ON = Text(
    "它依附的“{name}”不能导入。请先改正那一行。",
    "It rests on “{name}”, which can't be imported. Mend that row first.",
)
_RESEMBLES = Text(
    "与 {code}“{title}”相似 {percent}%。请看是不是同一个风险点。",
    "{percent}% like {code} “{title}”. See whether it is the same risk point.",
)
_GONE = Text(
    "以前导入过这个风险点（{code}），后来停用或删去了。确要重新登记再选。",
    "This risk point was imported before ({code}) and retired or deleted since. Choose it only "
    "to record it anew.",
)
_GONE_POWER = Text(
    "以前导入过这项职权（{code}），后来停用或删去了。确要重新登记，请连同它的风险点一起选。",
    "This power was imported before ({code}) and retired or deleted since. Choose it, with its "
    "risk points, only to record it anew.",
)
_SETTLED = Text(
    "表中等级与已审核的不同；等级不随导入改变，需要时请在评级页重新提出。",
    "The table has another level than the one endorsed. Levels that were endorsed don't change "
    "by import; propose another one on the rating page.",
)
_CLASH = Text(
    "文件和系统都改过：{fields}。选用则以文件为准。",
    "Changed both in the file and in the register: {fields}. Taking it, the file counts.",
)
_RETIRED = Text(
    "{code} 已在系统中停用，不能修改。如仍存在，请作为新的一行填写。",
    "{code} is retired and can't be changed. If it still exists, write it as a new row.",
)
_TAKEN_OUT = Text(
    "下载的表里有，传回的表里删去了：导入时停用。",
    "It was in the form as downloaded and is deleted in this one: it will be retired.",
)
_FIELDS = {
    "title": Text("风险点名称", "risk point"),
    "name": Text("名称", "name"),
    "posts": Text("岗位", "posts"),
    "aspects": Text("方面", "aspects"),
    "manifestations": Text("表现形式", "how it shows"),
    "level": Text("等级", "level"),
    "about": Text("所属对象", "what it is about"),
    "category": Text("类别", "category"),
    "kind": Text("权力种类", "kind"),
    "bases": Text("行使依据", "bases"),
    "steps": Text("流程", "flow"),
    "lane": Text("流程", "flow"),
    "days": Text("流程", "flow"),
}
_MEASURES = Text("防控措施", "measures")


def refusal_of_unit(unit: Placed) -> Text | None:
    """Return why rows of a unit can't be taken whoever asks; None where they can."""
    if unit.code:
        return None
    if unit.how is How.LEFT:
        return _LEFT_UNIT.filled(name=unit.name)
    return _NO_UNIT if unit.name == NO_UNIT else _UNKNOWN_UNIT.filled(name=unit.name)


def not_yours(name: str) -> Text:
    """Return why somebody can't import rows of a unit that they don't draft."""
    return _NOT_YOURS.filled(name=name)


def refusal_of_post(post: Placed, in_unknown_unit: bool) -> Text:
    """Return why a post is not taken."""
    if post.how is How.LEFT:
        return _LEFT_POST
    return _UNPLACED_POST if in_unknown_unit else _UNKNOWN_POST.filled(name=post.name)


def doubts_of_place(place: Placed) -> tuple[Text, ...]:
    """Return what should be looked at in how a name was recognised."""
    said = {
        How.ALIKE: _ALIKE,
        How.ELSEWHERE: _ELSEWHERE,
        How.ONLY: _ONLY,
        How.BY_FILE: _BY_FILE,
    }.get(place.how)
    return (said.filled(meant=place.meant),) if said else ()


def no_seat(person: Placed) -> Text:
    """Return that the table has somebody in a post which no appointment says."""
    return _NO_SEAT.filled(name=person.name)


def renamed(code: str, title: str) -> Text:
    """Return that a risk point was taken for a stored one with other words."""
    return _RENAMED.filled(code=code, title=title)


def renamed_power(code: str, name: str) -> Text:
    """Return that a power was taken for a stored one with another name."""
    return _RENAMED_POWER.filled(code=code, name=name)


def rests_on(name: str) -> Text:
    """Return that a part can't be written without another one that is refused."""
    return _RESTS_ON.filled(name=name)


def resembles(code: str, title: str, percent: int) -> Text:
    """Return that a new risk point says what another one says."""
    return _RESEMBLES.filled(code=code, title=title, percent=percent)


def gone(code: str) -> Text:
    """Return that a risk point was imported before and is not there any more."""
    return _GONE.filled(code=code)


def gone_power(code: str) -> Text:
    """Return that a power was imported before and is not there any more."""
    return _GONE_POWER.filled(code=code)


def settled() -> Text:
    """Return that an endorsed level stays."""
    return _SETTLED


def clashes(fields: Iterable[str]) -> Text:
    """Return that fields were changed on both sides."""
    named = [_FIELDS.get(field, _MEASURES) for field in dict.fromkeys(fields)]
    together = Text(
        "、".join(dict.fromkeys(one.zh for one in named)),
        ", ".join(dict.fromkeys(one.en for one in named)),
    )
    return _CLASH.filled(fields=together)


def retired(code: str) -> Text:
    """Return that what a form changed is retired since."""
    return _RETIRED.filled(code=code)


def taken_out() -> Text:
    """Return that a form no longer has a part."""
    return _TAKEN_OUT
