"""Talks are planned, recorded, confirmed, added to, cancelled: asked for, then done (五（五）)."""

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.duties import access
from lianfang.duties.actions import planning, talking
from lianfang.duties.forms.talks import (
    CancelForm,
    ConfirmForm,
    PlanForm,
    RecordForm,
    ScanForm,
    SeveralForm,
    SupplementForm,
)
from lianfang.duties.models import Duty, Talk
from lianfang.duties.queries.duties import named, rule_labels, shown
from lianfang.duties.queries.talks import (
    duties_for,
    duties_to_plan,
    partners_for,
    second_talkers,
    talk_labels,
    topics_of,
)
from lianfang.duties.rules.talks import follow_up_day, kind_called, kind_for
from lianfang.duties.views.talks import to_talk
from lianfang.org.access import standing_for
from lianfang.org.models import Person, Post
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import TalkKind

RECORD = "duties/talk_record.html"


@both
def talk_plan(request: AppRequest) -> HttpResponse:
    """Plan a talk; `?duty=` says for which duty, `?after=` which talk it follows."""
    standing = standing_for(request)
    require_register(standing)
    scheme, owed = _scheme(standing), access.duties_of(standing)
    form = PlanForm(
        **bound(request),
        partners=partners_for(standing, owed),
        kinds=talk_labels(scheme),
        seconds=second_talkers(standing),
        initial=_asked(request, standing, scheme),
    )
    made: list[Talk] = []

    def plan() -> None:
        partner = form.partner_chosen()
        kind = form.cleaned_data["kind"]
        made.append(
            planning.plan_talk(
                partners=planning.Partners(
                    person=partner.person,
                    post=partner.post,
                    talker=request.user.person,
                    second=form.cleaned_data["second"],
                ),
                kind=kind,
                starts_at=form.starts_at(standing.zone),
                place=form.cleaned_data["place"],
                duties=_meant(duties_for(owed, partner.person.pk), partner.post, kind, scheme),
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        plan,
        title=_("安排谈话"),
        sub=_("谈话对象会看到由谁、在什么时候谈；谈什么，由谈话人当面说明。"),
        clause="五（五）",
        then=reverse("duties:talks"),
        after=lambda: to_talk(made[0].pk),
    )


@both
def talk_several(request: AppRequest) -> HttpResponse:
    """Plan talks one after another for duties that have none planned."""
    standing = standing_for(request)
    require_register(standing)
    owed = access.duties_of(standing).filter(actor=standing.person_id)
    scheme = _scheme(standing)
    form = SeveralForm(
        **bound(request),
        duties=shown(duties_to_plan(owed), rule_labels(scheme)),
        seconds=second_talkers(standing),
        initial={"day": standing.on, "time": "09:00"},
    )
    return act(
        request,
        form,
        lambda: planning.plan_talks(
            duties=form.duties_chosen(),
            talker=request.user.person,
            starts_at=form.starts_at(standing.zone),
            minutes=form.cleaned_data["minutes"],
            place=form.cleaned_data["place"],
            second=form.cleaned_data["second"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("安排多次谈话"),
        sub=_("从所填时间起依次进行；同一人同一岗位的几项义务合为一次谈话。"),
        clause="五（五）",
        then=reverse("duties:talks"),
    )


@both
def talk_record(request: AppRequest, talk_id: int) -> HttpResponse:
    """Record a planned talk as held, or put a record right before it is confirmed."""
    standing = standing_for(request)
    found = access.get_talk_for(standing, talk_id, to="record")
    scheme = scheme_of(found.organisation, standing.on)
    is_planned = found.state == Talk.State.PLANNED
    duties = duties_for(access.open_talk_duties(found), found.person_id) if is_planned else []
    form = RecordForm(
        **bound(request),
        kinds={},
        seconds=second_talkers(standing).exclude(pk__in=[found.person_id, found.talker_id]),
        topics=list(dict.fromkeys([*topics_of(found.post, standing.on), *found.points])),
        duties=named(duties, rule_labels(scheme)),
        initial=_told(found, standing, scheme, duties),
    )

    def record() -> Talk:
        return talking.record_talk(
            talk=found,
            said=_said(form, standing),
            duties=form.duties_chosen(),
            version=form.cleaned_data["version"],
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        record,
        title=_("记录谈话") if is_planned else _("更正谈话记录"),
        clause=found.clause,
        page=RECORD,
        then=to_talk(found.pk),
        more=_beside(found.person, found.talker, found.post, kind_called(scheme, found.kind)),
    )


@both
def talk_of_duty(request: AppRequest, duty_id: int) -> HttpResponse:
    """Record the talk that a duty asks for, held without being planned here."""
    standing = standing_for(request)
    duty = access.get_duty_for(standing, duty_id, to="do")
    if not access.is_talked(duty):
        raise Http404
    partners = planning.partners_of(duty, request.user.person)
    scheme = scheme_of(duty.organisation, standing.on)
    form = _form_of_duty(request, standing, scheme, duty, partners)
    usual = kind_for(scheme, duty.rule)
    made: list[Talk] = []

    def record() -> None:
        made.append(
            talking.record_unplanned(
                partners=partners,
                kind=form.cleaned_data.get("kind") or usual,
                said=_said(form, standing),
                duties=form.duties_chosen(),
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        record,
        title=_("记录谈话"),
        clause=duty.clause,
        page=RECORD,
        then=reverse("duties:duty", args=[duty.pk]),
        more=_beside(partners.person, partners.talker, partners.post, kind_called(scheme, usual)),
        after=lambda: to_talk(made[0].pk),
    )


@both
def talk_confirm(request: AppRequest, talk_id: int) -> HttpResponse:
    """Confirm the record of a talk with oneself."""
    found = access.get_talk_for(standing_for(request), talk_id, to="confirm")
    form = ConfirmForm(**bound(request))
    return act(
        request,
        form,
        lambda: talking.confirm_talk(
            talk=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("确认谈话记录"),
        sub=_("%(mark)s 确认后记录归档，不能修改，只能补充。") % {"mark": found.mark},
        clause=found.clause,
        then=to_talk(found.pk),
    )


@both
def talk_sign(request: AppRequest, talk_id: int) -> HttpResponse:
    """Upload the signed record, in place of confirming in the system."""
    standing = standing_for(request)
    found = access.get_talk_for(standing, talk_id, to="scan")
    form = ScanForm(**bound(request))

    def confirm() -> None:
        sent = form.cleaned_data["file"]
        talking.confirm_by_scan(
            talk=found,
            scan=talking.Scan(name=sent.name, chunks=sent.chunks()),
            scheme=scheme_of(found.organisation, standing.on),
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        confirm,
        title=_("上传签字的谈话记录"),
        sub=_("%(mark)s %(name)s。上传后记录归档，不能修改，只能补充。")
        % {"mark": found.mark, "name": found.person.shown_name},
        clause=found.clause,
        then=to_talk(found.pk),
    )


@both
def talk_add(request: AppRequest, talk_id: int) -> HttpResponse:
    """Add to a confirmed record."""
    found = access.get_talk_for(standing_for(request), talk_id, to="add")
    form = SupplementForm(**bound(request))
    return act(
        request,
        form,
        lambda: talking.add_to_talk(
            talk=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("补充谈话记录"),
        sub=_("%(mark)s 原记录不变；补充保存后同样不能修改。") % {"mark": found.mark},
        clause=found.clause,
        then=to_talk(found.pk),
    )


@both
def talk_cancel(request: AppRequest, talk_id: int) -> HttpResponse:
    """Cancel a planned talk, with the reason."""
    found = access.get_talk_for(standing_for(request), talk_id, to="cancel")
    form = CancelForm(**bound(request))
    return act(
        request,
        form,
        lambda: planning.cancel_talk(
            talk=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("取消谈话"),
        sub=_("谈话义务仍然有效，须另行安排。"),
        clause=found.clause,
        then=to_talk(found.pk),
        danger=True,
    )


def _form_of_duty(
    request: AppRequest,
    standing: Standing,
    scheme: Scheme,
    duty: Duty,
    partners: planning.Partners,
) -> RecordForm:
    kinds = _kinds_of(scheme, duty.rule)
    return RecordForm(
        **bound(request),
        kinds={code: label for code, label in talk_labels(scheme).items() if code in kinds},
        seconds=second_talkers(standing).exclude(pk__in=[partners.person.pk, partners.talker.pk]),
        topics=topics_of(partners.post, standing.on),
        duties=named(
            duties_for(access.duties_of(standing), partners.person.pk), rule_labels(scheme)
        ),
        initial=_fresh(standing, scheme, kind_for(scheme, duty.rule), [duty]),
    )


def _beside(person: Person, talker: Person, post: Post, kind: TalkKind) -> dict[str, object]:
    """Return what stands beside the form; the rooms above offer topics at their own addresses."""
    topics = (
        (_("可谈的自动检查意见"), reverse("duties:talk-findings", args=[post.pk])),
        (_("可谈的审核意见"), reverse("cycles:talk-remarks", args=[post.pk])),
        (_("可谈的检查发现"), reverse("inspections:talk-findings", args=[post.pk])),
    )
    return {
        "person": person,
        "talker": talker,
        "post": post,
        "kind": kind,
        "more_topics": topics,
    }


def _scheme(standing: Standing) -> Scheme:
    return scheme_of(organisation_of(standing), standing.on)


def _kinds_of(scheme: Scheme, rule: str) -> tuple[str, ...]:
    return next((each.talks for each in scheme.duties if each.code == rule), ())


def _meant(duties: list[Duty], post: Post, kind: str, scheme: Scheme) -> list[Duty]:
    """Return the duties that a planned talk of that kind is meant for."""
    return [
        duty for duty in duties if duty.post_id == post.pk and kind in _kinds_of(scheme, duty.rule)
    ]


def _asked(request: AppRequest, standing: Standing, scheme: Scheme) -> dict[str, object]:
    initial: dict[str, object] = {"day": standing.on}
    duty_id, talk_id = _key(request, "duty"), _key(request, "after")
    if duty_id is not None:
        duty = access.get_duty_for(standing, duty_id, to="do")
        partner = f"{duty.person_id}-{duty.post_id}"
        initial |= {"partner": partner, "kind": kind_for(scheme, duty.rule)}
    elif talk_id is not None:
        talk = access.get_talk_for(standing, talk_id, to="record")
        initial |= {"partner": f"{talk.person_id}-{talk.post_id}", "kind": talk.kind}
        initial["day"] = max(talk.follow_up_on or standing.on, standing.on)
    return initial


def _key(request: AppRequest, name: str) -> int | None:
    key = request.GET.get(name, "")
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def _said(form: RecordForm, standing: Standing) -> talking.Said:
    names = ("minutes", "place", "notes", "commitments", "second", "follow_up_on", "late_reason")
    return talking.Said(
        starts_at=form.starts_at(standing.zone),
        points=form.points_told(),
        **{name: form.cleaned_data[name] for name in names},
    )


def _fresh(
    standing: Standing, scheme: Scheme, kind: str, chosen: list[Duty], on: date | None = None
) -> dict[str, object]:
    return {
        "day": on or standing.on,
        "kind": kind,
        "duties": [str(duty.pk) for duty in chosen],
        "follow_up_on": follow_up_day(kind_called(scheme, kind), on or standing.on),
    }


def _told(talk: Talk, standing: Standing, scheme: Scheme, duties: list[Duty]) -> dict[str, object]:
    local: datetime = talk.starts_at.astimezone(standing.zone)
    meant = _meant(duties, talk.post, talk.kind, scheme)
    initial = _fresh(standing, scheme, talk.kind, meant, local.date())
    names = ("version", "second", "minutes", "place", "points", "notes", "commitments")
    initial |= {name: getattr(talk, name) for name in names} | {"time": local.time()}
    if talk.state != Talk.State.PLANNED:
        initial |= {"follow_up_on": talk.follow_up_on, "late_reason": talk.late_reason}
    return initial
