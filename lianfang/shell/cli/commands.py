"""How a command is added to the command line."""

import argparse
from collections.abc import Callable

from lianfang.common.text import Language, Text
from lianfang.shell.cli.speech import Parser
from lianfang.shell.cli.terminal import Exit, Terminal

Run = Callable[[argparse.Namespace, Terminal], Exit]


class Commands:
    """The commands of one parser, all in one language."""

    def __init__(self, parser: Parser, language: Language) -> None:
        self.language = language
        self._parsers = parser.add_subparsers(
            title=Text("命令", "commands").in_(language),
            metavar=Text("命令", "COMMAND").in_(language),
            parser_class=Parser,
        )

    def add(self, name: str, about: Text, examples: Text, run: Run) -> Parser:
        """Add a command and return its parser, for its own options."""
        parser: Parser = self._parsers.add_parser(
            name,
            language=self.language,
            help=about.in_(self.language),
            description=about.in_(self.language),
            epilog=examples.in_(self.language),
        )
        parser.set_defaults(run=run)
        return parser
