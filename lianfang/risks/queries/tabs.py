"""The tabs over the register: lists that everybody needs, and those somebody keeps."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianfang.common.http import language_now
from lianfang.risks.models import SavedView
from lianfang.risks.queries.narrowing import PROPOSED, UNRATED
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A list by name; `key` is that of a view somebody keeps, None of one that everybody has."""

    label: str
    query: str
    is_on: bool
    key: int | None = None


def tabs_of(scheme: Scheme, views: QuerySet[SavedView], query: str) -> tuple[Tab, ...]:
    """Return the tabs, while the list of `query` is shown. One statement."""
    usual = [
        (_("全部"), "?"),
        (_("本单位"), "?mine=1"),
        (_("三重一大"), "?weighty=1"),
        (_("待审核"), f"?state={PROPOSED}"),
        (_("未评"), f"?level={UNRATED}"),
    ]
    if scheme.levels and scheme.phases:
        level, phase = scheme.levels[0], scheme.phases[-1]
        label = _("%(level)s等级缺%(phase)s") % {
            "level": level.label.in_(language_now()),
            "phase": phase.label.in_(language_now()),
        }
        usual.insert(2, (label, f"?level={level.code}&lacks={phase.code}"))
    return (
        *(Tab(label=label, query=one, is_on=one == query) for label, one in usual),
        *(
            Tab(label=name, query=f"?{one}", is_on=f"?{one}" == query, key=key)
            for key, name, one in views.order_by("name").values_list("pk", "name", "query")
        ),
    )
