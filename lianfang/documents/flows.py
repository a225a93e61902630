"""Flows written in text become steps: “受理→审核（科长）→决定”, “1.申请 2.初审（经办人）”."""

import re
from collections.abc import Sequence

from msgspec import Struct

from lianfang.documents.items import split_items

_ARROW = re.compile(r"\s*(?:→|➔|➜|⇒|➡|↓|——>|-{1,3}>|=>|—{1,2}>|＞{1,2}|>{2})\s*")
_POST = re.compile(r"^(?P<name>.+?)\s*[（(](?P<post>[^（()）]{2,20})[)）]\s*$")
_DAYS = re.compile(r"(\d{1,3})\s*个?(?:工作日|日内|天)")
_CONDITION = re.compile(r"^(?:如|若|否则|不同意|不通过|退回)")
_LEAST_STEPS = 2


class FlowStep(Struct, frozen=True):
    """A step as written: its name, who does it, and the time limit in working days."""

    name: str
    lane: str = ""
    days: int | None = None


def is_flow(text: str) -> bool:
    """Tell whether a cell holds a flow of at least two steps."""
    return len(_parts(text)) >= _LEAST_STEPS


def split_flow(text: str) -> tuple[FlowStep, ...]:
    """Return the steps of a flow in order, nothing where the text is no flow."""
    parts = _parts(text)
    return tuple(_step(part) for part in parts) if len(parts) >= _LEAST_STEPS else ()


def _parts(text: str) -> Sequence[str]:
    by_arrow = [part.strip(" 　\n；;。") for part in _ARROW.split(text)]
    if len(by_arrow) > 1:
        return [part for part in by_arrow if part]
    items = split_items(text)
    return [item.text for item in items.items] if items.numbered else []


def _step(part: str) -> FlowStep:
    days = _DAYS.search(part)
    match = _POST.match(part)
    limit = int(days[1]) if days else None
    if match is None or _DAYS.search(match["post"]) or _CONDITION.match(match["post"]):
        return FlowStep(part, days=limit)
    return FlowStep(match["name"], match["post"], limit)
