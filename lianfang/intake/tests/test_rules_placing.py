"""Which unit, post and person of the organisation a name in a file stands for, and why."""

from collections.abc import Mapping
from typing import Any

import pytest

from lianfang.documents.origins import Origin
from lianfang.documents.registering import NO_UNIT
from lianfang.intake.rules.books import Books, Importer, Known
from lianfang.intake.rules.lines import Kind
from lianfang.intake.rules.placing import How, Placed, Placing, placed
from lianfang.intake.rules.settings import LEAVE, NEW, Settings
from lianfang.intake.tests.rules_parts import about, measure, power, register, risk
from lianfang.intake.tests.rules_tables import BOOKS, FINANCE, OFFICE, books, registered
from lianfang.register.model import (
    Extra,
    Post,
    PowerPost,
    Register,
    Role,
    SubjectKind,
    Unit,
)

HEAD = "单位,职权名称,岗位,姓名,风险点,防控措施,责任人"


def place(
    *rows: str,
    head: str = HEAD,
    books: Books = BOOKS,
    importer: Importer = OFFICE,
    file: str = "",
    **decided: Any,
) -> tuple[Register, Placing]:
    found = registered(*rows, head=head)
    return placed(
        found.register, found.origins.places, books, Settings(**decided), importer, file=file
    )


def only_unit(name: str, **more: Any) -> Placed:
    _, placing = place(f"{name},经费报销审批,,,虚报差旅,双人复核,", **more)
    (unit,) = placing.units
    return unit


def only_post(name: str, unit: str = "财务处", **more: Any) -> Placed:
    _, placing = place(f"{unit},经费报销审批,{name},,虚报差旅,双人复核,", **more)
    (post,) = placing.posts
    return post


def only_person(name: str, **more: Any) -> Placed:
    _, placing = place(f"财务处,经费报销审批,出纳,{name},虚报差旅,双人复核,", **more)
    (person,) = placing.people
    return person


# units

REMEMBERED = {("unit", "计财部"): "CW", ("unit", "财务处室"): "BG", ("unit", "旧处"): "GONE"}


@pytest.mark.parametrize(
    ("name", "chosen", "how", "code"),
    [
        ("财务处", "", How.EXACT, "CW"),
        ("财 务（处）", "", How.EXACT, "CW"),
        ("财务处", "BG", How.CHOSEN, "BG"),
        ("行政部", "BG", How.CHOSEN, "BG"),
        ("行政部", LEAVE, How.LEFT, ""),
        ("财务处", LEAVE, How.LEFT, ""),
        ("计财部", "", How.REMEMBERED, "CW"),
        ("计财部", "BG", How.CHOSEN, "BG"),
        # what was settled before counts before what is alike
        ("财务处室", "", How.REMEMBERED, "BG"),
        ("办公室室", "", How.ALIKE, "BG"),
        ("行政部", "", How.UNKNOWN, ""),
        # what is not on the books any more decides nothing
        ("旧处", "", How.UNKNOWN, ""),
        ("财务处", "GONE", How.EXACT, "CW"),
        ("行政部", NEW, How.NEW, "DW-01"),
        ("行政部", f"{NEW}XZ", How.NEW, "XZ"),
        # a code is given once
        ("行政部", f"{NEW}CW", How.NEW, "DW-01"),
        ("财务处", NEW, How.EXACT, "CW"),
    ],
)
def test_a_unit_is_found_by_the_surest_of_what_is_known(
    name: str, chosen: str, how: How, code: str
) -> None:
    unit = only_unit(
        name,
        books=books(remembered=REMEMBERED),
        units={name.replace(" ", "").replace("（处）", "处"): chosen} if chosen else {},
    )
    assert (unit.how, unit.code) == (how, code)
    assert unit.is_new is (how is How.NEW)
    assert unit.meant == {"CW": "财务处", "BG": "办公室"}.get(code, "")
    assert unit.origin == Origin(0, 2)


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ("评审一处", "评审二处"),
        ("第1业务处", "第2业务处"),
        ("项目甲组", "项目乙组"),
        ("二十一分局", "二十二分局"),
        ("第11业务处", "第1业务处"),
        ("华东分公司", "华西分公司"),
        ("评审处", "评审一处"),
    ],
)
def test_names_told_apart_by_a_numeral_are_never_alike(known: str, named: str) -> None:
    unit = only_unit(named, books=books(units={"X": known}, posts={}))
    assert (unit.how, unit.code) == (How.UNKNOWN, "")
    post = only_post(f"{named}组长", books=books(posts={"CW-G01": ("CW", f"{known}组长")}))
    assert (post.how, post.code) == (How.NEW, "CW-G02")


def test_new_units_get_codes_of_their_own_that_nothing_ever_had() -> None:
    _, placing = place(
        "行政部,公章管理,,,私盖公章,登记用印,",
        "基建部,公章管理,,,私盖公章,登记用印,",
        books=books(gone={"unit": ["DW-04"]}),
        units={"行政部": NEW, "基建部": NEW},
    )
    assert [unit.code for unit in placing.units] == ["DW-05", "DW-06"]
    assert placing.touched == {"DW-05", "DW-06"}


def test_only_who_sets_units_up_sets_one_up() -> None:
    unit = only_unit("行政部", importer=FINANCE, units={"行政部": NEW})
    assert (unit.how, unit.code) == (How.UNKNOWN, "")


@pytest.mark.parametrize(
    ("file", "chosen", "importer", "how", "code"),
    [
        ("", "", OFFICE, How.UNKNOWN, ""),
        ("办公室风险表.xlsx", "", OFFICE, How.BY_FILE, "BG"),
        # the longest name in it
        ("中心评审一处.xlsx", "", OFFICE, How.BY_FILE, "P1"),
        ("办公室风险表.xlsx", "CW", OFFICE, How.CHOSEN, "CW"),
        ("办公室风险表.xlsx", "GONE", OFFICE, How.BY_FILE, "BG"),
        ("", "", FINANCE, How.ONLY, "CW"),
        ("办公室风险表.xlsx", "", FINANCE, How.BY_FILE, "BG"),
        ("", "", Importer(drafts=frozenset({"CW", "BG"}), sets_up=False), How.UNKNOWN, ""),
        ("", "", Importer(drafts=frozenset(), sets_up=False), How.UNKNOWN, ""),
    ],
)
def test_rows_that_name_no_unit_are_somebody_s(
    file: str, chosen: str, importer: Importer, how: How, code: str
) -> None:
    unit = only_unit("", file=file, unit=chosen, importer=importer)
    assert (unit.name, unit.how, unit.code) == (NO_UNIT, how, code)


def test_rows_without_a_unit_may_be_left() -> None:
    assert only_unit("", file="办公室.xlsx", units={"未注明单位": LEAVE}).how is How.LEFT


def test_parts_bear_the_organisation_s_units_and_unknown_ones_their_name() -> None:
    found, placing = place(
        "财务处,经费报销审批,,,虚报差旅,双人复核,",
        "外单位,公章管理,,,私盖公章,登记用印,",
    )
    assert [part.unit for part in found.powers] == ["CW", "外单位"]
    assert [part.unit for part in found.risks] == ["CW", "外单位"]
    assert [(unit.id, unit.code) for unit in found.units] == [("CW", "CW"), ("外单位", "")]
    assert placing.touched == {"CW"}


def test_two_names_of_one_unit_are_that_unit() -> None:
    found, placing = place(
        "财务处,经费报销审批,出纳,,虚报差旅,双人复核,",
        "计财部,经费报销审批,出纳,,虚列开支,每月抽查,",
        units={"计财部": "CW"},
    )
    assert [unit.how for unit in placing.units] == [How.EXACT, How.CHOSEN]
    assert [unit.id for unit in found.units] == ["CW"]
    assert {one.unit for one in found.powers} == {one.unit for one in found.risks} == {"CW"}
    assert {post for one in found.risks for post in one.posts} == {"CW-G02"}


# posts

POSTS_REMEMBERED = {("post", "CW/记账员"): "CW-G02", ("post", "CW/财务处处长岗"): "BG-G01"}


@pytest.mark.parametrize(
    ("name", "unit", "chosen", "how", "code"),
    [
        ("出纳", "财务处", "", How.EXACT, "CW-G02"),
        ("出纳", "财务处", "BG-G01", How.CHOSEN, "BG-G01"),
        ("出纳", "财务处", LEAVE, How.LEFT, ""),
        ("记账员", "财务处", "", How.REMEMBERED, "CW-G02"),
        # what was settled before counts before what is alike
        ("财务处处长岗", "财务处", "", How.REMEMBERED, "BG-G01"),
        ("出纳岗", "财务处", "", How.ALIKE, "CW-G02"),
        ("出纳岗", "财务处", NEW, How.NEW, "CW-G04"),
        ("出纳", "财务处", NEW, How.EXACT, "CW-G02"),
        ("财务处副处长", "财务处", "", How.NEW, "CW-G04"),
        ("项目乙组组长", "财务处", "", How.NEW, "CW-G04"),
        # another unit alone has it
        ("车管员", "财务处", "", How.ELSEWHERE, "BG-G01"),
        # two others have it, so that nobody knows which one is meant
        ("综合岗", "财务处", "", How.NEW, "CW-G04"),
        ("综合岗", "评审一处", "", How.EXACT, "P1-G01"),
        # a post alike counts in its own unit only
        ("车管员岗", "财务处", "", How.NEW, "CW-G04"),
        ("会计", "财务处", "GONE", How.NEW, "CW-G04"),
        ("会计", "外单位", "", How.UNKNOWN, ""),
    ],
)
def test_a_post_is_found_by_the_surest_of_what_is_known(
    name: str, unit: str, chosen: str, how: How, code: str
) -> None:
    within = {"财务处": "CW", "评审一处": "P1"}.get(unit, unit)
    post = only_post(
        name,
        unit,
        books=books(remembered=POSTS_REMEMBERED),
        posts={f"{within}/{name}": chosen} if chosen else {},
    )
    assert (post.how, post.code, post.within) == (how, code, within)
    assert post.key == f"{within}/{name}"


def test_a_new_post_gets_a_code_that_none_ever_had() -> None:
    known = books(gone={"post": ["CW-G09"]})
    _, placing = place("财务处,经费报销审批,会计、稽核,,虚报差旅,双人复核,", books=known)
    assert [post.code for post in placing.posts] == ["CW-G10", "CW-G11"]


@pytest.mark.parametrize(
    ("unit", "how"), [("财务处", How.NEW), ("办公室", How.UNKNOWN), ("外单位", How.UNKNOWN)]
)
def test_a_post_is_set_up_only_in_a_unit_that_one_drafts(unit: str, how: How) -> None:
    assert only_post("会计", unit, importer=FINANCE).how is how


def test_a_new_unit_may_have_new_posts() -> None:
    post = only_post("会计", "行政部", units={"行政部": f"{NEW}XZ"})
    assert (post.how, post.code, post.within) == (How.NEW, "XZ-G01", "XZ")


def test_two_names_for_one_post_merge() -> None:
    found, placing = place(
        "财务处,经费报销审批,出纳、出纳员,,虚报差旅,双人复核,",
        posts={"CW/出纳员": "CW-G02"},
    )
    assert [post.how for post in placing.posts] == [How.EXACT, How.CHOSEN]
    assert found.risks[0].posts == ("CW-G02",)
    assert [part.post for part in found.powers[0].posts] == ["CW-G02"]
    assert [post.id for post in found.posts] == ["CW-G02"]


def test_a_post_that_is_left_goes_to_nothing_and_its_words_stay() -> None:
    found, _ = place(
        "财务处,经费报销审批,出纳、临时工,,虚报差旅,双人复核,", posts={"CW/临时工": LEAVE}
    )
    assert found.risks[0].posts == ("CW-G02",)
    assert [part.post for part in found.powers[0].posts] == ["CW-G02"]
    assert found.risks[0].extras == (Extra(label="岗位", text="临时工"),)
    assert [post.id for post in found.posts] == ["CW-G02"]


def test_a_risk_about_a_post_that_is_left_hangs_on_the_unit() -> None:
    head = "单位,岗位,风险点,防控措施"
    found, _ = place("财务处,临时工,虚报差旅,双人复核", head=head, posts={"CW/临时工": LEAVE})
    assert found.risks[0].about == about("unit", "CW")
    kept, _ = place("财务处,出纳,虚报差旅,双人复核", head=head)
    assert kept.risks[0].about == about("post", "CW-G02")
    assert kept.risks[0].extras == ()


# who answers for a measure


@pytest.mark.parametrize(
    ("words", "post", "left"),
    [
        ("出纳", "CW-G02", ""),
        (" 财务处 处长", "CW-G01", ""),
        ("车管员", None, "车管员"),
        ("出纳、财务处处长", None, "出纳、财务处处长"),
        ("专班", None, "专班"),
        # the post that the row's own column is said to mean, and one that it sets up
        ("记账岗", "CW-G02", ""),
        ("会计", "CW-G04", ""),
    ],
)
def test_words_for_who_answers_that_name_a_post_of_the_unit_are_that_post(
    words: str, post: str | None, left: str
) -> None:
    found, _ = place(
        f"财务处,经费报销审批,记账岗、会计,,虚报差旅,双人复核,{words}",
        posts={"CW/记账岗": "CW-G02"},
    )
    (one,) = found.risks[0].measures
    assert (one.post, one.responsible) == (post, left)


# people

PEOPLE = (
    Known("RY-001", "赵一", frozenset({"CW-G02"})),
    Known("RY-002", "钱二", frozenset()),
    Known("RY-007", "钱二", frozenset({"BG-G01"})),
)


@pytest.mark.parametrize(
    ("name", "chosen", "importer", "how", "code"),
    [
        ("赵一", "", OFFICE, How.EXACT, "RY-001"),
        ("赵一", "", FINANCE, How.EXACT, "RY-001"),
        # nobody is appointed by a name alone
        ("钱二", "", OFFICE, How.UNKNOWN, ""),
        ("钱二", "RY-007", OFFICE, How.CHOSEN, "RY-007"),
        ("钱二", "RY-001", OFFICE, How.UNKNOWN, ""),
        ("钱二", LEAVE, OFFICE, How.LEFT, ""),
        ("孙三", "", OFFICE, How.UNKNOWN, ""),
        ("孙三", NEW, OFFICE, How.NEW, "RY-008"),
        ("孙三", NEW, FINANCE, How.LEFT, ""),
        ("钱二", "RY-007", FINANCE, How.LEFT, ""),
    ],
)
def test_who_holds_a_post_is_known_or_decided_by_hand(
    name: str, chosen: str, importer: Importer, how: How, code: str
) -> None:
    person = only_person(
        name,
        books=books(people=PEOPLE),
        importer=importer,
        people={f"CW-G02/{name}": chosen} if chosen else {},
    )
    assert (person.kind, person.how, person.code) == (Kind.PERSON, how, code)
    assert person.within == "CW-G02"


def test_somebody_new_in_two_posts_is_entered_once() -> None:
    _, placing = place(
        "财务处,经费报销审批,出纳,孙三,虚报差旅,双人复核,",
        "财务处,经费报销审批,财务处处长,孙三,虚列开支,双人复核,",
        "财务处,经费报销审批,项目甲组组长,李四,重复报销,双人复核,",
        people={"CW-G02/孙三": NEW, "CW-G01/孙三": NEW, "CW-G03/李四": NEW},
    )
    assert [person.code for person in placing.people] == ["RY-001", "RY-001", "RY-002"]


def test_who_holds_a_post_that_is_left_is_not_told() -> None:
    _, placing = place(
        "财务处,经费报销审批,临时工,孙三,虚报差旅,双人复核,", posts={"CW/临时工": LEAVE}
    )
    assert placing.people == ()


# forms


def of_a_form(
    *, posts: Mapping[str, str] | None = None, importer: Importer = OFFICE
) -> tuple[Register, Placing]:
    """Place a form of the unit CW, written when names were others, with a post that is new."""
    form = register(
        power(posts=(PowerPost(post="CW-G02", role=Role.EXECUTES),)),
        risk(posts=("CW-G02", "new-post-1"), measures=(measure("R-CW-01-1", post="new-post-1"),)),
        units=(Unit(id="CW", code="CW", name="计划财务处"),),
        posts=(
            Post(id="CW-G02", unit="CW", name="老出纳"),
            Post(id="new-post-1", unit="CW", name="稽核"),
        ),
    )
    decided = Settings(posts=dict(posts or {}))
    return placed(form, {}, BOOKS, decided, importer, by_id=True)


def test_an_id_of_ours_in_a_form_needs_no_name() -> None:
    found, placing = of_a_form()
    assert [(unit.how, unit.code) for unit in placing.units] == [(How.EXACT, "CW")]
    assert [(post.how, post.code, post.meant) for post in placing.posts] == [
        (How.EXACT, "CW-G02", "出纳"),
        (How.NEW, "CW-G04", ""),
    ]
    assert found.risks[0].posts == ("CW-G02", "CW-G04")
    assert found.risks[0].measures[0].post == "CW-G04"
    assert [unit.name for unit in found.units] == ["财务处"]


def test_a_measure_of_a_form_keeps_the_words_for_a_post_that_is_left() -> None:
    found, _ = of_a_form(posts={"CW/稽核": LEAVE})
    (one,) = found.risks[0].measures
    assert (one.post, one.responsible) == (None, "稽核")
    assert found.risks[0].posts == ("CW-G02",)


def test_everything_mentioned_after_placing_is_there() -> None:
    found, _ = place(
        "财务处,经费报销审批,出纳、会计,赵一,虚报差旅,双人复核,会计",
        "办公室,公章管理,综合岗,,私盖公章,登记用印,专班",
        "外单位,公章管理,经办人,,私盖公章,登记用印,经办人",
        posts={"CW/会计": LEAVE},
    )
    there = {unit.id for unit in found.units} | {post.id for post in found.posts}
    for one in found.risks:
        assert {one.unit, *one.posts} <= there
        assert one.about.kind is SubjectKind.POWER
    assert found.holders is None
    assert found.charges is None
