"""The passphrase of a backup: from the environment, a file it names, or the terminal."""

import getpass
import sys

from django.conf import settings

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.backup.cipher import LEAST_PASSPHRASE, WeakPassphrase
from lianfang.shell.cli.asking import ask_new_password
from lianfang.shell.cli.terminal import Terminal

_QUESTION = Text("备份口令：", "Passphrase of the backup: ")


class NoPassphrase(Refused):
    """Nobody can be asked, and the environment says nothing."""


def new_passphrase(terminal: Terminal) -> str:
    """Return the passphrase of a new backup; on a terminal it is typed twice."""
    return _given() or ask_new_password(_QUESTION, terminal, _require_long)


def known_passphrase(terminal: Terminal) -> str:
    """Return the passphrase of a backup that is there."""
    return _given() or getpass.getpass(_QUESTION.in_(terminal.language))


def _given() -> str:
    given: str = settings.BACKUP_PASSPHRASE
    if not given and not sys.stdin.isatty():
        raise NoPassphrase(
            Text(
                "没有备份口令：请用 LIANFANG_BACKUP_PASSPHRASE_FILE 指明口令文件，或在终端运行。",
                "There is no passphrase: let LIANFANG_BACKUP_PASSPHRASE_FILE name a file with it, "
                "or run this in a terminal.",
            )
        )
    return given


def _require_long(passphrase: str) -> None:
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WeakPassphrase(
            Text(f"至少 {LEAST_PASSPHRASE} 个字符。", f"At least {LEAST_PASSPHRASE} characters.")
        )
