"""`lianfang restore`: a backup into an empty database, of whatever kind."""

import argparse
from pathlib import Path

from lianfang.common.text import Text
from lianfang.shell.backup.manifest import Manifest
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang restore --check 2026-05-14.backup
  LIANFANG_HOME=新文件夹 lianfang restore --into-empty 2026-05-14.backup
  DATABASE_URL=postgresql://user@host/new lianfang restore --into-empty 2026-05-14.backup

SQLite 的备份可以恢复到 PostgreSQL，反过来也可以。只恢复到空数据库；全部恢复，或什么都不恢复。
恢复后重新计算日志根，与备份记载的核对。再用 lianfang audit verify 对照导出的日志凭证。
所有人须重新登录；旧的 secret-key 要放回新文件夹，否则动态口令须重新绑定。""",
    """examples:
  lianfang restore --check 2026-05-14.backup
  LIANFANG_HOME=new-folder lianfang restore --into-empty 2026-05-14.backup
  DATABASE_URL=postgresql://user@host/new lianfang restore --into-empty 2026-05-14.backup

A backup of SQLite can be restored into PostgreSQL and the other way round; into an empty database
only; all of it or nothing. The log's root is recomputed and compared with the one in the backup.
Everybody signs in again. Put the old secret-key into the new folder, or one-time codes have to be
set up anew.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("restore", ABOUT["restore"], _EXAMPLES, run)
    parser.add_argument(
        "file",
        type=Path,
        metavar=Text("文件", "FILE").in_(language),
        help=Text("备份文件", "the backup").in_(language),
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--into-empty",
        action="store_true",
        help=Text(
            "先在空数据库里建表（也用于旧版本的备份）",
            "make the tables in the empty database first (also for a backup of an older release)",
        ).in_(language),
    )
    way.add_argument(
        "--check",
        action="store_true",
        help=Text("只核对能否完整读出，不写入", "only see whether it can be read whole").in_(
            language
        ),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Restore or check a backup, and say what was in it."""
    site.ready()
    from lianfang.common import clock
    from lianfang.shell.backup.reading import check_backup, restore_backup
    from lianfang.shell.cli.passphrase import known_passphrase

    passphrase = known_passphrase(terminal)
    if arguments.check:
        manifest = check_backup(arguments.file, passphrase=passphrase, report=terminal.progress)
        said = Text("备份完整。", "The backup is whole.")
    else:
        manifest = restore_backup(
            arguments.file,
            passphrase=passphrase,
            at=clock.now(),
            into_empty=arguments.into_empty,
            report=terminal.progress,
        )
        said = Text("已恢复，日志根一致。", "Restored; the log's root is the same.")
    terminal.clear_progress()
    terminal.say_text(said)
    say_manifest(manifest, terminal)
    return Exit.FOUND if manifest.log.fault else Exit.DONE


def say_manifest(manifest: Manifest, terminal: Terminal) -> None:
    """Say what a backup holds."""
    files = manifest.files
    terminal.say_text(
        Text(
            f"  时间 {manifest.made_at}，版本 {manifest.release}，{manifest.database}",
            f"  made at {manifest.made_at}, release {manifest.release}, {manifest.database}",
        )
    )
    terminal.say_text(
        Text(
            f"  {manifest.rows} 行，{files.count} 个附件（{files.size} 字节）",
            f"  {manifest.rows} rows, {files.count} attachments ({files.size} bytes)",
        )
    )
    terminal.say_text(
        Text(
            f"  日志 {manifest.log.size} 条，根 {manifest.log.root}",
            f"  log of {manifest.log.size} events, root {manifest.log.root}",
        )
    )
    if manifest.log.fault is not None:
        terminal.complain(
            Text(
                f"备份时日志已不完整：{manifest.log.fault.zh}",
                f"The log was not whole when the backup was made: {manifest.log.fault.en}",
            )
        )
