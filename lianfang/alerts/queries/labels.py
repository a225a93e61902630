"""What the scheme calls its codes: channels, triggers, gravities, routes, outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from lianfang.alerts.words import OUTCOMES
from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Labels by code; one that the scheme no longer has speaks for itself."""

    channels: Mapping[str, Text]
    triggers: Mapping[str, Text]
    gravities: Mapping[str, Text]
    routes: Mapping[str, Text]
    outcomes: Mapping[str, Text]
    clauses: Mapping[str, str]

    def outcome(self, code: str) -> Promise | str:
        """Return what an outcome, a measure or a letter is called, in the page's language."""
        if code in OUTCOMES:
            return OUTCOMES[code]
        return self.outcomes.get(code, Text(code, code)).in_(language_now())


def labels_of(scheme: Scheme) -> Labels:
    """Return the labels of a scheme."""
    return Labels(
        channels={each.code: each.label for each in scheme.channels},
        triggers={each.code: each.label for each in scheme.alert_triggers},
        gravities={each.code: each.label for each in scheme.gravities},
        routes={each.code: each.label for each in scheme.routes},
        outcomes={
            rung.code: rung.label for ladder in scheme.ladders[::-1] for rung in ladder.rungs
        },
        clauses={each.code: each.clause.section for each in scheme.alert_triggers},
    )
