"""`lianfang import`: tables into the register of an installation, as the pages do it.

One module, for it is one command: its options, on whose behalf it acts, and the way of each file;
what it says of them is in `imported`.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.documents.limits import refuse
from lianfang.documents.model import Direction
from lianfang.documents.registering import NO_UNIT
from lianfang.intake.rules.lines import WRITES, Kind, Told, Verdict
from lianfang.intake.rules.placing import How, Placed
from lianfang.intake.rules.settings import NEW, Settings
from lianfang.shell.cli import site, sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.imported import Done, Row, Shown, State, json_of, print_done
from lianfang.shell.cli.stored import NoSuchUnit
from lianfang.shell.cli.terminal import Exit, Terminal
from lianfang.shell.cli.user import NoSuchLogin

if TYPE_CHECKING:
    from lianfang.accounts.models import User
    from lianfang.intake.exchange.planning import Asking
    from lianfang.intake.models import Line, Paper
    from lianfang.org.models import Organisation
    from lianfang.org.standing import Standing

_EXAMPLES = Text(
    """例：
  lianfang import 防控措施表.xlsx --dry-run    只预览，不写入
  lianfang import 各处室/*.xlsx
  lianfang import 出纳风险.csv --unit 财务处
  lianfang import 全单位.xlsx --create        机构中没有的单位一并新设
  lianfang import 防控措施表.xlsx --by zhang   以此人的名义，按此人的权限
  lianfang import *.xlsx --format json

退出码：0 全部读成，没有不能导入的行和存疑的行；1 有；2 有文件打不开、不能读或不能导入，或用法有误。
导入后可以在网页的导入列表中整份撤销。""",
    """examples:
  lianfang import table.xlsx --dry-run        a preview; nothing is written
  lianfang import departments/*.xlsx
  lianfang import cashier.csv --unit 财务处
  lianfang import all.xlsx --create           sets up the units the organisation hasn't
  lianfang import table.xlsx --by zhang       in their name, as far as they may
  lianfang import *.xlsx --format json

exit codes: 0 all was read, and no line was refused or in doubt; 1 some were; 2 a file can't be
opened, read or imported, or wrong usage.
What was imported can be undone as a whole from the list of imports on the pages.""",
)
_CHUNK = 256 * 1024
_NAMES_NO_UNIT = Text(
    "有的行没有注明单位，可用 --unit 指明。", "Some rows name no unit; --unit says which one."
)


class NoSuchOrganisation(Refused):
    """No organisation has that code, several do with none named, or it is another one's login."""


class NotRead(Refused):
    """A file that was kept can't be read."""


@dataclass(frozen=True, kw_only=True)
class _Task:
    """What the options ask for: on whose behalf, how files are read, what is kept and told."""

    asking: "Asking"
    settings: Settings
    by: "User | None"
    at: datetime
    creates: bool
    is_dry: bool
    is_json: bool


# the command


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("import", ABOUT["import"], _EXAMPLES, run)
    parser.add_argument("files", nargs="+", type=Path, metavar=Text("文件", "FILE").in_(language))
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=Text("只预览，不写入任何内容", "a preview; nothing is written").in_(language),
    )
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help=Text("输出格式（默认 text）", "form of the output (text)").in_(language),
    )
    _add_meaning(parser, language)
    _add_standing(parser, language)


def _add_meaning(parser: argparse.ArgumentParser, language: Language) -> None:
    """Add the options that say how the files are to be read."""
    parser.add_argument(
        "--unit",
        default="",
        metavar=Text("单位", "UNIT").in_(language),
        help=Text(
            "没有注明单位的行算哪个单位的：代码或名称",
            "the unit of rows that name none: its code or its name",
        ).in_(language),
    )
    parser.add_argument(
        "--create",
        action="store_true",
        help=Text(
            "机构中没有的单位予以新设（岗位总是随单位新设）",
            "set up units that the organisation has not (posts are set up anyway)",
        ).in_(language),
    )
    parser.add_argument(
        "--levels",
        choices=[direction.value for direction in Direction],
        default=Direction.HIGH_FIRST.value,
        help=Text(
            "编号等级哪头高（默认 high-first，第一级最高）",
            "which end of numbered levels is the worst (high-first)",
        ).in_(language),
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar=Text("表头=字段", "HEADING=FIELD").in_(language),
        help=Text(
            "纠正一列的含义；字段留空表示不归入。可多次使用",
            "say what a column means; no field: none. Repeatable",
        ).in_(language),
    )


def _add_standing(parser: argparse.ArgumentParser, language: Language) -> None:
    """Add the options that say where it is written, and in whose name."""
    parser.add_argument(
        "--organisation",
        default="",
        metavar=Text("代码", "CODE").in_(language),
        help=Text(
            "哪个机构，库中有几个时才要", "which organisation, where the database holds several"
        ).in_(language),
    )
    parser.add_argument(
        "--by",
        default="",
        metavar=Text("登录名", "LOGIN").in_(language),
        help=Text(
            "以谁的名义记入日志，并按其权限导入（默认：系统，不限单位）",
            "in whose name it enters the log, as far as they may (the system, all units)",
        ).in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Import each file by itself; the exit code says whether all of it went well.

    A file that is refused does not stop the others, and nothing of it is written. Raises
    NotMigrated, ColumnRefused, NoSuchLogin, NoSuchOrganisation and NoSuchUnit before any is read.
    """
    site.ready()
    from lianfang.shell.database import require_migrated

    require_migrated()
    task = _task(arguments)
    done: list[Done] = []
    with _kept(is_dry=task.is_dry):
        for path in arguments.files:
            done.append(_imported(path, task, terminal))
            if not task.is_json:
                print_done(done[-1], task.asking.scheme, terminal)
    if task.is_json:
        terminal.write(json_of(done, terminal.language) + b"\n")
    if any(one.refusal for one in done):
        return Exit.REFUSED
    return Exit.DONE if all(one.is_whole for one in done) else Exit.FOUND


@contextmanager
def _kept(*, is_dry: bool) -> Iterator[None]:
    """Keep what is written, or take all of it back again: rows and events of the log.

    The bytes of a file stay in the store until the nightly sweep, which removes what nothing
    refers to; another import may have brought the same bytes meanwhile.
    """
    from django.db import transaction

    if not is_dry:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# what the options mean


def _task(arguments: argparse.Namespace) -> _Task:
    """Return what is asked for. Raises what its parts refuse."""
    from lianfang.common import clock
    from lianfang.intake.exchange.planning import Asking
    from lianfang.intake.queries.books import importer_of
    from lianfang.intake.rules.books import Importer
    from lianfang.org.queries.numbers import scheme_of

    at = clock.now()
    columns = sources.corrections(arguments.column)
    by = _login(arguments.by) if arguments.by else None
    standing = _standing(by, at) if by else None
    organisation = _organisation(arguments.organisation, standing)
    on = clock.day_in(organisation.time_zone, at)
    asking = Asking(
        organisation=organisation,
        scheme=scheme_of(organisation, on),
        on=on,
        importer=importer_of(standing) if standing else Importer(drafts=None, sets_up=True),
    )
    settings = Settings(
        direction=Direction(arguments.levels),
        unit=_unit(organisation, on, arguments.unit) if arguments.unit else "",
        columns={heading: field or "" for heading, field in columns.items()},
    )
    return _Task(
        asking=asking,
        settings=settings,
        by=by,
        at=at,
        creates=arguments.create and asking.importer.sets_up,
        is_dry=arguments.dry_run,
        is_json=arguments.format == "json",
    )


def _login(name: str) -> "User":
    """Return a login that is open. Raises NoSuchLogin."""
    from lianfang.accounts.models import User

    user = User.objects.named(name).first()
    if user is None or not user.is_active:
        raise NoSuchLogin(
            Text(
                f"没有启用的登录名“{name}”。用 lianfang user list 查看。",
                f"No open login is named {name}. See lianfang user list.",
            )
        )
    return user


def _standing(user: "User", at: datetime) -> "Standing":
    """Return who a login is. Raises NoSuchLogin for one that belongs to nobody."""
    from lianfang.org.queries import standing_of

    standing = standing_of(user, at)
    if standing is None:
        raise NoSuchLogin(
            Text(
                f"登录名“{user}”现在不属于机构中的任何人。请先在组织机构页把它交给一个人。",
                f"The login {user} belongs to nobody of the organisation now. Give it to a person "
                "on the page of the organisation first.",
            )
        )
    return standing


def _organisation(code: str, standing: "Standing | None") -> "Organisation":
    """Return the organisation meant: named, that of the login, or the only one.

    Raises NoSuchOrganisation.
    """
    from lianfang.org.models import Organisation

    theirs = Organisation.objects.order_by("code")
    if standing is not None:
        theirs = theirs.filter(pk=standing.organisation_id)
    found = list(theirs.filter(code=code) if code else theirs)
    if len(found) == 1:
        return found[0]
    codes = [one.code for one in theirs]
    zh, en = "、".join(codes), ", ".join(codes)
    if not codes:
        text = Text(
            "库中还没有机构。请先运行 lianfang init。",
            "The database holds no organisation. Run lianfang init first.",
        )
    elif not code:
        text = Text(
            f"库中有几个机构，请用 --organisation 写明是哪一个：{zh}。",
            f"The database holds several organisations; say by --organisation which one: {en}.",
        )
    elif standing is not None:
        text = Text(
            f"这个登录名属于机构“{zh}”，不属于“{code}”。请改正 --organisation 或 --by。",
            f"The login belongs to the organisation {en}, not to {code}. Correct --organisation "
            "or --by.",
        )
    else:
        text = Text(
            f"没有代码为“{code}”的机构。库中的机构：{zh}。",
            f"No organisation has the code {code}. There are: {en}.",
        )
    raise NoSuchOrganisation(text)


def _unit(organisation: "Organisation", on: date, named: str) -> str:
    """Return the code of the unit that has this code, or else this very name.

    Raises NoSuchUnit for none, and for several of that name.
    """
    from lianfang.org.models import Unit
    from lianfang.org.queries.tree import in_use

    units = Unit.objects.filter(in_use(on), organisation=organisation)
    if units.filter(code=named).exists():
        return named
    codes = list(units.filter(name=named).order_by("code").values_list("code", flat=True))
    if len(codes) == 1:
        return codes[0]
    if codes:
        zh, en = "、".join(codes), ", ".join(codes)
        raise NoSuchUnit(
            Text(
                f"有几个单位名为“{named}”，请用代码写明是哪一个：{zh}。",
                f"Several units are called {named}; name one by its code: {en}.",
            )
        )
    raise NoSuchUnit(
        Text(
            f"没有代码或名称为“{named}”的单位。单位代码见组织机构页。",
            f"No unit has the code or the name {named}. The page of the organisation lists them.",
        )
    )


# one file


def _imported(path: Path, task: _Task, terminal: Terminal) -> Done:
    """Keep, read and write one file; where that is refused, its import is given up."""
    try:
        paper = _received(path, task)
    except Refused as refused:
        return _refused(Done(file=str(path), state=State.REFUSED), refused, terminal)
    try:
        preview = _previewed(path, paper, task, terminal)
    except Refused as refused:
        _give_up(paper, task)
        return _refused(Done(file=str(path), state=State.REFUSED), refused, terminal)
    try:
        return _written(preview, paper, task)
    except Refused as refused:
        _give_up(paper, task)
        return _refused(preview, refused, terminal)


def _received(path: Path, task: _Task) -> "Paper":
    """Return the file as it was kept. Raises FileRefused and what keeping refuses."""
    from lianfang.intake.actions.receiving import Sent, receive

    delivery = receive(
        organisation=task.asking.organisation,
        sent=[Sent(name=path.name, chunks=_chunks(path))],
        settings=task.settings,
        by=task.by,
        at=task.at,
    )
    return delivery.papers.select_related("opened__attachment").get()


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises FileRefused where it can't be opened or read."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise refuse(
            path.name,
            f"打不开（{error.strerror}）。请检查路径和权限。",
            f"it can't be opened ({error.strerror}). Check the path and the permissions.",
        ) from error


def _previewed(path: Path, paper: "Paper", task: _Task, terminal: Terminal) -> Done:
    """Read a file, again where units are to be set up, and return its preview. Raises NotRead."""
    from lianfang.intake.actions.deciding import settle
    from lianfang.intake.exchange.planning import summary_of

    paper = _read(paper, task, terminal)
    new = [unit for unit in _unknown(summary_of(paper).units) if unit.name != NO_UNIT]
    if task.creates and new:
        settings = replace(task.settings, units={unit.key: NEW for unit in new})
        paper = settle(paper=paper, settings=settings, by=task.by, at=task.at)
        paper = _read(paper, task, terminal)
    return _preview(path, paper, task)


def _read(paper: "Paper", task: _Task, terminal: Terminal) -> "Paper":
    from lianfang.intake.exchange.applying import make_preview
    from lianfang.intake.models import Paper

    try:
        made = make_preview(paper, task.asking, by=task.by, at=task.at, report=terminal.progress)
    finally:
        terminal.clear_progress()
    if made.state == Paper.State.UNREADABLE:
        raise NotRead(Text(*made.refusal))
    return made


def _unknown(units: Sequence[Placed]) -> Iterator[Placed]:
    return (unit for unit in units if unit.how is How.UNKNOWN)


def _preview(path: Path, paper: "Paper", task: _Task) -> Done:
    from lianfang.intake.exchange.planning import judgement_of, summary_of

    summary = summary_of(paper)
    sheets = {table.number: table.sheet for table in summary.tables}
    return Done(
        file=str(path),
        state=State.PREVIEW,
        counts=paper.counts,
        lines=tuple(_shown(line, sheets) for line in _lines(paper, task)),
        sheets=len(set(sheets.values())),
        hints=tuple(_hints(summary.units, task)),
        judgement=judgement_of(paper),
    )


def _lines(paper: "Paper", task: _Task) -> Iterator["Line"]:
    """Yield the lines that are told: all to a program, to a reader those that matter."""
    from django.db.models import Q

    lines = paper.lines.order_by("place").defer("said", "content", "before")
    if not task.is_json:
        wanted = Q(verdict=Verdict.REFUSED) | Q(is_doubtful=True)
        lines = lines.filter(wanted | Q(verdict__in=WRITES) if task.is_dry else wanted)
    return lines.iterator()


def _shown(line: "Line", sheets: Mapping[int, str]) -> Shown:
    rows: tuple[tuple[int, int], ...] = ()
    if line.rows:
        rows = msgspec.json.decode(line.rows, type=tuple[tuple[int, int], ...])
    elif line.table is not None and line.row is not None:
        rows = ((line.table, line.row),)
    return Shown(
        kind=Kind(line.kind),
        verdict=Verdict(line.verdict),
        code=line.code,
        label=line.label,
        rows=tuple(Row(table, sheets.get(table, ""), row) for table, row in rows),
        taken=line.taken,
        reasons=_texts(line.reasons),
        doubts=_texts(line.doubts),
        changes=msgspec.json.decode(line.changes or "[]", type=tuple[Told, ...]),
    )


def _texts(kept: str) -> tuple[Text, ...]:
    return msgspec.json.decode(kept or "[]", type=tuple[Text, ...])


def _hints(units: Sequence[Placed], task: _Task) -> Iterator[Text]:
    """Yield by which option rows that were refused for their unit would be taken."""
    names = [unit.name for unit in _unknown(units) if unit.name != NO_UNIT]
    if names and task.asking.importer.sets_up:
        zh, en = "”“".join(names), "”, “".join(names)
        yield Text(
            f"机构中没有“{zh}”，可用 --create 新设。",
            f"The organisation has no “{en}”; --create sets them up.",
        )
    if any(unit.name == NO_UNIT for unit in _unknown(units)):
        yield _NAMES_NO_UNIT


def _written(preview: Done, paper: "Paper", task: _Task) -> Done:
    """Write what is taken, or give up an import of which nothing is.

    Raises what applying refuses; then nothing was written.
    """
    from lianfang.intake.actions.applying import apply_paper

    if not paper.lines.filter(taken=True).exists():
        _give_up(paper, task)
        return replace(preview, state=State.NOTHING)
    opened = apply_paper(
        paper=paper,
        organisation=task.asking.organisation,
        importer=task.asking.importer,
        scheme=task.asking.scheme,
        on=task.asking.on,
        by=task.by,
        at=task.at,
    )
    # what is taken back again at the end was a trial: it shows what would be refused, and what
    # this file leaves to the next one
    return preview if task.is_dry else replace(preview, state=State.APPLIED, applied=opened.applied)


def _give_up(paper: "Paper", task: _Task) -> None:
    """Discard an import, unless somebody decided about it meanwhile."""
    from lianfang.files import actions as files

    with suppress(files.ImportClosed):
        files.discard(opened=paper.opened, by=task.by, at=task.at)


def _refused(done: Done, refused: Refused, terminal: Terminal) -> Done:
    """Say why a file was refused, with its name, and return that."""
    text, name = refused.text, Path(done.file).name
    if name not in text.zh:
        text = Text(f"{name}：{text.zh}", f"{name}: {text.en}")
    terminal.complain(text)
    return replace(done, state=State.REFUSED, refusal=text)
