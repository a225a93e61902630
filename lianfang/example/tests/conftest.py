"""Stories of the example are told by the rules they know, as those of duties are."""

from lianfang.duties.tests.conftest import known_rules

__all__ = ["known_rules"]
