"""Talks as tests make them: the head of finance talks with the clerk."""

from datetime import datetime, timedelta
from typing import Any

from lianfang.duties.actions.planning import Partners, plan_talk
from lianfang.duties.actions.talking import Said, Scan, confirm_by_scan, confirm_talk, record_talk
from lianfang.duties.models import Duty, Talk
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, ON, Cast

SCHEME = written_scheme("cnas-2012")
BEFORE = AT - timedelta(hours=1)


def partners(cast: Cast, **parts: str) -> Partners:
    """Return the head with the clerk, or other parts."""
    second = parts.get("second")
    return Partners(
        person=cast.people[parts.get("person", "clerk")],
        post=cast.posts[parts.get("post", "CWG")],
        talker=cast.people[parts.get("talker", "head")],
        second=cast.people[second] if second else None,
    )


def planned(
    cast: Cast,
    *duties: Duty,
    kind: str = "regular",
    starts_at: datetime = BEFORE,
    by: str = "head",
    at: datetime = AT,
    **parts: str,
) -> Talk:
    """Return a planned talk, an hour ago."""
    return plan_talk(
        partners=partners(cast, talker=by, **parts),
        kind=kind,
        starts_at=starts_at,
        place="小会议室",
        duties=duties,
        scheme=SCHEME,
        on=ON,
        by=cast.logins[by],
        at=at,
    )


def said(**values: Any) -> Said:
    """Return what a record says."""
    given: dict[str, Any] = {
        "starts_at": BEFORE,
        "minutes": 40,
        "place": "小会议室",
        "points": ["付款无人复核（CW-1）"],
        "notes": "提醒当日报备。",
        "commitments": "知悉要求。",
    }
    return Said(**{**given, **values})


def held(cast: Cast, talk: Talk, *duties: Duty, **values: Any) -> Talk:
    """Return a talk that was recorded by the head."""
    return record_talk(
        talk=talk,
        said=said(**values),
        duties=duties,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


def confirmed(cast: Cast) -> Talk:
    """Return a talk that the clerk confirmed."""
    talk = held(cast, planned(cast))
    return confirm_talk(talk=talk, remark="", by=cast.logins["clerk"], at=AT)


def signed(
    cast: Cast, talk: Talk | None = None, name: str = "签字.pdf", content: bytes = b"%PDF-1.4\n"
) -> Talk:
    """Return a talk whose record the head confirmed by a scan."""
    return confirm_by_scan(
        talk=talk or held(cast, planned(cast)),
        scan=Scan(name=name, chunks=[content]),
        scheme=SCHEME,
        by=cast.logins["head"],
        at=AT,
    )
