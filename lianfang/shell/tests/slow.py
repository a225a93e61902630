"""A kind of long work that does not end by itself, for tests of its end."""

import threading

from lianfang.common.progress import Report


def never_ending(job: object, report: Report) -> None:
    """Report half of the work, and wait for ever."""
    del job
    report(1, 2)
    threading.Event().wait()
