"""Letters go out as official documents, and units answer the notices among them (五（六）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.alerts.actions.moving import require_reason, taken_for
from lianfang.alerts.actions.steps import (
    TO_ACT,
    TO_CORRECT,
    locked,
    moved,
    notify,
    require_free,
    step,
)
from lianfang.alerts.models import Alert, AlertLetter, UnitCorrection
from lianfang.alerts.queries.concerning import (
    clocks_of,
    head_seat,
    kept_out_of,
    named_people,
    people_of,
    router_for,
)
from lianfang.alerts.queries.letters import signed_for
from lianfang.alerts.rules.letters import RUNGS, SERIES, TITLES, LetterKind, Told, paper_of
from lianfang.alerts.rules.states import CLAUSE, Act, CorrectionAct, correction_after
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing.official_pdf import official_pdf
from lianfang.files import actions as files
from lianfang.org.models import Organisation, Person, Unit
from lianfang.org.queries.structure import structure_of
from lianfang.scheme.model import Scheme


class WrongAddressee(Refused):
    """A letter to somebody the alert does not name, or to a unit whose head may not know of it."""


class NoMeasureYet(Refused):
    """A letter that goes with a measure, before the measure was taken."""


class NoticeMovedOn(Refused):
    """A notice whose state does not allow the act."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file that shows what was put right, as it was sent in."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def send_letter(
    *,
    alert: Alert,
    kind: str,
    body: str,
    person: Person | None = None,
    unit: Unit | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AlertLetter:
    """Issue a letter, kept close; a notice asks its unit to put things right.

    Raises AlertMovedOn, KeptOut, ReasonMissing, WrongAddressee, NoMeasureYet and FontsRefused.
    """
    alert, after = locked(alert, Act.LETTER, by)
    require_reason(body)
    letter_kind = LetterKind(kind)
    is_notice = letter_kind is LetterKind.NOTICE
    _require_measure(alert, letter_kind)
    heads = _heads(alert, unit, scheme, on) if is_notice else frozenset()
    if not is_notice and person not in list(named_people(alert)):
        raise _wrong_addressee()
    due_on = clocks_of(alert.organisation, scheme).correction_due(on) if is_notice else None
    told = Told(
        kind=letter_kind,
        organisation=alert.organisation.name,
        signed_by=signed_for(alert),
        addressee=person.name if person is not None else unit.name if unit is not None else "",
        body=body,
        on=on,
        due_on=due_on,
    )
    letter = AlertLetter(
        alert=alert,
        kind=letter_kind.value,
        person=None if is_notice else person,
        unit=unit if is_notice else None,
        signed_by=told.signed_by,
        body=body,
        document=files.issue_document(
            organisation=alert.organisation_id,
            series=SERIES,
            kind=f"alert_{letter_kind.value}",
            title=TITLES[letter_kind],
            about=alert,
            make=lambda mark: (
                f"{mark}{TITLES[letter_kind]}.pdf",
                official_pdf(paper_of(told, mark)),
            ),
            is_confined=True,
            on=on,
            by=by,
            at=at,
        ),
        sent_on=on,
        sent_by_id=by.pk if by else None,
        due_on=due_on,
        state=AlertLetter.State.OPEN if is_notice else "",
    )
    letter.save(force_insert=True)
    alert.state, alert.begun_on = after, alert.begun_on or on
    moved(alert, "begun_on")
    step(
        alert,
        Act.LETTER,
        on=on,
        by=by,
        at=at,
        choice=letter_kind.value,
        text=letter.document.mark,
        changes={"kind": (None, TITLES[letter_kind])},
        person=letter.person,
    )
    notify(heads, TO_CORRECT, reverse("alerts:letter", args=[letter.pk]), alert, by, at)
    return letter


@transaction.atomic
def answer_notice(
    *,
    letter: AlertLetter,
    text: str,
    file: Shown | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AlertLetter:
    """Say what a unit put right, with a file that shows it; whoever has the alert judges that.

    Raises NoticeMovedOn, KeptOut, ReasonMissing, and what `files.keep` raises.
    """
    letter = _locked(letter, CorrectionAct.ANSWER, by)
    require_reason(text)
    alert = letter.alert
    kept = None
    told: dict[str, tuple[object, object]] = {}
    if file is not None:
        kept = files.keep(
            chunks=file.chunks, name=file.name, organisation=alert.organisation_id, by=by, at=at
        )
        told = {"file_digest": (None, kept.digest)}
    UnitCorrection.objects.create(
        letter=letter, text=text, evidence=kept, said_at=at, said_by_id=by.pk if by else None
    )
    letter.state = AlertLetter.State.ANSWERED
    letter.save(update_fields=["state"])
    _note(letter, "answered", by, at, told, {"text": (None, text)})
    notify(_judges(alert, on), TO_ACT, reverse("alerts:letter", args=[letter.pk]), alert, by, at)
    return letter


@transaction.atomic
def accept_answer(
    *, letter: AlertLetter, comment: str = "", on: date, by: AbstractBaseUser | None, at: datetime
) -> AlertLetter:
    """Accept what a unit put right. Raises NoticeMovedOn and KeptOut."""
    letter = _locked(letter, CorrectionAct.ACCEPT, by)
    letter.state, letter.closed_on = AlertLetter.State.CLOSED, on
    letter.save(update_fields=["state", "closed_on"])
    _judge(letter, UnitCorrection.Outcome.ACCEPTED, comment, by, at)
    _note(letter, "accepted", by, at, {}, _said(comment))
    return letter


@transaction.atomic
def return_answer(
    *,
    letter: AlertLetter,
    comment: str,
    due_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> AlertLetter:
    """Return what was not put right well enough, with a day for more.

    Raises NoticeMovedOn, KeptOut and ReasonMissing.
    """
    letter = _locked(letter, CorrectionAct.RETURN, by)
    require_reason(comment)
    if due_on < on:
        raise NoticeMovedOn(
            Text(
                f"新的整改期限 {due_on} 已经过去。请填写今天（{on}）或以后的日期。",
                f"The new day, {due_on}, is past. Enter today, {on}, or a later day.",
            )
        )
    before, letter.due_on = letter.due_on, due_on
    letter.state = AlertLetter.State.OPEN
    letter.save(update_fields=["state", "due_on"])
    _judge(letter, UnitCorrection.Outcome.RETURNED, comment, by, at)
    told: dict[str, tuple[object, object]] = {
        "due_on": (before.isoformat() if before else None, due_on.isoformat())
    }
    _note(letter, "returned", by, at, told, _said(comment))
    structure = structure_of(letter.alert.organisation_id, on)
    seat = head_seat(structure, letter.unit_id)
    people = frozenset({seat}) - kept_out_of(letter.alert) if seat else frozenset()
    url = reverse("alerts:letter", args=[letter.pk])
    notify(people, TO_CORRECT, url, letter.alert, by, at)
    return letter


def _require_measure(alert: Alert, kind: LetterKind) -> None:
    rung = RUNGS.get(kind)
    if rung is not None and rung not in taken_for(alert):
        raise NoMeasureYet(
            Text(
                f"{TITLES[kind]}随同相应的措施发出。请先采取这项措施。",
                "This letter goes with its measure. Take the measure first.",
            )
        )


def _heads(alert: Alert, unit: Unit | None, scheme: Scheme, on: date) -> frozenset[int]:
    """Return who answers a notice for its unit. Raises WrongAddressee where they may not know."""
    router = router_for(alert, scheme, on)
    seat = head_seat(router.structure, unit.pk if unit is not None else None)
    if seat is None or seat in router.concerned.kept_out:
        raise _wrong_addressee()
    return frozenset({seat})


def _judges(alert: Alert, on: date) -> frozenset[int]:
    """Return who judges what a unit put right: whoever has the alert."""
    if alert.goes_to_id is not None:
        return frozenset({alert.goes_to_id})
    structure = structure_of(alert.organisation_id, on)
    return people_of(structure, alert.goes_to_role) - kept_out_of(alert)


def _locked(letter: AlertLetter, act: CorrectionAct, by: AbstractBaseUser | None) -> AlertLetter:
    Organisation.objects.select_for_update().get(pk=letter.alert.organisation_id)
    rows = AlertLetter.objects.select_for_update(of=("self",))
    found = rows.select_related("alert__organisation", "unit").get(pk=letter.pk)
    if not found.state or correction_after(found.state, act) is None:
        raise NoticeMovedOn(
            Text(
                "这份通知书的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                "This notice has moved on, so this can't be done. Reload the page to see what "
                "comes next.",
            )
        )
    require_free(by, kept_out_of(found.alert))
    return found


def _judge(
    letter: AlertLetter, outcome: str, comment: str, by: AbstractBaseUser | None, at: datetime
) -> None:
    last = UnitCorrection.objects.filter(letter=letter).latest("pk")
    last.outcome, last.comment = outcome, comment
    last.judged_at, last.judged_by_id = at, by.pk if by else None
    last.save(update_fields=["outcome", "comment", "judged_at", "judged_by"])


def _said(comment: str) -> dict[str, tuple[object, object]]:
    return {"comment": (None, comment)} if comment else {}


def _note(
    letter: AlertLetter,
    what: str,
    by: AbstractBaseUser | None,
    at: datetime,
    told: dict[str, tuple[object, object]],
    sealed: dict[str, tuple[object, object]],
) -> None:
    audit.record(
        at=at,
        by=by,
        action=f"alerts.letter.{what}",
        subject=letter,
        organisation=letter.alert.organisation_id,
        changes=told,
        sealed=sealed,
        rule=CLAUSE,
    )


def _wrong_addressee() -> WrongAddressee:
    return WrongAddressee(
        Text(
            "这份文书不能发给这里：个人应是这条预警所涉及的人，单位的负责人不能与此事有关。"
            "请另选。",
            "This letter can't go there: a person must be one whom the alert is about, and the "
            "head of a unit must not be concerned. Choose again.",
        )
    )
