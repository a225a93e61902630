"""Which checks run, what is said of facts a source lacks, and that nothing ever raises."""

from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.checks.absence import home, label, unknown_facts
from lianfang.checks.catalogue import CATALOGUE, UnknownCheck
from lianfang.checks.engine import run
from lianfang.checks.finding import REGISTER, Severity
from lianfang.checks.index import plain, stripped
from lianfang.checks.likeness import near_copies
from lianfang.checks.page import PAGE, explain, page
from lianfang.checks.tests.factories import register
from lianfang.checks.tests.many import many
from lianfang.checks.yardstick import WordListRefused
from lianfang.common.text import Language, bare, squeezed
from lianfang.register.model import (
    Arrow,
    Basis,
    Charge,
    Fact,
    Finder,
    Holder,
    Manifestation,
    Measure,
    Post,
    Power,
    PowerPost,
    Register,
    Regulation,
    RiskPoint,
    Step,
    Subject,
    Total,
    Unit,
)
from lianfang.scheme.faults import SchemeRefused
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme, WordList

SCHEME = load_scheme("cnas-2012")
NEEDED = [fact for fact in Fact if any(fact in check.needs for check in CATALOGUE)]


@pytest.mark.parametrize("fact", NEEDED)
def test_an_absent_fact_is_said_exactly_once_and_its_checks_are_not_made(fact: Fact) -> None:
    whole = many(50, seed=3)
    partial = Register(units=whole.units, risks=whole.risks, powers=whole.powers, absent=(fact,))
    findings = run(partial, SCHEME)
    notes = [f for f in findings if f.severity is Severity.NOTE and f.field == fact.value]
    assert len(notes) == 1
    assert notes[0].subject == REGISTER
    assert notes[0].code == f"{home(fact)}00"
    skipped = {check.code for check in CATALOGUE if fact in check.needs}
    assert skipped.isdisjoint(finding.code for finding in findings)


def test_a_register_that_knows_everything_gets_no_note() -> None:
    assert [f for f in run(register(), SCHEME) if f.severity is Severity.NOTE] == []


def test_a_source_without_measures_is_not_asked_for_their_phases() -> None:
    fields = {f.field for f in run(register(absent=(Fact.MEASURES, Fact.PHASES)), SCHEME)}
    assert Fact.MEASURES.value in fields
    assert Fact.PHASES.value not in fields


def test_optional_parts_that_are_none_are_absent() -> None:
    assert unknown_facts(Register()) == {Fact.HOLDERS, Fact.FINDERS, Fact.TOTALS}


def test_every_fact_has_words() -> None:
    assert all(label(fact).zh and label(fact).en for fact in Fact)


def test_select_and_ignore_take_codes_prefixes_and_slugs() -> None:
    whole = many(200, seed=4)
    assert {f.code for f in run(whole, SCHEME, select=("C401",))} == {"C401"}
    assert {f.code for f in run(whole, SCHEME, select=("not-rated",))} == {"C401"}
    fifth = run(whole, SCHEME, select=("c5",))
    assert {f.group for f in fifth if f.severity is not Severity.NOTE} == {"C5"}
    rest = run(whole, SCHEME, ignore=("C5", "not-rated", "not-recorded"))
    assert not {"C401", "C100", "C500"} & {f.code for f in rest}
    assert not {f.group for f in rest} & {"C5"}


def test_notes_can_be_asked_for_alone() -> None:
    codes = {f.code for f in run(many(20, seed=5), SCHEME, select=("not-recorded",))}
    assert codes == {"C100", "C200", "C300", "C400"}


def test_an_unknown_code_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownCheck, match="not-rated"):
        run(register(), SCHEME, select=("not-ratd",))
    with pytest.raises(UnknownCheck):
        run(register(), SCHEME, ignore=("",))


def _without_limit(name: str) -> Scheme:
    limits = {key: limit for key, limit in SCHEME.checks.limits.items() if key != name}
    checks = msgspec.structs.replace(SCHEME.checks, limits=limits)
    return msgspec.structs.replace(SCHEME, checks=checks)


def test_a_scheme_that_lacks_a_limit_is_refused_by_name() -> None:
    with pytest.raises(SchemeRefused, match=r"checks\.yaml.*copied_length"):
        run(register(), _without_limit("copied_length"))


def test_a_word_that_is_no_expression_is_refused_by_name() -> None:
    old = SCHEME.checks.word_lists["template_patterns"]
    wrong: dict[str, WordList] = {
        **SCHEME.checks.word_lists,
        "template_patterns": msgspec.structs.replace(old, items=("(",)),
    }
    checks = msgspec.structs.replace(SCHEME.checks, word_lists=wrong)
    with pytest.raises(WordListRefused, match="template_patterns"):
        run(register(), msgspec.structs.replace(SCHEME, checks=checks))


def test_the_scheme_holds_nothing_that_no_check_uses() -> None:
    used = {name for check in CATALOGUE for name in (*check.limits, *check.words, *check.pairs)}
    checks = SCHEME.checks
    assert used == {*checks.limits, *checks.word_lists, *checks.pair_lists}


def test_the_page_is_not_stale() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(SCHEME), "Run python -m lianfang.checks.page."


def test_a_check_is_explained_in_both_languages() -> None:
    assert "没有评定等级" in explain("C401", Language.ZH, SCHEME)
    assert "Not rated" in explain("not-rated", Language.EN, SCHEME)


def test_near_copies_meet_wherever_a_name_is_changed() -> None:
    text = (
        "评审组名单确定前由综合处在系统中随机抽取两名候选人处长签字后通知申请机构抽取记录随卷归档"
    )
    for place in range(len(text) - 3):
        changed = f"{text[:place]}业务科{text[place + 3 :]}"
        assert near_copies([text, changed], 0.85) == [[0, 1]]


@given(st.text())
def test_the_fast_plain_form_equals_the_common_one(text: str) -> None:
    assert plain(text) == squeezed(text)
    assert stripped(squeezed(text)) == bare(text)


def test_unlike_texts_stay_apart() -> None:
    texts = ["收受申请机构礼金后放宽评审尺度", "绕过会签程序擅自拆分采购项目"]
    assert near_copies(texts, 0.85) == []


ids = st.sampled_from(("", "a", "b", "c"))
texts = st.sampled_from(
    ("", " ", "加强学习", "处理", "XX处审批", "采购、验收", "{0}", "低", "公章审批")
)
levels = st.sampled_from((None, "", "high", "low", "severe"))
codes = st.lists(st.sampled_from(("", "large_sums", "conduct", "unheard_of")), max_size=2)
WHOLE = st.builds(
    Register,
    units=st.lists(st.builds(Unit, id=ids, name=texts, parent=st.none() | ids), max_size=3),
    posts=st.lists(
        st.builds(
            Post,
            id=ids,
            unit=ids,
            name=texts,
            duties=st.lists(texts, max_size=2),
            leadership=st.booleans(),
        ),
        max_size=2,
    ),
    regulations=st.lists(st.builds(Regulation, id=ids, title=texts), max_size=2),
    powers=st.lists(
        st.builds(
            Power,
            id=ids,
            unit=ids,
            name=texts,
            category=levels,
            matters=codes,
            bases=st.lists(st.builds(Basis, text=texts, regulation=st.none() | ids), max_size=2),
            posts=st.lists(st.builds(PowerPost, post=ids), max_size=3),
            steps=st.lists(
                st.builds(
                    Step,
                    id=ids,
                    name=texts,
                    arrows=st.lists(st.builds(Arrow, to=ids), max_size=2),
                ),
                max_size=4,
            ),
        ),
        max_size=3,
    ),
    risks=st.lists(
        st.builds(
            RiskPoint,
            id=ids,
            unit=ids,
            about=st.builds(Subject, id=ids),
            title=texts,
            posts=st.lists(ids, max_size=2),
            aspects=codes,
            level=levels,
            confirmed=levels,
            computed=levels,
            manifestations=st.lists(st.builds(Manifestation, text=texts, level=levels), max_size=2),
            measures=st.lists(
                st.builds(Measure, id=ids, text=texts, regulation=st.none() | ids), max_size=2
            ),
        ),
        max_size=5,
    ),
    absent=st.lists(st.sampled_from(Fact), max_size=2),
    holders=st.none() | st.lists(st.builds(Holder, post=ids, person=texts), max_size=3),
    finders=st.none() | st.lists(st.builds(Finder, unit=ids, person=texts), max_size=2),
    totals=st.none() | st.lists(st.builds(Total, counted=texts | levels.map(str)), max_size=2),
    charges=st.none() | st.lists(st.builds(Charge, risk=ids, name=texts), max_size=2),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(WHOLE)
def test_no_register_however_broken_makes_a_check_raise(whole: Register) -> None:
    findings = run(whole, SCHEME)
    assert all(count == 1 for count in Counter(finding.key for finding in findings).values())
