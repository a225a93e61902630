"""Who sees the leadership's view (三).

The leadership, the leading group and its office, and the discipline office. What they see in it is
what their lists show them, no more: every figure is counted among rows that its reader may open.
"""

from django.http import Http404

from lianfang.org.access import require
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

LOOKS = (
    Role.LEADERSHIP_HEAD,
    Role.LEADERSHIP,
    Role.LEADING_GROUP,
    Role.LEADING_GROUP_OFFICE,
    Role.DISCIPLINE_OFFICE,
)


def may_look(standing: Standing) -> bool:
    """Return whether somebody has the view."""
    return standing.is_staff and standing.has(*LOOKS)


def require_look(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for those who don't have the view."""
    if not standing.is_staff:
        raise Http404
    require(standing, *LOOKS)
