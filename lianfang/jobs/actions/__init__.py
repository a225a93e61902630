"""Every write to long work: asked for, worked on, ended."""

from lianfang.jobs.actions.starting import retry, start, wake
from lianfang.jobs.actions.states import NotNow, cancel, claim, fail, finish
from lianfang.jobs.actions.sweeping import fail_silent, prune, record_sweep

__all__ = [
    "NotNow",
    "cancel",
    "claim",
    "fail",
    "fail_silent",
    "finish",
    "prune",
    "record_sweep",
    "retry",
    "start",
    "wake",
]
