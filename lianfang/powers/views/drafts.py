"""A draft deleted by its author, and brought back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.powers import actions
from lianfang.powers.access import get_deleted_draft_for, get_power_for
from lianfang.powers.forms.regulations import ConfirmForm
from lianfang.powers.models import DeletedDraft, Power
from lianfang.powers.views.addresses import to


@both
def power_delete(request: AppRequest, power_id: int) -> HttpResponse:
    """Delete a draft, and offer to bring it back."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id, to="edit")
    form, deleted = ConfirmForm(**bound(request)), list[DeletedDraft]()
    answer = act(
        request,
        form,
        lambda: deleted.append(actions.delete_draft(power=power, by=request.user, at=request.at)),
        title=_("删除草稿"),
        sub=_("删除“%(name)s”。删除后可以恢复；已有风险点引用的，请改用“停用”。")
        % {"name": f"{power.code} {power.shown_name}"},
        crumb=power.shown_name,
        then=to("power", power_id),
        danger=True,
    )
    return go(request, to("power-restore", deleted[0].pk)) if deleted else answer


@both
def power_restore(request: AppRequest, draft_id: int) -> HttpResponse:
    """Offer a deleted draft to its author, and bring it back."""
    standing = standing_for(request)
    draft = get_deleted_draft_for(standing, draft_id)
    form, restored = ConfirmForm(**bound(request)), list[Power]()
    answer = act(
        request,
        form,
        lambda: restored.append(actions.restore_draft(draft=draft, by=request.user, at=request.at)),
        title=_("撤销删除"),
        sub=_("草稿“%(name)s”已删除。点“确认”可恢复，内容和编号不变。")
        % {"name": f"{draft.code} {draft.name}"},
        crumb=_("职权目录"),
        then=to("catalogue"),
        danger=True,
    )
    return go(request, to("power", restored[0].pk)) if restored else answer
