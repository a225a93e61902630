"""What the pages of an account show: sessions, the second factor, the last sign-ins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from lianfang.accounts.models import FailureCount, User
from lianfang.accounts.naming import key_of
from lianfang.accounts.rules import Tally, device_of, wait_until
from lianfang.accounts.words import HOW
from lianfang.audit.actions import reference
from lianfang.audit.models import Event

_SHOWN = 10
_ARRIVALS = ("accounts.login.signed_in", "accounts.login.entered", "accounts.login.delayed")


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A session that goes on; `device` is empty where the browser says nothing known."""

    pk: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool
    how: Promise | str


@dataclass(frozen=True, kw_only=True)
class SecurityKey:
    """A security key by the name its owner gave it."""

    pk: int
    name: str
    since: datetime
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SecondFactor:
    """What is asked for beside the password: codes since when, keys; how many codes stand in."""

    codes_since: datetime | None = None
    keys: tuple[SecurityKey, ...] = ()
    codes_left: int = 0

    @property
    def is_on(self) -> bool:
        """Whether anything is asked for beside the password."""
        return self.codes_since is not None or bool(self.keys)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A sign-in, or a delay after many that failed (`is_refused`)."""

    at: datetime
    device: str
    address: str
    how: Promise | str
    is_refused: bool


def open_sessions(at: datetime) -> QuerySet[UserSession]:
    """Return the sessions of all logins that are not over."""
    rows: QuerySet[UserSession] = UserSession.objects.filter(
        created_at__gt=at - settings.SESSION_ABSOLUTE_LIMIT,
        last_seen_at__gt=at - settings.SESSION_IDLE_LIMIT,
    )
    return rows


def sessions_of(user: User, at: datetime, current: str = "") -> list[OpenSession]:
    """Return a login's sessions, the last used first. One statement.

    `current` is the key of the session that asks.
    """
    return [
        OpenSession(
            pk=row.pk,
            device=device_of(row.user_agent),
            address=row.ip,
            began_at=row.created_at,
            seen_at=row.last_seen_at,
            is_current=row.session_key == current,
            how=_how(row.data.get("how")),
        )
        for row in open_sessions(at).filter(user=user).order_by("-last_seen_at", "-pk")
    ]


def second_factor_of(user: User) -> SecondFactor:
    """Return the state of a login's second factor. One statement."""
    kinds = Authenticator.Type
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    totp = next((row for row in rows if row.type == kinds.TOTP), None)
    codes = next((row for row in rows if row.type == kinds.RECOVERY_CODES), None)
    return SecondFactor(
        codes_since=totp.created_at if totp else None,
        keys=tuple(
            SecurityKey(
                pk=row.pk, name=row.wrap().name, since=row.created_at, used_at=row.last_used_at
            )
            for row in rows
            if row.type == kinds.WEBAUTHN
        ),
        codes_left=_left(codes.data["used_mask"]) if codes else 0,
    )


def recovery_codes_of(user: User) -> list[str] | None:
    """Return the recovery codes that are left, None without a second factor. One statement."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(found.wrap().get_unused_codes()) if found else None


def arrivals_of(user: User) -> Sequence[Arrival]:
    """Return the last sign-ins of a login, and when it had to wait. Two statements."""
    events = Event.objects.filter(subject=reference(user), action__in=_ARRIVALS)
    return [
        _arrival(event)
        for event in events.order_by("-position").prefetch_related("details")[:_SHOWN]
    ]


def _left(used_mask: int) -> int:
    """Return how many recovery codes are left, without opening their secret."""
    made: int = mfa.RECOVERY_CODE_COUNT
    return made - used_mask.bit_count()


def _arrival(event: Event) -> Arrival:
    told = {detail.name: json.loads(detail.text) for detail in event.details.all() if detail.text}
    changes = told.get("changes", {})
    return Arrival(
        at=event.at,
        device=_after(told.get("device")),
        address=_after(told.get("address")),
        how=_how(_after(changes.get("how"))),
        is_refused=event.action.endswith(".delayed"),
    )


def _after(pair: Sequence[object] | None) -> str:
    return str(pair[1] or "") if pair else ""


def _how(code: object) -> Promise | str:
    return HOW.get(str(code), "")


def waits_until(user: User, at: datetime) -> datetime | None:
    """Return until when a login waits on devices it is not known on, None where it may try."""
    row = FailureCount.objects.filter(key=key_of(user.username), device="").first()
    until = wait_until(Tally(failures=row.failures, last_at=row.last_at)) if row else None
    return until if until is not None and at < until else None
