"""Says of every number an organisation may set what it is, from the labels of its rule."""

from typing import Any

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.scheme.adjusting import Place, places
from lianfang.scheme.model import (
    AlertColour,
    Clause,
    Clock,
    Count,
    DutyRule,
    DutyTerms,
    Factor,
    Grounds,
    LeadRules,
    LevelQuantity,
    Limit,
    Matrix,
    Measured,
    Provision,
    Quantity,
    Raise,
    Reminder,
    Retention,
    Rung,
    Scheme,
    ScoreWeight,
    SurveyRules,
    TalkKind,
    Threshold,
    Weighted,
)
from lianfang.scheme.model.year import Agreement

_LEAST_FIGURE = Text("评为“{level}”的最低得数", "Least figure for {level}")
# {name}: the labels of the rule the number is part of, from the outermost; {level}, {since}.
WORDS: dict[tuple[type[Struct], str], Text] = {
    (Factor, "weight"): Text("{name}：权重", "{name}: weight"),
    (Raise, "levels"): Text("发生违规违纪后上调的级数", "Levels up after a breach"),
    (Grounds, "most_lower"): Text(
        "义务按剩余风险确定时，最多比固有等级低几级",
        "Where duties follow the residual level: levels below the inherent one, at most",
    ),
    (DutyRule, "on"): Text("{name}：启用", "{name}: in use"),
    (DutyRule, "deadline"): Text("{name}：办理期限", "{name}: time allowed"),
    (DutyRule, "sitting"): Text(
        "{name}：已在岗人员的补办期限", "{name}: time for those already in post"
    ),
    (DutyRule, "interval"): Text("{name}：间隔", "{name}: interval"),
    (DutyRule, "share"): Text("{name}：每年抽取比例", "{name}: share drawn a year"),
    (DutyRule, "tenure"): Text("{name}：任职年限", "{name}: time in the post"),
    (DutyRule, "notice"): Text("{name}：提前告知", "{name}: notice before"),
    (LevelQuantity, "amount"): Text(
        "{name}：全年学时（{level}）", "{name}: hours a year ({level})"
    ),
    (DutyTerms, "newcomer"): Text(
        "新任人员首次书面报告：任职满多久之后",
        "A newcomer's first written report: after this time in the post",
    ),
    (Reminder, "after"): Text(
        "{name}：提醒时间（到期之前为负数）", "{name}: when (negative before the due date)"
    ),
    (TalkKind, "talkers"): Text("{name}：谈话人数", "{name}: people who talk"),
    (TalkKind, "follow_up"): Text("{name}：回访时间", "{name}: followed up after"),
    (SurveyRules, "smallest"): Text(
        "少于多少人作答不公布", "Nothing is shown when fewer than this answered"
    ),
    (SurveyRules, "invited"): Text("每个岗位邀请的人数", "People asked about a post"),
    (SurveyRules, "span"): Text("测评开放时间", "A survey stays open for"),
    (Clock, "span"): Text("{name}（自{since}起）", "{name}, from {since}"),
    (Retention, "span"): Text("{name}：办结后保存", "{name}: kept after completion"),
    (AlertColour, "open_at_least"): Text(
        "单位标为“{name}”：未办结预警达到", "A unit turns {name}: open alerts, at least"
    ),
    (AlertColour, "older_than"): Text(
        "单位标为“{name}”：最早一件超过", "A unit turns {name}: oldest open alert, more than"
    ),
    (Rung, "effect"): Text("{name}：影响期", "{name}: effect lasts"),
    (Rung, "follow_up"): Text("{name}：回访时间", "{name}: followed up after"),
    (LeadRules, "register_only"): Text(
        "问题线索：只登记编号、日期、状态和结果，不填写内容",
        "Leads: number, dates, states and outcome alone, no content",
    ),
    (Agreement, "present"): Text("审议：到会成员不少于", "Resolution: members present, at least"),
    (Agreement, "approving"): Text("审议：赞成超过", "Resolution: approving, more than"),
    (Provision, "amount"): Text("{name}", "{name}"),
    (ScoreWeight, "weight"): Text("{name}：权重", "{name}: weight"),
    (Matrix, "thresholds"): _LEAST_FIGURE,
    (Weighted, "thresholds"): _LEAST_FIGURE,
    (Count, "thresholds"): _LEAST_FIGURE,
}
_RATING = Text("评级", "Rating")
_DUTIES = Text("履责", "Duties")
_ALERTS = Text("预警和处置", "Early warning and outcomes")
_YEAR = Text("年度工作", "The year")
GROUPS = {
    "factors": _RATING,
    "rating": _RATING,
    "raises": _RATING,
    "grounds": _RATING,
    "duties": _DUTIES,
    "reminders": Text("提醒", "Reminders"),
    "duty_terms": _DUTIES,
    "talks": Text("谈话", "Talks"),
    "survey": Text("测评", "Survey"),
    "clocks": _ALERTS,
    "alert_colours": _ALERTS,
    "ladders": _ALERTS,
    "retentions": _ALERTS,
    "leads": _ALERTS,
    "resolution": _YEAR,
    "provisions": _YEAR,
    "sheets": Text("年度考核", "Yearly check"),
    "checks": Text("五项检查", "The five checks"),
}


class Described(Struct, frozen=True, kw_only=True):
    """A number or switch as the scheme has it; `default` marks ◇."""

    path: str
    label: Text
    clause: Clause
    value: float | bool
    unit: Measured | None
    default: bool
    group: Text


def described(scheme: Scheme) -> tuple[Described, ...]:
    """Return every number and switch that may be set, in the scheme's order."""
    return tuple(_described(place, scheme) for place in places(scheme))


def _described(place: Place, scheme: Scheme) -> Described:
    return Described(
        path=place.path,
        label=_label(place, scheme),
        clause=_nearest(place, "clause"),
        value=_value(place),
        unit=place.value.unit if isinstance(place.value, Quantity) else None,
        default=_nearest(place, "default"),
        group=GROUPS[place.path.split(".")[0]],
    )


def _label(place: Place, scheme: Scheme) -> Text:
    if isinstance(place.value, Limit):
        return place.value.label
    holder = place.inside[-1]
    field = "thresholds" if isinstance(place.value, Threshold) else place.field
    level = place.value if isinstance(place.value, Threshold) else holder
    return WORDS[type(holder), field].filled(
        name=_name(place),
        level=_level(getattr(level, "level", None), scheme),
        since=getattr(holder, "since", ""),
    )


def _name(place: Place) -> Text:
    labels = [rule.label for rule in place.inside if hasattr(rule, "label")]
    return Text(" · ".join(each.zh for each in labels), " · ".join(each.en for each in labels))


def _level(code: str | None, scheme: Scheme) -> Text:
    return scheme.unrated if code is None else scheme.level(code).label


def _value(place: Place) -> float | bool:
    value = place.value
    if isinstance(value, bool):
        return value
    return value.at_least if isinstance(value, Threshold) else value.value


def _nearest(place: Place, name: str) -> Any:
    """Return what the number itself, or the nearest rule around it, has under a name."""
    for rule in (place.value, *reversed(place.inside)):
        if hasattr(rule, name):
            return getattr(rule, name)
    raise AttributeError(name)
