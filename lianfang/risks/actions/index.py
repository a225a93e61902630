"""Keeps what lists look for in a risk point: its words, and its place in the heatmap.

Every action that writes risk points calls `reindex` or `index_parts` in its transaction. A word of
a power, a post or a unit is not indexed: those change by themselves, and lists narrow by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lianfang.common.bulk import insert
from lianfang.org.models import Organisation
from lianfang.org.queries.numbers import written_scheme
from lianfang.powers.actions.parts import BATCH
from lianfang.rating.answers import AnswersRefused, answers_of
from lianfang.rating.families import find
from lianfang.rating.gaps import scales_and_criteria
from lianfang.register import model
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
    risks = RiskPoint.objects.filter(pk__in=keys)
    _keep(
        (key, words_of(code, title, *texts[key]), *_cell(scores, written_scheme(scheme)))
        for key, code, title, scores, scheme in risks.values_list(
            "pk", "code", "title", "scores", "organisation__scheme"
        )
    )


def index_parts(
    risks: Iterable[model.RiskPoint], keys: Mapping[str, int], organisation: Organisation
) -> None:
    """Renew what lists know of risk points that were just stored as they stand in a Register.

    `keys` has theirs by code. One statement a thousand: nothing is read back.
    """
    scheme = written_scheme(organisation.scheme)
    _keep(
        (
            keys[risk.id],
            words_of(
                risk.id,
                risk.title,
                *(shown.text for shown in risk.manifestations),
                *(measure.text for measure in risk.measures),
            ),
            *_cell([(score.factor, score.value) for score in risk.scores], scheme),
        )
        for risk in risks
    )


def _keep(rows: Iterable[tuple[int, str, int, int]]) -> None:
    insert(RiskIndex, ("risk", "words", "likelihood", "impact"), rows, on="risk")


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
