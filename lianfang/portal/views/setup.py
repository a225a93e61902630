"""The settings of the portal, for the system administrator."""

from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.org.queries.setup import organisation_of
from lianfang.portal.access import require_setting_up, setup_of
from lianfang.portal.actions.setup import CLAUSE, change_setup
from lianfang.portal.forms.setup import SetupForm


@both
def setup(request: AppRequest) -> HttpResponse:
    """Say where senders are pointed to, and how much they may send."""
    standing = standing_for(request)
    require_setting_up(standing)
    organisation = organisation_of(standing)
    form = SetupForm(**bound(request), initial=model_to_dict(setup_of(organisation)))

    def change() -> None:
        values = dict(form.cleaned_data)
        change_setup(
            organisation=organisation,
            version=values.pop("version"),
            values=values,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        change,
        title=_("举报设置"),
        sub=_("举报页面上给出的渠道和附件上限；这里看不到任何举报。"),
        clause=CLAUSE,
        then=reverse("portal:setup"),
    )
