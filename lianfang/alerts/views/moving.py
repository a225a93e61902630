"""What moves an alert on: who has it, what is done, how it ends (五（六）)."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.alerts import access
from lianfang.alerts.actions import adding, moving
from lianfang.alerts.forms.moving import (
    ChoiceForm,
    FollowForm,
    ReasonForm,
    RecuseForm,
    TriageForm,
    WordsForm,
)
from lianfang.alerts.forms.recording import AddForm
from lianfang.alerts.models import Alert
from lianfang.alerts.queries.concerning import clocks_of, routing_for
from lianfang.alerts.queries.labels import labels_of
from lianfang.alerts.queries.page import ways_open
from lianfang.alerts.rules.ladder import CLOSING, rungs_open
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing

OWNER, OFFICE, ONE = "五（六）2（1）", "五（六）2（2）", "五（六）1"


@both
def triage(request: AppRequest, alert_id: int) -> HttpResponse:
    """Decide who deals with an alert, or send it on."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="triage")
    scheme = scheme_of(found.organisation, standing.on)
    routing = routing_for(found, scheme, standing.on)
    ways = ways_open(routing, clocks_of(found.organisation, scheme), standing.on)
    form = TriageForm(**bound(request), ways=[each.way for each in ways.ways])
    return act(
        request,
        form,
        lambda: moving.triage_alert(
            alert=found,
            way=form.cleaned_data["way"],
            reason=form.cleaned_data["reason"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("分流"),
        sub=found.mark,
        clause=ONE,
        then=to_alert(found),
        after=lambda: _next(standing, found),
        page="alerts/triage.html",
        more={"alert": found, "ways": ways},
    )


@both
def begin(request: AppRequest, alert_id: int) -> HttpResponse:
    """Begin to deal with an alert."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    form = WordsForm(**bound(request))
    return act(
        request,
        form,
        lambda: moving.begin_alert(
            alert=found,
            text=form.cleaned_data["text"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=pgettext("button", "开始办理"),
        sub=found.mark,
        clause=ONE,
        then=to_alert(found),
    )


@both
def measure(request: AppRequest, alert_id: int) -> HttpResponse:
    """Take a measure of the owner's ladder."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    scheme = scheme_of(found.organisation, standing.on)
    rungs = rungs_open(scheme, found.way, moving.taken_for(found))
    form = ChoiceForm(
        **bound(request),
        label=_("措施（由轻到重）"),
        choices=[(rung.code, rung.label.in_(language_now())) for rung in rungs],
    )
    return act(
        request,
        form,
        lambda: moving.take_measure(
            alert=found,
            rung=form.cleaned_data["choice"],
            reason=form.cleaned_data["reason"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("采取措施"),
        sub=_("%(mark)s。防控责任人到批评教育为止；更重的，报纪检监察室。") % {"mark": found.mark},
        clause=OWNER,
        then=to_alert(found),
    )


@both
def close(request: AppRequest, alert_id: int) -> HttpResponse:
    """Close an alert with its outcome."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    scheme = scheme_of(found.organisation, standing.on)
    labels = labels_of(scheme)
    taken = moving.taken_for(found)[-1:]
    form = ChoiceForm(
        **bound(request),
        label=_("结果"),
        choices=[(code, str(labels.outcome(code))) for code in (*taken, *CLOSING)],
    )
    return act(
        request,
        form,
        lambda: moving.close_alert(
            alert=found,
            outcome=form.cleaned_data["choice"],
            reason=form.cleaned_data["reason"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=pgettext("button", "办结"),
        sub=_("%(mark)s。办结后只能补充和回访，不能再改。") % {"mark": found.mark},
        clause=ONE,
        then=to_alert(found),
    )


@both
def send_up(request: AppRequest, alert_id: int) -> HttpResponse:
    """Note that an alert was sent up to the superior body."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: moving.send_up(
            alert=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记已报上级机关"),
        sub=_("%(mark)s。写明报送的时间、方式和文号；上级的办理不在这里记录。")
        % {"mark": found.mark},
        clause=OFFICE,
        then=to_alert(found),
    )


@both
def strike(request: AppRequest, alert_id: int) -> HttpResponse:
    """Strike out a wrong entry."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="strike")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: moving.strike_alert(
            alert=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=pgettext("button", "注销"),
        sub=_("%(mark)s。只用于登记错误；记录仍保留，不再计数。") % {"mark": found.mark},
        clause=ONE,
        then=to_alert(found),
        danger=True,
    )


@both
def follow(request: AppRequest, alert_id: int) -> HttpResponse:
    """Note how things stand after a measure."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    form = FollowForm(**bound(request))
    return act(
        request,
        form,
        lambda: moving.follow_up(
            alert=found,
            text=form.cleaned_data["text"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记回访"),
        sub=found.mark,
        clause=OWNER,
        then=to_alert(found),
    )


@both
def add(request: AppRequest, alert_id: int) -> HttpResponse:
    """Add what became known since."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="add")
    form = AddForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: adding.add_to_alert(
            alert=found,
            text=form.cleaned_data["text"],
            papers=form.papers(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("补充情况"),
        sub=_("%(mark)s。只能追加，已有的记录不变。") % {"mark": found.mark},
        clause=ONE,
        then=to_alert(found),
    )


@both
def recuse(request: AppRequest, alert_id: int) -> HttpResponse:
    """Let somebody stay out of an alert."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="recuse")
    scheme = scheme_of(found.organisation, standing.on)
    form = RecuseForm(**bound(request))
    form.offer(access.people_to_recuse(standing).order_by("code"))
    return act(
        request,
        form,
        lambda: adding.recuse_from_alert(
            alert=found,
            person=form.cleaned_data["person"],
            reason=form.cleaned_data["reason"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=pgettext("button", "回避"),
        sub=_("%(mark)s。回避的人不再看到这条预警；由其办理的，转给上一级。")
        % {"mark": found.mark},
        clause="三",
        then=to_alert(found),
        after=lambda: _next(standing, found),
    )


def to_alert(found: Alert) -> str:
    """Return the address of an alert's page."""
    return reverse("alerts:alert", args=[found.pk])


def _next(standing: Standing, found: Alert) -> str:
    """Return the page to go on to: that of the alert, as long as the asker may see it."""
    if access.alerts_visible_to(standing).filter(pk=found.pk).exists():
        return to_alert(found)
    return reverse("alerts:board")
