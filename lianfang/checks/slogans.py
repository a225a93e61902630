"""Tells a slogan from a measure.

A text is a slogan when each of its clauses exhorts (加强…, 严格…) or names only an aim
(确保…, 提高…水平), and nothing in it is an act, a record, a number, an interval, an actor or a
named rule. One concrete clause saves the whole.
"""

import re
from collections.abc import Callable

from lianfang.checks.yardstick import Yardstick

SLOGAN_WORDS = ("exhortations", "exhortation_tails", "acts", "actors", "measured_patterns")
_CLAUSES = re.compile(r"[,;。、!:]|并且|并")


def slogans(yardstick: Yardstick) -> Callable[[str], bool]:
    """Return the question whether a squeezed text is nothing but a slogan."""
    exhorts = yardstick.searcher("exhortations")
    aims = yardstick.pattern("exhortation_tails")
    concrete = [yardstick.searcher(name) for name in ("acts", "measured_patterns", "actors")]

    def is_slogan(text: str) -> bool:
        if not exhorts(text):
            return False
        without_aims = aims.sub("。", text)
        if any(search(without_aims) for search in concrete):
            return False
        clauses = [clause for clause in _CLAUSES.split(text) if clause]
        return all(exhorts(clause) or aims.search(clause) for clause in clauses)

    return is_slogan
