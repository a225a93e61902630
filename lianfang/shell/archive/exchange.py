"""The list of official documents as a workbook."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.shell.archive.papers import Filed


def archive_workbook(*, title: str, on: date, filed: Sequence[Filed]) -> bytes:
    """Return the .xlsx. Raises CellRefused for a text that no cell can hold."""
    headers = (
        (_("发文字号"), 22),
        (_("标题"), 44),
        (_("文种"), 14),
        (_("成文日期"), 12),
        (_("事项"), 30),
        (_("状态"), 10),
        (_("作废日期"), 12),
        (_("作废原因"), 30),
        (_("文件摘要（SHA-256）"), 66),
    )
    sheet = TextSheet(
        title=_("公文档案"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=list(_rows(filed)),
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def _rows(filed: Sequence[Filed]) -> Iterator[list[str]]:
    for one in filed:
        paper = one.paper
        yield [
            paper.mark,
            paper.title,
            str(one.kind),
            paper.issued_on.isoformat(),
            one.about.label if one.about else "",
            _("已作废") if paper.void_on else _("有效"),
            paper.void_on.isoformat() if paper.void_on else "",
            paper.void_reason,
            paper.attachment.digest,
        ]
