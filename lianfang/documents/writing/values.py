"""The value of any field of a Register's part in words, line by line, as cards show it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import chain

from lianfang.common.text import Text
from lianfang.documents.writing.facing import day_of
from lianfang.documents.writing.words import EVIDENCE, UNTIL, Words, in_line, shown
from lianfang.register.model import (
    Arrow,
    Basis,
    Extra,
    Manifestation,
    Measure,
    PowerPost,
    Score,
    Step,
    Subject,
)

_YES, _NO = Text("是", "yes"), Text("否", "no")
_AFTER = Text("{name}：{told}", "{name}: {told}")
_ASIDE = Text("{name}（{told}）", "{name} ({told})")
_YUAN = Text("{amount:,} 元以内", "up to CNY {amount:,}")
_DAYS = Text("{days} 个工作日", "{days} working days")
_COMMA = Text("，", ", ")
_SEMICOLON = Text("；", "; ")
# lists whose entries are single words
_SHORT = frozenset({"scores", "residual", "aspects", "matters"})


class Values:
    """Tells the fields of one register's parts; ids stand as names, codes as the scheme's labels.

    `words` must be those of the register that the parts are from.
    """

    def __init__(self, words: Words) -> None:
        scheme = words.scheme
        self.words = words
        self._codes: dict[str, str] = {
            str(entry.code): words.say(entry.label)
            for entry in chain(
                scheme.roles, scheme.step_kinds, scheme.unit_kinds, scheme.regulation_states
            )
        }
        levels = {code: words.level_cell(code).whole for code in words.levels}
        self._scales = words.labels((*scheme.factors, scheme.likelihood, *scheme.impacts))
        self._labels: Mapping[str, Mapping[str, str]] = {
            "category": words.categories,
            "matters": words.matters,
            "aspects": words.aspects,
            "focus": words.labels(scheme.focus_areas),
            "phase": words.phases,
            "level": levels,
            "confirmed": levels,
            "computed": levels,
            "post": words.posts,
            "posts": words.posts,
            "owner": words.posts,
            "regulation": words.regulations,
        }

    def lines(self, field: str, value: object) -> tuple[str, ...]:
        """Return what a field says: a line for each entry, one for a list of words, or none."""
        entries = value if isinstance(value, tuple) else (value,)
        told = tuple(filter(None, (self._one(field, entry) for entry in entries)))
        return (self.words.say(_COMMA).join(told),) if told and field in _SHORT else told

    def step(self, step: Step) -> str:
        """Return a step with who does it, until when, and what comes out."""
        days = "" if step.days is None else self._say(_DAYS, days=step.days)
        who = self.words.posts.get(step.post or "", in_line(step.lane))
        told = (who, days, in_line(step.term), in_line(step.output))
        return self._aside(in_line(step.name), told)

    def measure(self, measure: Measure) -> str:
        """Return a measure with who answers for it, how often, until when, with what evidence."""
        told = (self.words.responsible(measure), self._terms(measure))
        return self._aside(shown(measure.text), told)

    def _terms(self, measure: Measure) -> str:
        """Return how often, until which day in words, and with what evidence."""
        parts = [in_line(measure.frequency)]
        if measure.due_on is not None:
            day = day_of(measure.due_on, self.words.language)
            parts.append(self._say(UNTIL, day=day))
        if measure.evidence:
            parts.append(self.words.say(EVIDENCE) + in_line(measure.evidence))
        return self.words.say(_SEMICOLON).join(filter(None, parts))

    def _one(self, field: str, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self.words.say(_YES if value else _NO)
            case StrEnum():
                return self._codes.get(value.value, value.value)
            case str():
                return self._labels.get(field, {}).get(value) or shown(value)
            case date():
                return day_of(value, self.words.language)
            case int():
                return str(value)
            case _:
                return self._entry(value)

    def _entry(self, value: object) -> str:
        match value:
            case PowerPost(post=post, role=role):
                name = self.words.posts.get(post, post)
                part = self._say(_AFTER, name=name, told=self._codes[role.value])
                amount = "" if value.amount is None else self._say(_YUAN, amount=value.amount)
                return self._aside(part, (in_line(value.limit), amount))
            case Basis(text=text, article=article):
                return in_line(text if article in text else f"{text} {article}")
            case Manifestation():
                return self.words.manifestation(value)
            case Score(factor=factor, value=mark):
                return self._say(_AFTER, name=self._scales.get(factor, factor), told=mark)
            case Arrow(to=to, condition=condition):
                return self._aside(self.words.steps.get(to, to), (in_line(condition),))
            case Extra(label=label, text=text):
                return self._say(_AFTER, name=in_line(label), told=in_line(text))
            case Subject(id=made):
                return self._about(made)
        return str(value)

    def _about(self, made: str) -> str:
        words = self.words
        named = (words.powers, words.steps, words.posts, words.regulations, words.units)
        return next((names[made] for names in named if made in names), made)

    def _aside(self, name: str, told: tuple[str, ...]) -> str:
        aside = self.words.say(_COMMA).join(filter(None, told))
        return self._say(_ASIDE, name=name, told=aside) if aside else name

    def _say(self, text: Text, **values: object) -> str:
        return self.words.say(text).format(**values)
