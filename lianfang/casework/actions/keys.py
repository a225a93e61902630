"""Keys as officers keep them: renewed with what they open, replaced, ended when somebody leaves.

The keys themselves are made in the officer's browser. Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.queries.keys import gaps_of, roles_on
from lianfang.casework.rules.keys import Key, to_end
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.portal.actions.keys import add_envelopes, end_key, enrol_key
from lianfang.portal.models import Envelope, OfficerKey
from lianfang.sealing.keys import Wrapped


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A key as the browser made it: its public half, and the private one under a passphrase."""

    public: bytes
    wrapped: Wrapped


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An envelope that somebody sealed to a key."""

    report: UUID
    key: UUID
    kind: str
    sealed: bytes


class NotWhole(Refused):
    """A key is to be renewed without all that it opens."""


@transaction.atomic
def rotate_key(
    *,
    key: OfficerKey,
    new: NewKey,
    envelopes: Mapping[tuple[UUID, str], bytes],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OfficerKey:
    """End a key and put a new one in its place, with everything sealed anew that it opens.

    Raises NotWhole where something of it is missing: that would be lost.
    """
    held = Envelope.objects.select_for_update().filter(key=key, withdrawn_on=None)
    if set(held.values_list("report", "kind")) != set(envelopes):
        raise NotWhole(
            Text(
                "刚才又收到或补齐了举报，没有更换密钥。请刷新页面后再试。",
                "Reports came or were shared meanwhile, so the key was not renewed. Reload the "
                "page and try again.",
            )
        )
    made = _replaced(key, new, str(_RENEWED.zh), on, by, at)
    for kind in sorted({kind for _report, kind in envelopes}):
        add_envelopes(
            key=made,
            kind=Envelope.Kind(kind),
            envelopes={
                report: sealed for (report, each), sealed in envelopes.items() if each == kind
            },
            by=by,
            at=at,
        )
    return made


@transaction.atomic
def replace_lost_key(
    *, key: OfficerKey, new: NewKey, on: date, by: AbstractBaseUser | None, at: datetime
) -> OfficerKey:
    """End a key whose passphrase is lost; another reader seals to the new one what it opened."""
    return _replaced(key, new, str(_LOST.zh), on, by, at)


@transaction.atomic
def share_envelopes(
    *,
    giver: OfficerKey,
    shared: Sequence[Shared],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Add envelopes that are missing and that the giver could open; returns how many were."""
    held = Envelope.objects.filter(key=giver, withdrawn_on=None).values_list("report", "kind")
    own = set(held)
    wanted = {
        (gap.report, gap.key, gap.kind.value)
        for gap in gaps_of(giver.organisation_id, on)
        if (gap.report, gap.kind.value) in own
    }
    found: dict[tuple[UUID, str], dict[UUID, bytes]] = {}
    for each in shared:
        if (each.report, each.key, each.kind) in wanted:
            found.setdefault((each.key, each.kind), {})[each.report] = each.sealed
    keys = OfficerKey.objects.in_bulk([key for key, _kind in found])
    return sum(
        add_envelopes(key=keys[key], kind=Envelope.Kind(kind), envelopes=envelopes, by=by, at=at)
        for (key, kind), envelopes in sorted(found.items())
    )


@transaction.atomic
def end_keys_of_leavers(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """End the keys of people who are no more in the body that reads or witnesses."""
    keys = {
        key.pk: key for key in OfficerKey.objects.filter(organisation=organisation, ended_on=None)
    }
    plain = [Key(key.pk, key.person_id, key.kind) for key in keys.values()]
    ended = to_end(plain, roles_on(organisation.pk, on))
    for each in ended:
        end_key(key=keys[each.id], reason=str(_LEFT.zh), on=on, by=by, at=at)
    return len(ended)


def _replaced(
    key: OfficerKey,
    new: NewKey,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OfficerKey:
    end_key(key=key, reason=reason, on=on, by=by, at=at)
    return enrol_key(
        organisation=key.organisation,
        person=key.person,
        kind=OfficerKey.Kind(key.kind),
        public_key=new.public,
        wrapped=new.wrapped,
        on=on,
        by=by,
        at=at,
    )


_RENEWED = Text("更换密钥", "Renewed")
_LOST = Text("忘记口令", "Passphrase lost")
_LEFT = Text("不再是纪检监察室或监督机构成员", "No more of the office or the body over it")
