"""Words of the chain of responsibility for templates."""

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import Promise

from lianfang.org.words import BECAUSE, CHAIN_ROLES

register = template.Library()


@register.filter
def chain_role(code: str) -> Promise | str:
    """Say in which capacity somebody stands in the chain (三)."""
    return CHAIN_ROLES[code]


@register.filter
def because(code: str) -> Promise | str:
    """Say why somebody, or nobody, stands on a rung of the chain (三)."""
    return BECAUSE[code]


@register.filter
def person_of(login: AbstractBaseUser | None) -> str:
    """Say whose login it is: the name in the page's language, else that of the login.

    The login's person must have been selected with it.
    """
    if login is None:
        return ""
    person = getattr(login, "person", None)
    return str(login if person is None else person.shown_name)
