"""The part of this room in the nightly work."""

from datetime import datetime

from lianfang.jobs import actions
from lianfang.jobs.actions.sweeping import wake_forgotten


def run(at: datetime) -> None:
    """Give up jobs whose worker died, wake those forgotten, clear the queue. Safe to repeat."""
    actions.fail_silent(at=at)
    wake_forgotten(at=at)
    actions.prune(at=at)
