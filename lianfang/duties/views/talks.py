"""Talks: mine to hold and to confirm, those held, one with its record, its paper (五（五）)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.http import AppRequest, render_page
from lianfang.documents.writing.official import RecordForm
from lianfang.documents.writing.official_docx import record_docx
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.duties import access
from lianfang.duties.actions.talking import SEALED
from lianfang.duties.forms.talks import TalksForm
from lianfang.duties.models import Talk
from lianfang.duties.queries.duties import rule_labels, shown
from lianfang.duties.queries.talk_paper import told_of
from lianfang.duties.queries.talks import (
    Narrowed,
    duties_to_plan,
    supplements_of,
    talk_labels,
    talk_page,
    talks_planned,
    talks_to_confirm,
)
from lianfang.duties.rules.talk_calendar import Meeting, calendar_file
from lianfang.duties.rules.talk_paper import record_of
from lianfang.duties.rules.talks import kind_called
from lianfang.files.sending import as_download, download
from lianfang.org.access import get_post_for, standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register
from lianfang.risks.queries.checking import findings_at

_PAPERS: dict[str, Callable[[RecordForm], bytes]] = {"pdf": record_pdf, "docx": record_docx}
_MINUTES = 40
_TOPICS = 20


@require_GET
def talks(request: AppRequest) -> HttpResponse:
    """List the talks that wait for the asker, and those they may know of."""
    standing = standing_for(request)
    require_register(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    labels = talk_labels(scheme)
    form = TalksForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    narrowed = Narrowed(
        kind=asked.get("kind", "") if asked.get("kind") in labels else "",
        state=asked.get("state", ""),
        before=asked.get("before"),
    )
    own = access.talks_of(standing)
    waiting = shown(duties_to_plan(access.duties_of(standing)), rule_labels(scheme))
    context: dict[str, object] = {
        "planned": talks_planned(own),
        "waiting": waiting,
        "may_plan": bool(waiting) or access.talks_with_some(standing),
        "to_confirm": talks_to_confirm(standing),
        "page": talk_page(access.talks_visible_to(standing), narrowed),
        "asked": narrowed,
        "labels": labels,
        "states": Talk.State.choices,
        "on": standing.on,
        "me": standing.person_id,
    }
    return render_page(request, "duties/talks.html", context)


@require_GET
def talk(request: AppRequest, talk_id: int) -> HttpResponse:
    """Show a talk: who with whom and when; what was said to those who may read it."""
    standing = standing_for(request)
    found = access.get_talk_for(standing, talk_id)
    scheme = scheme_of(found.organisation, standing.on)
    reads = access.may_read(standing, found)
    takes_part = access.may_with_talk(standing, found, "attend")
    talks, state = access.may_with_talk(standing, found, "record"), found.state
    kind = kind_called(scheme, found.kind)
    context: dict[str, object] = {
        "talk": found,
        "kind": kind,
        "duties": shown(access.duties_of_talk(standing, found), rule_labels(scheme)),
        "may_open_duties": access.duties_visible_to(standing).filter(talks=found).exists(),
        "reads": reads,
        "supplements": supplements_of(found) if reads else (),
        "may_record": talks and state == "planned",
        "may_correct": talks and state == "held",
        "may_scan": talks and state == "held" and kind.signed,
        "may_confirm": access.may_with_talk(standing, found, "confirm") and state == "held",
        "may_add": takes_part and state == "confirmed",
        "may_attend": takes_part and state == "planned",
        "history": history_of(found, withheld=_withheld(standing, found, reads)),
    }
    return render_page(request, "duties/talk.html", context)


def _withheld(standing: Standing, talk: Talk, reads: bool) -> tuple[str, ...]:
    """Return of which parts of a talk's history only the fact is told.

    What was said, to those who may not read it; which duties asked for it, to the person.
    """
    said = () if reads else (*SEALED, "text")
    return (*said, "duties") if standing.person_id == talk.person_id else said


@require_GET
def talk_calendar(request: AppRequest, talk_id: int) -> HttpResponseBase:
    """Give a planned talk to one's calendar: when, where and with whom."""
    standing = standing_for(request)
    found = access.get_talk_for(standing, talk_id, to="attend")
    if found.state != Talk.State.PLANNED:
        raise Http404
    other = found.talker if standing.person_id == found.person_id else found.person
    meeting = Meeting(
        uid=f"talk-{found.pk}@{request.get_host()}",
        summary=_("谈话：%(name)s") % {"name": other.shown_name},
        place=found.place,
        starts_at=found.starts_at,
        minutes=found.minutes or _MINUTES,
        told_at=request.at,
        revision=found.version - 1,
    )
    response = as_download(calendar_file(meeting), _("谈话") + ".ics")
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return response


@require_GET
def talk_paper(request: AppRequest, talk_id: int, form: str) -> HttpResponseBase:
    """Give the record of a talk, to be printed and signed; blank before it is held."""
    standing = standing_for(request)
    found = access.get_talk_for(standing, talk_id, to="read")
    if form not in _PAPERS:
        raise Http404
    told = told_of(found, scheme_of(found.organisation, standing.on))
    name = f"廉政谈话记录{found.mark}{found.person.name}.{form}"
    return as_download(_PAPERS[form](record_of(told)), name)


@require_GET
def talk_scan(request: AppRequest, talk_id: int) -> HttpResponseBase:
    """Give the signed record that was uploaded."""
    found = access.get_talk_for(standing_for(request), talk_id, to="read")
    if found.scan is None:
        raise Http404
    return download(found.scan)


def to_talk(talk_id: int) -> str:
    """Return the address of a talk's page."""
    return reverse("duties:talk", args=[talk_id])


@require_GET
def talk_findings(request: AppRequest, post_id: int) -> HttpResponse:
    """Offer what the checks hold against a post and its risk points, as topics of a talk."""
    standing = standing_for(request)
    require_register(standing)
    post = get_post_for(standing, post_id)
    organisation = organisation_of(standing)
    found = findings_at(post, scheme_of(organisation, standing.on), standing.on)
    context: dict[str, object] = {
        "post": post,
        "heading": _("可谈的自动检查意见"),
        "clause": "六（二）",
        "topics": [f"{one.finding.message.zh}（{one.finding.code}）" for one in found[:_TOPICS]],
        "nothing": _("五项检查对这个岗位没有意见。"),
    }
    return render_page(request, "topics.html", context, fragment="components/topics.html")
