"""What stands around every page of somebody who is signed in: made once a request."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.cycles.queries.strip import YearRun
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing
from lianfang.org.words import ROLES
from lianfang.scheme.model import Scheme
from lianfang.shell.chips import USUAL_SCHEME
from lianfang.shell.guides.shown import topic_of
from lianfang.shell.sidebar import Link, OpenGroup, address, groups_for, tabs_for
from lianfang.shell.year import ShownStage, stages_on, stages_run

_ACCOUNT = (
    (_("我的账户"), "person", "accounts:home"),
    (_("修改密码"), "key", "account_change_password"),
    (_("我的登录会话"), "lock", "usersessions_list"),
)


@dataclass(frozen=True, kw_only=True)
class YearStrip:
    """The stages around today; `between` when today's flag stands in none of them."""

    year: int
    today: date
    stages: tuple[ShownStage, ...]

    @property
    def between(self) -> bool:
        """Whether today's flag stands in none of the stages."""
        return not any(stage.is_today for stage in self.stages)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The surroundings of a page. Nothing here asks the database: templates read it.

    `standing` is None for a login that belongs to nobody, and for people not signed in; `late_days`
    counts the days on which the nightly work did not run; `run` is this year's work, None where it
    was not opened; `recent` marks the thing the page shows, for the browser to remember.
    """

    page: str = ""
    login: str = ""
    standing: Standing | None = None
    late_days: int = 0
    run: YearRun | None = None
    recent: str = ""

    @property
    def is_example(self) -> bool:
        """Whether everything shown is invented."""
        return self.standing.is_example if self.standing else bool(settings.EXAMPLE)

    @cached_property
    def scheme(self) -> Scheme:
        """The method by which the organisation works, as it was written."""
        return written_scheme(self.standing.scheme if self.standing else USUAL_SCHEME)

    @property
    def scheme_line(self) -> str:
        """The scheme's name and version, for the foot of the sidebar."""
        named = {"name": self.scheme.name, "version": self.scheme.version}
        return gettext("方案 %(name)s 第 %(version)s 版") % named

    @property
    def organisation(self) -> str:
        """The organisation's name in the page's language."""
        if self.standing is None:
            return ""
        return _either(self.standing.organisation_name, self.standing.organisation_name_en)

    @property
    def superior(self) -> str:
        """The superior body's name in the page's language, empty where nobody wrote it down."""
        if self.standing is None:
            return ""
        return _either(self.standing.superior, self.standing.superior_en)

    @property
    def who(self) -> str:
        """Who is signed in: a person's name, else the login's."""
        if self.standing is None:
            return self.login
        return _either(self.standing.name, self.standing.name_en) or self.login

    @property
    def title(self) -> str:
        """The post somebody holds, or their duty as an administrator."""
        if self.standing is None:
            return ""
        return _either(self.standing.title, self.standing.title_en) or ", ".join(
            str(_duty(role)) for role in sorted(self.standing.roles)
        )

    @cached_property
    def groups(self) -> tuple[OpenGroup, ...]:
        """The lines of the sidebar."""
        return groups_for(self.standing, self.page) if self.standing else ()

    @cached_property
    def tabs(self) -> tuple[Link, ...]:
        """The tabs at the foot of a phone."""
        return tabs_for(self.standing, self.page) if self.standing else ()

    @cached_property
    def year(self) -> YearStrip | None:
        """The strip of the year, in the organisation's time zone."""
        if self.standing is None or not self.standing.is_staff:
            return None
        on, plan = self.standing.on, self.scheme.stages
        stages = stages_on(plan, on) if self.run is None else stages_run(plan, self.run, on)
        return YearStrip(year=on.year, today=on, stages=stages)

    @property
    def help_at(self) -> str:
        """The anchor of the help for this page, empty where it has none of its own."""
        return topic_of(self.page)

    @property
    def account_links(self) -> list[Link]:
        """What somebody may do with their own login."""
        links = ((label, icon, address(page)) for label, icon, page in _ACCOUNT)
        return [
            Link(label=label, url=url, is_current=False, icon=icon)
            for label, icon, url in links
            if url is not None
        ]

    @property
    def late(self) -> str:
        """The sentence of the banner, empty where the nightly work is up to date."""
        if not self.late_days:
            return ""
        return ngettext(
            "夜间任务已有 %(days)s 天没有运行，提醒和期限可能不准。请告知系统管理员。",
            "夜间任务已有 %(days)s 天没有运行，提醒和期限可能不准。请告知系统管理员。",
            self.late_days,
        ) % {"days": self.late_days}


def page_of(request: HttpRequest) -> str:
    """Return the name of the page a request asks for, such as `org:tree`; empty for none."""
    match = request.resolver_match
    return match.view_name if match else ""


def _either(zh: str, en: str) -> str:
    return en or zh if language_now() is Language.EN else zh


def _duty(role: str) -> Promise | str:
    return ROLES.get(role, role)
