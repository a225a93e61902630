"""A risk point: shapes of what is sent in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.org.models import Post
from lianfang.risks.actions.risk import RiskValues, Shown, values_of
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.choices import Subjects, key_of
from lianfang.scheme.model import Named, Scheme

SPARE = 2
MOST_SHOWN = 30


class ShownInput(forms.MultiWidget):
    """A way in which a risk shows, and its level beside it."""

    use_fieldset = True
    template_name = "risks/_shown_input.html"

    def __init__(self, levels: list[tuple[str, str]]) -> None:
        text = forms.Textarea(attrs={"rows": 2, "aria-label": gettext("表现形式")})
        level = forms.Select(choices=levels, attrs={"aria-label": gettext("这一表现的等级")})
        super().__init__({"text": text, "level": level})

    def decompress(self, value: Shown | None) -> list[str]:
        """Return the text and the level of a stored one."""
        return [value.text, value.level] if value else ["", ""]


class ShownField(forms.MultiValueField):
    """A manifestation; nothing where no text is given."""

    def __init__(self, levels: list[tuple[str, str]], **options: Any) -> None:
        parts = (
            forms.CharField(max_length=1000, required=False),
            forms.ChoiceField(choices=levels, required=False),
        )
        super().__init__(parts, widget=ShownInput(levels), require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> Shown | None:
        """Return what was typed as one value."""
        if not data_list or not data_list[0].strip():
            return None
        return Shown(data_list[0].strip(), data_list[1])


class PostsField(forms.ModelMultipleChoiceField[Any]):
    """Offers posts by name and unit, fetched before the page is drawn."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **options)

    def offer(self, rows: QuerySet[Post]) -> None:
        """Let the posts be chosen."""
        self.queryset = rows
        self.choices = [(post.pk, f"{post.unit.shown_name} · {post.shown_name}") for post in rows]


class RiskForm(forms.Form):
    """What is said of a risk point; which version it was filled from."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("风险点"), max_length=200, help_text=_("一句话：哪里会出什么问题")
    )
    about = forms.ChoiceField(label=_("所属对象"), required=False)
    posts = PostsField(
        label=_("承担岗位"),
        required=False,
        help_text=_("不选时：环节由其岗位承担，职权由决策和执行岗位承担"),
    )
    aspects = forms.MultipleChoiceField(
        label=_("风险方面"), required=False, widget=forms.CheckboxSelectMultiple
    )
    focus = forms.ChoiceField(label=_("重点领域"), required=False)

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        subjects: Subjects,
        posts: QuerySet[Post],
        shown: int = 0,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.things = subjects.things()
        _field(self, "posts").offer(posts)
        _field(self, "about").choices = list(_subject_choices(subjects))
        _field(self, "aspects").choices = _named(scheme.aspects)
        _field(self, "focus").choices = [("", gettext("（不选）")), *_named(scheme.focus_areas)]
        levels = [("", gettext("等级（可不填）")), *_named(scheme.levels)]
        for place in range(self._rows(shown)):
            label = gettext("表现形式 %(number)s") % {"number": place + 1}
            self.fields[f"shown_{place}"] = ShownField(levels, label=label, required=False)

    def _rows(self, shown: int) -> int:
        """Return how many manifestations may be typed: as many as were sent, or two to spare."""
        sent = sum(name.startswith("shown_") and name.endswith("_text") for name in self.data)
        return min(max(sent, shown + SPARE), MOST_SHOWN)

    def values(self) -> RiskValues:
        """Return what a valid form says."""
        sent = self.cleaned_data
        rows = [value for name, value in sent.items() if name.startswith("shown_")]
        return RiskValues(
            title=sent["title"],
            about=self.things.get(sent["about"]),
            posts=tuple(sent["posts"]),
            shown=tuple(row for row in rows if row is not None),
            aspects=tuple(sent["aspects"]),
            focus=sent["focus"],
        )


class RetireForm(forms.Form):
    """From which day a risk point is out of use, and why."""

    on = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("原因"), max_length=200)


class NothingForm(forms.Form):
    """A deed that only asks whether it is meant."""


def initial_of(risk: RiskPoint) -> dict[str, object]:
    """Return what a form shows of a stored risk point. Two statements."""
    values = values_of(risk)
    return {
        "version": risk.version,
        "title": values.title,
        "about": key_of(values.about) if values.about else "",
        "posts": [post.pk for post in values.posts],
        "aspects": list(values.aspects),
        "focus": values.focus,
        **{f"shown_{place}": shown for place, shown in enumerate(values.shown)},
    }


def asked_for(query: Mapping[str, str]) -> dict[str, object]:
    """Return what a link to the form already says: on what, which post, aspect and focus area."""
    found: dict[str, object] = {"about": query.get("about", ""), "focus": query.get("focus", "")}
    if query.get("post", "").isdecimal():
        found["posts"] = [int(query["post"])]
    if query.get("aspect"):
        found["aspects"] = [query["aspect"]]
    return found


def _subject_choices(subjects: Subjects) -> Iterator[tuple[str, Any]]:
    whole = gettext("%(unit)s（整个单位，尚未定位）") % {"unit": subjects.unit.shown_name}
    yield "", whole
    for power in subjects.powers:
        steps = subjects.steps.get(power.pk, [])
        yield (
            f"{power.code} {power.shown_name}",
            [
                (key_of(power), gettext("%(power)s（整项职权）") % {"power": power.shown_name}),
                *((key_of(step), f"{place} {step.name}") for place, step in enumerate(steps, 1)),
            ],
        )
    if subjects.posts:
        posts = [(key_of(post), post.shown_name) for post in subjects.posts]
        yield pgettext("menu", "岗位"), posts
    if subjects.regulations:
        rules = [(key_of(rule), f"{rule.code} {rule.shown_name}") for rule in subjects.regulations]
        yield gettext("制度"), rules


def _named(entries: tuple[Named, ...]) -> list[tuple[str, str]]:
    language = language_now()
    return [(entry.code, entry.label.in_(language)) for entry in entries]


def _field(form: forms.Form, name: str) -> Any:
    return form.fields[name]
