"""argparse that speaks the user's language and ends with the exit codes of this program."""

import argparse
import re
from typing import NoReturn

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text

_TITLES = {
    "positional arguments": Text("参数", "arguments"),
    "options": Text("选项", "options"),
}
_ERRORS = (
    (
        re.compile(r"the following arguments are required: (.+)"),
        Text("缺少参数：{0}。", "These arguments are missing: {0}."),
    ),
    (
        re.compile(r"unrecognized arguments: (.+)"),
        Text("不认识的参数：{0}。", "These arguments are not known: {0}."),
    ),
    (
        re.compile(r"argument (.+): invalid choice: (.+) \(choose from (.+)\)"),
        Text("{0} 不能是 {1}，可选：{2}。", "{0} can't be {1}; choose from {2}."),
    ),
    (
        re.compile(r"argument (.+): expected .+ arguments?"),
        Text("{0} 后面缺少内容。", "Something is missing after {0}."),
    ),
)
_MORE = Text("用 {0} --help 查看用法。", "See {0} --help.")


class UsageRefused(Refused):
    """The command line can't be understood."""


class Parser(argparse.ArgumentParser):
    """A parser in one language; errors are Refused, so that one place prints them."""

    def __init__(self, *, language: Language, **settings: object) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            **settings,  # type: ignore[arg-type]
        )
        self._language = language
        for group in (self._positionals, self._optionals):
            group.title = _TITLES[group.title or "options"].in_(language)
        self.add_argument(
            "-h",
            "--help",
            action="help",
            help=Text("显示这份说明", "show this help").in_(language),
        )

    def format_usage(self) -> str:
        return self._worded(super().format_usage())

    def format_help(self) -> str:
        return self._worded(super().format_help())

    def _worded(self, text: str) -> str:
        label = Text("用法：", "usage: ").in_(self._language)
        return text.replace("usage: ", label, 1)

    def error(self, message: str) -> NoReturn:
        """Raise UsageRefused instead of leaving the program."""
        text = Text(message, message)
        for pattern, sentence in _ERRORS:
            if match := pattern.fullmatch(message):
                text = Text(
                    sentence.zh.format(*match.groups()), sentence.en.format(*match.groups())
                )
                break
        zh, en = _MORE.zh.format(self.prog), _MORE.en.format(self.prog)
        raise UsageRefused(Text(f"{text.zh}{zh}", f"{text.en} {en}"))
