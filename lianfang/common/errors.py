"""The base class for refusals that a user can understand and act on, and the commonest of them."""

from lianfang.common.text import Language, Text


class Refused(Exception):
    """Something was refused by a rule.

    `text` says in both languages what happened, to what, and what to do next;
    `str(refused)` is the Chinese sentence.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text

    def sentence(self, language: Language) -> str:
        """Return the refusal as a full sentence in `language`."""
        return self.text.in_(language)


class Stale(Refused):
    """Somebody else changed the thing since the form was opened; `version` is stored now."""

    def __init__(self, text: Text, version: int) -> None:
        super().__init__(text)
        self.version = version
