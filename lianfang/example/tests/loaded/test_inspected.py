"""What was drawn and found in the example."""

from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.inspections.models import Draw, Finding
from lianfang.inspections.rules.sheet import read_sheet
from lianfang.inspections.rules.verifying import faults_in
from lianfang.org.models import Organisation

pytestmark = loaded_at(MAY)


def test_a_draw_proves_itself_and_of_two_findings_one_is_put_right(
    organisation: Organisation,
) -> None:
    draw = Draw.objects.get(organisation=organisation)
    assert faults_in(read_sheet(draw.sheet.encode()), draw.sheet.encode()) == []
    assert sorted(Finding.objects.values_list("state", flat=True)) == ["closed", "open"]
