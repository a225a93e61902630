"""`lianfang backup`: everything in one sealed file."""

import argparse
from pathlib import Path

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang backup 2026-05-14.backup
  LIANFANG_BACKUP_PASSPHRASE_FILE=/etc/lianfang/passphrase lianfang backup /backup/$(date +%F)

备份时系统可以照常使用。文件用口令加密：口令和文件分开保管，丢了口令谁也打不开。
安装的密钥（secret-key）不在备份里，另行保管。定期恢复到别处核对一次：lianfang restore --check 文件
退出码：0 完成；1 有附件丢失，或日志不完整（备份仍然写出）；2 没有写出备份。""",
    """examples:
  lianfang backup 2026-05-14.backup
  LIANFANG_BACKUP_PASSPHRASE_FILE=/etc/lianfang/passphrase lianfang backup /backup/$(date +%F)

People go on working meanwhile. The file is sealed with a passphrase: keep the two apart; without
it nobody opens the file. The key of the installation (secret-key) is not in it; keep that as well.
Read it back now and then: lianfang restore --check FILE
exit codes: 0 done; 1 attachments are missing or the log is not whole (the backup was written all
the same); 2 no backup was written.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("backup", ABOUT["backup"], _EXAMPLES, run)
    parser.add_argument(
        "file",
        type=Path,
        metavar=Text("文件", "FILE").in_(commands.language),
        help=Text("写到哪个文件；不覆盖已有文件", "the new file; none is overwritten").in_(
            commands.language
        ),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Write the backup and say what is in it."""
    site.ready()
    from lianfang.common import clock
    from lianfang.shell.backup.writing import write_backup
    from lianfang.shell.cli.passphrase import new_passphrase
    from lianfang.shell.cli.restore import say_manifest

    passphrase = new_passphrase(terminal)
    written = write_backup(
        arguments.file, passphrase=passphrase, at=clock.now(), report=terminal.progress
    )
    terminal.clear_progress()
    terminal.say_text(Text(f"已备份到 {arguments.file}。", f"The backup is in {arguments.file}."))
    say_manifest(written.manifest, terminal)
    for name in written.missing:
        terminal.complain(
            Text(
                f"附件“{name}”的文件丢失或已损坏，不在备份里。",
                f"The file of {name} is missing or damaged, so it is not in the backup.",
            )
        )
    return Exit.FOUND if written.missing or written.manifest.log.fault else Exit.DONE
