"""The first organisation: all of it at once, and never beside the example."""

import pytest

from lianfang.org.actions import create_organisation
from lianfang.org.models import Administrator, Organisation
from lianfang.org.tests.cast import AT
from lianfang.shell.founding import HoldsTheExample, NewAdministrator, found

pytestmark = pytest.mark.django_db


def founded() -> Organisation:
    return found(
        code="mec",
        name="示范评价中心",
        name_en="Centre",
        time_zone="Asia/Shanghai",
        administrators=[
            NewAdministrator(
                kind=kind, name=kind, username=kind, password="correct horse battery staple"
            )
            for kind in ("system", "security", "audit")
        ],
        at=AT,
    )


def test_the_first_organisation_has_three_administrators_who_change_their_passwords() -> None:
    made = founded()
    administrators = Administrator.objects.filter(organisation=made).select_related("login")
    assert {one.kind for one in administrators} == {"system", "security", "audit"}
    assert all(one.login.must_change_password for one in administrators)


def test_no_real_organisation_joins_the_example() -> None:
    create_organisation(code="example", name="示例", is_example=True, at=AT)
    with pytest.raises(HoldsTheExample):
        founded()
    assert Organisation.objects.count() == 1
    assert not Administrator.objects.exists()
