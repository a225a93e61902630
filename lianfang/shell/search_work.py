"""What the search box finds in the rooms where work is carried out, and in the archive."""

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.found import found_by as alerts_found_by
from lianfang.alerts.models import Alert
from lianfang.cycles.found import found_by as year_found_by
from lianfang.duties.found import LIMIT
from lianfang.duties.found import found_by as duties_found_by
from lianfang.duties.models import Duty, Talk
from lianfang.inspections.found import found_by as inspections_found_by
from lianfang.leads.found import found_by as leads_found_by
from lianfang.leads.models import Lead
from lianfang.learning.found import found_by as learning_found_by
from lianfang.org.standing import Standing
from lianfang.shell.archive.papers import papers_found
from lianfang.shell.hits import Hit, Section, section
from lianfang.surveys.found import found_by as surveys_found_by
from lianfang.surveys.models import Survey

# as much of a text as a line holds
_LINE = 60


def in_duties(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find open duties, measures in force and the asker's talks. Three statements."""
    found = duties_found_by(standing, words)
    duties = tuple(_duty(one) for one in found.duties)
    measures = tuple(
        Hit(
            title=truncatechars(one.text, _LINE),
            detail=f"{one.unit.shown_name}  {one.code}",
            url=f"{reverse('duties:measures')}?unit={one.unit_id}",
        )
        for one in found.measures
    )
    talks = tuple(_talk(one, standing) for one in found.talks)
    return (
        section(
            _("履责任务"), "check", duties, limit=LIMIT, page="duties:duties", view="list", q=words
        ),
        section(
            pgettext_lazy("figures", "措施"), "check", measures, limit=LIMIT, page="duties:measures"
        ),
        section(_("我的谈话"), "talk", talks, limit=LIMIT, page="duties:talks"),
    )


def in_year(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find filings and editions of units. Two statements."""
    found = year_found_by(standing, words)
    filings = tuple(
        Hit(
            title=f"{one.unit.shown_name}  {one.cycle.year}",
            detail=str(one.get_state_display()),
            url=reverse("cycles:filing", args=[one.pk]),
        )
        for one in found.filings
    )
    editions = tuple(
        Hit(
            title=f"{one.unit.shown_name}  {one.number}",
            detail=one.effective_from.isoformat(),
            url=reverse("cycles:edition", args=[one.pk]),
        )
        for one in found.editions
    )
    return (
        section(pgettext_lazy("menu", "填报"), "edit", filings, limit=LIMIT, page="cycles:board"),
        section(
            pgettext_lazy("menu", "版本"), "paper", editions, limit=LIMIT, page="cycles:editions"
        ),
    )


def in_inspections(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find draws and findings of inspections. Two statements."""
    found = inspections_found_by(standing, words)
    draws = tuple(
        Hit(
            title=one.title,
            detail=f"{one.year}  {one.get_state_display()}",
            url=reverse("inspections:draw", args=[one.pk]),
        )
        for one in found.draws
    )
    findings = tuple(
        Hit(
            title=truncatechars(one.what, _LINE),
            detail=f"{one.unit.shown_name}  {one.get_state_display()}",
            url=reverse("inspections:finding", args=[one.pk]),
        )
        for one in found.findings
    )
    return (
        section(pgettext_lazy("menu", "抽取"), "eye", draws, limit=LIMIT, page="inspections:draws"),
        section(_("检查问题"), "eye", findings, limit=LIMIT, page="inspections:findings"),
    )


def in_alerts(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find alerts by place or number. One statement."""
    hits = tuple(_numbered(one, "alerts:alert") for one in alerts_found_by(standing, words))
    return (section(pgettext_lazy("menu", "预警"), "alert", hits, limit=LIMIT, page="alerts:list"),)


def in_leads(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find leads by number or place, for those who may know each. Four statements."""
    hits = tuple(_numbered(one, "leads:lead") for one in leads_found_by(standing, words))
    return (section(_("问题线索"), "alert", hits, limit=LIMIT, page="leads:leads"),)


def in_education(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find learning activities, warning cases and surveys. Four statements."""
    found, surveys = learning_found_by(standing, words), surveys_found_by(standing, words)
    activities = tuple(
        Hit(
            title=one.title,
            detail=f"{one.get_kind_display()}  {one.get_state_display()}",
            url=reverse("learning:activity", args=[one.pk]),
        )
        for one in found.activities
    )
    cases = tuple(
        Hit(title=one.title, detail=one.source, url=reverse("learning:case", args=[one.pk]))
        for one in found.cases
    )
    held = {one.pk: _survey(one, "surveys:survey") for one in surveys.held}
    asked = {one.pk: _survey(one, "surveys:answer") for one in surveys.asked}
    return (
        section(_("学习活动"), "book", activities, limit=LIMIT, page="learning:activities"),
        section(_("警示案例"), "book", cases, limit=LIMIT, page="learning:cases"),
        section(
            pgettext_lazy("menu", "测评"),
            "people",
            tuple({**asked, **held}.values()),
            limit=LIMIT,
            page="surveys:surveys",
        ),
    )


def in_archive(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find official documents by title or number. Two statements."""
    hits = tuple(
        Hit(title=paper.title, detail=paper.mark, url=reverse("shell:paper", args=[paper.pk]))
        for paper in papers_found(standing, words, LIMIT)
    )
    return (section(_("公文"), "paper", hits, limit=LIMIT, page="shell:archive", q=words),)


def _duty(duty: Duty) -> Hit:
    who = duty.person or duty.actor
    name = who.shown_name if who else duty.unit.shown_name
    where = duty.post.shown_name if duty.post else duty.unit.shown_name
    return Hit(
        title=f"{duty.get_kind_display()}  {name}",
        detail=f"{where}  {duty.due_on.isoformat()}",
        url=reverse("duties:duty", args=[duty.pk]),
    )


def _talk(talk: Talk, standing: Standing) -> Hit:
    other = talk.talker if talk.person_id == standing.person_id else talk.person
    return Hit(
        title=gettext("与%(name)s谈话") % {"name": other.shown_name},
        detail=f"{talk.post.shown_name}  {talk.mark or talk.get_state_display()}",
        url=reverse("duties:talk", args=[talk.pk]),
    )


def _survey(survey: Survey, page: str) -> Hit:
    return Hit(
        title=survey.title,
        detail=str(survey.get_state_display()),
        url=reverse(page, args=[survey.pk]),
    )


def _numbered(one: Alert | Lead, page: str) -> Hit:
    """Return what bears a number, with its unit and its state; nobody is named."""
    unit = one.unit.shown_name if one.unit else ""
    return Hit(
        title=one.mark,
        detail=f"{unit}  {one.get_state_display()}".strip(),
        url=reverse(page, args=[one.pk]),
    )
