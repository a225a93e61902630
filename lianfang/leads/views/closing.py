"""A lead is closed; what a breach would do is shown before it is confirmed (五（七）2（2）)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianfang.common.acting import both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.leads.actions import closing
from lianfang.leads.actions.closing import BreachSaid
from lianfang.leads.forms.plain import Confirm
from lianfang.leads.forms.working import BreachForm
from lianfang.leads.queries.effects import coming_of_breach, posts_in_question
from lianfang.leads.views.pages import About
from lianfang.risks.queries.effects import powers_beside


@both
def close(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Close a lead without a breach."""
    about = About(request, lead_id, to="work")
    return about.act(
        Confirm(**bound(request)),
        lambda: closing.close_lead(
            lead=about.lead,
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("办结线索"),
        sub=_("不登记违规，岗位等级不变。办结后不能再改，回访仍可登记。"),
        danger=True,
    )


@both
def close_with_breach(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Close a lead with a breach: first the post is chosen, then what it does is shown."""
    about = About(request, lead_id, to="work")
    posts = posts_in_question(about.lead, about.standing.on)
    key = request.GET.get("post", "")
    if not key.isdigit():
        context: dict[str, object] = {
            "lead": about.lead,
            "banner": about.scheme.leads.notice,
            "posts": list(posts),
        }
        return render_page(request, "leads/choose_post.html", context)
    post = get_object_or_404(posts, pk=int(key))
    form = BreachForm(
        **bound(request), powers=powers_beside(post), keeps_content=about.keeps_content
    )
    return about.act(
        form,
        lambda: closing.close_lead(
            lead=about.lead,
            breach=BreachSaid(
                post=post,
                power=form.cleaned_data["power"],
                what=form.told,
                until_on=form.cleaned_data["until_on"],
            ),
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("办结线索并登记违规"),
        danger=True,
        page="leads/close_breach.html",
        more={"post": post, "coming": coming_of_breach(post, about.scheme, about.standing.on)},
    )
