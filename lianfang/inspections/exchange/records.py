"""The record of a visit as a Word or PDF file, in Chinese, as it is signed and kept (五（五）)."""

from collections.abc import Callable, Mapping

from django.utils.translation import override

from lianfang.documents.writing.official import RecordForm
from lianfang.documents.writing.official_docx import record_docx
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.duties.queries.duties import rule_labels
from lianfang.inspections.models import Record
from lianfang.inspections.queries.records import findings_of, lines_of
from lianfang.inspections.rules.record_paper import FoundTold, LineTold, RecordTold, form_of
from lianfang.scheme.model import Scheme

PAPERS: Mapping[str, Callable[[RecordForm], bytes]] = {"docx": record_docx, "pdf": record_pdf}


def record_file(record: Record, scheme: Scheme, form: str) -> tuple[bytes, str]:
    """Return a record as a file with its name. Four statements. Raises FontsRefused."""
    duty, label = record.duty, rule_labels(scheme).get(record.duty.rule)
    levels = {level.code: level.label.zh for level in scheme.levels}
    with override("zh-hans"):
        lines = [
            LineTold(
                code=line.measure.code,
                text=line.measure.text,
                answer=str(line.get_answer_display()) if line.answer else "",
                seen=line.seen,
                remark=line.remark,
            )
            for line in lines_of(record)
        ]
    told = RecordTold(
        organisation=record.organisation.name,
        mark=record.mark,
        held_on=record.held_on,
        person=record.person.name,
        unit=record.unit.name,
        post=record.post.name,
        level=levels.get(duty.level, ""),
        inspectors=[one.name for one in record.inspectors.order_by("code")],
        changed_reason=record.changed_reason,
        reason=f"{label.zh if label else duty.rule}（{duty.clause}）",
        lines=lines,
        findings=[
            FoundTold(what=one.what, post=one.post.name if one.post else "", due_on=one.due_on)
            for one in findings_of(record)
        ],
        remark=record.remark,
    )
    name = f"廉政监督检查记录{record.mark}{record.person.name}.{form}"
    return PAPERS[form](form_of(told)), name
