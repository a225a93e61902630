"""Lists that somebody keeps under a name of their own."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.risks.models import SavedView

MOST = 20


class ViewRefused(Refused):
    """A view of that name is kept already, or there are as many as one may keep."""


@transaction.atomic
def save_view(
    *, owner: User, organisation: int, name: str, query: str, by: User, at: datetime
) -> SavedView:
    """Keep a narrowed list under a name. Raises ViewRefused."""
    if SavedView.objects.filter(owner=owner).count() >= MOST:
        raise ViewRefused(
            Text(
                f"已有 {MOST} 个视图。请先删去用不着的。",
                f"There are {MOST} views already. Delete one that is no longer used first.",
            )
        )
    view = SavedView(owner=owner, name=name, query=query, created_at=at)
    try:
        with transaction.atomic():
            view.save(force_insert=True)
    except IntegrityError as error:
        raise ViewRefused(
            Text(
                f"已有名为“{name}”的视图。请换一个名称，或先删去原来的。",
                f"There is a view called {name} already. Choose another name, or delete it first.",
            )
        ) from error
    _record("risks.view.saved", view, organisation, by, at, (None, name))
    return view


@transaction.atomic
def delete_view(*, view: SavedView, organisation: int, by: User, at: datetime) -> None:
    """Give up a kept list; the risk points in it are not touched."""
    _record("risks.view.deleted", view, organisation, by, at, (view.name, None))
    view.delete()


def _record(
    action: str,
    view: SavedView,
    organisation: int,
    by: User,
    at: datetime,
    name: tuple[str | None, str | None],
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=view,
        organisation=organisation,
        changes={"view": name},
    )
