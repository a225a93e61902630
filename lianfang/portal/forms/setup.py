"""Where senders are pointed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.portal.rules.limits import LARGEST_FILE_MB, MOST_FILES


class SetupForm(forms.Form):
    """The settings of the portal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    superior_channel = forms.CharField(
        label=_("上级机关的举报渠道"),
        help_text=_("举报涉及领导班子或纪检监察室时给出：机关名称、电话、地址、网址，每行一项。"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    superior_channel_en = forms.CharField(
        label=_("上级机关的举报渠道（英文）"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hotline = forms.CharField(label=_("公开举报电话"), max_length=60)
    hotline_site = forms.CharField(label=_("公开举报网站"), max_length=200, required=False)
    phone = forms.CharField(label=_("监督电话"), max_length=100, required=False)
    post_address = forms.CharField(label=_("来信地址"), max_length=200, required=False)
    most_files = forms.IntegerField(
        label=_("附件个数上限"), min_value=0, max_value=MOST_FILES, help_text=_("0 为不收附件")
    )
    file_mb = forms.IntegerField(
        label=_("单个附件上限（MB）"), min_value=1, max_value=LARGEST_FILE_MB
    )
