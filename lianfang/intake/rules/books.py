"""What a table is held against: the organisation's units, posts and people, and its register."""

from collections.abc import Mapping

from msgspec import Struct

from lianfang.register.model import Post, Register, Unit


class Known(Struct, frozen=True):
    """Somebody on the books, with the codes of the posts they hold."""

    code: str
    name: str
    posts: frozenset[str]


class Importer(Struct, frozen=True, kw_only=True):
    """What whoever imports may do: draft the units of these codes (None: all), set up units.

    Whoever sets up units also enters people and regulations; posts are set up in a unit by
    whoever drafts it.
    """

    drafts: frozenset[str] | None
    sets_up: bool

    def may_draft(self, unit: str) -> bool:
        """Return whether rows of a unit may be taken."""
        return self.drafts is None or unit in self.drafts


class Books(Struct, frozen=True, kw_only=True):
    """Units, posts and people in use; `codes` are all there ever were, by kind.

    `remembered` are names that were settled in earlier imports: what they stand for, by kind and
    key.
    """

    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    people: tuple[Known, ...]
    codes: Mapping[str, frozenset[str]]
    remembered: Mapping[tuple[str, str], str] = {}


class Stored(Struct, frozen=True, kw_only=True):
    """The register of the units concerned, and what is known of its parts.

    `codes` are all codes of parts there ever were. `earlier` is what the last import said of a
    part, by kind and code, as JSON; `gone` the code of a power or risk point that an import
    brought and that is not there any more, by kind, unit and name. The levels of `settled` risk
    points were endorsed or confirmed, and don't follow a table (五（三）).
    """

    register: Register
    codes: frozenset[str]
    earlier: Mapping[tuple[str, str], str] = {}
    gone: Mapping[tuple[str, str, str], str] = {}
    settled: frozenset[str] = frozenset()
