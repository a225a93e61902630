"""The certificate that a sealed report was destroyed: its days and digest, none of its content."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from lianfang.casework.models import ReportCase
from lianfang.documents.writing.official import Entry, RecordForm, day_in_words
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.org.models import Person
from lianfang.portal.models import SealedReport

_GROUP = 8


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate that waits for its number."""

    title: str
    form: RecordForm

    def make(self, mark: str) -> tuple[str, bytes]:
        """Return the file under a number, with its name. Raises FontsRefused."""
        form = RecordForm(
            organisation=self.form.organisation,
            title=self.form.title,
            on=self.form.on,
            number=mark,
            entries=self.form.entries,
            signatures=self.form.signatures,
            remark=self.form.remark,
        )
        return f"{mark}{self.title}.pdf", record_pdf(form)


def certificate_of(
    report: SealedReport, case: ReportCase, *, officer: Person, on: date
) -> Certificate:
    """Return the certificate about a report that is being destroyed, in Chinese."""
    with override("zh-hans"):
        outcome = str(case.get_outcome_display())
    title = "密封举报销毁证明"
    form = RecordForm(
        organisation=report.organisation.name,
        title=title,
        on=on,
        entries=(
            Entry("举报编号", case.mark),
            Entry("收到日期", _day(report.arrived_on)),
            Entry("办结日期", _day(case.completed_on)),
            Entry("办理结果", outcome),
            Entry("保存期限", _day(case.kept_until)),
            Entry("销毁日期", _day(on)),
            Entry("销毁内容", "密文、全部信封、附件和往来的密文", wide=True),
            Entry("密文摘要（SHA-256）", _in_groups(report.digest), wide=True),
        ),
        signatures=(f"经办人：{officer.name}（签字）", "监销人（签字）"),
        remark="销毁后任何人不能恢复内容；摘要和办理记录留存，凭回执码仍可查到办理状态。依据：五（六）2（2）。",
    )
    return Certificate(title=title, form=form)


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _in_groups(digest: str) -> str:
    """Return a digest in groups, so that it fits the line and can be compared by eye."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
