"""What every action on a login does: find it again under a lock, and tell the log."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.audit.actions import Changes


def locked(user: User) -> User:
    """Return the login as it is stored now, locked until the end of the transaction."""
    return User.objects.select_for_update().get(pk=user.pk)


def tell(
    user: User,
    action: str,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: Changes | None = None,
    sealed: Changes | None = None,
) -> None:
    """Append what happened to a login: `accounts.login.` and the action."""
    audit.record(
        at=at,
        by=by,
        action=f"accounts.login.{action}",
        subject=user,
        organisation=user.organisation,
        changes=changes,
        sealed=sealed,
    )
