"""Drafts of risk points: deleted by their author, kept whole, brought back as they were."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core import serializers
from django.db import IntegrityError, transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.powers.models import DeletedDraft, Power, Regulation, Step
from lianfang.powers.queries.locks import was_ever_closed
from lianfang.risks.actions.index import reindex
from lianfang.risks.actions.writing import require_hanging_open, taken_up
from lianfang.risks.models import RiskPoint

CLAUSE = "五（二）"


class NotADraft(Refused):
    """Only its author deletes a risk point, and only while nobody has acted on it."""


class AlreadyBack(Refused):
    """A draft is brought back once."""


class NowhereToHang(Refused):
    """What the draft hung on is gone since."""


def is_draft_of(risk: RiskPoint, by: AbstractBaseUser) -> bool:
    """Return whether a risk point is its author's own draft, never sent in. One statement."""
    acted = risk.endorsed or risk.confirmed or risk.retired_on
    is_own = not acted and risk.created_by_id == by.pk
    return is_own and not was_ever_closed(risk.unit_id, risk.created_at)


@transaction.atomic
def delete_draft(*, risk: RiskPoint, by: AbstractBaseUser, at: datetime) -> DeletedDraft:
    """Delete a draft of the author's own; it can be brought back. Raises NotADraft."""
    risk = taken_up(risk, None)
    if not is_draft_of(risk, by):
        raise NotADraft(
            Text(
                f"“{risk.title}”不是您本人的草稿，或已经审核。请改用停用，并写明原因。",
                f"{risk.title} is not a draft of yours, or was endorsed already. Retire it "
                "instead, with the reason.",
            )
        )
    rows = [
        risk,
        *risk.carriers.order_by("order"),
        *risk.manifestations.order_by("order"),
        *risk.measures.order_by("order"),
    ]
    draft = DeletedDraft.objects.create(
        organisation_id=risk.organisation_id,
        unit_id=risk.unit_id,
        kind=DeletedDraft.Kind.RISK,
        code=risk.code,
        name=risk.title,
        content=serializers.serialize("json", rows),
        deleted_by=by,  # type: ignore[misc]
        deleted_at=at,
    )
    _tell("risks.draft.deleted", risk, by, at)
    risk.delete()
    return draft


@transaction.atomic
def restore_draft(*, draft: DeletedDraft, by: AbstractBaseUser, at: datetime) -> RiskPoint:
    """Bring a deleted draft back as it was, under its code and with its history.

    Raises AlreadyBack, NowhereToHang and RegisterLocked.
    """
    draft = DeletedDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.restored_at is not None:
        raise AlreadyBack(
            Text(
                f"“{draft.name}”已经恢复，请在风险清册中查看。",
                f"{draft.name} was brought back already; find it in the register.",
            )
        )
    first, *parts = serializers.deserialize("json", draft.content)
    risk = first.object
    if not isinstance(risk, RiskPoint):
        raise TypeError(f"the draft {draft.pk} holds no risk point")
    _require_anchor(risk)
    require_hanging_open(risk.organisation_id, risk.unit_id, risk.power)
    try:
        with transaction.atomic():
            for row in (first, *parts):
                row.save(force_insert=True)
    except IntegrityError as error:
        raise _nowhere(draft.name) from error
    reindex([risk.pk])
    draft.restored_at = at
    draft.save(update_fields=["restored_at"])
    _tell("risks.draft.restored", risk, by, at)
    return RiskPoint.objects.get(pk=risk.pk)


def _require_anchor(risk: RiskPoint) -> None:
    anchors = (
        (Power, risk.power_id),
        (Step, risk.step_id),
        (Regulation, risk.regulation_id),
    )
    for table, key in anchors:
        if key is not None and not table.objects.filter(pk=key).exists():
            raise _nowhere(risk.title)


def _nowhere(title: str) -> NowhereToHang:
    return NowhereToHang(
        Text(
            f"“{title}”所在的职权、环节或岗位已不存在，不能恢复。请重新登记。",
            f"The power, step or post of {title} is gone: it can't come back. Record it anew.",
        )
    )


def _tell(action: str, risk: RiskPoint, by: AbstractBaseUser, at: datetime) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=risk,
        organisation=risk.organisation_id,
        changes={"code": (risk.code, risk.code), "title": (risk.title, risk.title)},
        rule=CLAUSE,
    )
