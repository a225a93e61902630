"""What is asked when an edition is revised, or when it need not be."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.cycles.models import Proposal
from lianfang.powers.models import Power
from lianfang.scheme.model import Scheme

_AREA = forms.Textarea(attrs={"rows": 4})


class RevisionForm(forms.Form):
    """Why an edition is revised, and which powers of it."""

    trigger = forms.ChoiceField(label=_("触发原因"))
    reason = forms.CharField(
        label=_("修订理由"),
        max_length=600,
        widget=_AREA,
        help_text=_("写明发生了什么、为什么现行版本要改。"),
    )
    covers_rest = forms.BooleanField(
        label=_("新增职权，以及岗位和制度的风险点"),
        required=False,
        help_text=_("要登记新的职权，或修改不挂在职权上的风险点时勾选。"),
    )

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        powers: Sequence[Power],
        proposals: Sequence[Proposal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = language_now()
        self._powers = {str(power.pk): power for power in powers}
        self._proposals = {str(one.pk): one for one in proposals}
        self.fields["trigger"] = forms.ChoiceField(
            label=_("触发原因"),
            choices=[(one.code, one.label.in_(language)) for one in scheme.revision_reasons],
        )
        self.fields["powers"] = forms.TypedMultipleChoiceField(
            label=_("修订的职权"),
            choices=[(key, _named(one)) for key, one in self._powers.items()],
            coerce=self._powers.__getitem__,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("其余职权保持锁定；已在其他修订中的不列出。"),
        )
        if proposals:
            self.fields["proposals"] = forms.TypedMultipleChoiceField(
                label=_("处理的建议"),
                choices=[(key, one.sentence) for key, one in self._proposals.items()],
                coerce=self._proposals.__getitem__,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.order_fields(["trigger", "reason", "proposals", "powers", "covers_rest"])


class DismissForm(forms.Form):
    """Why something asks for no revision."""

    reason = forms.CharField(label=_("不修订的理由"), max_length=400, widget=_AREA)


def _named(power: Power) -> SafeString:
    """Return a power's code and name; a name that nobody put into English stays as it is."""
    if power.name_en:
        return format_html("{} {}", power.code, power.shown_name)
    return format_html('{} <span translate="no">{}</span>', power.code, power.name)
