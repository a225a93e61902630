"""What somebody learns in a year: their own page, the record, certificates (二)."""

from datetime import timedelta

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import download
from lianfang.learning import access
from lianfang.learning.actions import certifying
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.forms.plan import YearForm
from lianfang.learning.queries.activities import coming_to, quizzes_to_take
from lianfang.learning.queries.cases import offers_to
from lianfang.learning.queries.record import certificates_of, record_of
from lianfang.org.access import get_person_to_answer_for, standing_for
from lianfang.org.queries.numbers import written_scheme
from lianfang.powers.access import require_register

AHEAD = timedelta(days=60)


@require_GET
def mine(request: AppRequest) -> HttpResponse:
    """Show the asker's hours of the year against what is asked, and what is offered to them."""
    standing = standing_for(request)
    require_register(standing)
    me, organisation = standing.person_id or 0, standing.organisation_id
    rows = access.activities_visible_to(standing)
    context: dict[str, object] = {
        "year": standing.on.year,
        "record": record_of(organisation, me, standing.on.year),
        "coming": coming_to(rows, me, organisation, standing.on, request.at + AHEAD),
        "quizzes": quizzes_to_take(rows, me),
        "offers": offers_to(
            me,
            access.cases_published(standing),
            written_scheme(standing.scheme),
            organisation=organisation,
            on=standing.on,
        ),
        "certificates": certificates_of(me),
        "today": standing.on,
    }
    return render_page(request, "learning/mine.html", context)


@require_GET
def record(request: AppRequest, person_id: int) -> HttpResponse:
    """Show the learning of somebody in a year, to them and those who answer for them."""
    standing = standing_for(request)
    require_register(standing)
    person = get_person_to_answer_for(standing, person_id)
    form = YearForm(request.GET)
    form.is_valid()
    year = form.cleaned_data.get("year") or standing.on.year
    found = record_of(standing.organisation_id, person.pk, year)
    certificates = certificates_of(person.pk)
    holds = any(one.year == year and one.is_in_force for one in certificates)
    context: dict[str, object] = {
        "person": person,
        "year": year,
        "years": (year - 1, year + 1),
        "record": found,
        "certificates": certificates,
        "may_certify": access.may_certify(standing, person)
        and found.progress.is_reached
        and not holds,
    }
    return render_page(request, "learning/record.html", context)


@both
def certify(request: AppRequest, person_id: int) -> HttpResponse:
    """Issue the certificate of a year."""
    standing = standing_for(request)
    person = access.get_person_to_certify(standing, person_id)
    form = YearForm(request.GET)
    form.is_valid()
    year = form.cleaned_data.get("year") or standing.on.year
    return act(
        request,
        Form(**bound(request)),
        lambda: certifying.issue_certificate(
            person=person, year=year, on=standing.on, by=request.user, at=request.at
        ),
        title=_("出具学习证明"),
        sub=_("%(name)s，%(year)s 年。证明编号存入公文档案，本单位人员可见。")
        % {"name": person.shown_name, "year": year},
        clause=CLAUSE,
        then=f"{reverse('learning:record', args=[person.pk])}?year={year}",
        button=_("出具"),
    )


@require_GET
def certificate(request: AppRequest, certificate_id: int) -> HttpResponseBase:
    """Send a certificate."""
    return download(access.get_certificate_for(standing_for(request), certificate_id))
