"""Who may press those who are late with their duties (三, 五（七）2（1）)."""

from django.db.models import QuerySet

from lianfang.duties.access import duties_visible_to
from lianfang.duties.models import Duty
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

PRESSES_ALL = (Role.DISCIPLINE_OFFICE, Role.LEADING_GROUP_OFFICE, Role.LEADERSHIP_HEAD)


def may_press(standing: Standing) -> bool:
    """Return whether the asker may press others: who sees to all duties, or has units beneath."""
    return standing.is_staff and (standing.has(*PRESSES_ALL) or bool(standing.portfolio))


def duties_pressed_by(standing: Standing) -> QuerySet[Duty]:
    """Return the duties about which the asker may press: all, or those of their portfolio.

    Source: 三, 五（七）2（1）.
    """
    rows = duties_visible_to(standing)
    return rows if standing.has(*PRESSES_ALL) else rows.filter(unit__in=standing.portfolio)
