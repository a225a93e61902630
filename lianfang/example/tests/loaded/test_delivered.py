"""Tables of the example: one is part of the register, two wait, and each doubt is there to see."""

from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.intake.models import Line, Paper
from lianfang.intake.queries.pages import origins_of
from lianfang.risks.models import RiskPoint

pytestmark = loaded_at(MAY)


def test_one_table_was_imported_by_the_office_and_its_risk_shows_the_row() -> None:
    risk = RiskPoint.objects.get(title="轮换表做了样子")
    (origin,) = origins_of(risk)
    assert origin.paper.opened.attachment.name == "财务处风险排查补充表.csv"
    assert origin.rows == ((0, 2),)
    by = origin.paper.opened.closed_by
    assert by is not None
    assert by.username == "office"


def test_two_tables_wait_for_the_head_with_changes_additions_and_doubts() -> None:
    waiting = Paper.objects.filter(opened__state="previewed")
    assert {paper.opened.opened_by.username for paper in waiting if paper.opened.opened_by} == {
        "head"
    }
    counts = [paper.counts for paper in waiting.order_by("pk")]
    assert len(counts) == 2
    assert all(count.get("refused", 0) == 0 for count in counts)
    assert counts[0]["changed"] > 0
    assert counts[0]["added"] > 0
    assert sum(count.get("doubtful", 0) for count in counts) >= 2
    assert Line.objects.get(label="疑点口头放过").code == "R-SY1-02"
