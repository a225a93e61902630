"""Who may see, draft, rate and endorse risk points.

Staff know the register of their organisation; a unit's own people draft it. A level is proposed
by somebody who carries the risk or drafts for the unit, and endorsed by the control owner of its
posts, who never endorses what they proposed themself (五（三）).
"""

from collections.abc import Collection
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.org.models import Post
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.access import may_draft, require_drafting
from lianfang.powers.models import DeletedDraft
from lianfang.risks.models import LevelOverride, Measure, RiskPoint, SavedView
from lianfang.risks.queries.endorsing import endorsable_among

To = Literal["view", "edit", "endorse"]
_HANGS_ON = ("unit", "power", "step", "post", "regulation")
_SHOWN = (*_HANGS_ON, "found_by", "proposed_by", "endorsed_by")


def risks_visible_to(standing: Standing) -> QuerySet[RiskPoint]:
    """Return the risk points somebody may know of, retired ones among them."""
    if not standing.is_staff:
        return RiskPoint.objects.none()
    return RiskPoint.objects.filter(organisation=standing.organisation_id)


def get_register_for(standing: Standing) -> QuerySet[RiskPoint]:
    """Return the register of the asker's organisation. Raises Http404 for its administrators."""
    if not standing.is_staff:
        raise Http404
    return risks_visible_to(standing)


def views_of(standing: Standing) -> QuerySet[SavedView]:
    """Return the views that the asker keeps; nobody sees another's."""
    return SavedView.objects.filter(owner=standing.user_id)


def get_view_for(standing: Standing, view_id: int) -> SavedView:
    """Return a view of the asker's own. Raises Http404."""
    if not standing.is_staff:
        raise Http404
    return get_object_or_404(views_of(standing), pk=view_id)


def get_selection_for(standing: Standing, keys: Collection[int]) -> list[RiskPoint]:
    """Return risk points that the asker drafts, in the order of their codes. One statement.

    Raises Http404 for one that may not be known, PermissionDenied for one of another unit.
    """
    found = list(get_register_for(standing).filter(pk__in=keys).order_by("code"))
    if len(found) < len(keys):
        raise Http404
    for risk in found:
        require_drafting(standing, risk.unit_id)
    return found


def get_risk_for(standing: Standing, risk_id: int, *, to: To = "view") -> RiskPoint:
    """Return a risk point. Raises Http404 where it may not be known, PermissionDenied to others."""
    rows = risks_visible_to(standing).select_related(*_SHOWN)
    risk = get_object_or_404(rows, pk=risk_id)
    if to == "edit":
        require_drafting(standing, risk.unit_id)
    if to == "endorse" and not may_endorse(standing, risk):
        raise PermissionDenied
    return risk


def may_edit(standing: Standing, risk: RiskPoint) -> bool:
    """Return whether the asker drafts the register this risk point stands in."""
    return may_draft(standing, risk.unit_id)


def may_endorse(standing: Standing, risk: RiskPoint) -> bool:
    """Return whether the asker is the control owner of a post that carries the risk point.

    Where the owner proposed the level or holds such a post themself, it is the next one above.
    Six statements; for many at once there is `queries.endorsing.endorsable_among`.
    """
    return risk.pk in endorsable_among(standing, [risk])


def get_risk_to_rate(standing: Standing, risk_id: int) -> RiskPoint:
    """Return a risk point that the asker may rate: they draft its unit, or their post carries it.

    Raises Http404 and PermissionDenied.
    """
    risk = get_risk_for(standing, risk_id)
    if not may_rate(standing, risk):
        raise PermissionDenied
    return risk


def may_rate(standing: Standing, risk: RiskPoint) -> bool:
    """Return whether the asker may propose a level. One statement at most."""
    if may_edit(standing, risk):
        return True
    return standing.is_staff and risk.carriers.filter(post__in=standing.posts).exists()


def get_measure_for(standing: Standing, measure_id: int) -> Measure:
    """Return a measure that the asker drafts. Raises Http404 and PermissionDenied."""
    rows = Measure.objects.filter(risk__in=risks_visible_to(standing))
    measure = get_object_or_404(rows.select_related("risk__unit", "risk__power"), pk=measure_id)
    require_drafting(standing, measure.risk.unit_id)
    return measure


def deleted_drafts_of(standing: Standing) -> QuerySet[DeletedDraft]:
    """Return the drafts of risk points that the asker deleted and did not bring back."""
    if not standing.is_staff:
        return DeletedDraft.objects.none()
    return DeletedDraft.objects.filter(
        organisation=standing.organisation_id,
        kind=DeletedDraft.Kind.RISK,
        deleted_by=standing.user_id,
        restored_at=None,
    )


def get_deleted_draft_for(standing: Standing, draft_id: int) -> DeletedDraft:
    """Return a deleted draft of the asker's own. Raises Http404."""
    return get_object_or_404(deleted_drafts_of(standing).select_related("unit"), pk=draft_id)


def get_post_to_look_from(standing: Standing, post_id: int) -> Post:
    """Return a post that the asker holds, to look for its risks (五（二）).

    Raises Http404 where it is not theirs.
    """
    held = Post.objects.filter(organisation=standing.organisation_id, pk__in=standing.posts)
    return get_object_or_404(held.select_related("unit"), pk=post_id)


def get_posts_for(standing: Standing) -> QuerySet[Post]:
    """Return the posts whose levels the asker may know: all of the organisation, to its staff.

    Raises Http404 for administrators, who read no integrity content.
    """
    if not standing.is_staff:
        raise Http404
    return Post.objects.filter(organisation=standing.organisation_id)


def get_post_with_levels_for(standing: Standing, post_id: int) -> Post:
    """Return a post whose levels the asker may know, a retired one too. Raises Http404."""
    return get_object_or_404(get_posts_for(standing).select_related("unit"), pk=post_id)


def judges_levels(standing: Standing) -> bool:
    """Return whether the asker records breaches: the discipline office does."""
    return standing.has(Role.DISCIPLINE_OFFICE)


def may_judge_levels(standing: Standing, post_id: int) -> bool:
    """Return whether the asker records a breach in that post: not in one of their own."""
    return judges_levels(standing) and post_id not in standing.posts


def get_post_to_judge_for(standing: Standing, post_id: int) -> Post:
    """Return a post in which the asker may record a breach. Raises Http404, PermissionDenied."""
    post = get_post_with_levels_for(standing, post_id)
    if not may_judge_levels(standing, post.pk):
        raise PermissionDenied
    return post


def get_override_to_end_for(standing: Standing, override_id: int) -> LevelOverride:
    """Return a raised level that the asker may end. Raises Http404 and PermissionDenied."""
    rows = LevelOverride.objects.filter(post__in=get_posts_for(standing))
    override = get_object_or_404(rows.select_related("post__unit"), pk=override_id)
    if not may_judge_levels(standing, override.post_id):
        raise PermissionDenied
    return override


def may_see_who(standing: Standing) -> bool:
    """Return whether the asker sees by name who has not taken part, whatever the unit."""
    return standing.has(Role.LEADING_GROUP_OFFICE, Role.DISCIPLINE_OFFICE, Role.LEADERSHIP_HEAD)
