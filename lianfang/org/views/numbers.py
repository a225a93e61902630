"""The scheme's numbers and words, with what the organisation has set, each beside its clause."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.common.text import Text
from lianfang.org import actions
from lianfang.org.access import SETS_NUMBERS, require, require_staff, standing_for
from lianfang.org.forms.numbers import Asked, ChoiceForm, NumbersForm
from lianfang.org.queries.numbers import (
    SetRow,
    numbers_of,
    rows_set_with,
    settings_of,
    terms_of,
    written_scheme,
)
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.org.views.acting import to
from lianfang.scheme.vocabulary import choosable


@require_GET
def numbers(request: AppRequest) -> HttpResponse:
    """List every number and word an organisation may set, with the clause."""
    standing = standing_for(request)
    require_staff(standing)
    scheme = written_scheme(standing.scheme)
    context = {
        "groups": numbers_of(standing),
        "terms": terms_of(standing),
        "scheme": scheme,
        "settings": settings_of(standing),
        "may_edit": standing.has(*SETS_NUMBERS),
    }
    return render_page(request, "org/numbers.html", context)


@both
def number(request: AppRequest, path: str) -> HttpResponse:
    """Set a number, with those that make up a sum with it, from a day on, with the reason."""
    standing = standing_for(request)
    require(standing, *SETS_NUMBERS)
    rows = rows_set_with(standing, path)
    if not rows:
        raise Http404
    form = NumbersForm(**bound(request), asked=_asked(rows), initial={"from_on": standing.on})
    return act(
        request,
        form,
        lambda: actions.set_numbers(
            organisation=organisation_of(standing),
            numbers=form.numbers,
            **form.when_and_why,
            by=request.user,
            at=request.at,
        ),
        title=_("调整数值"),
        sub=_sum(rows[0].group) if len(rows) > 1 else "",
        clause=rows[0].clause,
        then=to("numbers"),
    )


def _asked(rows: list[SetRow]) -> list[Asked]:
    language = language_now()
    return [
        Asked(
            path=row.path,
            label=row.label.in_(language),
            written=row.written.in_(language),
            own=row.number,
            is_switch=row.is_switch,
        )
        for row in rows
    ]


def _sum(group: Text) -> str:
    return _("%(group)s：以下各项合计须为 100%%") % {"group": group.in_(language_now())}


@both
def term(request: AppRequest, path: str) -> HttpResponse:
    """Choose one word from a day on, with the reason."""
    standing = standing_for(request)
    require(standing, *SETS_NUMBERS)
    row = next((row for row in terms_of(standing) if row.path == path), None)
    if row is None:
        raise Http404
    initial = {"choice": row.choice, "from_on": standing.on}
    form = ChoiceForm(**bound(request), choices=_choices(standing, path), initial=initial)
    return act(
        request,
        form,
        lambda: actions.set_choice(
            organisation=organisation_of(standing),
            path=path,
            **form.cleaned_data,
            by=request.user,
            at=request.at,
        ),
        title=_("选择叫法"),
        sub=row.label.in_(language_now()),
        clause=row.clause,
        then=to("numbers"),
    )


def _choices(standing: Standing, path: str) -> list[tuple[str, str]]:
    found, language = choosable(written_scheme(standing.scheme))[path], language_now()
    return [(choice.code, choice.label.in_(language)) for choice in found.choices]
