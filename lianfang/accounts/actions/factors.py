"""The second factor: codes of an authenticator, security keys, and recovery codes instead."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from lianfang.accounts.actions.changing import locked, tell
from lianfang.accounts.models import User
from lianfang.common.errors import Refused
from lianfang.common.text import Text

# Longer than any code is taken for right, clocks that differ included.
_SPENT_FOR = timedelta(minutes=5)


class CodeUsed(Refused):
    """A code opens the door once."""


class FactorRefused(Refused):
    """A second factor that is there already, or isn't there at all."""


@transaction.atomic
def add_authenticator(
    *, user: User, secret: str, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Ask for codes of an authenticator from now on, and make recovery codes.

    That the authenticator gives right codes is tried before. Raises FactorRefused.
    """
    user = locked(user)
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        raise FactorRefused(
            Text(
                "动态验证码已经启用。要换手机，请先停用。",
                "Codes are asked for already. To change the phone, turn them off first.",
            )
        )
    made = TOTP.activate(user, secret).instance
    Authenticator.objects.filter(pk=made.pk).update(created_at=at)
    _need_codes(user)
    tell(user, "authenticator_added", by=by, at=at)


@transaction.atomic
def remove_authenticator(*, user: User, by: AbstractBaseUser | None, at: datetime) -> None:
    """Ask for no codes of an authenticator any more. Raises FactorRefused."""
    user = locked(user)
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    removed, _ = found.delete()
    if not removed:
        raise FactorRefused(_nothing(user))
    _drop_needless_codes(user)
    tell(user, "authenticator_removed", by=by, at=at)


@transaction.atomic
def add_key(
    *,
    user: User,
    name: str,
    credential: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Take a security key beside the password, and make recovery codes where there are none.

    `credential` is what the browser answered; that it is right is proved before.
    """
    user = locked(user)
    key = WebAuthn.add(user, name, dict(credential)).instance
    Authenticator.objects.filter(pk=key.pk).update(created_at=at)
    _need_codes(user)
    tell(user, "key_added", by=by, at=at, changes={"key": (None, name)})


@transaction.atomic
def remove_key(*, user: User, key_id: int, by: AbstractBaseUser | None, at: datetime) -> None:
    """Take a security key no more. Raises FactorRefused for one that is not this login's."""
    user = locked(user)
    key = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN, pk=key_id
    ).first()
    if key is None:
        raise FactorRefused(_nothing(user))
    name = key.wrap().name
    key.delete()
    _drop_needless_codes(user)
    tell(user, "key_removed", by=by, at=at, changes={"key": (name, None)})


@transaction.atomic
def remove_second_factor(*, user: User, by: AbstractBaseUser | None, at: datetime) -> None:
    """Ask for the password alone: drop authenticator, keys and recovery codes.

    Raises FactorRefused.
    """
    user = locked(user)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise FactorRefused(_nothing(user))
    tell(user, "second_factor_removed", by=by, at=at)


@transaction.atomic
def make_recovery_codes(*, user: User, by: AbstractBaseUser | None, at: datetime) -> None:
    """Replace the recovery codes. Raises FactorRefused without a second factor."""
    user = locked(user)
    if not _factors(user).exists():
        raise FactorRefused(
            Text(
                "请先启用动态验证码或安全密钥。",
                "Set up an authenticator or a security key first, then make codes.",
            )
        )
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    _need_codes(user)
    tell(user, "recovery_codes_made", by=by, at=at)


def spend_code(*, authenticator: Authenticator, code: str, at: datetime) -> None:
    """Take a right code out of use. Raises CodeUsed where another request was first.

    For codes of an authenticator; recovery codes are spent where they are checked. The log tells
    of what the code was given for.
    """
    digest = sha256(normalize_user_code(code).encode()).hexdigest()
    oldest = (at - _SPENT_FOR).timestamp()
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        spent = {key: when for key, when in row.data.get("spent", {}).items() if when > oldest}
        if digest in spent:
            raise CodeUsed(
                Text(
                    "这个验证码已经用过，请等下一个。",
                    "This code has been used; wait for the next one.",
                )
            )
        row.data["spent"] = {**spent, digest: at.timestamp()}
        row.save(update_fields=["data"])
    authenticator.data = row.data


def _factors(user: User) -> QuerySet[Authenticator]:
    """Return what is asked for beside the password; recovery codes only stand in for it."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return rows


def _need_codes(user: User) -> None:
    """Make recovery codes where there are none."""
    RecoveryCodes.activate(user)


def _drop_needless_codes(user: User) -> None:
    if not _factors(user).exists():
        Authenticator.objects.filter(user=user).delete()


def _nothing(user: User) -> Text:
    return Text(
        f"登录“{user}”没有启用它，不必停用。",
        f"The login {user} has not set it up; nothing is left to do.",
    )
