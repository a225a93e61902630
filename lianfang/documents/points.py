"""Gathers rows into powers, posts and risk points, one table after the other."""

import re

from msgspec import Struct

from lianfang.common.text import Text, bare
from lianfang.documents.drafts import PointDraft, freeze
from lianfang.documents.flows import FlowStep, split_flow
from lianfang.documents.levels import LevelReader
from lianfang.documents.lines import Line, TableView
from lianfang.documents.model import Field, Problem, ProblemCode, Row
from lianfang.documents.origins import Origin
from lianfang.documents.parts import Parts, PowerDraft
from lianfang.documents.wording import names, without_number
from lianfang.register.model import Extra, Subject, SubjectKind, Total
from lianfang.scheme.model import Scheme

_BAND_UNIT = re.compile(r"(?:科|处|室|部|局|院|中心|公司|办|站|所|队|支部|庭|系|馆|班子|厅|组)$")
_DIGITS = re.compile(r"\d{1,6}")


class Whole(Struct, frozen=True, gc=False):
    """What a row belongs to: its unit, power and posts, and what a risk of it is about."""

    unit: str
    power: PowerDraft | None
    posts: tuple[str, ...]
    about: Subject


class PointBuilder:
    """Takes rows in order; rows that go on with a risk point are gathered into it."""

    def __init__(self, parts: Parts, scheme: Scheme, levels: LevelReader) -> None:
        self._parts = parts
        self._levels = levels
        self._scheme = scheme
        self._aspects = {
            bare(word): aspect.code
            for aspect in scheme.aspects
            for word in (aspect.label.zh, aspect.label.en, *aspect.aliases)
        }
        self._categories = {
            bare(word): category.code
            for category in scheme.categories
            for word in (category.label.zh, category.label.en, *category.aliases)
        }
        self._kinds = {bare(w) for kind in scheme.kinds for w in (kind.label.zh, *kind.aliases)}
        self._unknown: set[tuple[ProblemCode, str]] = set()
        self._draft: PointDraft | None = None
        self._view: TableView
        self._unit = ""
        self._last: Whole | None = None
        self._said: tuple[str | None, ...] | None = None
        self.assumed_unit = False

    def begin(self, view: TableView, unit: str) -> None:
        """Start a table whose rows belong to `unit` where they name none."""
        self.finish()
        self._view, self._unit = view, unit
        self._last = None

    def finish(self) -> None:
        """Close the risk point that rows were being gathered into."""
        if self._draft is not None:
            freeze(self._draft, self._parts, self._scheme, self._levels)
            self._draft = None

    def take(self, row: Row) -> None:
        """Take the next row of the table."""
        line = Line(row, self._view.words(row), Origin(self._view.number, row.number))
        whole = self._whole(line)
        if whole.power is not None:
            self._parts.seen(whole.power.id, line.origin)
        if Field.RISK in line.words or Field.MANIFESTATION in line.words:
            self._take_risk(line, whole)
        elif row.measures and self._draft is not None and self._draft.unit == whole.unit:
            self._draft.add_row(self._view, line)
        else:
            self._without_risk(line, whole)

    def _whole(self, line: Line) -> Whole:
        """Return what a row belongs to; rows that say the same of it share the answer."""
        said = self._view.said_of_whole(line.row)
        if self._last is None or said is None or said != self._said:
            unit = self._unit_of(line)
            power = self._power_of(line, unit)
            posts = self._posts_of(line, unit, power)
            about = self._about(line, unit, power, posts)
            self._last, self._said = Whole(unit, power, posts, about), said
        return self._last

    # unit, power, posts

    def _unit_of(self, line: Line) -> str:
        name = line.text(Field.UNIT)
        if not name and self._view.table.bands:
            band = without_number(self._view.table.bands.get(line.row.number, ""))
            if _BAND_UNIT.search(band):
                name = band
        if not name:
            self.assumed_unit = self.assumed_unit or not self._view.table.unit
            name = self._unit
        return self._parts.unit(name, line.origin)

    def _power_of(self, line: Line, unit: str) -> PowerDraft | None:
        name, step = line.text(Field.POWER), line.text(Field.STEP)
        flow = split_flow(step) if step else ()
        if not flow and self._view.loose_columns:
            flow = self._loose_flow(line)
        if not name and not flow:
            # A table that names links but no powers means the works themselves.
            name, step = step, ""
        if not name:
            return None
        power = self._parts.power(unit, name, line.origin)
        power.code = power.code or line.text(Field.POWER_CODE)
        if kind := line.text(Field.CATEGORY):
            self._categorise(power, kind, line.origin)
        if basis := line.text(Field.BASIS):
            self._parts.add_basis(power, basis, line.origin)
        if flow:
            self._parts.add_flow(power, flow, line.origin)
        return power

    def _loose_flow(self, line: Line) -> tuple[FlowStep, ...]:
        """Return the flow that stands in a column of no field, where one does."""
        cells = (cell for _, cell in self._view.loose(line.row) if "→" in cell)
        return next((flow for cell in cells if (flow := split_flow(cell))), ())

    def _categorise(self, power: PowerDraft, text: str, origin: Origin) -> None:
        key = bare(text)
        code = self._categories.get(key)
        if code is not None:
            power.category = power.category or code
            return
        power.kind = power.kind or text
        if key not in self._kinds and not any(kind in key for kind in self._kinds if len(kind) > 1):
            self._doubt_once(
                ProblemCode.CATEGORY_UNKNOWN,
                text,
                Field.CATEGORY,
                origin,
                Text(
                    f"“{text}”不是决策、执行、监督之一，也不是已知的权力种类，已原样保留。",
                    f"“{text}” is none of decision, execution, supervision and no known kind "
                    "of power; it is kept as it is.",
                ),
            )

    def _posts_of(self, line: Line, unit: str, power: PowerDraft | None) -> tuple[str, ...]:
        if Field.POST not in line.words:
            return ()
        posts = tuple(
            self._parts.post(unit, name, line.origin) for name in names(line.text(Field.POST))
        )
        for post in posts:
            if power is not None:
                self._parts.take_part(power, post)
        for person in names(line.text(Field.HOLDER)):
            for post in posts:
                self._parts.hold(post, person)
        if posts and Field.RESPONSIBILITY in line.words:
            self._parts.add_duties(posts[0], line.text(Field.RESPONSIBILITY))
        return posts

    # risks

    def _take_risk(self, line: Line, whole: Whole) -> None:
        said = line.words.get
        risk, shown = said(Field.RISK, ""), said(Field.MANIFESTATION, "")
        unit, about, posts = whole.unit, whole.about, whole.posts
        aspect = said(Field.ASPECT, "")
        key = (unit, about.id, posts, aspect, said(Field.OBJECT, ""))
        draft = self._draft
        if draft is None or not draft.goes_on(key, risk, shown):
            self.finish()
            aspects, unknown = self._aspects_of(aspect, line.origin)
            draft = self._draft = PointDraft(key, unit, about, posts, aspects, risk, line.origin)
            draft.extras.update(dict.fromkeys(unknown))
        draft.add_row(self._view, line)
        if whole.power is not None and not posts and Field.RESPONSIBILITY in line.words:
            self._keep(whole.power, "责任事项", line.text(Field.RESPONSIBILITY))

    def _about(
        self, line: Line, unit: str, power: PowerDraft | None, posts: tuple[str, ...]
    ) -> Subject:
        step = line.text(Field.STEP)
        if power is not None:
            if step and self._view.has(Field.POWER) and not split_flow(step):
                made = self._parts.step(power, step, line.origin)
                return Subject(kind=SubjectKind.STEP, id=made)
            return Subject(kind=SubjectKind.POWER, id=power.id)
        if posts:
            return Subject(kind=SubjectKind.POST, id=posts[0])
        return Subject(kind=SubjectKind.UNIT, id=unit)

    def _aspects_of(self, text: str, origin: Origin) -> tuple[tuple[str, ...], tuple[Extra, ...]]:
        if not text:
            return (), ()
        found: dict[str, None] = {}
        for part in (text, *names(text)):
            code = self._aspect(part)
            if code is not None:
                found[code] = None
        if found:
            return tuple(found), ()
        self._doubt_once(
            ProblemCode.ASPECT_UNKNOWN,
            text,
            Field.ASPECT,
            origin,
            Text(
                f"风险类别“{text}”不在方案的五个方面之内，已原样保留，请选定其一。",
                f"Aspect “{text}” is none of the scheme's; it is kept as it is. Choose one.",
            ),
        )
        return (), (Extra(label=self._header(Field.ASPECT), text=text),)

    def _aspect(self, text: str) -> str | None:
        key = bare(text)
        for candidate in (key, key.removesuffix("风险"), key.removesuffix("类")):
            if candidate in self._aspects:
                return self._aspects[candidate]
        return None

    # rows without a risk

    def _without_risk(self, line: Line, whole: Whole) -> None:
        view, unit, power, posts = self._view, whole.unit, whole.power, whole.posts
        self.finish()
        if power is not None:
            for column, cell in view.loose(line.row):
                self._keep(power, column.header, cell)
            if not posts:
                self._keep(power, "责任事项", line.text(Field.RESPONSIBILITY))
            self._keep(power, "备注", line.text(Field.NOTE))
        count = _DIGITS.search(line.text(Field.RISK_COUNT))
        if count is not None and not posts:
            self._parts.totals.append(Total(counted="risks", number=int(count[0]), unit=unit))
        if view.asks_risks:
            self._parts.problems.append(
                Problem(
                    ProblemCode.ROW_WITHOUT_RISK,
                    Text(
                        "这一行没有写风险点，只读入了单位、职权等内容。请补写风险点，或删去这一行。",
                        "This row names no risk point; only its unit, power and the like were "
                        "read. Write the risk point, or delete the row.",
                    ),
                    row=line.row.number,
                    column=view.table.column_of(Field.RISK),
                    table=line.origin.table,
                )
            )

    def _keep(self, power: PowerDraft, label: str, text: str) -> None:
        if text.strip():
            power.extras.setdefault((label, text), Extra(label=label, text=text))

    def _header(self, field: Field) -> str:
        return next((c.header for c in self._view.table.columns if c.field is field), str(field))

    def _doubt_once(
        self, code: ProblemCode, text: str, field: Field, origin: Origin, message: Text
    ) -> None:
        """Say a doubt about a word once, at the first row that has it."""
        if (code, text) in self._unknown:
            return
        self._unknown.add((code, text))
        column = self._view.table.column_of(field)
        self._parts.problems.append(
            Problem(code, message, row=origin.row, column=column, table=origin.table)
        )
