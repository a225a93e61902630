"""What the search box finds in the register."""

from lianfang.org.standing import Standing
from lianfang.risks.access import risks_visible_to
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.narrowing import Narrowing, narrowed
from lianfang.scheme.model import Scheme

LIMIT = 20


def found_by(standing: Standing, scheme: Scheme, words: str) -> list[RiskPoint]:
    """Return the risk points in use that hold the words, the gravest first. One statement."""
    rows = narrowed(risks_visible_to(standing), Narrowing(words=words), standing, scheme)
    return list(rows.select_related("unit").order_by("-rank", "code")[:LIMIT])
