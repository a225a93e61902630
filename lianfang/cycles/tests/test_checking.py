"""Checking: who does it, what is kept of each submission, what is asked of which field."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.cycles.actions import naming, remarks
from lianfang.cycles.actions.checking import NotTheChecker, Recused
from lianfang.cycles.actions.filing import HasErrors, withdraw_filing
from lianfang.cycles.actions.moving import NotNow
from lianfang.cycles.models import Filing, Remark, Submission
from lianfang.cycles.queries import todos
from lianfang.cycles.queries.covering import submitted
from lianfang.cycles.queries.remarks import open_remarks_at
from lianfang.cycles.tests.year import (
    brought_to,
    conclude,
    filing_of,
    opened,
    powered,
    resume,
    send_back,
    submit,
    take_up,
)
from lianfang.org import actions as org
from lianfang.org.models import Body, Person, Post
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.register import canonical
from lianfang.risks.models import RiskPoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = full_cast()
    powered(made)
    return made


def name(cast: Cast, part: str, reason: str = "", unit: str = "CW") -> Filing:
    return naming.name_checker(
        filing=filing_of(cast, unit),
        person=cast.people[part],
        reason=reason,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def ask(cast: Cast, by: str = "office", **about: str) -> Remark:
    return remarks.raise_remark(
        filing=filing_of(cast),
        **{"check_code": "C5", "text": "谁来核对？", **about},
        by=cast.logins[by],
        at=AT,
    )


# who checks


def test_the_office_names_somebody_of_another_unit_who_then_checks(cast: Cast) -> None:
    brought_to(cast, "submitted")
    found = name(cast, "colleague")
    assert (found.checker, found.checker_named_at) == (cast.people["colleague"], AT)
    take_up(cast, "colleague")
    asked = ask(cast, "colleague")
    remarks.resolve_remark(remark=asked, by=cast.logins["colleague"], at=AT)
    assert filing_of(cast).state == "in_check"
    assert Event.objects.filter(action="cycles.filing.checker_named").count() == 1


def test_where_somebody_was_named_nobody_else_checks(cast: Cast) -> None:
    brought_to(cast, "in_check")
    asked = ask(cast)
    name(cast, "colleague", "原审核人出差")
    for step in (
        lambda: ask(cast),
        lambda: send_back(cast),
        lambda: conclude(cast),
        lambda: remarks.resolve_remark(remark=asked, by=cast.logins["office"], at=AT),
        lambda: remarks.waive_remark(remark=asked, reason="x", by=cast.logins["office"], at=AT),
    ):
        with pytest.raises(NotTheChecker):
            step()
    assert filing_of(cast).state == "in_check"
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_a_filing_is_not_taken_up_past_the_one_who_was_named(cast: Cast) -> None:
    brought_to(cast, "submitted")
    name(cast, "colleague")
    with pytest.raises(NotTheChecker):
        take_up(cast)
    assert filing_of(cast).taken_up_at is None


def test_nobody_of_the_unit_is_named_nor_whoever_heads_it_from_above(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(Recused):
        name(cast, "clerk")
    part = org.create_unit(
        organisation=cast.organisation,
        code="CW-1",
        name="核算科",
        kind=cast.units["CW"].kind,
        parent=cast.units["CW"],
        by=None,
        at=AT,
    )
    below = Filing.objects.create(
        organisation=cast.organisation, cycle=filing_of(cast).cycle, unit=part
    )
    with pytest.raises(Recused):
        naming.name_checker(
            filing=below, person=cast.people["head"], reason="", on=ON, by=None, at=AT
        )
    assert not Filing.objects.exclude(checker=None).exists()


def test_who_cannot_sign_in_is_not_named(cast: Cast) -> None:
    opened(cast)
    Person.objects.filter(pk=cast.people["colleague"].pk).update(login=None)
    cast.people["colleague"].refresh_from_db()
    with pytest.raises(naming.CantSignIn):
        name(cast, "colleague")


def test_a_checker_is_replaced_freely_before_and_with_a_reason_after_the_checking_began(
    cast: Cast,
) -> None:
    brought_to(cast, "submitted")
    name(cast, "colleague")
    name(cast, "officer")
    take_up(cast, "officer")
    with pytest.raises(naming.ReasonMissing):
        name(cast, "colleague", " ")
    name(cast, "colleague", "另有任务")
    assert filing_of(cast).checker == cast.people["colleague"]
    # a second round is no way around the reason
    by_named = cast.logins["colleague"]
    remarks.raise_remark(filing=filing_of(cast), check_code="C1", text="补依据", by=by_named, at=AT)
    Filing.objects.update(state="returned")
    with pytest.raises(naming.ReasonMissing):
        name(cast, "officer")


def test_once_the_group_has_decided_nobody_is_named(cast: Cast) -> None:
    brought_to(cast, "approved")
    with pytest.raises(NotNow):
        name(cast, "colleague", "换人")


# what waits for whom


def units_of(due: list[todos.FilingDue]) -> list[str]:
    return [one.filing.unit.code for one in due]


def test_a_filing_waits_for_the_office_or_for_the_one_who_was_named(cast: Cast) -> None:
    brought_to(cast, "submitted")
    assert units_of(todos.to_check(cast.standing("office"))) == ["CW"]
    assert todos.to_check_by_name(cast.standing("colleague")) == []
    name(cast, "colleague")
    assert todos.to_check(cast.standing("office")) == []
    assert units_of(todos.to_check_by_name(cast.standing("colleague"))) == ["CW"]
    take_up(cast, "colleague")
    assert units_of(todos.to_check_by_name(cast.standing("colleague"))) == ["CW"]


def test_the_offices_own_filing_waits_for_somebody_to_be_named(cast: Cast) -> None:
    opened(cast)
    Filing.objects.filter(unit=cast.units["BG"]).update(state="submitted")
    office = cast.standing("office")
    assert todos.to_check(office) == []
    assert units_of(todos.to_name(office)) == ["BG"]
    assert todos.to_name(cast.standing("colleague")) == []
    # somebody of the office who is of another unit may check it
    org.join_body(
        body=cast.bodies[Body.Kind.LEADING_GROUP_OFFICE],
        person=cast.people["colleague"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    assert todos.to_name(office) == []
    assert units_of(todos.to_check(cast.standing("colleague"))) == ["BG"]


def test_naming_somebody_ends_the_wait(cast: Cast) -> None:
    opened(cast)
    Filing.objects.filter(unit=cast.units["BG"]).update(state="submitted")
    name(cast, "clerk", unit="BG")
    assert todos.to_name(cast.standing("office")) == []
    assert units_of(todos.to_check_by_name(cast.standing("clerk"))) == ["BG"]


# what is kept of each submission


def test_every_submission_is_kept_as_it_was_with_its_digest_in_the_log(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    kept = Submission.objects.get(filing=found, round=1)
    assert (kept.statement, kept.submitted_at, kept.submitted_by) == (
        "梳理职权一项",
        AT,
        cast.logins["head"],
    )
    register = submitted(kept)
    assert [risk.id for risk in register.risks] == ["R-CW-01"]
    assert (register.holders, register.finders) == (None, None)
    assert kept.digest == canonical.digest(register)
    event = Event.objects.get(action="cycles.filing.submitted")
    assert kept.digest in event.details.get(name="changes").text


def test_a_later_submission_leaves_the_earlier_one_alone(cast: Cast) -> None:
    brought_to(cast, "in_check")
    send_back(cast)
    resume(cast)
    RiskPoint.objects.update(title="虚增差旅天数")
    submit(cast)
    titles = [
        submitted(one).risks[0].title
        for one in Submission.objects.filter(filing=filing_of(cast)).order_by("round")
    ]
    assert titles == ["虚列差旅天数套取补助", "虚增差旅天数"]


def test_what_was_withdrawn_stays_kept(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    withdraw_filing(filing=found, by=cast.logins["head"], at=AT)
    submit(cast)
    assert list(found.submissions.order_by("round").values_list("round", flat=True)) == [1, 2]


# what is asked of which field


def test_a_remark_points_at_a_field_of_what_was_submitted(cast: Cast) -> None:
    brought_to(cast, "in_check")
    made = ask(cast, about="R-CW-01-2", field="frequency")
    assert (made.part, made.about, made.field) == ("measure", "R-CW-01-2", "frequency")
    whole = ask(cast, about="CW-01")
    assert (whole.part, whole.field) == ("power", "")


def test_a_remark_takes_up_a_finding_by_its_code(cast: Cast) -> None:
    brought_to(cast, "in_check")
    assert ask(cast, finding="C507", about="R-CW-01").finding == "C507"
    for finding, check in (("C507", "C1"), ("C999", "C9"), ("C", "C5")):
        with pytest.raises(remarks.NothingThere):
            ask(cast, finding=finding, check_code=check)


@pytest.mark.parametrize(
    "about",
    [
        {"about": "R-XX-99"},
        {"about": "R-CW-01", "part": "power"},
        {"about": "R-CW-01", "field": "phase"},
        {"field": "title"},
    ],
)
def test_a_remark_on_what_is_not_there_is_refused(cast: Cast, about: dict[str, str]) -> None:
    brought_to(cast, "in_check")
    with pytest.raises(remarks.NothingThere):
        ask(cast, **about)
    assert not Remark.objects.exists()


def test_nobody_of_the_unit_asks_returns_or_concludes(cast: Cast) -> None:
    brought_to(cast, "in_check")
    with pytest.raises(Recused):
        ask(cast, "clerk")


def test_of_two_answers_given_at_once_neither_takes_the_others_place_unseen(cast: Cast) -> None:
    brought_to(cast, "in_check")
    asked = ask(cast)

    def answer(text: str, version: int) -> Remark:
        return remarks.answer_remark(
            remark=asked, answer=text, version=version, by=cast.logins["head"], at=AT
        )

    answer("处长", 1)
    with pytest.raises(Stale) as stale:
        answer("出纳", 1)
    asked.refresh_from_db()
    assert asked.answer == "处长"
    assert answer("处长和出纳", stale.value.version).answer == "处长和出纳"


# what the checks found


def test_findings_are_counted_when_a_filing_is_submitted_returned_and_resumed(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    assert (found.errors_found, found.counted_at) == (0, AT)
    assert found.warnings_found is not None
    Filing.objects.filter(pk=found.pk).update(counted_at=AT - timedelta(days=9))
    take_up(cast)
    send_back(cast)
    assert filing_of(cast).counted_at == AT
    Power.objects.update(category="")
    resume(cast)
    assert filing_of(cast).errors_found == 1


def test_a_submission_that_is_refused_keeps_no_count_and_no_copy(cast: Cast) -> None:
    brought_to(cast, "drafting")
    Power.objects.update(category="")
    with pytest.raises(HasErrors):
        submit(cast)
    assert filing_of(cast).counted_at is None
    assert not Submission.objects.exists()


# beside a talk ----------------------------------------------------------------------------------


def test_what_is_still_asked_about_a_post_is_offered_for_a_talk(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    brought_to(cast, "in_check")
    found, by = filing_of(cast), cast.logins["office"]
    risk = RiskPoint.objects.filter(unit=found.unit).order_by("code")[0]
    post = risk.posts.all()[0]
    for about, part in ((risk.code, "risk"), ("", "")):
        remarks.raise_remark(
            filing=found,
            check_code="C5",
            text=f"谁来核对{about}？",
            about=about,
            part=part,
            by=by,
            at=AT,
        )
    with django_assert_num_queries(5):
        # what is asked; the risk points, measures and powers of the post; the post's unit
        topics = open_remarks_at(Post.objects.get(pk=post.pk), Filing.objects.all())
    assert topics == [f"谁来核对{risk.code}？（{risk.code}）"]
    others = Post.objects.filter(unit=found.unit).exclude(risks=risk)
    assert [open_remarks_at(other, Filing.objects.all()) for other in others] == [[]] * len(others)
    asked = Remark.objects.get(about=risk.code)
    remarks.waive_remark(remark=asked, reason="已说明", by=by, at=AT)
    assert open_remarks_at(post, Filing.objects.all()) == []
