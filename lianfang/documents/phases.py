"""Suggests when a measure works from its wording: early, during or after. 五（四）"""

from functools import lru_cache

from lianfang.scheme.model import Scheme


@lru_cache(maxsize=8)
def _hints(scheme_phases: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {hint: code for code, hints in scheme_phases for hint in hints}


def suggested_phase(text: str, scheme: Scheme) -> str | None:
    """Return the phase that most hints in `text` speak for; None for none or a tie.

    A longer hint counts for more: 事后回访 says more than 回访.
    """
    hints = _hints(tuple((phase.code, phase.hints) for phase in scheme.phases))
    weights: dict[str, int] = {}
    for hint, code in hints.items():
        if hint in text:
            weights[code] = weights.get(code, 0) + len(hint)
    if not weights:
        return None
    best = max(weights.values())
    leading = [code for code, weight in weights.items() if weight == best]
    return leading[0] if len(leading) == 1 else None
