"""An approved filing becomes an edition: frozen, numbered, in force in place of the one before."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.audit import actions as audit
from lianfang.cycles.actions.moving import locked, move, require
from lianfang.cycles.actions.revising import end_revision
from lianfang.cycles.models import Decision, Edition, Filing
from lianfang.cycles.queries.covering import beside, covered_before, stored
from lianfang.cycles.rules.changes import risks_changed
from lianfang.cycles.rules.days import edition_number
from lianfang.cycles.rules.states import Act
from lianfang.org.models import Organisation
from lianfang.register.edition import Frozen, digest_of, to_bytes
from lianfang.register.model import Register
from lianfang.register.revising import posts_named
from lianfang.risks.actions.freezing import confirm_levels
from lianfang.risks.actions.levels import set_post_levels
from lianfang.risks.actions.reviewing import count_published
from lianfang.scheme.model import Scheme


@transaction.atomic
def publish(
    *,
    filing: Filing,
    effective_from: date,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Edition:
    """Publish an approved filing: levels confirmed, register frozen, levels of posts in force.

    Raises NotNow. The digest of the edition stands in the log. The cost grows with the unit's
    register.
    """
    Organisation.objects.select_for_update().get(pk=filing.organisation_id)
    filing = locked(filing)
    require(filing, Act.PUBLISH)
    unit = filing.unit
    before = Edition.objects.filter(unit=unit, superseded_on=None).select_related("filing").first()
    touched = None
    if filing.revision is not None:
        touched = beside(filing, stored(filing, on), before).touched
    confirm_levels(unit=unit, codes=touched, on=on, by=by, at=at)
    now = beside(filing, stored(filing, on), before).now
    frozen = _frozen(filing, before, now, effective_from, scheme)
    content = to_bytes(frozen)
    _supersede(before, effective_from, by, at)
    made = Edition.objects.create(
        organisation=filing.organisation,
        unit=unit,
        filing=filing,
        year=frozen.year,
        serial=frozen.serial,
        effective_from=effective_from,
        content=content.decode(),
        digest=digest_of(content),
        published_at=at,
        published_by_id=by.pk if by else None,
    )
    audit.record(
        at=at,
        by=by,
        action="cycles.edition.published",
        subject=made,
        organisation=filing.organisation_id,
        changes={
            "unit": (None, unit.name),
            "number": (before.number if before else None, made.number),
            "effective_from": (None, effective_from.isoformat()),
            "digest": (None, made.digest),
            "algorithm": (None, made.algorithm),
        },
        rule="六（三）",
    )
    set_post_levels(
        unit=unit,
        register=frozen.register,
        looked_at=None if touched is None else posts_named(now, touched),
        edition=made.number,
        from_on=effective_from,
        scheme=scheme,
        by=by,
        at=at,
    )
    count_published(unit=unit, codes=_touched(before, frozen), on=on, by=by, at=at)
    move(filing, Act.PUBLISH, by=by, at=at, told={"edition": (None, made.number)})
    end_revision(filing, on)
    return made


def _touched(before: Edition | None, frozen: Frozen) -> frozenset[str]:
    """Return the codes of risk points that the edition has anew or changed (六（五）)."""
    if before is None:
        return frozenset(risk.id for risk in frozen.register.risks)
    old = covered_before(before)
    return risks_changed(old, frozen.register).touched


def _frozen(
    filing: Filing, before: Edition | None, now: Register, effective_from: date, scheme: Scheme
) -> Frozen:
    year = filing.cycle.year
    last = Edition.objects.filter(unit=filing.unit, year=year).aggregate(last=Max("serial"))["last"]
    serial = (last or 0) + 1
    decided = Decision.objects.filter(filing=filing).select_related("meeting").last()
    return Frozen(
        organisation=filing.organisation.name,
        unit=filing.unit.code,
        unit_name=filing.unit.name,
        number=edition_number(year, serial),
        year=year,
        serial=serial,
        effective_from=effective_from,
        scheme=filing.organisation.scheme,
        scheme_version=scheme.version,
        resolution=decided.meeting.held_on.isoformat() if decided else "",
        supersedes=before.number if before else "",
        register=now,
    )


def _supersede(before: Edition | None, on: date, by: AbstractBaseUser | None, at: datetime) -> None:
    if before is None:
        return
    before.superseded_on = on
    before.save(update_fields=["superseded_on"])
    move(locked(before.filing), Act.SUPERSEDE, by=by, at=at)
