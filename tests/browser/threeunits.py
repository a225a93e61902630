"""Sets up an institution of three units that filed nothing yet, with logins for five people.

Runs as a program of its own, before it is served.
"""

import os
from datetime import date

import django

PASSWORD = "a long sentence for the three units"
# who heads which unit, who collects and checks, who decides
HEADS = {"CW": "three-head", "PS": "three-head-ps", "XX": "three-head-xx"}
OFFICE, SECRETARY = "three-office", "three-secretary"
NAMES = {"CW": "财务处", "PS": "评审处", "XX": "信息处"}


def main(on: date) -> None:
    """Set the institution up as its administrators would."""
    from lianfang.accounts.models import User
    from lianfang.org import actions
    from lianfang.org.models import Organisation, Post, Unit
    from lianfang.org.tests.cast import AT, SINCE, full_cast, login

    assert AT.date() == on
    cast = full_cast("three")
    cast.units["XX"] = actions.create_unit(
        organisation=cast.organisation,
        code="XX",
        name=NAMES["XX"],
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    for code in ("PS", "XX"):
        name = f"{NAMES[code]}处长"
        values = {"is_unit_head": True}
        unit = Unit.objects.get(pk=cast.units[code].pk)
        post = actions.create_post(
            unit=unit, code=f"{code}C", name=name, values=values, by=None, at=AT
        )
        person = actions.create_person(
            organisation=cast.organisation, code=f"9{code}", name=f"{code}负责人", by=None, at=AT
        )
        actions.appoint(person=person, post=post, from_on=SINCE, by=None, at=AT)
        actions.attach_login(person=person, login=login(HEADS[code]), by=None, at=AT)
    if not Post.objects.filter(organisation=cast.organisation, code="XXG").exists():
        actions.create_post(
            unit=cast.units["XX"], code="XXG", name="运维岗", values={}, by=None, at=AT
        )
    # what is invented may be served on a day of one's choice
    Organisation.objects.filter(pk=cast.organisation.pk).update(is_example=True)
    User.objects.update(organisation=cast.organisation.pk)
    for name in (*HEADS.values(), OFFICE, SECRETARY):
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.save()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    main(date.fromisoformat(os.environ["LIANFANG_TEST_DAY"]))
