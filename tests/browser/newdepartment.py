"""Adds a department with a head and three staff to the example, each with a login and a password.

Runs as a program of its own, between loading the example and serving it.
"""

import os
from datetime import date

import django

PASSWORD = "a long sentence for the new department"
UNIT, UNIT_NAME, UNIT_NAME_EN = "CXC", "创新发展处", "Innovation Department"
STAFF = {
    "new-head": (
        "9001",
        "方知远",
        "Fang Zhiyuan",
        "CXC-CZ",
        "创新发展处处长",
        "Head of Innovation",
    ),
    "new-plans": ("9002", "贺明川", "He Mingchuan", "CXC-XM", "项目立项岗", "Project Officer"),
    "new-money": ("9003", "路清和", "Lu Qinghe", "CXC-JF", "经费管理岗", "Funds Officer"),
    "new-checks": ("9004", "宋以宁", "Song Yining", "CXC-JD", "项目监督岗", "Monitoring Officer"),
}


def main(on: date) -> None:
    """Set the department up as the administrators would."""
    from lianfang.accounts.actions import create_login
    from lianfang.example.guard import example
    from lianfang.example.moments import working_hour
    from lianfang.org import actions
    from lianfang.org.models import Unit

    organisation, at = example(), working_hour(on)
    assert organisation is not None
    root = Unit.objects.get(organisation=organisation, parent=None)
    unit = actions.create_unit(
        organisation=organisation,
        code=UNIT,
        name=UNIT_NAME,
        name_en=UNIT_NAME_EN,
        parent=root,
        order=999,
        by=None,
        at=at,
    )
    for username, (number, name, name_en, code, post_name, post_name_en) in STAFF.items():
        person = actions.create_person(
            organisation=organisation, code=number, name=name, name_en=name_en, by=None, at=at
        )
        values = {"is_unit_head": username == "new-head", "name_en": post_name_en}
        post = actions.create_post(
            unit=unit, code=code, name=post_name, values=values, by=None, at=at
        )
        actions.appoint(person=person, post=post, from_on=on, by=None, at=at)
        login = create_login(
            username=username,
            password=PASSWORD,
            must_change_password=False,
            organisation=organisation.pk,
            by=None,
            at=at,
        )
        actions.attach_login(person=person, login=login, by=None, at=at)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    main(date.fromisoformat(os.environ["LIANFANG_TEST_DAY"]))
