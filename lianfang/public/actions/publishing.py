"""The office publishes the catalogue that it was shown (一, 七（三）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.public.models import Publication, PublishedPower
from lianfang.public.queries.preview import Preview, preview_of
from lianfang.public.rules.cards import ALGORITHM, CLAUSE, Card, to_json, words_of
from lianfang.public.rules.comparing import Change

_AT_ONCE = 500


class PreviewMovedOn(Refused):
    """What would be published is no longer what was shown."""


class NothingNew(Refused):
    """What would be published is public already."""


@transaction.atomic
def publish_catalogue(
    *,
    organisation: Organisation,
    seen: str,
    reason: str,
    contact: str = "",
    contact_en: str = "",
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Publication:
    """Publish the powers that editions in force call public, less those withheld.

    `seen` is the digest of what was shown to whoever decides. Raises PreviewMovedOn where that is
    another now, NothingNew where nothing would change. Reads every edition in force.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    preview = preview_of(organisation, on)
    _require_seen(preview, seen)
    _require_news(preview, contact, contact_en)
    before = preview.current
    if before is not None:
        before.replaced_on = on
        before.save(update_fields=["replaced_on"])
    last = Publication.objects.filter(organisation=organisation).aggregate(last=Max("serial"))
    made = Publication.objects.create(
        organisation=organisation,
        serial=(last["last"] or 0) + 1,
        published_on=on,
        published_at=at,
        published_by_id=by.pk if by else None,
        reason=reason,
        contact=contact,
        contact_en=contact_en,
        digest=preview.digest,
        algorithm=ALGORITHM,
        changed_at=at,
    )
    rows = (_row(made, place, card) for place, card in enumerate(preview.cards, 1))
    PublishedPower.objects.bulk_create(rows, batch_size=_AT_ONCE)
    _note(made, preview, by, at)
    return made


def _row(publication: Publication, place: int, card: Card) -> PublishedPower:
    return PublishedPower(
        publication=publication,
        place=place,
        code=card.code,
        name=card.name,
        name_en=card.name_en,
        unit_code=card.unit,
        unit_name=card.unit_name,
        unit_name_en=card.unit_name_en,
        category=card.category,
        words=words_of(card),
        content=to_json(card).decode(),
    )


def _require_seen(preview: Preview, seen: str) -> None:
    if preview.digest != seen:
        raise PreviewMovedOn(
            Text(
                "预览之后，版本或不公开决定有了变化，将公布的内容已经不同。请重新查看预览再公布。",
                "An edition or a decision to withhold has changed since the preview, and with it "
                "what would be published. Look at the preview again, then publish.",
            )
        )


def _require_news(preview: Preview, contact: str, contact_en: str) -> None:
    now = preview.current
    if now is None or preview.lines:
        return
    if now.digest == preview.digest and (now.contact, now.contact_en) == (contact, contact_en):
        raise NothingNew(
            Text(
                "将公布的内容与现在公开的相同，不需要再公布。",
                "What would be published is public already; there is nothing to publish.",
            )
        )


def _note(made: Publication, preview: Preview, by: AbstractBaseUser | None, at: datetime) -> None:
    codes = {
        change: [line.card.code for line in preview.lines if line.change == change]
        for change in Change
    }
    before = preview.current
    changes: dict[str, tuple[object, object]] = {
        "serial": (before.serial if before else None, made.serial),
        "powers": (None, len(preview.cards)),
        "digest": (before.digest if before else None, made.digest),
        "algorithm": (None, made.algorithm),
        "reason": (None, made.reason),
        **{change.value: (None, found) for change, found in codes.items() if found},
    }
    audit.record(
        at=at,
        by=by,
        action="public.catalogue.published",
        subject=made,
        organisation=made.organisation_id,
        changes=changes,
        rule=CLAUSE,
    )
