"""Tries that fail: counted before they are checked, so that many sent at once are all counted.

Nothing is counted by network address, so that an office behind one is never shut out. Nobody is
known to act here, and a count is no matter of record: only a delay enters the log.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lianfang.accounts.actions.changing import tell
from lianfang.accounts.models import FailureCount, User
from lianfang.accounts.naming import Proof, key_of
from lianfang.accounts.rules import Tally, counted, is_worth_recording, minutes_left, wait_until
from lianfang.common.errors import Refused
from lianfang.common.text import Text


class MustWait(Refused):
    """Too many failures in a row on this kind of device; it says when to try again."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A try that was counted and is now to be checked."""

    username: str
    proof: Proof
    device: str
    failures: int


def begin_attempt(*, username: str, device: str, at: datetime, proof: Proof) -> Attempt:
    """Count a try. Raises MustWait while the name waits on this device, or on all unknown ones.

    `device` is the name of a device known to the login, empty for any other.
    """
    key = key_of(username, proof)
    fresh = {"failures": 0, "last_at": at}
    with transaction.atomic():
        FailureCount.objects.get_or_create(key=key, device=device, defaults=fresh)
        row = FailureCount.objects.select_for_update().get(key=key, device=device)
        tally = Tally(failures=row.failures, last_at=row.last_at) if row.failures else None
        until = wait_until(tally)
        if until is not None and at < until:
            raise MustWait(_wait(minutes_left(until, at), device))
        after = counted(tally, at)
        row.failures, row.last_at = after.failures, after.last_at
        row.save(update_fields=["failures", "last_at"])
    return Attempt(username=username, proof=proof, device=device, failures=after.failures)


def note_failure(*, attempt: Attempt, at: datetime) -> None:
    """Tell the log that a try failed, where a delay begins and the login exists."""
    if not is_worth_recording(attempt.failures):
        return
    user = User.objects.named(attempt.username).first()
    if user is None:
        return
    until = wait_until(Tally(failures=attempt.failures, last_at=at))
    with transaction.atomic():
        tell(
            user,
            "delayed",
            by=None,
            at=at,
            changes={
                "failures": (None, attempt.failures),
                "proof": (None, attempt.proof.value),
                "wait_until": (None, until.isoformat(timespec="seconds") if until else None),
            },
        )


def forget_failures(attempt: Attempt) -> None:
    """Begin anew after a success, for the kind of device it came from."""
    FailureCount.objects.filter(
        key=key_of(attempt.username, attempt.proof), device=attempt.device
    ).delete()


def clear_failures(user: User) -> None:
    """Begin anew for a login on every device: it got a new password."""
    keys = [key_of(user.username, proof) for proof in Proof]
    FailureCount.objects.filter(key__in=keys).delete()


def _wait(minutes: int, device: str) -> Text:
    unit = "minute" if minutes == 1 else "minutes"
    if device:
        return Text(
            f"这台设备上连续输错多次，请在 {minutes} 分钟后再试。",
            f"Too many wrong entries on this device. Try again in {minutes} {unit}.",
        )
    return Text(
        f"这个登录名连续输错多次，请在 {minutes} 分钟后再试。"
        "在以前登录过的设备上不受影响，可以马上登录。",
        f"Too many wrong entries for this login name. Try again in {minutes} {unit}. On a device "
        "where it signed in before, you can sign in at once.",
    )
