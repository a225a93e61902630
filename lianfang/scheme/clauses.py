"""What a cited section asks, in the scheme's own words."""

from lianfang.scheme.model import Scheme, WordedClause


def wording_of(scheme: Scheme, section: str, document: str | None = None) -> WordedClause | None:
    """Return the title and wording of a section, None where no document has it.

    Without a document the first that has such a section counts, in the scheme's order.
    """
    numbers = [document] if document is not None else [each.number for each in scheme.documents]
    found = [entry for entry in scheme.clauses if entry.clause.section == section]
    return next(
        (entry for number in numbers for entry in found if entry.clause.document == number), None
    )
