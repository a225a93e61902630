"""All checks, in the order of their codes, and how a user names them."""

from collections.abc import Iterable
from types import ModuleType

from rapidfuzz import process

from lianfang.checks import (
    c1_flows,
    c1_powers,
    c2_people,
    c2_posts,
    c3_coverage,
    c3_wording,
    c4_levels,
    c5_measures,
    c5_phases,
    c5_rules,
)
from lianfang.checks.check import Check
from lianfang.common.errors import Refused
from lianfang.common.text import Text

MODULES: tuple[ModuleType, ...] = (
    c1_powers,
    c1_flows,
    c2_posts,
    c2_people,
    c3_coverage,
    c3_wording,
    c4_levels,
    c5_phases,
    c5_measures,
    c5_rules,
)
NEAR = 3
# one note for each fact that a source has no place for, in the group that asks for it first
NOTE_SLUG = "not-recorded"
NOTE_CODES = tuple(f"C{group}00" for group in range(1, 6))


class UnknownCheck(Refused):
    """A code, prefix or name that no check bears."""


def _checks_in(modules: Iterable[ModuleType]) -> tuple[Check, ...]:
    found = (made for module in modules for made in vars(module).values())
    checks = (made for made in found if isinstance(made, Check))
    return tuple(sorted(checks, key=lambda made: made.code))


CATALOGUE = _checks_in(MODULES)


def chosen(*, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """Return the checks that codes, beginnings of codes or slugs name; all without `select`.

    Raises UnknownCheck, which lists near ones.
    """
    names = tuple(select)
    wanted = {check.code for name in names for check in matching(name)}
    unwanted = {check.code for name in ignore for check in matching(name)}
    picked = (check for check in CATALOGUE if not names or check.code in wanted)
    return tuple(check for check in picked if check.code not in unwanted)


def matching(name: str) -> tuple[Check, ...]:
    """Return the checks that a code, the beginning of a code or a slug names.

    The code or slug of notes names no check. Raises UnknownCheck when nothing bears the name.
    """
    found = tuple(check for check in CATALOGUE if bears(name, check.code, check.slug))
    if not found and not any(bears(name, code, NOTE_SLUG) for code in NOTE_CODES):
        raise _unknown(name)
    return found


def bears(name: str, code: str, slug: str) -> bool:
    """Return whether a user's `name` means this code, as such or by its beginning, or slug."""
    plain = name.strip()
    return bool(plain) and (code.startswith(plain.upper()) or slug == plain.lower())


def _unknown(name: str) -> UnknownCheck:
    names = [known for check in CATALOGUE for known in (check.code, check.slug)]
    near = [known for known, _, _ in process.extract(name, names, limit=NEAR)]
    return UnknownCheck(
        Text(
            f"没有名为“{name}”的检查，请改用现有的代码或名称，相近的有：{'、'.join(near)}。",
            f"There is no check “{name}”; use a known code or name. Near ones: {', '.join(near)}.",
        )
    )
