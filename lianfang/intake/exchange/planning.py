"""A file held against the register: what reading, placing and planning give, ready to be kept."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from msgspec.structs import replace

from lianfang.common.collecting import paused_collection
from lianfang.common.progress import Report
from lianfang.documents.model import Field
from lianfang.intake.actions.planning import LineRow, line_row
from lianfang.intake.exchange.reading import Read, read
from lianfang.intake.exchange.spooling import RowRead, Spool
from lianfang.intake.models import Paper, Remembered
from lianfang.intake.queries.books import Shelf, books_of, lengths
from lianfang.intake.rules.books import Books, Importer
from lianfang.intake.rules.judging import Judgement, Judging
from lianfang.intake.rules.lines import Kind, PlanLine
from lianfang.intake.rules.placelines import NewPlace
from lianfang.intake.rules.placing import Placing, placed
from lianfang.intake.rules.planning import Piece, plan
from lianfang.intake.rules.settings import Settings, from_json
from lianfang.intake.rules.understanding import Summary
from lianfang.org.models import Organisation
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Asking:
    """For whom a file is read: the organisation, its scheme, the day, and what they may import."""

    organisation: Organisation
    scheme: Scheme
    on: date
    importer: Importer


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A preview: its lines, the original's rows, what was understood, the findings.

    `touched` are the codes of the units concerned, `base` the digest of what they hold.
    """

    lines: Spool[LineRow]
    counts: dict[str, int]
    rows: Spool[RowRead]
    summary: Summary
    judgement: Judgement
    touched: tuple[str, ...]
    base: str


def prepare(paper: Paper, asking: Asking, report: Report | None = None) -> Prepared:
    """Return the preview of a file as its settings say.

    Raises what `exchange.reading.read` refuses. About 35 statements; linear in the file and
    in the units it concerns.
    """
    with paused_collection():
        books = books_of(asking.organisation, asking.on)
        settings = with_remembered(from_json(paper.settings), books)
        file = read(paper.opened.attachment, settings, asking.scheme, report)
        # each register is let go as soon as the next one is made of it
        registers = [file.taken()]
        register, placing = _placed(registers, file, paper, books, settings, asking.importer)
        registers.append(register)
        del register
        shelf = Shelf(asking.organisation, asking.on, placing.touched)
        base = shelf.digest()
        pieces = plan(
            registers.pop(), file.parts, placing, shelf.of, settings, asking.importer, lengths()
        )
        lines, counts, judgement = _gone_through(pieces, asking.scheme)
        return Prepared(
            lines=lines,
            counts=counts,
            rows=file.rows,
            summary=_whole(file.summary, placing),
            judgement=judgement,
            touched=tuple(sorted(placing.touched)),
            base=base,
        )


def _gone_through(
    pieces: Iterable[Piece], scheme: Scheme
) -> tuple[Spool[LineRow], dict[str, int], Judgement]:
    """Return the lines laid aside, how many there are of what, and the findings."""
    lines, counts, judging = Spool(LineRow), Counter[str](), Judging(scheme)
    posts: set[str] = set()
    for piece in pieces:
        posts |= {line.code for line in piece.lines if line.kind is Kind.POST and line.writes}
        for line in piece.lines:
            lines.add(line_row(_seated(line, posts)))
            counts[line.verdict.value] += 1
            counts["doubtful"] += bool(line.doubts)
        judging.take(piece.before, piece.after)
    return lines, {name: number for name, number in counts.items() if number}, judging.judgement()


def _seated(line: PlanLine, posts: Collection[str]) -> PlanLine:
    """Return the line of a person who is to hold a new post with the post it rests on."""
    if isinstance(line.content, NewPlace) and line.content.within in posts:
        return replace(line, needs=(line.content.within,))
    return line


def with_remembered(settings: Settings, books: Books) -> Settings:
    """Return the settings with what headings were said to mean in earlier files."""
    known = {field.value for field in Field} | {""}
    columns = {
        key: means
        for (kind, key), means in books.remembered.items()
        if kind == Remembered.Kind.COLUMN and means in known
    }
    return replace(settings, columns=columns | settings.columns)


def summary_of(paper: Paper) -> Summary:
    """Return what was understood of a file that was read."""
    return msgspec.json.decode(paper.summary, type=Summary) if paper.summary else Summary()


def judgement_of(paper: Paper) -> Judgement | None:
    """Return the findings before and after, None for a file that was not read."""
    return msgspec.json.decode(paper.findings, type=Judgement) if paper.findings else None


def _placed(
    registers: list[Register],
    file: Read,
    paper: Paper,
    books: Books,
    settings: Settings,
    importer: Importer,
) -> tuple[Register, Placing]:
    return placed(
        registers.pop(),
        file.places,
        books,
        settings,
        importer,
        file=paper.opened.attachment.name,
        by_id=file.parts.base is not None,
    )


def _whole(summary: Summary, placing: Placing) -> Summary:
    return replace(summary, units=placing.units, posts=placing.posts, people=placing.people)
