"""Asking who sent a signed report: a reader asks, a witness consents, the reader opens.

Source: 质检认纪〔2012〕1号 五（六）2（2）; two people, so that nobody opens an identity alone.
"""

from collections.abc import Mapping
from enum import StrEnum


class AskState(StrEnum):
    ASKED = "asked"
    CONSENTED = "consented"
    REFUSED = "refused"
    OPENED = "opened"


class AskAct(StrEnum):
    CONSENT = "consent"
    REFUSE = "refuse"
    OPEN = "open"


NEXT: Mapping[tuple[AskState, AskAct], AskState] = {
    (AskState.ASKED, AskAct.CONSENT): AskState.CONSENTED,
    (AskState.ASKED, AskAct.REFUSE): AskState.REFUSED,
    (AskState.CONSENTED, AskAct.OPEN): AskState.OPENED,
    (AskState.OPENED, AskAct.OPEN): AskState.OPENED,
}


def follows(state: str, act: AskAct) -> AskState | None:
    """Return the state that an act leads to, None where it can't be done."""
    return NEXT.get((AskState(state), act))


def may_witness(*, asker: int, witness: int) -> bool:
    """Return whether somebody may consent to what another asks: never to one's own asking."""
    return asker != witness
