"""The pages somebody may open, by name: those of the sidebar, and some that stand beneath them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.org.standing import Standing
from lianfang.shell.navigation import GROUPS
from lianfang.shell.places import Entry, Group, anybody, staff
from lianfang.shell.sidebar import address

Words = Promise | str

BESIDE: tuple[Group, ...] = (
    Group(
        label=_("我的工作台"),
        icon="desk",
        entries=(
            Entry(label=_("到期日历"), page="shell:calendar", may=staff),
            Entry(label=_("通知"), page="shell:notices", may=anybody),
            Entry(label=_("通知方式"), page="shell:wishes", may=anybody),
            Entry(label=_("查找"), page="shell:search", may=anybody),
            Entry(label=_("帮助"), page="shell:help", may=anybody),
            Entry(label=_("我的账户"), page="accounts:home", may=anybody),
        ),
    ),
    Group(
        label=_("公开"),
        icon="globe",
        entries=(Entry(label=_("实名或匿名举报"), page="portal:start", may=anybody),),
    ),
    Group(
        label=_("风险防控"),
        icon="risk",
        entries=(Entry(label=_("参与情况"), page="risks:participation", may=staff),),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page somebody may open: what it is called, in which group, and where it is."""

    name: str
    label: Words
    group: Words
    icon: str
    url: str


def pages_for(standing: Standing) -> Mapping[str, Page]:
    """Return the pages that take no argument and that somebody may open, by name. No statement."""
    found: dict[str, Page] = {}
    for page in _pages(standing):
        found.setdefault(page.name, page)
    return found


def _pages(standing: Standing) -> Iterator[Page]:
    for group in (*GROUPS, *BESIDE):
        if not group.may(standing):
            continue
        if group.page:
            yield from _page(group.page, group.label, group)
        for entry in group.entries:
            if entry.may(standing):
                yield from _page(entry.page, entry.label, group)


def _page(name: str, label: Words, group: Group) -> Iterator[Page]:
    url = address(name)
    if url is not None:
        yield Page(name=name, label=label, group=group.label, icon=group.icon, url=url)
