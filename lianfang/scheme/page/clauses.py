"""The wording of the clauses on the page."""

from lianfang.scheme.model import Scheme
from lianfang.scheme.page.markdown import Lines, table
from lianfang.scheme.wording import clause


def clauses_part(scheme: Scheme) -> Lines:
    """Yield the lines about clauses."""
    yield (
        "各条的大意，用本产品的话写成，不是原文。"
        "What each clause asks, in this product's words, not those of the document."
    )
    yield ""
    yield from table(
        "条款 Clause|标题 Title|大意 What it asks",
        ((clause(entry.clause, scheme), entry.title, entry.wording) for entry in scheme.clauses),
    )
