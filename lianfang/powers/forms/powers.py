"""A power with its bases, and with what each post does in it: what is sent in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.acting import Clash
from lianfang.common.http import language_now
from lianfang.powers.forms.parted import FEW, MANY, PartedForm, clash, kept, rows_of
from lianfang.powers.models import Power, PowerPost
from lianfang.powers.queries.choosing import Choices, Offered
from lianfang.powers.rules.telling import basis_lines, part_lines
from lianfang.register import model
from lianfang.scheme.model import Named


class BasisRow(forms.Form):
    """A basis: a regulation of the library with the article, or words as written."""

    regulation = forms.ChoiceField(label=_("制度"), required=False)
    article = forms.CharField(label=_("所据条款"), max_length=100, required=False)
    text = forms.CharField(label=_("依据原文"), max_length=500, required=False)

    def __init__(self, *args: Any, offered: Offered, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._cited = offered.cited
        _offer(self, "regulation", offered.rules)

    def clean(self) -> dict[str, Any]:
        """Cite the regulation where nobody wrote how."""
        cleaned = super().clean() or {}
        regulation, article = cleaned.get("regulation", ""), cleaned.get("article", "")
        if regulation and not cleaned.get("text"):
            cleaned["text"] = f"{self._cited.get(regulation, regulation)}{article}"
        elif article and not cleaned.get("text"):
            self.add_error("regulation", _("写了条款，请选制度，或写明依据原文。"))
        return cleaned


class PartRow(forms.Form):
    """What a post does in a power, and how far it may go."""

    post = forms.ChoiceField(label=_("岗位"), required=False)
    role = forms.ChoiceField(
        label=_("角色"), choices=[("", _("请选择")), *PowerPost.Role.choices], required=False
    )
    limit = forms.CharField(label=_("权限"), max_length=300, required=False)
    amount = forms.IntegerField(
        label=_("金额上限（元）"), min_value=0, max_value=10**15, required=False
    )

    def __init__(self, *args: Any, offered: Offered, **kw: Any) -> None:
        super().__init__(*args, **kw)
        _offer(self, "post", offered.posts)

    def clean(self) -> dict[str, Any]:
        """Ask for the post and its role in a row that says anything."""
        cleaned = super().clean() or {}
        if any(cleaned.get(name) not in (None, "") for name in self.fields if name != "DELETE"):
            for name in ("post", "role"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("请选择，或清空这一行。"))
        return cleaned


class PartRows(BaseFormSet[Any]):
    """No post has the same role twice."""

    def clean(self) -> None:
        """Say which post and role stand twice."""
        if any(self.errors):
            return
        seen: set[tuple[str, str]] = set()
        for row in kept(self):
            key = (row["post"], row["role"])
            if key in seen:
                raise forms.ValidationError(
                    gettext("同一岗位的同一角色写了两次，请合为一行。"), code="twice"
                )
            seen.add(key)


class PowerForm(PartedForm):
    """A power; its flow has a form of its own."""

    name = forms.CharField(label=_("职权名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    category = forms.ChoiceField(
        label=_("类别"), required=False, help_text=_("决策、执行、监督三类之一")
    )
    matters = forms.MultipleChoiceField(
        label=_("重大事项"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.CharField(
        label=_("权力种类"),
        max_length=40,
        required=False,
        help_text=_("行政机关用，例如行政许可、行政处罚"),
    )
    frequency = forms.CharField(
        label=_("行使频率"), max_length=100, required=False, help_text=_("例如每年约 600 次")
    )
    public = forms.BooleanField(label=_("向社会公开"), required=False)

    def __init__(
        self,
        *args: Any,
        offered: Offered,
        stored: model.Power | None = None,
        rows: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._offered, self._stored = offered, stored
        _offer(self, "category", labelled(offered.scheme.categories))
        self.fields["matters"].choices = labelled(offered.scheme.matters)  # type: ignore[attr-defined]
        few = FEW if stored and rows is None else MANY
        rows = rows if rows is not None else rows_from(stored) if stored else {}
        sent = self.data if self.is_bound else None
        options = {"offered": offered}
        self.tables = {
            "bases": rows_of(
                BasisRow,
                "bases",
                sent=sent,
                initial=rows.get("bases", ()),
                options=options,
                blank=few,
            ),
            "parts": rows_of(
                PartRow,
                "parts",
                sent=sent,
                initial=rows.get("parts", ()),
                options=options,
                blank=few,
                base=PartRows,
            ),
        }

    def power(self) -> model.Power:
        """Return the power that a valid form describes, with the flow that is stored."""
        sent = self.cleaned_data
        return model.Power(
            id="",
            unit="",
            name=sent["name"],
            category=sent["category"] or None,
            kind=sent["kind"],
            matters=tuple(sent["matters"]),
            frequency=sent["frequency"],
            public=sent["public"],
            bases=tuple(
                model.Basis(
                    text=row["text"], regulation=row["regulation"] or None, article=row["article"]
                )
                for row in kept(self.tables["bases"])
            ),
            posts=tuple(
                model.PowerPost(
                    post=row["post"],
                    role=model.Role(row["role"]),
                    limit=row["limit"],
                    amount=row["amount"],
                )
                for row in kept(self.tables["parts"])
            ),
            steps=self._stored.steps if self._stored else (),
        )

    def part_clashes(self) -> Iterable[Clash]:
        """Return where bases and posts differ from what is stored."""
        if self._stored is None:
            return []
        names, typed = self._offered.names(), self.power()
        return [
            *clash(_("行使依据"), basis_lines(self._stored), basis_lines(typed)),
            *clash(_("岗位与角色"), part_lines(self._stored, names), part_lines(typed, names)),
        ]


def initial_of(power: Power) -> dict[str, object]:
    """Return what the form shows of a stored power."""
    names = ("name", "name_en", "category", "matters", "kind", "frequency", "public", "version")
    return {name: getattr(power, name) for name in names}


def rows_from(power: model.Power) -> dict[str, list[dict[str, object]]]:
    """Return the rows in which a stored power is shown."""
    return {
        "bases": [
            {"regulation": basis.regulation or "", "article": basis.article, "text": basis.text}
            for basis in power.bases
        ],
        "parts": [
            {
                "post": part.post,
                "role": part.role.value,
                "limit": part.limit,
                "amount": part.amount,
            }
            for part in power.posts
        ],
    }


def labelled(terms: Iterable[Named]) -> Choices:
    """Return words of the scheme as choices in the language of the page."""
    language = language_now()
    return [(term.code, term.label.in_(language)) for term in terms]


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    empty = ("", _("（不选）"))
    form.fields[name].choices = [empty, *choices]  # type: ignore[attr-defined]
