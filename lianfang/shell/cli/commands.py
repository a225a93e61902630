"""How a command is added to the command line."""

import argparse
from collections.abc import Callable

from lianfang.common.text import Language, Text
from lianfang.shell.cli.speech import Parser
from lianfang.shell.cli.terminal import Exit, Terminal

# What each command does, in the order of the help; at hand without loading the command.
ABOUT = {
    "read": Text(
        "读一份表格，列出找到的表、各列的含义和把握、存疑之处。不写入任何地方。",
        "Read a table: which tables were found, what each column means and how surely, every "
        "doubt. Nothing is written anywhere.",
    ),
    "check": Text(
        "按五项检查核对表格，像代码检查工具一样逐条列出问题：文件、行、列、代码、说明、改法、条款。",
        "Check tables by the five checks and list findings like a linter: file, row, column, code, "
        "what is wrong, what would mend it, clause.",
    ),
    "diff": Text(
        "比较两份表格或登记册：增加、删除、移动、逐字段的修改。措辞改了也认得是同一项。",
        "Compare two tables or registers: added, removed, moved, changed field by field. "
        "A part is recognised though its wording changed.",
    ),
    "edition": Text(
        "版本文件：核对内容是否被改动，比较两个版本。不需要数据库，谁都可以核对。",
        "Edition files: verify that nothing was changed, compare two of them. Needs no database; "
        "anybody can verify.",
    ),
    "draw-sheet": Text(
        "抽取单：核对名单、种子、公开数值和抽中的人，指出被改动的地方。不需要数据库，谁都可以核对。",
        "Draw sheets: verify who may be drawn, the seed, the public value and who was drawn, and "
        "name what was changed. Needs no database; anybody can verify.",
    ),
    "receipt": Text(
        "举报的提交凭证：核对它是否证明在某天提交过。不需要数据库，谁都可以核对。",
        "Proof of filing a report: verify that it was filed on a day. Needs no database; anybody "
        "can verify.",
    ),
    "rate": Text(
        "评定等级：按方案的规则由各项评分得出高、中、低，逐行写明怎样算出、依据哪一条。",
        "Rate: find the level from the answers by the scheme's rule, each line of the computation "
        "with its clause.",
    ),
    "draw": Text(
        "把职权的运行流程画成流程图：岗位为泳道，标出风险点；输出 SVG、PNG、PDF 或 BPMN 2.0。",
        "Draw the flows of powers: posts are lanes, risk points are marked; as SVG, PNG, PDF or "
        "BPMN 2.0.",
    ),
    "print": Text(
        "输出措施表、职权目录、岗位职权对照表、检查意见、版本对照表、流程图，或通知、函、纪要、记录表。",
        "Print the table of measures, the power catalogue, posts and powers, findings, a "
        "comparison, flowcharts; or a notice, a letter, minutes, a record form.",
    ),
    "scheme": Text(
        "查看或核对方案（等级、评分、职责、时限等全部规则，每条都有条款依据）。",
        "Show or check a scheme: levels, rating, duties, clocks and all other rules, each with its "
        "clause.",
    ),
    "demo": Text(
        "装入示例机构，用来试用；只能装进空的数据库。",
        "Load the example institution to try things out; only into an empty database.",
    ),
    "init": Text(
        "建立机构和三个管理员（系统、安全、审计），逐一询问初始密码。没有默认密码。",
        "Set up an organisation and its three administrators (system, security, audit); asks for "
        "their first passwords. There are no defaults.",
    ),
    "user": Text(
        "登录：列出、重设密码、关闭、重新启用、结束会话、停用第二因素；包括管理员的登录。",
        "Logins: list, reset a password, close, open again, end sessions, remove the second "
        "factor; those of the administrators too.",
    ),
    "import": Text(
        "把表格导入登记册，和网页的导入一样；--dry-run 只预览。",
        "Import tables into the register, as the pages do it; --dry-run is a preview.",
    ),
    "serve": Text(
        "启动网页服务和后台任务，每晚自动巡检。",
        "Serve the pages, work through the background tasks, and do the nightly work.",
    ),
    "migrate": Text(
        "把数据库更新到这一版本。先备份。",
        "Bring the database to this release. Back it up first.",
    ),
    "sweep": Text(
        "夜间任务：提醒、期限、清理；错过的日子会补上。lianfang serve 每晚自动运行。",
        "The nightly work: reminders, terms, tidying; missed days are caught up. lianfang serve "
        "does it every night.",
    ),
    "deliver": Text(
        "发出到时的通知消息（邮件、群机器人）。lianfang serve 每分钟自动运行。",
        "Send the messages about notices that are due, by mail and to groups. lianfang serve does "
        "it every minute.",
    ),
    "backup": Text(
        "备份：数据、附件和日志写成一个加密文件，不停机。",
        "Back up: rows, attachments and the log into one sealed file, while people go on working.",
    ),
    "restore": Text(
        "恢复：把备份恢复到空数据库（SQLite 与 PostgreSQL 之间也可以），并核对日志根。",
        "Restore a backup into an empty database, from SQLite to PostgreSQL as well, and compare "
        "the log's root.",
    ),
    "audit": Text(
        "核对审计日志：重新计算每一条记录，指出第一条被改动、删除或增添的。",
        "Verify the audit log: recompute every record and name the first one that was changed, "
        "deleted or added.",
    ),
}

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
        parser = self._parser(name, about, examples.in_(self.language))
        parser.set_defaults(run=run)
        return parser

    def name(self, name: str) -> None:
        """Add a command that is only named in the help."""
        self._parser(name, ABOUT[name], "")

    def _parser(self, name: str, about: Text, epilog: str) -> Parser:
        parser: Parser = self._parsers.add_parser(
            name,
            language=self.language,
            help=about.in_(self.language),
            description=about.in_(self.language),
            epilog=epilog,
        )
        return parser
