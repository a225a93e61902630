"""What the shape can't say: that a scheme's rules fit each other."""

from lianfang.scheme.crosscheck.clauses import clause_faults
from lianfang.scheme.crosscheck.codes import code_faults
from lianfang.scheme.crosscheck.duties import duty_faults
from lianfang.scheme.crosscheck.found import Found
from lianfang.scheme.crosscheck.rating import rating_faults
from lianfang.scheme.crosscheck.survey import survey_faults
from lianfang.scheme.crosscheck.year import year_faults
from lianfang.scheme.model import Scheme


def cross_faults(scheme: Scheme) -> Found:
    """Yield every fault between the rules of a scheme, with the path to be mended."""
    yield from code_faults(scheme)
    yield from clause_faults(scheme)
    yield from rating_faults(scheme)
    yield from duty_faults(scheme)
    yield from survey_faults(scheme)
    yield from year_faults(scheme)


__all__ = ["cross_faults"]
