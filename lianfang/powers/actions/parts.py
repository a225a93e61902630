"""Powers with all their parts, written in bulk: a fixed number of statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, ProtectedError

from lianfang.common.bulk import insert
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.powers.models import Arrow, Basis, Power, PowerPost, Step
from lianfang.register import model

AnyModel = TypeVar("AnyModel", bound=Model)
Key = TypeVar("Key")
BATCH = 500
POWER_FIELDS = (
    "unit",
    "name",
    "category",
    "kind",
    "matters",
    "frequency",
    "public",
    "extras",
    "version",
)
BASIS_FIELDS = ("power", "order", "text", "regulation", "article")
PART_FIELDS = ("power", "order", "post", "role", "limit", "amount")
STEP_FIELDS = ("order", "name", "kind", "post", "lane", "days", "term", "output")


class StillMentioned(Refused):
    """A step that a risk point hangs on can't go."""


class PowerParts:
    """Stores powers with bases, posts, steps and arrows as the Register has them."""

    def __init__(
        self,
        organisation: Organisation,
        units: Mapping[str, int],
        posts: Mapping[str, int],
        regulations: Mapping[str, int],
        by: AbstractBaseUser | None,
        at: datetime,
    ) -> None:
        self._organisation = organisation
        self._units, self._posts, self._regulations = units, posts, regulations
        self._by, self._at = by, at

    def store(self, wanted: Sequence[model.Power]) -> None:
        """Write the powers. Raises StillMentioned for a step that goes though a risk names it."""
        if not wanted:
            return
        known = rows_by_code(Power, self._organisation, [power.id for power in wanted])
        self._change([power for power in wanted if power.id in known], known)
        self._add([power for power in wanted if power.id not in known])
        keys = keys_by_code(Power, self._organisation, [power.id for power in wanted])
        old = [row.pk for row in known.values()]
        for some in batches(old):
            Basis.objects.filter(power__in=some).delete()
            PowerPost.objects.filter(power__in=some).delete()
            Arrow.objects.filter(source__power__in=some).delete()
        insert(Basis, BASIS_FIELDS, self._bases(wanted, keys))
        insert(PowerPost, PART_FIELDS, self._posts_of(wanted, keys))
        self._flows(wanted, keys, old)

    def _add(self, powers: Iterable[model.Power]) -> None:
        by = self._by.pk if self._by else None
        insert(
            Power,
            ("organisation", "code", "created_by", "created_at", *POWER_FIELDS),
            (
                (self._organisation.pk, power.id, by, self._at, *self._values(power), 1)
                for power in powers
            ),
        )

    def _change(self, powers: Iterable[model.Power], known: Mapping[str, Power]) -> None:
        for power in powers:
            row = known[power.id]
            for field, value in zip(POWER_FIELDS, self._values(power), strict=False):
                setattr(row, attribute_of(Power, field), value)
            row.version += 1
        Power.objects.bulk_update(known.values(), POWER_FIELDS, batch_size=BATCH)

    def _values(self, power: model.Power) -> tuple[object, ...]:
        """Return the columns of POWER_FIELDS but the version."""
        return (
            self._units[power.unit],
            power.name,
            power.category or "",
            power.kind,
            list(power.matters),
            power.frequency,
            power.public,
            [[extra.label, extra.text] for extra in power.extras],
        )

    def _bases(
        self, wanted: Iterable[model.Power], keys: Mapping[str, int]
    ) -> Iterator[tuple[object, ...]]:
        for power in wanted:
            for place, basis in enumerate(power.bases):
                regulation = key_of(self._regulations, basis.regulation)
                yield keys[power.id], place, basis.text, regulation, basis.article

    def _posts_of(
        self, wanted: Iterable[model.Power], keys: Mapping[str, int]
    ) -> Iterator[tuple[object, ...]]:
        for power in wanted:
            for place, part in enumerate(power.posts):
                post = self._posts[part.post]
                yield keys[power.id], place, post, part.role.value, part.limit, part.amount

    def _flows(
        self, wanted: Sequence[model.Power], keys: Mapping[str, int], old: Sequence[int]
    ) -> None:
        known = {
            (step.power_id, step.code): step
            for some in batches(old)
            for step in Step.objects.filter(power__in=some)
        }
        written: list[Step] = []
        for power in wanted:
            for place, step in enumerate(power.steps):
                key = (keys[power.id], step.id)
                row = known.get(key)
                if row is None:
                    row = known[key] = Step(power_id=keys[power.id], code=step.id)
                row.order, row.name, row.kind = place, step.name, step.kind.value
                row.post_id, row.lane = key_of(self._posts, step.post), step.lane
                row.days, row.term, row.output = step.days, step.term, step.output
                written.append(row)
        save_all(Step, written, STEP_FIELDS)
        kept = {(keys[power.id], step.id) for power in wanted for step in power.steps}
        self._drop([step for key, step in known.items() if key not in kept])
        insert(
            Arrow,
            ("source", "order", "target", "condition"),
            (
                (
                    known[keys[power.id], step.id].pk,
                    place,
                    known[keys[power.id], arrow.to].pk,
                    arrow.condition,
                )
                for power in wanted
                for step in power.steps
                for place, arrow in enumerate(step.arrows)
            ),
        )

    def _drop(self, steps: Sequence[Step]) -> None:
        try:
            for some in batches([step.pk for step in steps]):
                Step.objects.filter(pk__in=some).delete()
        except ProtectedError as error:
            gone = "、".join(step.name for step in steps)
            raise StillMentioned(
                Text(
                    f"环节“{gone}”上挂有风险点，不能删去。请先改挂或停用风险点。",
                    f"Risk points hang on the step {gone}, which can't go. Move or retire them "
                    "first.",
                )
            ) from error


def batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Yield so many of the keys at a time as one statement may name."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def save_all(table: type[AnyModel], rows: Iterable[AnyModel], fields: Sequence[str]) -> None:
    """Write rows, new ones whole and others in these fields: two statements a batch at most."""
    fresh: list[AnyModel] = []
    known: list[AnyModel] = []
    for row in rows:
        (known if row.pk else fresh).append(row)
    table._default_manager.bulk_create(fresh, batch_size=BATCH)
    table._default_manager.bulk_update(known, fields, batch_size=BATCH)


def key_of(keys: Mapping[str, int], code: str | None) -> int | None:
    return None if code is None else keys[code]


def attribute_of(table: type[Model], field: str) -> str:
    """Return under which name a row keeps a column: of a foreign key, that of the key."""
    return str(table._meta.get_field(field).attname)  # type: ignore[union-attr]


def keys_by_code(
    table: type[Any], organisation: Organisation, codes: Sequence[str]
) -> dict[str, int]:
    """Return the keys of rows by their codes: one statement for each 500."""
    found: dict[str, int] = {}
    for some in batches(codes):
        rows = table.objects.filter(organisation=organisation, code__in=some)
        found.update(rows.values_list("code", "pk"))
    return found


def rows_by_code(
    table: type[Any], organisation: Organisation, codes: Sequence[str]
) -> dict[str, Any]:
    found: dict[str, Model] = {}
    for some in batches(codes):
        rows = table.objects.filter(organisation=organisation, code__in=some)
        found |= {row.code: row for row in rows}
    return found
