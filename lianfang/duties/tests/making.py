"""A duty as it is stored, without the facts that would ask for it."""

from typing import Any

from lianfang.duties.models import Duty
from lianfang.org.tests.cast import AT, ON, Cast


def owed(cast: Cast, **values: Any) -> Duty:
    """Return an open talk of the head of finance with the clerk, due today."""
    given: dict[str, Any] = {
        "organisation": cast.organisation,
        "ground": f"talk_regular_high:{Duty.objects.count()}",
        "period": ON,
        "rule": "talk_regular_high",
        "scheme_version": "1",
        "kind": Duty.Kind.TALK,
        "origin": Duty.Origin.LEVEL,
        "clause": "五（五）3",
        "level": "high",
        "person": cast.people["clerk"],
        "post": cast.posts["CWG"],
        "unit": cast.units["CW"],
        "actor_role": Duty.ActorRole.CONTROL_OWNER,
        "actor": cast.people["head"],
        "opens_on": ON,
        "due_on": ON,
        "level_since": ON,
        "held_since": ON,
        "edition": "2026-1",
        "opened_at": AT,
    }
    return Duty.objects.create(**{**given, **values})
