"""Files show a duty done; several measures are confirmed at once, or none of them."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.duties import access
from lianfang.duties.actions.closing import NotOpen, NotYetDone, waive_duty
from lianfang.duties.actions.evidence import (
    NothingToShow,
    Paper,
    add_evidence,
    fulfil_with_evidence,
)
from lianfang.duties.actions.measures import take_up_measures
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import Duty, DutyEvidence, MeasureInForce
from lianfang.duties.queries.measures import kind_shares, measure_page
from lianfang.duties.queries.narrowing import days_of
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.test_measures import measure, register, regulation
from lianfang.files.models import Attachment
from lianfang.files.rules import KindRefused
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return full_cast()


def paper(content: bytes = PDF, name: str = "记录.pdf") -> Paper:
    return Paper(name=name, chunks=[content])


def in_force(cast: Cast, many: int = 2) -> list[Duty]:
    """Return the duties about measures of finance that the clerk is to confirm."""
    measures = [measure(f"R-1-{number}") for number in range(many)]
    take_up_measures(
        unit=cast.units["CW"],
        register=register(*measures),
        edition="2026-1",
        from_on=ON,
        by=None,
        at=AT,
    )
    reconcile(organisation=cast.organisation, on=ON, by=None, at=AT)
    rows = Duty.objects.filter(kind=Duty.Kind.MEASURE)
    return list(rows.order_by("pk"))


def confirm(cast: Cast, duties: list[Duty], days: int = 0) -> list[Duty]:
    return fulfil_with_evidence(
        duties=duties,
        done_on=ON + timedelta(days=days),
        evidence="台账已核对",
        paper=paper(),
        on=ON,
        by=cast.logins["clerk"],
        at=AT,
    )


def test_a_file_of_evidence_is_kept_with_the_duty_and_in_the_log(cast: Cast) -> None:
    made = owed(cast)
    added = add_evidence(duty=made, paper=paper(), words="签字页", by=cast.logins["head"], at=AT)
    assert (added.attachment.name, added.words) == ("记录.pdf", "签字页")
    event = Event.objects.get(action="duties.evidence.added")
    assert event.organisation == cast.organisation.pk


def test_a_program_is_no_evidence(cast: Cast) -> None:
    with pytest.raises(KindRefused):
        add_evidence(duty=owed(cast), paper=paper(b"MZ\x90\x00", "a.exe"), words="", by=None, at=AT)
    assert not DutyEvidence.objects.exists()


def test_a_duty_that_was_waived_takes_no_evidence(cast: Cast) -> None:
    made = owed(cast)
    waive_duty(duty=made, reason="已调离", on=ON, by=cast.logins["officer"], at=AT)
    with pytest.raises(NothingToShow):
        add_evidence(duty=made, paper=paper(), words="", by=cast.logins["head"], at=AT)


def test_several_measures_are_confirmed_with_one_file(cast: Cast) -> None:
    done = confirm(cast, in_force(cast))
    assert {duty.state for duty in done} == {"done"}
    assert Attachment.objects.count() == 1
    assert DutyEvidence.objects.count() == 2


def test_all_measures_are_confirmed_or_none(cast: Cast) -> None:
    first, second = in_force(cast)
    confirm(cast, [second])
    with pytest.raises(NotOpen):
        confirm(cast, [first, second])
    first.refresh_from_db()
    assert first.state == "open"
    with pytest.raises(NotYetDone):
        confirm(cast, [first], days=1)


def test_only_ones_own_measures_may_be_confirmed(cast: Cast) -> None:
    keys = [duty.pk for duty in in_force(cast)]
    assert len(access.measures_to_confirm(cast.standing("clerk"), keys)) == 2
    for part, asked in (("head", keys), ("clerk", [*keys, 0]), ("clerk", [])):
        with pytest.raises(Http404):
            access.measures_to_confirm(cast.standing(part), asked)


@pytest.mark.parametrize(
    ("part", "count"), [("clerk", 2), ("head", 2), ("office", 2), ("colleague", 0), ("audit", 0)]
)
def test_measures_are_seen_by_those_above_and_those_who_see_to_them(
    cast: Cast, part: str, count: int
) -> None:
    in_force(cast)
    assert access.measures_visible_to(cast.standing(part)).count() == count


def test_a_recurring_measure_that_rests_on_a_rule_in_force_is_confirmed_too(cast: Cast) -> None:
    regulation(cast, state="in_force", in_force_on=ON)
    take_up_measures(
        unit=cast.units["CW"],
        register=register(measure(regulation="ZD-1")),
        edition="2026-1",
        from_on=ON,
        by=None,
        at=AT,
    )
    reconcile(organisation=cast.organisation, on=ON, by=None, at=AT)
    assert Duty.objects.get(kind="measure").rule == "measure_recurring"


@pytest.mark.parametrize("many", [1, 20])
def test_the_page_of_measures_takes_the_same_statements_whatever_there_is(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    duties = in_force(cast, many)
    confirm(cast, duties[:1])
    standing = cast.standing("clerk")
    days, mine = days_of(standing), access.duties_of(standing)
    # count; measures; their duties; those that the asker is to do
    with django_assert_num_queries(3 if many == 1 else 4):
        page = measure_page(MeasureInForce.objects.all(), days, mine)
    assert page.count == many
    assert page.lines[0].last_on == ON
    assert [line.may_confirm for line in page.lines] == [False, *[True] * (many - 1)]
    (share,) = kind_shares(MeasureInForce.objects.all(), days)
    assert (share.share.done, share.share.owed) == (1, many)


def test_measures_are_ticked_and_confirmed_in_the_browser(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    duties = in_force(cast)
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["clerk"])
    assert 'name="duty"' in client.get("/duties/measures/").content.decode()
    keys = [duty.pk for duty in duties]
    assert client.get("/duties/measures/confirm/", {"duty": keys}).status_code == 200
    file = SimpleUploadedFile("记录.pdf", PDF, content_type="application/pdf")
    sent = {"duty": keys, "done_on": "2026-05-14", "evidence": "台账已核对", "file": file}
    assert client.post("/duties/measures/confirm/", sent).status_code == 302
    found = DutyEvidence.objects.get(duty=keys[0])
    page = client.get(f"/duties/{keys[0]}/").content.decode()
    assert f"/duties/{keys[0]}/evidence/{found.pk}/" in page
    looked = client.get(f"/duties/{keys[0]}/evidence/{found.pk}/").content.decode()
    assert "不能在这里预览" in looked
    assert f"/duties/{keys[0]}/evidence/{found.pk}/file/" in looked
    answer = client.get(f"/duties/{keys[0]}/evidence/{found.pk}/file/")
    assert b"".join(answer) == PDF
    assert client.get("/duties/measures/confirm/", {"duty": keys}).status_code == 404


# seen ---------------------------------------------------------------------------------------------


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "PNG")
    return file.getvalue()


def test_a_duty_is_done_with_a_file_that_is_seen_without_being_opened(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = owed(cast, kind="rotation", rule="rotation_high", actor=cast.people["head"])
    monkeypatch.setattr(clock, "now", lambda: AT)
    head, other = Client(), Client()
    head.force_login(cast.logins["head"])
    other.force_login(cast.logins["colleague"])
    file = SimpleUploadedFile("现场.png", _picture(), content_type="image/png")
    sent = {"done_on": "2026-05-14", "evidence": "现场查看", "file": file}
    assert head.post(f"/duties/{duty.pk}/fulfil/", sent).status_code == 302
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == ("done", "现场查看")
    page = f"/duties/{duty.pk}/evidence/{DutyEvidence.objects.get().pk}/"
    assert f'src="{page}pages/1/"' in head.get(page).content.decode()
    drawn = head.get(f"{page}pages/1/")
    assert (drawn.headers["Content-Type"], drawn.headers["Cache-Control"]) == (
        "image/png",
        "private, no-store",
    )
    assert Image.open(io.BytesIO(drawn.content)).size == (30, 20)
    assert head.get(f"{page}pages/2/").status_code == 404
    assert other.get(page).status_code == 404
    assert other.get(f"{page}pages/1/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        ("说明.txt", "自查记录一份".encode(), "自查记录一份"),
        ("台账.csv", "日期,事项\n3月1日,核对\n".encode(), '<td translate="no">核对</td>'),
    ],
)
def test_text_and_tables_are_seen_as_such(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, seen: str
) -> None:
    duty = owed(cast)
    made = add_evidence(duty=duty, paper=paper(content, name), words="", by=None, at=AT)
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["head"])
    assert seen in client.get(f"/duties/{duty.pk}/evidence/{made.pk}/").content.decode()
