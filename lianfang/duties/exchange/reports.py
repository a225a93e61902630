"""A report as a Word or PDF file, in Chinese, as it is signed and kept (五（五）)."""

from datetime import date

from django.utils.translation import override

from lianfang.documents.writing.official_docx import record_docx
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.duties.models import Report
from lianfang.duties.queries.reports import shown_parts
from lianfang.duties.rules.report_paper import Printed, Written, report_form

KINDS = ("docx", "pdf")


def report_file(report: Report, kind: str, *, form: str, on: date) -> tuple[bytes, str]:
    """Return a report as a file with its name. Raises FontsRefused.

    Sections, sendings and comments were fetched with it; `form` says how a statement is made.
    """
    with override("zh-hans"):
        printed = _printed(report, form, on)
    paper = report_form(printed)
    content = record_docx(paper) if kind == "docx" else record_pdf(paper)
    return content, f"{paper.title} {report.unit.name} {report.until_on}.{kind}"


def _printed(report: Report, form: str, on: date) -> Printed:
    public = (report.public_from, report.public_until)
    sendings = list(report.sendings.all())
    recipient = report.recipient.name if report.recipient else ""
    return Printed(
        organisation=report.organisation.name,
        kind=report.kind,
        unit=report.unit.name,
        post=report.post.name if report.post else "",
        author=report.author.name if report.author else report.duty.get_actor_role_display(),
        recipient=recipient or report.get_recipient_role_display(),
        from_on=report.from_on,
        until_on=report.until_on,
        on=on,
        form=form,
        held_on=report.held_on,
        sent_on=report.sent_on,
        public=(public[0], public[1]) if public[0] and public[1] else None,
        parts=[
            Written(label=shown.part.label.zh, facts=shown.section.facts, text=shown.section.text)
            for shown in shown_parts(report)
        ],
        judged=sendings[0].comment if sendings else "",
        said=[(comment.person.name, comment.text) for comment in report.comments.all()],
    )
