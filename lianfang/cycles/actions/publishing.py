"""An approved filing becomes an edition: frozen, numbered, in force in place of the one before."""

from collections.abc import Collection
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
from lianfang.duties.actions.measures import take_up_measures
from lianfang.duties.actions.reconcile import reconcile
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

    The duties of the unit follow (六（四）), or in the night in which a day still to come begins.
    Raises NotNow. The digest of the edition stands in the log. The cost grows with the unit's
    register.
    """
    Organisation.objects.select_for_update().get(pk=filing.organisation_id)
    filing = locked(filing)
    require(filing, Act.PUBLISH)
    unit = filing.unit
    before = Edition.objects.filter(unit=unit, superseded_on=None).select_related("filing").first()
    touched = _scope(filing, before, on)
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
    _note(made, before, by, at)
    looked_at = None if touched is None else posts_named(now, touched)
    _put_in_force(made, frozen.register, looked_at, scheme, on, by, at)
    count_published(unit=unit, codes=_touched(before, frozen), on=on, by=by, at=at)
    move(filing, Act.PUBLISH, by=by, at=at, told={"edition": (None, made.number)})
    end_revision(filing, on)
    return made


def _note(made: Edition, before: Edition | None, by: AbstractBaseUser | None, at: datetime) -> None:
    audit.record(
        at=at,
        by=by,
        action="cycles.edition.published",
        subject=made,
        organisation=made.organisation_id,
        changes={
            "unit": (None, made.unit.name),
            "number": (before.number if before else None, made.number),
            "effective_from": (None, made.effective_from.isoformat()),
            "digest": (None, made.digest),
            "algorithm": (None, made.algorithm),
        },
        rule="六（三）",
    )


def _scope(filing: Filing, before: Edition | None, on: date) -> frozenset[str] | None:
    """Return the codes of what a revision touches, None for the filing of a year."""
    if filing.revision is None:
        return None
    return beside(filing, stored(filing, on), before).touched


def _put_in_force(
    edition: Edition,
    register: Register,
    looked_at: Collection[str] | None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Let posts have the levels of an edition, its measures be carried out, and duties follow."""
    unit, from_on = edition.unit, edition.effective_from
    set_post_levels(
        unit=unit,
        register=register,
        looked_at=looked_at,
        edition=edition.number,
        from_on=from_on,
        scheme=scheme,
        by=by,
        at=at,
    )
    take_up_measures(
        unit=unit, register=register, edition=edition.number, from_on=from_on, by=by, at=at
    )
    reconcile(organisation=edition.organisation, units=[unit.pk], on=on, by=by, at=at)


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
