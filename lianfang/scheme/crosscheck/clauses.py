"""Every section that may be cited is worded once."""

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import Found
from lianfang.scheme.model import Clause, Scheme


def clause_faults(scheme: Scheme) -> Found:
    """Yield every section without a wording, at the section, and every second wording."""
    worded: set[Clause] = set()
    for place, entry in enumerate(scheme.clauses):
        if entry.clause in worded:
            yield (
                ("clauses", place, "clause"),
                Text(
                    f"“{entry.clause}”已有释文，只保留一处。",
                    f"{entry.clause} is worded already; keep one wording.",
                ),
            )
        worded.add(entry.clause)
    for place, document in enumerate(scheme.documents):
        for row, section in enumerate(document.sections):
            if Clause(document.number, section) not in worded:
                yield (
                    ("documents", place, "sections", row),
                    Text(
                        f"“{section}”没有释文，请在 clauses 中写明标题和内容。",
                        f"{section} has no wording; give its title and wording under clauses.",
                    ),
                )
