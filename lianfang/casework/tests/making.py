"""Officers with keys, and reports in every state, as they come about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lianfang.casework.actions import identity, moving
from lianfang.casework.actions.looking import record_look
from lianfang.casework.models import IdentityAsk, Look
from lianfang.org import actions as org
from lianfang.org.models import Body, Membership
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.portal.models import Envelope, OfficerKey, SealedReport
from lianfang.portal.tests.making import IDENTITY, READER, WITNESS, Holder, Sent, holder, sent
from lianfang.sealing import envelopes

LATER = ON + timedelta(days=1)


@dataclass
class Office:
    """The cast, in which officer and colleague read, the overseer witnesses."""

    cast: Cast
    officer: Holder
    colleague: Holder
    overseer: Holder


def office() -> Office:
    """Return an organisation with two readers, the first of whom heads the office, a witness."""
    cast = full_cast()
    seat = Membership.objects.get(person=cast.people["officer"], to_on=None)
    Membership.objects.filter(pk=seat.pk).update(role=Membership.Role.HEAD)
    org.join_body(
        body=cast.bodies[Body.Kind.DISCIPLINE_OFFICE],
        person=cast.people["colleague"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    return Office(
        cast=cast,
        officer=holder(cast, "officer", READER),
        colleague=holder(cast, "colleague", READER),
        overseer=holder(cast, "overseer", WITNESS),
    )


def who(cast: Cast, part: str = "officer", on: date = ON, at: datetime = AT) -> dict[str, Any]:
    """Return who acts, and when, as actions take it."""
    return {"on": on, "by": cast.logins[part], "at": at}


def looked_at(cast: Cast, report: SealedReport, part: str = "officer") -> None:
    """Let somebody open a report: from then on it is being studied."""
    record_look(report=report, what=Look.What.CONTENT, officer=cast.people[part], **who(cast, part))


def studied(cast: Cast, **more: Any) -> Sent:
    """Return a report that the officer has opened."""
    one = sent(cast, **more)
    looked_at(cast, one.report)
    return one


def taken_up(cast: Cast, **more: Any) -> Sent:
    """Return a report that was taken up as another matter."""
    one = studied(cast, **more)
    moving.take_up(report=one.report, reason="属于工作作风问题", **who(cast))
    return one


def completed(cast: Cast, outcome: str = "unfounded", **more: Any) -> Sent:
    """Return a report that was taken up and completed."""
    one = taken_up(cast, **more)
    moving.complete(report=one.report, outcome=outcome, **who(cast))
    return one


def asked(there: Office, one: Sent) -> IdentityAsk:
    """Return what the officer asks of a witness about a signed report."""
    return identity.ask_identity(
        report=one.report,
        key=there.officer.key,
        reason="需要当面核实时间",
        officer=there.cast.people["officer"],
        by=there.cast.logins["officer"],
        at=AT,
    )


def half_of(there: Office, one: Sent, ask: IdentityAsk) -> bytes:
    """Return the overseer's half, sealed to whoever asks, as their browser does it."""
    envelope = Envelope.objects.get(report=one.report, key=there.overseer.key)
    half = envelopes.open_key(bytes(envelope.sealed), there.overseer.pair)
    return envelopes.seal_key(half, bytes(ask.key.public_key))


def consented(there: Office, one: Sent) -> IdentityAsk:
    """Return such an asking, to which the overseer consented."""
    ask = asked(there, one)
    return identity.consent_identity(
        ask=ask,
        half=half_of(there, one, ask),
        witness=there.cast.people["overseer"],
        by=there.cast.logins["overseer"],
        at=AT,
    )


def signed(cast: Cast, **more: Any) -> Sent:
    """Return a signed report, fresh."""
    return sent(cast, identity=IDENTITY, **more)


def key_of(there: Office, part: str) -> OfficerKey:
    """Return the key in use of a part."""
    return OfficerKey.objects.get(person=there.cast.people[part], ended_on=None)
