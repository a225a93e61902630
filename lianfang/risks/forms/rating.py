"""The answers about a risk point and the level proposed or endorsed: shapes of what is sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.rating.questions import criteria_of, factors_of, impacts_of, likelihood_of
from lianfang.risks.models import RiskPoint
from lianfang.scheme.model import Criterion, Factor, Scale, Scheme

BEFORE, AFTER = "s_", "r_"
Scores = list[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of the form: its field, what it asks, what it weighs, whether ◇."""

    field: BoundField
    label: Text
    question: Text
    weight: float | None
    is_default: bool


@dataclass(frozen=True, kw_only=True)
class Part:
    """The questions of one part of the form."""

    title: str
    hint: str
    asked: list[Asked]


class LevelField(forms.ChoiceField):
    """One of the scheme's levels, or none."""

    def offer(self, scheme: Scheme) -> None:
        """Let the scheme's levels be chosen, from the highest down."""
        language = language_now()
        self.choices = [(level.code, level.label.in_(language)) for level in scheme.levels]


class RatingForm(forms.Form):
    """Every question of the scheme twice: before measures, and with them; and the proposal."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    level = LevelField(label=_("提出等级"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("与计算结果不一致的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("与计算结果一致的可以不写；不一致的写明哪项控制已起作用、有什么可以证明"),
    )

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._scheme = scheme
        level = self.fields["level"]
        if isinstance(level, LevelField):
            level.offer(scheme)
        for prefix in (BEFORE, AFTER):
            for question in self._questions():
                self.fields[prefix + question.code] = _question(question)

    @property
    def parts(self) -> list[Part]:
        """The questions before measures."""
        return self._parts(BEFORE)

    @property
    def parts_after(self) -> list[Part]:
        """The questions with the measures in place."""
        return self._parts(AFTER)

    def scores(self, prefix: str = BEFORE) -> Scores:
        """Return the answers as they stand in the form, sent or initial; wrong ones left out."""
        found: Scores = []
        for question in self._questions():
            value = self[prefix + question.code].value()
            allowed = {str(code) for code, _ in self._field(prefix, question).choices}
            if value not in (None, "") and str(value) in allowed:
                found.append((question.code, int(str(value))))
        return found

    def _questions(self) -> list[Scale | Criterion]:
        likelihood = likelihood_of(self._scheme)
        return [
            *factors_of(self._scheme),
            *([likelihood] if likelihood else []),
            *impacts_of(self._scheme),
            *criteria_of(self._scheme),
        ]

    def _field(self, prefix: str, question: Scale | Criterion) -> Any:
        return self.fields[prefix + question.code]

    def _parts(self, prefix: str) -> list[Part]:
        likelihood = likelihood_of(self._scheme)
        judged = [*([likelihood] if likelihood else []), *impacts_of(self._scheme)]
        found: list[tuple[str, str, Sequence[Scale | Criterion]]] = [
            (
                gettext("因素"),
                gettext("每项按实际选一档，文字为判断标准"),
                factors_of(self._scheme),
            ),
            (
                gettext("可能性与影响"),
                gettext("可能性不得低于各项因素的结果；影响取最重的一项"),
                judged,
            ),
            (gettext("标准"), gettext("逐条判断是否符合"), criteria_of(self._scheme)),
        ]
        return [
            Part(title=title, hint=hint, asked=[self._asked(prefix, one) for one in questions])
            for title, hint, questions in found
            if questions
        ]

    def _asked(self, prefix: str, question: Scale | Criterion) -> Asked:
        is_scale = isinstance(question, Scale)
        return Asked(
            field=self[prefix + question.code],
            label=question.label if isinstance(question, Scale) else question.question,
            question=question.question if is_scale else Text("", ""),
            weight=question.weight.value if isinstance(question, Factor) else None,
            is_default=question.default if isinstance(question, Scale) else False,
        )


class EndorseForm(forms.Form):
    """The level a control owner endorses."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    level = LevelField(label=_("审核等级"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("与提出等级不一致的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        level = self.fields["level"]
        if isinstance(level, LevelField):
            level.offer(scheme)


def initial_of(risk: RiskPoint) -> dict[str, object]:
    """Return what a rating form shows of a stored risk point."""
    return {
        "version": risk.version,
        "level": risk.proposed,
        "reason": risk.reason,
        **_initial(BEFORE, dict(risk.scores)),
        **_initial(AFTER, dict(risk.residual_scores)),
    }


def _initial(prefix: str, scores: Mapping[str, int]) -> dict[str, object]:
    return {prefix + code: str(value) for code, value in scores.items()}


def _question(question: Scale | Criterion) -> forms.ChoiceField:
    language = language_now()
    if isinstance(question, Scale):
        steps = [(str(a.step), a.text.in_(language)) for a in question.anchors]
        label = question.label.in_(language)
    else:
        steps = [("1", gettext("符合")), ("0", gettext("不符合"))]
        label = question.question.in_(language)
    return forms.ChoiceField(label=label, choices=steps, required=False, widget=forms.RadioSelect)
