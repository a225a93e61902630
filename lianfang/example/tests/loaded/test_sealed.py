"""Sealed reports of the example: in every state that a case has, one not opened yet."""

from lianfang.casework.models import ReportCase
from lianfang.casework.rules.states import State
from lianfang.example.sealed import REPORTS
from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.leads.models import Lead
from lianfang.portal.models import SealedReport

pytestmark = loaded_at(MAY)


def test_reports_are_in_every_state_and_one_is_unread() -> None:
    assert SealedReport.objects.count() == len(REPORTS)
    states = set(ReportCase.objects.values_list("state", flat=True))
    assert states | {State.RECEIVED} == set(State)
    assert ReportCase.objects.count() == len(REPORTS) - 1
    gone = ReportCase.objects.get(state=State.DESTROYED)
    assert gone.certificate is not None


def test_leads_are_in_every_state() -> None:
    assert set(Lead.objects.values_list("state", flat=True)) == set(Lead.State.values)
