"""Records of visits: written, confirmed, shown, printed (五（五）)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import rule_labels
from lianfang.files.sending import as_download
from lianfang.inspections import access
from lianfang.inspections.actions import records as actions
from lianfang.inspections.exchange.records import PAPERS, record_file
from lianfang.inspections.forms.draws import NothingMore
from lianfang.inspections.forms.records import BLANK, RecordForm, initial_of
from lianfang.inspections.models import Record
from lianfang.inspections.queries.records import (
    drawn_inspectors,
    findings_of,
    inspectors_for,
    inspectors_of,
    lines_of,
    measures_of,
    posts_of,
)
from lianfang.inspections.rules.records import is_overdue
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing


@require_GET
def of_duty(request: AppRequest, duty_id: int) -> HttpResponse:
    """Lead from a duty to its record: to write it, or to read it."""
    standing = standing_for(request)
    found = access.get_inspection_for(standing, duty_id)
    if found.state == Duty.State.OPEN and access.may_inspect(standing, found):
        return go(request, reverse("inspections:record-write", args=[found.pk]))
    record = access.records_visible_to(standing).filter(duty=found.pk).first()
    if record is None:
        said = _("没有您可以查看的检查记录：确认以后，检查机构、被检查人和单位负责人可以查看。")
        messages.info(request, said)
        return go(request, reverse("duties:duty", args=[found.pk]))
    return go(request, to_record(record.pk))


@both
def record_write(request: AppRequest, duty_id: int) -> HttpResponse:
    """Write the record of a visit, or write it anew until it is confirmed."""
    standing = standing_for(request)
    duty = access.get_inspection_for(standing, duty_id, to="write")
    record: Record | None = getattr(duty, "inspected_by", None)
    if record is not None and record.state == Record.State.CONFIRMED:
        return go(request, to_record(record.pk))
    form, drawn = _form(request, standing, duty, record)
    made: list[Record] = []
    return act(
        request,
        form,
        lambda: made.append(
            actions.write_record(
                duty=duty,
                written=form.written(),
                version=form.cleaned_data["version"],
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("检查记录"),
        clause=duty.clause,
        then=to_record(record.pk) if record else reverse("duties:duty", args=[duty.pk]),
        after=lambda: to_record(made[0].pk),
        page="inspections/record_write.html",
        more={"duty": duty, "drawn": drawn},
    )


@require_GET
def record(request: AppRequest, record_id: int) -> HttpResponse:
    """Show the record of a visit with what was found."""
    standing = standing_for(request)
    found = access.get_record_for(standing, record_id)
    scheme = scheme_of(found.organisation, standing.on)
    is_draft = found.state == Record.State.DRAFT
    context: dict[str, object] = {
        "record": found,
        "duty": found.duty,
        "label": rule_labels(scheme).get(found.duty.rule),
        "inspectors": inspectors_of(found),
        "lines": lines_of(found),
        "findings": [
            (one, is_overdue(one.state, one.due_on, standing.on)) for one in findings_of(found)
        ],
        "may_write": is_draft and access.may_inspect(standing, found.duty),
        "history": history_of(found),
    }
    return render_page(request, "inspections/record.html", context)


@both
def record_confirm(request: AppRequest, record_id: int) -> HttpResponse:
    """Confirm a record: it gets its number and stays as it is."""
    standing = standing_for(request)
    found = access.get_record_for(standing, record_id, to="write")
    return act(
        request,
        NothingMore(**bound(request)),
        lambda: actions.confirm_record(
            record=found, on=standing.on, by=request.user, at=request.at
        ),
        title=_("确认检查记录"),
        sub=_("确认后给出编号，检查任务记为已履行，被检查人和单位负责人可以看到；此后不能修改。"),
        clause=found.duty.clause,
        then=to_record(found.pk),
        danger=True,
    )


@require_GET
def record_paper(request: AppRequest, record_id: int, form: str) -> HttpResponseBase:
    """Give a record to be printed and signed."""
    standing = standing_for(request)
    found = access.get_record_for(standing, record_id)
    if form not in PAPERS:
        raise Http404
    content, name = record_file(found, scheme_of(found.organisation, standing.on), form)
    return as_download(content, name)


def to_record(record_id: int) -> str:
    """Return the address of a record's page."""
    return reverse("inspections:record", args=[record_id])


def _form(
    request: AppRequest, standing: Standing, duty: Duty, record: Record | None
) -> tuple[RecordForm, list[str]]:
    """Return the form with what it begins with, and the names of those who were drawn."""
    people = list(inspectors_for(duty, standing.on))
    drawn = drawn_inspectors(duty)
    findings = findings_of(record) if record else []
    chosen = [one.pk for one in inspectors_of(record)] if record else list(drawn)
    if not chosen and standing.person_id is not None:
        chosen = [standing.person_id]
    form = RecordForm(
        **bound(request),
        people=people,
        measures=measures_of(duty, record),
        posts=list(posts_of(duty, standing.on)),
        rows=len(findings) + BLANK,
        initial=initial_of(
            record,
            lines_of(record) if record else [],
            findings,
            chosen,
            {"held_on": standing.on},
        ),
    )
    return form, [person.shown_name for person in people if person.pk in drawn]
