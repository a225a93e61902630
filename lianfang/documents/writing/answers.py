"""Reads back what `words` writes: cells that somebody changed or filled in.

Only changed cells come here, so what nobody touched is never read anew. A word that means nothing
is refused with a sentence; what was there before then stays.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace
from rapidfuzz import fuzz

from lianfang.common.errors import Refused
from lianfang.common.text import Text, bare
from lianfang.documents.items import split_items
from lianfang.documents.wording import article, asks_rule, regulations
from lianfang.documents.writing.newcomers import Newcomers
from lianfang.documents.writing.words import EVIDENCE, NOTHING, STEP, UNTIL, Words, in_line
from lianfang.register.model import Basis, Manifestation, Measure, Power, RiskPoint
from lianfang.scheme.model import Named

_SEVERAL = re.compile(r"[\n、，,；;/]+")
_TAIL = re.compile(r"^(.*)〔([^〔〕]*)〕$", re.DOTALL)
_MARKED = re.compile(r"^([^：:（(]{1,30}?)[：:](.*)$")
_ALIKE = 50


class AnswerRefused(Refused):
    """A cell holds a word that means nothing here."""


class Answers:
    """The words of one register and scheme, backwards."""

    def __init__(self, words: Words, newcomers: Newcomers) -> None:
        self._words = words
        self._new = newcomers
        scheme = words.scheme
        self._aspects = _meanings(scheme.aspects)
        self._categories = _meanings(scheme.categories)
        self._levels: dict[str, str | None] = dict(_meanings(scheme.levels))
        for level in scheme.levels:
            for label in (level.label.zh, level.label.en):
                self._levels[f"{level.shape}{bare(label)}"] = level.code
        self._levels.update(
            {bare(scheme.unrated.zh): None, bare(scheme.unrated.en): None, "": None}
        )
        self._rules = {bare(rule.title): rule.id for rule in words.register.regulations}
        self._people = {words.post(made): made for made in words.posts}

    # words of the scheme

    def level(self, text: str) -> str | None:
        """Return the level that a cell names, None for "not rated" or nothing."""
        key = bare(text)
        if key not in self._levels:
            known = "、".join(self._words.level_words())
            raise _unknown("等级", "level", text, known)
        return self._levels[key]

    def category(self, text: str) -> str | None:
        """Return the category that a cell names, None for nothing."""
        if not text:
            return None
        code = self._categories.get(bare(text))
        if code is None:
            raise _unknown("类别", "category", text, "、".join(self._words.categories.values()))
        return code

    def aspects(self, text: str) -> tuple[str, ...]:
        """Return the aspects that a cell lists."""
        whole = self._aspects.get(bare(text))
        if whole is not None:
            return (whole,)
        found: dict[str, None] = {}
        for part in filter(None, map(str.strip, _SEVERAL.split(text))):
            code = self._aspects.get(bare(part))
            if code is None:
                raise _unknown("方面", "aspect", part, "、".join(self._words.aspects.values()))
            found[code] = None
        return tuple(found)

    # words of the register

    def posts(self, text: str, unit: str) -> tuple[str, ...]:
        """Return the posts a cell lists; one that nobody knows is new in the unit."""
        lines = (line.strip() for line in text.split("\n"))
        heads = (STEP.zh, STEP.en)
        named = [line for line in lines if line and not line.startswith(heads)]
        return tuple(dict.fromkeys(made for line in named for made in self._posts_in(line, unit)))

    def _posts_in(self, line: str, unit: str) -> Iterable[str]:
        known = self.post(line, unit)
        if known is not None:
            return [known]
        parts = list(filter(None, map(str.strip, _SEVERAL.split(line))))
        return [self.post(part, unit) or self._new.post(part, unit) for part in parts]

    def post(self, text: str, unit: str) -> str | None:
        """Return the post of that name, in the unit first, else the only one anywhere."""
        if text in self._people:
            return self._people[text]
        name = in_line(text)
        found = [made for made, known in self._new.all_posts() if known == name]
        own = [made for made in found if self._new.unit_of_post(made) == unit]
        if own:
            return own[0]
        return found[0] if len(found) == 1 else None

    def step(self, text: str, power: Power | None) -> str | None:
        """Return the step that a post cell names under its posts, None where it names none."""
        for line in text.split("\n"):
            for head in (STEP.zh, STEP.en):
                if line.startswith(head):
                    return self._step(line.removeprefix(head).strip(), power)
        return None

    def _step(self, name: str, power: Power | None) -> str:
        for step in power.steps if power is not None else ():
            if in_line(step.name) == name:
                return step.id
        raise _unknown(
            "环节", "step", name, "、".join(in_line(s.name) for s in (power.steps if power else ()))
        )

    def bases(self, text: str, old: Sequence[Basis]) -> tuple[Basis, ...]:
        """Return the bases a cell lists, those already known as they were."""
        known = {in_line(basis.text): basis for basis in old}
        return tuple(
            known.get(line) or self._basis(line)
            for line in filter(None, map(str.strip, text.split("\n")))
        )

    def _basis(self, line: str) -> Basis:
        named = (self._rules.get(bare(title)) for title in regulations(line))
        return Basis(text=line, regulation=next(filter(None, named), None), article=article(line))

    # risk points and measures

    def manifestations(self, text: str, old: Sequence[Manifestation]) -> tuple[Manifestation, ...]:
        """Return how a risk shows, with its own level where one stands behind it."""
        known = {self._words.manifestation(entry): entry for entry in old}
        return tuple(known.get(item) or self._manifestation(item) for item in _items(text))

    def _manifestation(self, item: str) -> Manifestation:
        tail = _TAIL.match(item)
        if tail is not None and bare(tail[2]) in self._levels:
            return Manifestation(text=tail[1], level=self._levels[bare(tail[2])])
        return Manifestation(text=item)

    def measures(self, text: str, phase: str | None, old: Sequence[Measure]) -> tuple[Measure, ...]:
        """Return the measures of one phase; one that resembles an old one is the old one changed.

        Where a cell has one measure before and after, it is the same measure in other words.
        """
        items = _items(text)
        waiting = list(old)
        paired: dict[int, Measure] = {}
        for alike in (self._exactly, self._nearly):
            for place, item in enumerate(items):
                if place not in paired and (found := alike(item, waiting)) is not None:
                    waiting.remove(found)
                    paired[place] = found
        if len(items) == len(old) and len(waiting) == 1:
            (place,) = set(range(len(items))) - set(paired)
            paired[place] = waiting.pop()
        return tuple(
            self._changed(item, paired[place])
            if place in paired
            else self._told(Measure(id=self._new.id("measure"), text="", phase=phase), item)
            for place, item in enumerate(items)
        )

    def _exactly(self, item: str, waiting: Sequence[Measure]) -> Measure | None:
        return next((one for one in waiting if self._words.measure(one) == item), None)

    def _nearly(self, item: str, waiting: Sequence[Measure]) -> Measure | None:
        scored = [
            (fuzz.ratio(self._words.measure(one), item), -at) for at, one in enumerate(waiting)
        ]
        best, place = max(scored, default=(0.0, 0))
        return waiting[-place] if best >= _ALIKE else None

    def _changed(self, item: str, old: Measure) -> Measure:
        if self._words.measure(old) == item:
            return old
        terms = self._words.terms(old)
        tail = f"〔{terms}〕"
        if terms and item.endswith(tail):
            return replace(old, text=item.removesuffix(tail))
        return self._told(replace(old, frequency="", due_on=None, evidence=""), item)

    def _told(self, measure: Measure, item: str) -> Measure:
        """Return a measure with text and terms as written: text〔每月；2026-12-31前；留痕：……〕."""
        tail = _TAIL.match(item)
        text, terms = (tail[1], tail[2]) if tail is not None else (item, "")
        often: list[str] = []
        until, evidence = measure.due_on, measure.evidence
        for term in filter(None, map(str.strip, re.split("[；;]", terms))):
            if (day := _day(term)) is not None:
                until = day
            elif (said := _after(term, EVIDENCE)) is not None:
                evidence = said
            else:
                often.append(term)
        return replace(
            measure,
            text=text,
            frequency="；".join(often) or measure.frequency,
            due_on=until,
            evidence=evidence,
            asks_rule=measure.asks_rule or asks_rule(text),
        )

    def responsibles(self, text: str, risk: RiskPoint) -> tuple[Measure, ...]:
        """Return the measures of a risk point with who answers for them.

        A line without a phase before it answers for all that no other line names.
        """
        marks = self._words.marks(risk)
        by_mark: dict[str, str] = {}
        for line in filter(None, map(str.strip, text.split("\n"))):
            marked = _MARKED.match(line)
            heads = re.split("[、,]", marked[1]) if marked is not None else []
            if marked is not None and all(head.strip() in marks for head in heads):
                by_mark.update(dict.fromkeys(map(str.strip, heads), marked[2].strip()))
            else:
                by_mark[""] = line
        return tuple(
            self._answered(one, self._who(one, marks, by_mark), risk.unit) for one in risk.measures
        )

    def _who(self, measure: Measure, marks: dict[str, list[str]], by_mark: dict[str, str]) -> str:
        for mark, ids in marks.items():
            if measure.id in ids and mark in by_mark:
                return by_mark[mark]
        return by_mark.get("", "")

    def _answered(self, measure: Measure, who: str, unit: str) -> Measure:
        if who == self._words.responsible(measure):
            return measure
        if who in ("", NOTHING):
            return replace(measure, post=None, responsible="")
        post = self.post(who, unit)
        return replace(measure, post=post, responsible="" if post else who)


def _meanings(named: Iterable[Named]) -> dict[str, str]:
    return {
        bare(word): entry.code
        for entry in named
        for word in (entry.label.zh, entry.label.en, *entry.aliases)
    }


def _items(text: str) -> list[str]:
    """Return the items that a cell numbers, else the cell as one."""
    return [item.text for item in split_items(text).items]


def _day(term: str) -> date | None:
    for form in (UNTIL.zh, UNTIL.en):
        before, after = form.split("{day}")
        if term.startswith(before) and term.endswith(after):
            try:
                return date.fromisoformat(term.removeprefix(before).removesuffix(after).strip())
            except ValueError:
                continue
    return None


def _after(term: str, head: Text) -> str | None:
    for start in (head.zh, head.en.strip(), head.zh.replace("：", ":")):
        if term.startswith(start):
            return term.removeprefix(start).strip()
    return None


def _unknown(kind: str, kind_en: str, text: str, known: str) -> AnswerRefused:
    return AnswerRefused(
        Text(
            f"“{text}”不是{kind}之一，没有采用。请写：{known}。",
            f"“{text}” is no {kind_en}; it was not taken. Write one of: {known}.",
        )
    )
