"""Keeps what lists look for in a risk point: its words, and its place in the heatmap.

Every action that writes risk points calls `reindex` in its transaction. A word of a power, a post
or a unit is not indexed: those change by themselves, and lists narrow by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lianfang.common.bulk import insert
from lianfang.org.queries.numbers import written_scheme
from lianfang.powers.actions.parts import BATCH
from lianfang.rating.answers import AnswersRefused, answers_of
from lianfang.rating.families import find
from lianfang.rating.gaps import scales_and_criteria
from lianfang.risks.models import Manifestation, Measure, RiskIndex, RiskPoint
from lianfang.risks.rules.bigrams import words_of
from lianfang.scheme.model import Scheme


def reindex(risks: Iterable[int]) -> None:
    """Renew what lists know of these risk points, by their keys. Four statements a batch of 500."""
    keys = list(risks)
    for start in range(0, len(keys), BATCH):
        _renew(keys[start : start + BATCH])


def _renew(keys: Sequence[int]) -> None:
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for table in (Manifestation, Measure):
        rows = table.objects.filter(risk__in=keys).order_by("order")
        for risk, text in rows.values_list("risk", "text"):
            texts[risk].append(text)
    made: list[tuple[int, str, int, int]] = []
    risks = RiskPoint.objects.filter(pk__in=keys)
    for key, code, title, scores, scheme in risks.values_list(
        "pk", "code", "title", "scores", "organisation__scheme"
    ):
        likelihood, impact = _cell(scores, written_scheme(scheme))
        words = words_of(code, title, *texts[key])
        made.append((key, words, likelihood, impact))
    insert(RiskIndex, ("risk", "words", "likelihood", "impact"), made, on="risk")


def _cell(scores: Sequence[Sequence[object]], scheme: Scheme) -> tuple[int, int]:
    """Return likelihood and impact as the scheme's rule counts them; 0 and 0 for none."""
    if not scores:
        return 0, 0
    try:
        answers = answers_of([(str(code), int(str(step))) for code, step in scores], scheme)
    except AnswersRefused:
        # answered under a scheme that asked otherwise
        return 0, 0
    if scales_and_criteria(answers, scheme):
        return 0, 0
    cell = find(answers, scheme).cell
    return (cell.likelihood, cell.impact) if cell else (0, 0)
