"""Plans, activities, materials: written, published, opened, held, cancelled, shown."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.files.rules import KindRefused
from lianfang.learning.actions.activities import (
    CaseNotPublished,
    NeedsQuiz,
    NoAmount,
    NotInTheYear,
    PlanNotPublished,
    cancel_activity,
    change_activity,
    close_activity,
    open_activity,
    plan_activity,
    show_activity,
)
from lianfang.learning.actions.materials import NotOneThing, Sent, add_material, drop_material
from lianfang.learning.actions.parts import ActivityMovedOn
from lianfang.learning.actions.planning import (
    LevelPlanned,
    PlanPublished,
    publish_plan,
    write_plan,
)
from lianfang.learning.models import Activity, Material, PlannedLevel
from lianfang.learning.tests.making import (
    details,
    draft,
    opened,
    plan_of,
    planned,
    published,
    quizzed,
    written,
)
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def actions_told() -> list[str]:
    return list(
        Event.objects.filter(action__startswith="learning.")
        .order_by("position")
        .values_list("action", flat=True)
    )


def test_a_plan_is_written_changed_and_published_once(cast: Cast) -> None:
    plan = draft(cast)
    assert set(PlannedLevel.objects.values_list("level", "hours")) == {("high", 12.0), ("", 4.0)}
    changed = write_plan(
        organisation=cast.organisation,
        year=2026,
        aim="改过",
        levels=[LevelPlanned(level="high", hours=14.0, topics="")],
        version=plan.version,
        by=cast.logins["office"],
        at=AT,
    )
    assert changed.pk == plan.pk
    assert list(PlannedLevel.objects.values_list("level", "hours")) == [("high", 14.0)]
    publish_plan(plan=plan, by=cast.logins["office"], at=AT)
    with pytest.raises(PlanPublished):
        publish_plan(plan=plan, by=cast.logins["office"], at=AT)
    assert actions_told() == [
        "learning.plan.written",
        "learning.plan.written",
        "learning.plan.published",
    ]


def test_a_plan_that_somebody_else_wrote_meanwhile_is_not_overwritten(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(Stale):
        draft(cast)


def test_an_activity_goes_from_planned_to_held_and_its_secret_with_it(cast: Cast) -> None:
    activity = planned(cast)
    assert activity.secret == ""
    activity = open_activity(activity=activity, by=cast.logins["office"], at=AT)
    assert len(activity.secret) == 48
    activity = close_activity(activity=activity, by=cast.logins["office"], at=AT)
    assert (activity.state, activity.secret) == ("held", "")
    assert actions_told()[-3:] == [
        "learning.activity.planned",
        "learning.activity.opened",
        "learning.activity.held",
    ]
    assert Event.objects.filter(action__startswith="learning.", rule="二").count() == 5


@pytest.mark.parametrize("state", ["open", "held", "cancelled"])
def test_what_has_begun_is_neither_changed_nor_cancelled(cast: Cast, state: str) -> None:
    by = cast.logins["office"]
    if state == "cancelled":
        activity = cancel_activity(activity=planned(cast), reason="改期", by=by, at=AT)
    else:
        activity = opened(cast)
    if state == "held":
        activity = close_activity(activity=activity, by=by, at=AT)
    with pytest.raises(ActivityMovedOn):
        cancel_activity(activity=activity, reason="改期", by=by, at=AT)
    with pytest.raises(ActivityMovedOn):
        change_activity(
            activity=activity, details=details(), version=activity.version, by=by, at=AT
        )
    with pytest.raises(ActivityMovedOn):
        open_activity(activity=activity, by=by, at=AT)


def test_a_change_tells_only_what_changed_and_needs_the_version_it_was_opened_with(
    cast: Cast,
) -> None:
    activity, by = planned(cast), cast.logins["office"]
    changed = change_activity(
        activity=activity,
        details=details(title="新题目", units=(cast.units["CW"],)),
        version=activity.version,
        by=by,
        at=AT,
    )
    assert changed.title == "新题目"
    assert list(changed.units.all()) == [cast.units["CW"]]
    with pytest.raises(Stale):
        change_activity(
            activity=activity, details=details(), version=activity.version, by=by, at=AT
        )


def test_an_activity_lies_within_the_year_of_its_plan_by_the_clock_of_the_organisation(
    cast: Cast,
) -> None:
    # New Year in Shanghai, still the old year in UTC
    new_year = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
    assert planned(cast, starts_at=new_year, ends_at=new_year).pk
    for starts, ends in (
        (new_year - timedelta(minutes=1), AT),
        (AT, datetime(2026, 12, 31, 16, 0, tzinfo=UTC)),
        (AT, AT - timedelta(minutes=1)),
    ):
        with pytest.raises(NotInTheYear):
            planned(cast, starts_at=starts, ends_at=ends)


def test_hours_are_halves_and_a_case_is_published_first(cast: Cast) -> None:
    with pytest.raises(NoAmount):
        planned(cast, hours=1.25)
    with pytest.raises(CaseNotPublished):
        planned(cast, case=written(cast))
    assert planned(cast, case=published(cast)).case is not None


def test_nothing_of_a_draft_plan_is_opened(cast: Cast) -> None:
    by = cast.logins["office"]
    activity = plan_activity(plan=draft(cast), unit=None, details=details(), by=by, at=AT)
    with pytest.raises(PlanNotPublished):
        open_activity(activity=activity, by=by, at=AT)


def test_reading_is_opened_only_with_a_quiz(cast: Cast) -> None:
    activity, by = planned(cast, kind="reading"), cast.logins["office"]
    with pytest.raises(NeedsQuiz):
        open_activity(activity=activity, by=by, at=AT)
    assert open_activity(activity=quizzed(cast, activity), by=by, at=AT).state == "open"


def test_an_activity_is_shown_to_the_public_and_hidden_again(cast: Cast) -> None:
    activity, by = planned(cast), cast.logins["office"]
    assert not activity.is_public
    show_activity(activity=activity, is_public=True, by=by, at=AT)
    assert Activity.objects.get().is_public
    show_activity(activity=activity, is_public=False, by=by, at=AT)
    assert not Activity.objects.get().is_public


def test_a_material_is_one_thing(cast: Cast) -> None:
    activity, by = planned(cast), cast.logins["office"]
    for many in ({}, {"url": "https://example.org/a", "case": published(cast)}):
        with pytest.raises(NotOneThing):
            add_material(activity=activity, title="资料", **many, by=by, at=AT)  # type: ignore[arg-type]
    kept = add_material(
        activity=activity,
        title="",
        file=Sent(name="讲义.txt", chunks=["先学后做".encode()]),
        by=by,
        at=AT,
    )
    assert kept.title == "讲义.txt"
    drop_material(material=kept, by=by, at=AT)
    assert not Material.objects.exists()
    assert actions_told()[-2:] == ["learning.material.added", "learning.material.dropped"]


def test_a_file_of_a_kind_that_is_not_kept_is_refused(cast: Cast) -> None:
    with pytest.raises(KindRefused):
        add_material(
            activity=planned(cast),
            title="",
            file=Sent(name="讲义.exe", chunks=[b"MZ"]),
            by=cast.logins["office"],
            at=AT,
        )


def test_a_plan_of_the_year_is_made_once(cast: Cast) -> None:
    assert plan_of(cast).pk == plan_of(cast).pk
