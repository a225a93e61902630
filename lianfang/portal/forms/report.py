"""What a sender writes: a report, or more facts; shape alone, nothing is looked up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.portal.rules.limits import LONGEST_TEXT, fit_together
from lianfang.portal.words import QUESTIONS
from lianfang.sealing.filing import PlainFile
from lianfang.sealing.receipts import new_receipt, typed

_LINE = 300
_BYTES_PER_MB = 1000 * 1000


def _long(label: Any, hint: Any, *, rows: int = 3, required: bool = False) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_TEXT // 2,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _line(label: Any, hint: Any = "", *, most: int = _LINE) -> Any:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


class Files(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none needed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Files(), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files that hold something."""
        del initial
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file and file.size]


class WithFiles(forms.Form):
    """Files within the limits of the organisation."""

    attached = FilesField(label=_("附件"))

    def __init__(self, *args: Any, most_files: int, file_mb: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._most, self._mb = most_files, file_mb

    def clean_attached(self) -> list[UploadedFile[Any]]:
        """Refuse what would not be taken, before anything is sealed."""
        files: list[UploadedFile[Any]] = self.cleaned_data["attached"]
        if len(files) > self._most:
            raise forms.ValidationError(gettext("附件太多。"))
        sizes = [file.size or 0 for file in files]
        if any(size > self._mb * _BYTES_PER_MB for size in sizes):
            raise forms.ValidationError(gettext("附件太大。请压缩、分次补充或寄送。"))
        if not fit_together(sizes):
            raise forms.ValidationError(
                gettext(
                    "附件加在一起太大，没有发出。请先发最要紧的，或压缩后再选；其余提交后凭回执码补充。"
                )
            )
        return files

    @property
    def plain_files(self) -> list[PlainFile]:
        """The files in memory."""
        return [
            PlainFile(
                name=(file.name or "")[:_LINE], kind=file.content_type or "", content=file.read()
            )
            for file in self.cleaned_data["attached"]
        ]


class ReportForm(WithFiles):
    """A report. Only what happened has to be told."""

    receipt = forms.CharField(widget=forms.HiddenInput, initial=new_receipt)
    what = _long(
        QUESTIONS["what"],
        _("时间、地点、经过。请不要写与事情无关的个人隐私，不要写国家秘密。"),
        rows=6,
        required=True,
    )
    who = _line(QUESTIONS["who"], _("岗位或姓名；不知道可以不填。"))
    unit = _line(QUESTIONS["unit"], _("可以从列表中选，也可以自己写。"))
    when = _line(QUESTIONS["when"])
    where = _line(QUESTIONS["where"])
    known = _long(QUESTIONS["known"], _("亲眼看到、听人说起、看到文件……"))
    evidence = _long(QUESTIONS["evidence"], _("票据、记录、在场的人，可以到哪里核实。"))
    signed = forms.ChoiceField(
        label=_("是否留下姓名"),
        choices=[
            ("no", pgettext_lazy("sender", "匿名")),
            ("yes", pgettext_lazy("sender", "实名")),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )
    name = _line(_("姓名"), most=60)
    contact = _line(_("联系方式"), _("电话、邮箱或住址，您愿意用的一种。"))

    def __init__(self, *args: Any, units: Sequence[str], may_sign: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.units = units
        self.may_sign = may_sign
        self.fields["unit"].widget.attrs["list"] = "units"
        if not may_sign:
            for name in ("signed", "name", "contact"):
                del self.fields[name]

    def clean_receipt(self) -> str:
        """Return the digits with which this page was made."""
        digits = typed(self.cleaned_data["receipt"])
        if digits is None:
            raise forms.ValidationError(gettext("页面不完整，请重新打开。"))
        return digits

    def clean(self) -> dict[str, Any]:
        """Ask for a name where somebody wants to sign."""
        found = super().clean() or self.cleaned_data
        if found.get("signed") == "yes" and not found.get("name"):
            self.add_error("name", gettext("实名反映请填写姓名；不想留下姓名，请选匿名。"))
        if sum(len(str(found.get(name, ""))) for name in QUESTIONS) > LONGEST_TEXT:
            self.add_error("what", gettext("内容太长。请留下最要紧的，其余作为附件。"))
        return found

    @property
    def body(self) -> dict[str, Any]:
        """What is sealed for the readers."""
        answers = {name: self.cleaned_data[name] for name in QUESTIONS if self.cleaned_data[name]}
        return {"format": 1, "language": str(language_now()), "answers": answers}

    @property
    def identity(self) -> dict[str, Any] | None:
        """What is sealed apart, for a reader and a witness together; None without a name."""
        if self.cleaned_data.get("signed") != "yes":
            return None
        return {"name": self.cleaned_data["name"], "contact": self.cleaned_data["contact"]}


class ReceiptForm(forms.Form):
    """A receipt, as people type it."""

    receipt = forms.CharField(
        label=_("回执码"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_receipt(self) -> str:
        """Return the 16 digits."""
        digits = typed(self.cleaned_data["receipt"])
        if digits is None:
            raise forms.ValidationError(gettext("回执码是 16 位数字。"))
        return digits


class FurtherForm(WithFiles):
    """More facts to a report; `once` tells a second letter from the same one sent again."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=new_receipt)
    text = _long(_("要补充的情况"), "", rows=5, required=True)
