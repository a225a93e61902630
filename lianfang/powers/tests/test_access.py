"""Who sees and who changes what."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers.access import (
    drafted_among,
    get_deleted_draft_for,
    get_power_for,
    get_regulation_for,
    get_unit_to_draft,
    keeps_library,
    powers_visible_to,
    regulations_visible_to,
    require_register,
)
from lianfang.powers.actions import delete_draft
from lianfang.powers.tests.making import power, regulation

pytestmark = pytest.mark.django_db
STAFF = ("secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer")
ADMINISTRATORS = ("system", "security", "audit")


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def test_staff_read_the_catalogue_and_administrators_do_not(cast: Cast) -> None:
    power(cast)
    for part in STAFF:
        standing = cast.standing(part)
        require_register(standing)
        assert powers_visible_to(standing).count() == 1
        assert regulations_visible_to(standing).count() == 1
    for part in ADMINISTRATORS:
        standing = cast.standing(part)
        assert not powers_visible_to(standing).exists()
        assert not regulations_visible_to(standing).exists()
        with pytest.raises(Http404):
            require_register(standing)


def test_a_unit_drafts_its_own_powers_and_nobody_else_does(cast: Cast) -> None:
    made = power(cast)
    for part in STAFF:
        standing = cast.standing(part)
        if part in ("head", "clerk"):
            assert get_power_for(standing, made.pk, to="edit") == made
            assert get_unit_to_draft(standing, made.unit_id) == made.unit
        else:
            with pytest.raises(PermissionDenied):
                get_power_for(standing, made.pk, to="edit")
            with pytest.raises(PermissionDenied):
                get_unit_to_draft(standing, made.unit_id)


def test_the_units_one_drafts_begin_with_ones_own(cast: Cast) -> None:
    units = list(cast.units.values())
    assert drafted_among(cast.standing("clerk"), units) == [cast.units["CW"]]
    assert drafted_among(cast.standing("system"), units) == []


def test_the_library_is_kept_by_the_office_of_the_leading_group(cast: Cast) -> None:
    rule = regulation(cast)
    for part in STAFF:
        standing = cast.standing(part)
        assert get_regulation_for(standing, rule.pk) == rule
        assert keeps_library(standing) == (part == "office")
        if part != "office":
            with pytest.raises(PermissionDenied):
                get_regulation_for(standing, rule.pk, to="edit")


def test_no_power_or_regulation_crosses_organisations(cast: Cast) -> None:
    other = full_cast("other")
    made = power(other)
    standing = cast.standing("clerk")
    with pytest.raises(Http404):
        get_power_for(standing, made.pk)
    rule = made.bases.get().regulation
    assert rule is not None
    with pytest.raises(Http404):
        get_regulation_for(standing, rule.pk)
    with pytest.raises(Http404):
        get_unit_to_draft(standing, made.unit_id)


def test_a_deleted_draft_is_offered_to_whoever_deleted_it(cast: Cast) -> None:
    draft = delete_draft(power=power(cast), by=cast.logins["clerk"], at=AT)
    assert get_deleted_draft_for(cast.standing("clerk"), draft.pk) == draft
    with pytest.raises(Http404):
        get_deleted_draft_for(cast.standing("head"), draft.pk)
