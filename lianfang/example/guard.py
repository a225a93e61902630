"""Example mode is for a database that holds the example and nothing else."""

from lianfang.accounts.models import User
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation


class HoldsSomethingElse(Refused):
    """A database with an organisation or a login that is not the example's."""


def example() -> Organisation | None:
    """Return the example institution, None where it is not loaded. One statement."""
    return Organisation.objects.filter(is_example=True).first()


def require_example_only() -> None:
    """Raise HoldsSomethingElse for a database that holds anything but the example.

    Two statements.
    """
    other = Organisation.objects.filter(is_example=False).first()
    if other is not None:
        raise HoldsSomethingElse(
            Text(
                f"数据库里有机构“{other.name}”，不是示例数据。示例模式允许一键进入任何人的页面，不能用于"
                "真实数据。请去掉 LIANFANG_EXAMPLE，或为示例另设 LIANFANG_HOME。",
                f"The database holds {other.name}, which is no example. Example mode lets anybody "
                "enter as anyone, so it is not for real records. Unset LIANFANG_EXAMPLE, or give "
                "the example a LIANFANG_HOME of its own.",
            )
        )
    known = Organisation.objects.filter(is_example=True).values("pk")
    stray = User.objects.exclude(organisation__in=known).first()
    if stray is not None:
        raise HoldsSomethingElse(
            Text(
                f"数据库里有登录“{stray}”，不属于示例机构。请为示例另设 LIANFANG_HOME。",
                f"The database has the login {stray}, which is not the example's. Give the example "
                "a LIANFANG_HOME of its own.",
            )
        )
