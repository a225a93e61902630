"""Who may see and decide matters of accountability: never about themself (五（七）2).

Whoever keeps a matter, the leading group that decides it, and the person it is about, from the
day it is opened; a candidate that was dismissed stays with those who keep it.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.assessment.access import ASSESSES
from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.recusal import looker_for
from lianfang.assessment.rules.accountability import Candidate
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import inspector_of
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

ToMatter = Literal["view", "keep", "decide", "appeal"]
KEEPS = tuple(ASSESSES)
DECIDES = (Role.LEADING_GROUP,)


def keeps(standing: Standing) -> bool:
    """Return whether the asker is of a body that keeps matters."""
    return standing.is_staff and standing.has(*KEEPS)


def matters_visible_to(standing: Standing) -> QuerySet[Accountability]:
    """Return the matters somebody may know of. Two statements more for those who keep them."""
    rows = Accountability.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    opened = ~Q(state=Accountability.State.DISMISSED)
    mine = Q(person=standing.person_id) & opened
    others = Q()
    if standing.has(*KEEPS, *DECIDES):
        looker = looker_for(standing)
        others = ~Q(person__in=looker.kin | {looker.person})
    for role, body in ASSESSES.items():
        if standing.has(role):
            mine |= Q(kept_by=body.value) & others
    if standing.has(*DECIDES):
        mine |= opened & others
    return rows.filter(mine)


def get_matter_for(standing: Standing, matter_id: int, *, to: ToMatter = "view") -> Accountability:
    """Return a matter. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = matters_visible_to(standing).select_related(
        "organisation", "person", "unit", "post", "breach", "opened_by__person",
        "decided_by__person",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=matter_id)
    if not may_with_matter(standing, found, to):
        raise PermissionDenied
    return found


def may_with_matter(standing: Standing, matter: Accountability, to: ToMatter) -> bool:
    """Return whether the asker may do that with a matter they know of."""
    is_own = matter.person_id == standing.person_id
    if to == "appeal":
        return is_own
    if to == "decide":
        return not is_own and standing.has(*DECIDES)
    if to == "keep":
        return not is_own and any(
            standing.has(role) and matter.kept_by == body for role, body in ASSESSES.items()
        )
    return True


def require_keeping(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for those who keep no matters."""
    if not standing.is_staff:
        raise Http404
    if not keeps(standing):
        raise PermissionDenied


def candidates_for(standing: Standing, found: list[Candidate]) -> list[Candidate]:
    """Return the candidates whose matter the asker would keep, never themself or their kin.

    Seven statements where there are any.
    """
    if not keeps(standing) or not found:
        return []
    structure = structure_around(standing.organisation_id, standing.on, ())
    looker = looker_for(standing)
    bodies = {body.value for role, body in ASSESSES.items() if standing.has(role)}
    return [
        one
        for one in found
        if one.person not in looker.kin | {looker.person}
        and inspector_of(structure, one.person).value in bodies
    ]


def candidate_for(standing: Standing, found: list[Candidate], key: str) -> Candidate:
    """Return the candidate of that key. Raises Http404."""
    for one in candidates_for(standing, found):
        if one.key == key:
            return one
    raise Http404


def letter_for(standing: Standing, matter: Accountability) -> OutgoingDocument | None:
    """Return the letter of a matter, to those who may know of the matter."""
    if not matters_visible_to(standing).filter(pk=matter.pk).exists():
        return None
    found = documents_about(matter)
    return next((one for one in reversed(found) if one.void_on is None), None)
