"""Editions of the cast's units, and breaches in its posts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.register.model import Register, RiskPoint, Subject, SubjectKind
from lianfang.risks.actions.levels import LevelsSet, record_breach, set_post_levels
from lianfang.risks.models import Breach, LevelOverride
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")


def register_of(unit: str, levels: Mapping[str, str | None]) -> Register:
    """Return an edition's Register with a risk point of a confirmed level for each post."""
    return Register(
        risks=tuple(
            RiskPoint(
                id=f"R-{unit}-{place:02}",
                unit=unit,
                about=Subject(kind=SubjectKind.UNIT, id=unit),
                title="付款审核走过场",
                posts=(post,),
                confirmed=level,
            )
            for place, (post, level) in enumerate(levels.items(), 1)
        )
    )


def publish(
    cast: Cast,
    edition: str = "2026-1",
    from_on: date = ON,
    unit: str = "CW",
    **levels: str | None,
) -> LevelsSet:
    """Let an edition of a unit give posts their levels."""
    return set_post_levels(
        unit=cast.units[unit],
        register=register_of(unit, levels),
        edition=edition,
        from_on=from_on,
        scheme=SCHEME,
        by=cast.logins["office"],
        at=AT,
    )


def breach(cast: Cast, post: str = "CWG", **more: Any) -> Breach:
    """Record a breach in a post, today."""
    values: dict[str, Any] = {
        "power": None,
        "what": "收受服务对象礼金",
        "reference": "2026-003",
        "found_on": ON,
        "until_on": None,
        "on": ON,
        "by": cast.logins["officer"],
    }
    return record_breach(post=cast.posts[post], scheme=SCHEME, at=AT, **{**values, **more})


def override(cast: Cast, post: str, level: str, **more: Any) -> LevelOverride:
    """Store a raised level of a post."""
    values: dict[str, Any] = {"reason": "巡视指出", "from_on": ON, "set_at": AT}
    return LevelOverride.objects.create(
        organisation=cast.organisation,
        post=cast.posts[post],
        level=level,
        rank=SCHEME.rank(level),
        **{**values, **more},
    )
