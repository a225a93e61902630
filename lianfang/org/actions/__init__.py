"""Every write to an organisation. A page, a command, an import and a test come through here."""

from lianfang.org.actions.appointments import (
    appoint,
    end_appointment,
    end_portfolio,
    give_portfolio,
    withdraw_appointment,
    withdraw_portfolio,
)
from lianfang.org.actions.bodies import create_body, end_membership, join_body
from lianfang.org.actions.calendar import load_calendar
from lianfang.org.actions.logins import (
    add_login,
    close_login,
    end_login_sessions,
    give_login,
    remove_login_factor,
    reopen_login,
    reset_login,
    take_login,
)
from lianfang.org.actions.numbers import set_choice, set_number, set_numbers
from lianfang.org.actions.people import (
    attach_login,
    change_person,
    create_person,
    detach_login,
    record_departure,
    record_kinship,
    record_qualification,
)
from lianfang.org.actions.setup import appoint_administrator, create_organisation
from lianfang.org.actions.units import (
    change_post,
    change_unit,
    create_post,
    create_unit,
    retire_post,
    retire_unit,
)

__all__ = [
    "add_login",
    "appoint",
    "appoint_administrator",
    "attach_login",
    "change_person",
    "change_post",
    "change_unit",
    "close_login",
    "create_body",
    "create_organisation",
    "create_person",
    "create_post",
    "create_unit",
    "detach_login",
    "end_appointment",
    "end_login_sessions",
    "end_membership",
    "end_portfolio",
    "give_login",
    "give_portfolio",
    "join_body",
    "load_calendar",
    "record_departure",
    "record_kinship",
    "record_qualification",
    "remove_login_factor",
    "reopen_login",
    "reset_login",
    "retire_post",
    "retire_unit",
    "set_choice",
    "set_number",
    "set_numbers",
    "take_login",
    "withdraw_appointment",
    "withdraw_portfolio",
]
