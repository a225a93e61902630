"""Who sent a signed report: asked for, consented by another, opened; each is recorded (三)."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.casework.actions.cases import case_of, tell_log
from lianfang.casework.actions.telling import told_to
from lianfang.casework.models import IdentityAsk, Look, ReportCase
from lianfang.casework.rules.identity import AskAct, AskState, follows, may_witness
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.notices.actions import tell_all
from lianfang.org.models import Person
from lianfang.portal.models import Envelope, OfficerKey, SealedReport
from lianfang.sealing.envelopes import SEALED_KEY


class NotAsked(Refused):
    """An identity that can't be asked for."""


class NotWitnessed(Refused):
    """A consent that can't be given."""


@transaction.atomic
def ask_identity(
    *,
    report: SealedReport,
    key: OfficerKey | None,
    reason: str,
    officer: Person,
    by: AbstractBaseUser | None,
    at: datetime,
) -> IdentityAsk:
    """Ask who sent a signed report, for a reason; witnesses are told that there is something.

    Raises NotAsked for an anonymous report, without an envelope, and while an asking runs.
    """
    case = case_of(report)
    _require_askable(report, key)
    open_now = IdentityAsk.objects.filter(
        report=report, person=officer, state__in=[AskState.ASKED, AskState.CONSENTED]
    )
    if key is None or open_now.exists():
        raise NotAsked(
            Text(
                "您已经申请过，请等见证人答复。",
                "You asked already. Wait for a witness to answer.",
            )
        )
    ask = IdentityAsk.objects.create(
        report=report, person=officer, key=key, reason=reason, asked_at=at
    )
    tell_log(case, "identity_asked", by, at, sealed={"reason": (None, reason)})
    people = Envelope.objects.filter(
        report=report, kind=Envelope.Kind.IDENTITY_B, withdrawn_on=None, key__ended_on=None
    ).values("key__person")
    tell_all(
        tellings=told_to(
            Person.objects.filter(pk__in=people), reverse("casework:ask", args=[ask.pk])
        ),
        subject=case,
        organisation=case.organisation_id,
        by=by,
        at=at,
    )
    return ask


@transaction.atomic
def consent_identity(
    *,
    ask: IdentityAsk,
    half: bytes,
    witness: Person,
    by: AbstractBaseUser | None,
    at: datetime,
) -> IdentityAsk:
    """Hand the witness's half, sealed to the asker. Raises NotWitnessed."""
    ask, case = _answered(ask, AskAct.CONSENT, witness)
    if len(half) != SEALED_KEY or ask.key.ended_on is not None:
        raise NotWitnessed(
            Text(
                "申请人的密钥已停用，请让申请人重新申请。",
                "The asker's key has ended. Let them ask anew.",
            )
        )
    ask.witness, ask.answered_at, ask.half = witness, at, half
    ask.save(update_fields=["state", "witness", "answered_at", "half"])
    tell_log(case, "identity_consented", by, at, sealed={"asker": (None, ask.person.name)})
    _tell_asker(ask, case, by, at)
    return ask


@transaction.atomic
def refuse_identity(
    *,
    ask: IdentityAsk,
    reason: str,
    witness: Person,
    by: AbstractBaseUser | None,
    at: datetime,
) -> IdentityAsk:
    """Refuse what is asked, for a reason. Raises NotWitnessed."""
    ask, case = _answered(ask, AskAct.REFUSE, witness)
    ask.witness, ask.answered_at, ask.answer = witness, at, reason
    ask.save(update_fields=["state", "witness", "answered_at", "answer"])
    tell_log(case, "identity_refused", by, at, sealed={"reason": (None, reason)})
    _tell_asker(ask, case, by, at)
    return ask


@transaction.atomic
def open_identity(
    *, ask: IdentityAsk, officer: Person, by: AbstractBaseUser | None, at: datetime
) -> IdentityAsk:
    """Note that the asker opens the identity. Raises NotWitnessed before a consent."""
    ask = _locked(ask)
    after = follows(ask.state, AskAct.OPEN)
    if after is None or ask.person_id != officer.pk:
        raise NotWitnessed(_NOT_OPEN)
    ask.state = IdentityAsk.State(after)
    ask.save(update_fields=["state"])
    Look.objects.create(report=ask.report, person=officer, what=Look.What.IDENTITY, looked_at=at)
    tell_log(case_of(ask.report), "identity_opened", by, at)
    return ask


def _require_askable(report: SealedReport, key: OfficerKey | None) -> None:
    if not report.signed:
        raise NotAsked(
            Text(
                "这是匿名举报，没有身份可查。不要打听举报人是谁。",
                "This report is anonymous: there is no identity to open. Don't ask who sent it.",
            )
        )
    has_half = (
        key is not None
        and Envelope.objects.filter(
            report=report, key=key, kind=Envelope.Kind.IDENTITY_A, withdrawn_on=None
        ).exists()
    )
    if not has_half:
        raise NotAsked(
            Text(
                "您没有这份举报的信封，不能申请。请先让能打开的人补齐信封。",
                "You have no envelope of this report. Let somebody who can open it seal one to "
                "you first.",
            )
        )


def _answered(ask: IdentityAsk, act: AskAct, witness: Person) -> tuple[IdentityAsk, ReportCase]:
    ask = _locked(ask)
    after = follows(ask.state, act)
    if after is None or not may_witness(asker=ask.person_id, witness=witness.pk):
        raise NotWitnessed(_NOT_OPEN)
    ask.state = IdentityAsk.State(after)
    return ask, case_of(ask.report)


def _locked(ask: IdentityAsk) -> IdentityAsk:
    rows = IdentityAsk.objects.select_for_update(of=("self",))
    return rows.select_related("person", "key", "report").get(pk=ask.pk)


def _tell_asker(
    ask: IdentityAsk, case: ReportCase, by: AbstractBaseUser | None, at: datetime
) -> None:
    tell_all(
        tellings=told_to(
            Person.objects.filter(pk=ask.person_id),
            reverse("casework:report", args=[ask.report_id]),
        ),
        subject=case,
        organisation=case.organisation_id,
        by=by,
        at=at,
    )


_NOT_OPEN = Text(
    "这项申请已经答复过，或者不能由您答复。请刷新页面。",
    "This was answered already, or is not yours to answer. Reload the page.",
)
