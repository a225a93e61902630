"""Powers with all their parts, written in bulk: a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, ProtectedError

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.powers.models import Arrow, Basis, Power, PowerPost, Step
from lianfang.register import model

AnyModel = TypeVar("AnyModel", bound=Model)
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
        rows = self._powers(wanted)
        keys = [row.pk for row in rows.values()]
        Basis.objects.filter(power__in=keys).delete()
        PowerPost.objects.filter(power__in=keys).delete()
        Arrow.objects.filter(source__power__in=keys).delete()
        Basis.objects.bulk_create(
            (
                Basis(
                    power=rows[power.id],
                    order=place,
                    text=basis.text,
                    regulation_id=key_of(self._regulations, basis.regulation),
                    article=basis.article,
                )
                for power in wanted
                for place, basis in enumerate(power.bases)
            ),
            batch_size=BATCH,
        )
        PowerPost.objects.bulk_create(
            (
                PowerPost(
                    power=rows[power.id],
                    order=place,
                    post_id=self._posts[part.post],
                    role=part.role.value,
                    limit=part.limit,
                    amount=part.amount,
                )
                for power in wanted
                for place, part in enumerate(power.posts)
            ),
            batch_size=BATCH,
        )
        self._flows(wanted, rows)

    def _powers(self, wanted: Sequence[model.Power]) -> dict[str, Power]:
        known = rows_by_code(Power, self._organisation, [power.id for power in wanted])
        written: list[Power] = []
        for power in wanted:
            row = known.get(power.id)
            if row is None:
                row = Power(
                    organisation=self._organisation,
                    code=power.id,
                    created_by=self._by,  # type: ignore[misc]
                    created_at=self._at,
                    version=0,
                )
                known[power.id] = row
            row.unit_id = self._units[power.unit]
            row.name, row.category, row.kind = (
                power.name,
                power.category or "",
                power.kind,
            )
            row.matters, row.frequency, row.public = (
                list(power.matters),
                power.frequency,
                power.public,
            )
            row.extras = [[extra.label, extra.text] for extra in power.extras]
            row.version += 1
            written.append(row)
        save_all(Power, written, POWER_FIELDS)
        return known

    def _flows(self, wanted: Sequence[model.Power], rows: Mapping[str, Power]) -> None:
        known = {
            (step.power_id, step.code): step
            for step in Step.objects.filter(power__in=[row.pk for row in rows.values()])
        }
        written: list[Step] = []
        for power in wanted:
            for place, step in enumerate(power.steps):
                key = (rows[power.id].pk, step.id)
                row = known.get(key)
                if row is None:
                    row = known[key] = Step(power=rows[power.id], code=step.id)
                row.order, row.name, row.kind = place, step.name, step.kind.value
                row.post_id, row.lane = key_of(self._posts, step.post), step.lane
                row.days, row.term, row.output = step.days, step.term, step.output
                written.append(row)
        save_all(Step, written, STEP_FIELDS)
        kept = {(rows[power.id].pk, step.id) for power in wanted for step in power.steps}
        self._drop([step for key, step in known.items() if key not in kept])
        Arrow.objects.bulk_create(
            (
                Arrow(
                    source=known[rows[power.id].pk, step.id],
                    order=place,
                    target=known[rows[power.id].pk, arrow.to],
                    condition=arrow.condition,
                )
                for power in wanted
                for step in power.steps
                for place, arrow in enumerate(step.arrows)
            ),
            batch_size=BATCH,
        )

    def _drop(self, steps: Sequence[Step]) -> None:
        try:
            Step.objects.filter(pk__in=[step.pk for step in steps]).delete()
        except ProtectedError as error:
            gone = "、".join(step.name for step in steps)
            raise StillMentioned(
                Text(
                    f"环节“{gone}”上挂有风险点，不能删去。请先改挂或停用风险点。",
                    f"Risk points hang on the step {gone}, which can't go. Move or retire them "
                    "first.",
                )
            ) from error


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


def rows_by_code(
    table: type[Any], organisation: Organisation, codes: Sequence[str]
) -> dict[str, Any]:
    found: dict[str, Model] = {}
    for start in range(0, len(codes), BATCH):
        rows = table.objects.filter(
            organisation=organisation, code__in=codes[start : start + BATCH]
        )
        found |= {row.code: row for row in rows}
    return found
