"""Units and posts: made, changed, retired."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import (
    add,
    change,
    require_one_organisation,
    require_version,
)
from lianfang.org.models import Appointment, Organisation, Post, Unit, holding

CLAUSE_UNITS = "四"
CLAUSE_POSTS = "五（一）2"


class StillInUse(Refused):
    """A unit or post that still has parts or holders can't be retired."""


class InARing(Refused):
    """A unit can't stand below itself."""


@transaction.atomic
def create_unit(
    *,
    organisation: Organisation,
    code: str,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    kind: str = Unit.Kind.DEPARTMENT,
    parent: Unit | None = None,
    name_en: str = "",
    order: int = 0,
) -> Unit:
    """Add a unit to the tree. Raises Taken for a code that is in use."""
    if parent is not None:
        require_one_organisation(organisation.pk, parent)
    unit = Unit(
        organisation=organisation,
        parent=parent,
        kind=kind,
        code=code,
        name=name,
        name_en=name_en,
        order=order,
    )
    told = {"code": code, "name": name, "name_en": name_en, "kind": str(kind)}
    return add(
        unit,
        organisation=organisation.pk,
        by=by,
        at=at,
        action="org.unit.created",
        taken=_code_taken(code),
        told=told | {"parent": str(parent) if parent else ""},
        rule=CLAUSE_UNITS,
    )


@transaction.atomic
def change_unit(
    *,
    unit: Unit,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Unit:
    """Change the fields of a unit. Raises Stale, Taken, or InARing for a parent below itself."""
    unit = Unit.objects.select_for_update().select_related("organisation").get(pk=unit.pk)
    require_version(unit, version, unit.name)
    parent = values.get("parent")
    if isinstance(parent, Unit):
        require_one_organisation(unit.organisation_id, parent)
        _require_above(unit, parent)
    unit = change(
        unit,
        values,
        organisation=unit.organisation_id,
        by=by,
        at=at,
        action="org.unit.changed",
        taken=_code_taken(str(values.get("code", unit.code))),
        rule=CLAUSE_UNITS,
    )
    if unit.parent_id is None:
        Organisation.objects.filter(pk=unit.organisation_id).update(
            name=unit.name, name_en=unit.name_en
        )
    return unit


@transaction.atomic
def retire_unit(
    *, unit: Unit, on: date, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Unit:
    """Retire a unit from a day on. Raises StillInUse while it has units or posts in use."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    in_use = Q(retired_on=None) | Q(retired_on__gt=on)
    if unit.children.filter(in_use).exists() or unit.posts.filter(in_use).exists():
        raise StillInUse(
            Text(
                f"“{unit.name}”还有下级单位或岗位。请先将它们停用或移走。",
                f"{unit.name} still has units or posts below it. Retire or move them first.",
            )
        )
    return change(
        unit,
        {"retired_on": on, "retired_reason": reason},
        organisation=unit.organisation_id,
        by=by,
        at=at,
        action="org.unit.retired",
        taken=_code_taken(unit.code),
    )


@transaction.atomic
def create_post(
    *,
    unit: Unit,
    code: str,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    values: Mapping[str, object] | None = None,
) -> Post:
    """Add a post to a unit, with `values` for its other fields. Raises Taken."""
    post = Post(
        organisation_id=unit.organisation_id, unit=unit, code=code, name=name, **(values or {})
    )
    return add(
        post,
        organisation=unit.organisation_id,
        by=by,
        at=at,
        action="org.post.created",
        taken=_post_taken(code, unit.name),
        told={"code": code, "name": name, "unit": unit.name, **(values or {})},
        rule=CLAUSE_POSTS,
    )


@transaction.atomic
def change_post(
    *,
    post: Post,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Post:
    """Change the fields of a post. Raises Stale or Taken."""
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    require_version(post, version, post.name)
    unit = values.get("unit")
    if isinstance(unit, Unit):
        require_one_organisation(post.organisation_id, unit)
    return change(
        post,
        values,
        organisation=post.organisation_id,
        by=by,
        at=at,
        action="org.post.changed",
        taken=_post_taken(str(values.get("code", post.code)), post.unit.name),
        rule=CLAUSE_POSTS,
    )


@transaction.atomic
def retire_post(
    *, post: Post, on: date, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Post:
    """Retire a post from a day on. Raises StillInUse while somebody holds it on that day."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if Appointment.objects.filter(holding(on), post=post).exists():
        raise StillInUse(
            Text(
                f"“{post.name}”在 {on} 仍有人任职。请先结束任职，再停用岗位。",
                f"Somebody still holds {post.name} on {on}. End the appointment, then retire it.",
            )
        )
    return change(
        post,
        {"retired_on": on, "retired_reason": reason},
        organisation=post.organisation_id,
        by=by,
        at=at,
        action="org.post.retired",
        taken=_code_taken(post.code),
    )


def _require_above(unit: Unit, parent: Unit) -> None:
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise InARing(
                Text(
                    f"“{parent.name}”在“{unit.name}”之下，不能作为它的上级单位。",
                    f"{parent.name} stands below {unit.name}, so it can't be its parent.",
                )
            )
        above = above.parent


def _code_taken(code: str) -> Text:
    return Text(
        f"代码“{code}”已经使用，请换一个。", f"The code {code} is in use; choose another one."
    )


def _post_taken(code: str, unit: str) -> Text:
    return Text(
        f"代码“{code}”已经使用，或“{unit}”已有负责人岗位，或本机构已有班子主要负责人岗位。",
        f"The code {code} is in use, or {unit} has a head post already, or the organisation has a "
        "head of the leadership already.",
    )
