"""What the command palette offers: pages, acts, what was opened lately, and what is found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lianfang.alerts.access import may_record
from lianfang.duties.access import talks_with_some
from lianfang.inspections.access import may_run
from lianfang.learning.access import organises_all, organises_some
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.access import keeps_library
from lianfang.shell.hits import Section
from lianfang.shell.pages import pages_for
from lianfang.shell.places import May, roles
from lianfang.shell.search import found_in_all_rooms
from lianfang.surveys.access import bodies_held_for

# of each section of what is found
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something to begin, by the name of its page; `in_unit` where that asks for a unit."""

    label: Promise | str
    page: str
    may: May
    in_unit: bool = False


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A line of the palette; `words` is what it is found by, in both languages."""

    label: str
    detail: str
    icon: str
    url: str
    words: str


def _drafts(standing: Standing) -> bool:
    return bool(_unit_of(standing))


def _holds_surveys(standing: Standing) -> bool:
    return bool(bodies_held_for(standing))


ACTS: tuple[Act, ...] = (
    Act(label=_("新增职权"), page="powers:power-add", may=_drafts, in_unit=True),
    Act(label=_("新增风险点"), page="risks:risk-add", may=_drafts, in_unit=True),
    Act(label=_("安排谈话"), page="duties:talk-plan", may=talks_with_some),
    Act(label=_("记下一个苗头"), page="alerts:record", may=may_record),
    Act(label=_("登记制度"), page="powers:regulation-add", may=keeps_library),
    Act(label=_("新增学习活动"), page="learning:activity-add", may=organises_some),
    Act(label=_("编写警示案例"), page="learning:case-add", may=organises_all),
    Act(label=_("编制学习计划"), page="learning:plan-write", may=organises_all),
    Act(label=_("筹备测评"), page="surveys:plan", may=_holds_surveys),
    Act(label=_("拟定抽取"), page="inspections:draw-plan", may=may_run),
    Act(label=_("登记人员"), page="org:person-add", may=roles(Role.SYSTEM_ADMINISTRATOR)),
    Act(label=_("开通登录"), page="org:login-add", may=roles(Role.SECURITY_ADMINISTRATOR)),
)


def pages_offered(standing: Standing) -> tuple[Offer, ...]:
    """Return the pages somebody may open. No statement."""
    return tuple(
        Offer(
            label=str(page.label),
            detail=str(page.group) if str(page.group) != str(page.label) else "",
            icon=page.icon,
            url=page.url,
            words=in_all_languages(page.label, page.group),
        )
        for page in pages_for(standing).values()
    )


def acts_offered(standing: Standing) -> tuple[Offer, ...]:
    """Return what somebody may begin. No statement."""
    return tuple(
        Offer(
            label=str(act.label),
            detail="",
            icon="plus",
            url=reverse(act.page, args=[_unit_of(standing)] if act.in_unit else []),
            words=in_all_languages(act.label),
        )
        for act in ACTS
        if act.may(standing)
    )


def found_offered(standing: Standing, words: str) -> tuple[Section, ...]:
    """Return the first of what every room finds. The statements of the search."""
    return tuple(
        replace(section, hits=section.hits[:SHOWN])
        for section in found_in_all_rooms(standing, words)
    )


def in_all_languages(*labels: Promise | str) -> str:
    """Return words in every language of the product, in small letters."""
    return " ".join(dict.fromkeys(_said(labels))).casefold()


def _said(labels: Iterable[Promise | str]) -> Iterable[str]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield from [str(label) for label in labels]


def _unit_of(standing: Standing) -> int:
    """Return the unit whose register somebody drafts, their own first; 0 for none."""
    own = standing.units or standing.headed if standing.is_staff else frozenset()
    return min(own, default=0)
