"""The discipline office raises the level of a post after a breach, and lets it down again."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.duties.actions.raising import confirm_breach, confirm_end_of_raise
from lianfang.duties.forms.raising import BreachForm, EndForm
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.risks import access
from lianfang.risks.actions.levels import BREACH
from lianfang.risks.queries.effects import effect_of_breach, effect_of_end, powers_beside

PAGE = "duties/level_change.html"


@both
def breach_add(request: AppRequest, post_id: int) -> HttpResponse:
    """Record a breach found in a post; its effect on the level is shown first (五（七）2（2）)."""
    standing = standing_for(request)
    post = access.get_post_to_judge_for(standing, post_id)
    scheme = scheme_of(organisation_of(standing), standing.on)
    form = BreachForm(**bound(request), powers=powers_beside(post))
    return act(
        request,
        form,
        lambda: confirm_breach(
            post=post,
            **form.cleaned_data,
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记违规"),
        clause=BREACH,
        then=reverse("risks:levels-of-post", args=[post.pk]),
        danger=True,
        page=PAGE,
        more={"post": post, "effect": effect_of_breach(post, scheme, standing.on)},
    )


@both
def override_end(request: AppRequest, override_id: int) -> HttpResponse:
    """End a raised level; what the post has then is shown first."""
    standing = standing_for(request)
    override = access.get_override_to_end_for(standing, override_id)
    scheme = scheme_of(organisation_of(standing), standing.on)
    form = EndForm(**bound(request), initial={"last_on": standing.on})
    return act(
        request,
        form,
        lambda: confirm_end_of_raise(
            override=override,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("解除等级上调"),
        clause=BREACH,
        then=reverse("risks:levels-of-post", args=[override.post_id]),
        danger=True,
        page=PAGE,
        more={
            "post": override.post,
            "override": override,
            "effect": effect_of_end(override, scheme, standing.on),
        },
    )
