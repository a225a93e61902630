import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from lianfang.register.edition import (
    DigestDiffers,
    EditionRefused,
    Frozen,
    digest_of,
    frozen_register,
    read_frozen,
    to_bytes,
    verify,
)
from lianfang.register.model import (
    Arrow,
    Basis,
    Charge,
    ChargeRole,
    Fact,
    Finder,
    Holder,
    Measure,
    Post,
    Power,
    PowerPost,
    Register,
    Regulation,
    RiskPoint,
    Role,
    Step,
    Subject,
    SubjectKind,
    Total,
    Unit,
)
from lianfang.register.tests.factories import registers

# Two offices below one centre: what the first mentions, and what nobody in it does.
WHOLE = Register(
    scheme="cnas-2012",
    organisation="某评价中心",
    units=(
        Unit(id="ZX", name="中心"),
        Unit(id="CWC", name="财务处", parent="ZX"),
        Unit(id="BGS", name="办公室", parent="ZX"),
        Unit(id="XXC", name="信息处", parent="ZX"),
    ),
    posts=(
        Post(id="CWC-1", unit="CWC", name="会计"),
        Post(id="BGS-2", unit="BGS", name="车管员", duties=("派车", "核油")),
        Post(id="BGS-10", unit="BGS", name="主任"),
        Post(id="XXC-1", unit="XXC", name="管理员"),
    ),
    regulations=(
        Regulation(id="R2", title="公务用车管理办法", owner="CWC-1"),
        Regulation(id="R9", title="信息系统管理办法"),
    ),
    powers=(
        Power(
            id="BGS-Q2",
            unit="BGS",
            name="公务用车管理",
            bases=(Basis(text="管理办法第三条", regulation="R2"),),
            posts=(PowerPost(post="BGS-10", role=Role.DECIDES),),
            steps=(
                Step(id="S2", name="申请", post="BGS-2", arrows=(Arrow(to="S1"),)),
                Step(id="S1", name="派车"),
            ),
        ),
        Power(id="XXC-Q1", unit="XXC", name="系统运维"),
    ),
    risks=(
        RiskPoint(
            id="BGS-F10",
            unit="BGS",
            about=Subject(kind=SubjectKind.STEP, id="S1"),
            title="公车私用",
            posts=("BGS-2",),
            level="medium",
            confirmed="high",
            reason="去年发生过一起",
            measures=(Measure(id="M1", text="由张某每月核对派车单", post="BGS-10"),),
        ),
        RiskPoint(
            id="BGS-F9",
            unit="BGS",
            about=Subject(kind=SubjectKind.POWER, id="BGS-Q2"),
            title="虚报维修费",
        ),
        RiskPoint(
            id="XXC-F1",
            unit="XXC",
            about=Subject(kind=SubjectKind.POWER, id="XXC-Q1"),
            title="泄露口令",
        ),
    ),
    holders=(Holder(post="BGS-2", person="王某"),),
    finders=(Finder(unit="BGS", person="王某", found=2),),
    charges=(Charge(risk="BGS-F9", role=ChargeRole.OWNER, name="李某"),),
    totals=(Total(counted="risks", number=3),),
    absent=(Fact.SCORES,),
)


def frozen(register: Register = WHOLE, unit: str = "BGS", **values: Any) -> Frozen:
    """Return the first edition of a unit in a register."""
    name = next(known.name for known in register.units if known.id == unit)
    one = Frozen(
        organisation=register.organisation,
        unit=unit,
        unit_name=name,
        number="2026-1",
        year=2026,
        serial=1,
        effective_from=date(2026, 3, 1),
        scheme=register.scheme,
        scheme_version="1",
        resolution="2026年2月20日领导小组会议",
        register=frozen_register(register, unit),
    )
    return replace(one, **values)


CONTENT = to_bytes(frozen())


def ids(register: Register) -> dict[str, list[str]]:
    return {
        "units": [entry.id for entry in register.units],
        "posts": [entry.id for entry in register.posts],
        "regulations": [entry.id for entry in register.regulations],
        "powers": [entry.id for entry in register.powers],
        "risks": [entry.id for entry in register.risks],
    }


def test_an_edition_holds_one_unit_and_what_its_parts_mention_in_the_order_of_ids() -> None:
    assert ids(frozen_register(WHOLE, "BGS")) == {
        "units": ["BGS", "CWC", "ZX"],
        "posts": ["BGS-2", "BGS-10", "CWC-1"],
        "regulations": ["R2"],
        "powers": ["BGS-Q2"],
        "risks": ["BGS-F9", "BGS-F10"],
    }


def test_an_edition_of_a_unit_without_powers_is_the_unit() -> None:
    assert ids(frozen_register(WHOLE, "CWC")) == {
        "units": ["CWC", "ZX"],
        "posts": [],
        "regulations": [],
        "powers": [],
        "risks": [],
    }


def test_nothing_of_persons_is_frozen_but_free_text_stays_as_it_is() -> None:
    cut = frozen_register(WHOLE, "BGS")
    assert cut == cut.without_people()
    text = CONTENT.decode()
    assert "王某" not in text
    assert "李某" not in text
    assert "由张某每月核对派车单" in text


def test_parts_are_frozen_as_they_stand() -> None:
    cut = frozen_register(WHOLE, "BGS")
    assert cut.powers == WHOLE.powers[:1]
    assert cut.risks == (WHOLE.risks[1], WHOLE.risks[0])
    assert (cut.risks[1].level, cut.risks[1].confirmed) == ("medium", "high")


def test_a_risk_about_another_units_power_brings_that_power() -> None:
    about = Subject(kind=SubjectKind.POWER, id="XXC-Q1")
    cut = frozen_register(replace(WHOLE, risks=(replace(WHOLE.risks[1], about=about),)), "BGS")
    assert ids(cut)["powers"] == ["BGS-Q2", "XXC-Q1"]
    assert ids(cut)["units"] == ["BGS", "CWC", "XXC", "ZX"]


def test_units_above_one_another_in_a_ring_come_to_an_end() -> None:
    ring = (Unit(id="A", name="甲", parent="B"), Unit(id="B", name="乙", parent="A"))
    assert ids(frozen_register(Register(units=ring), "A"))["units"] == ["A", "B"]


def test_the_bytes_are_these_on_every_machine() -> None:
    one = Register(organisation="某评价中心", units=(Unit(id="BGS", name="办公室"),))
    content = to_bytes(frozen(one))
    assert content.decode() == (
        '{"effective_from":"2026-03-01","format":1,"number":"2026-1",'
        '"organisation":"某评价中心","register":{"absent":[],"charges":null,"finders":null,'
        '"holders":null,"organisation":"某评价中心","posts":[],"powers":[],"regulations":[],'
        '"risks":[],"schema":1,"scheme":"","totals":null,'
        '"units":[{"id":"BGS","name":"办公室"}]},"resolution":"2026年2月20日领导小组会议",'
        '"scheme":"","scheme_version":"1","serial":1,"supersedes":"","unit":"BGS",'
        '"unit_name":"办公室","year":2026}\n'
    )
    assert digest_of(content) == sha256(content).hexdigest()


@st.composite
def editions(draw: st.DrawFn) -> Frozen:
    """Draw an edition of a unit of any register."""
    register = draw(registers())
    return frozen(register, draw(st.sampled_from(register.units)).id)


@given(editions())
def test_what_is_written_is_read_back_and_written_again(one: Frozen) -> None:
    content = to_bytes(one)
    assert read_frozen(content) == one
    assert to_bytes(read_frozen(content)) == content


@given(editions())
def test_freezing_what_is_frozen_changes_nothing(one: Frozen) -> None:
    assert frozen_register(one.register, one.unit) == one.register


@given(registers(), st.data())
def test_parts_in_another_order_are_the_same_bytes(one: Register, data: st.DataObject) -> None:
    other = replace(
        one,
        units=data.draw(st.permutations(one.units).map(tuple)),
        posts=data.draw(st.permutations(one.posts).map(tuple)),
        powers=data.draw(st.permutations(one.powers).map(tuple)),
        risks=data.draw(st.permutations(one.risks).map(tuple)),
    )
    unit = data.draw(st.sampled_from(one.units)).id
    assert to_bytes(frozen(other, unit)) == to_bytes(frozen(one, unit))


@given(editions(), st.data())
def test_a_changed_byte_is_refused_or_changes_the_digest(one: Frozen, data: st.DataObject) -> None:
    content = bytearray(to_bytes(one))
    digest = digest_of(bytes(content))
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255))
    assume(content[at] != byte)
    content[at] = byte
    with suppress(EditionRefused):
        assert verify(bytes(content)).digest != digest
    with pytest.raises(EditionRefused):
        verify(bytes(content), digest)


@given(st.binary())
def test_any_bytes_are_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(EditionRefused) as refused:
        read_frozen(content)
    assert refused.value.text.zh.endswith("。")
    assert refused.value.text.en.endswith(".")


def edited(edit: Callable[[dict[str, Any]], object]) -> bytes:
    """Return CONTENT with something else in it, written as editions are."""
    plain = json.loads(CONTENT)
    edit(plain)
    return (
        json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    ).encode()


def test_an_edit_that_changes_nothing_is_no_edit() -> None:
    assert edited(lambda plain: None) == CONTENT


_HUGE = b"9" * 5000
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "不是 JSON"),
    "no JSON": (b"PK\x03\x04", "不是 JSON"),
    "cut off": (CONTENT[:-40], "不是 JSON"),
    "no UTF-8": (CONTENT.replace("公车私用".encode(), b"\xff"), "不是 JSON"),
    "deep": (b'{"format":1,"x":' + b"[" * 99_999, "不是 JSON"),
    "a list": (b"[]", "不是版本文件"),
    "a register": (b'{"schema":1}', "不是版本文件"),
    "other format": (b'{"format":2,"new":true}', "格式是 2"),
    "unknown key": (edited(lambda p: p.update(surplus=1)), "surplus"),
    "wrong kind": (
        edited(lambda p: p["register"]["risks"][1].update(title=3)),
        r"risks\[1\].title",
    ),
    "no serial": (edited(lambda p: p.update(serial=0)), r"\$\.serial"),
    "huge number": (CONTENT.replace(b'"serial":1', b'"serial":' + _HUGE), "不是"),
    "blanks": (json.dumps(json.loads(CONTENT), ensure_ascii=False).encode(), "另存过：从第 19 个"),
    "escaped": (json.dumps(json.loads(CONTENT), sort_keys=True).encode(), "另存过"),
    "no line feed": (CONTENT[:-1], f"从第 {len(CONTENT)} 个字节"),
    "more line feeds": (CONTENT + b"\n", f"从第 {len(CONTENT) + 1} 个字节"),
    "CR LF": (CONTENT[:-1] + b"\r\n", f"从第 {len(CONTENT)} 个字节"),
    "byte order mark": (b"\xef\xbb\xbf" + CONTENT, "从第 1 个字节"),
    "other order": (edited(lambda p: p["register"]["risks"].reverse()), "另存过"),
    "key left out": (edited(lambda p: p.pop("resolution")), "另存过"),
    "key twice": (CONTENT.replace(b'"year":2026', b'"year":2026,"year":2026'), "另存过"),
    "a holder": (
        edited(lambda p: p["register"].update(holders=[{"post": "BGS-2", "person": "王某"}])),
        "register.holders 中有人员",
    ),
    "no finders": (edited(lambda p: p["register"].update(finders=[])), "register.finders"),
    "a charge": (
        edited(
            lambda p: p["register"].update(
                charges=[{"risk": "BGS-F9", "role": "owner", "name": "李某"}]
            )
        ),
        "register.charges",
    ),
    "a total": (edited(lambda p: p["register"].update(totals=[])), "register.totals"),
    "an absence": (edited(lambda p: p["register"].update(absent=["units"])), "register.absent"),
    "missing post": (
        edited(lambda p: p["register"]["posts"].pop(0)),
        "风险点 BGS-F10 的 posts 指向岗位 BGS-2",
    ),
    "missing rule": (
        edited(lambda p: p["register"]["regulations"].clear()),
        "职权 BGS-Q2 的 bases 指向制度 R2",
    ),
    "missing step": (
        edited(lambda p: p["register"]["powers"][0]["steps"].pop()),
        "指向环节 S1",
    ),
    "missing unit": (edited(lambda p: p["register"]["units"].pop(0)), "没有单位“BGS”"),
    "missing parent": (edited(lambda p: p["register"]["units"].pop()), "parent 指向单位 ZX"),
    "a post of nobody": (
        edited(lambda p: p["register"]["posts"].append({"id": "Z", "name": "司机", "unit": "BGS"})),
        "岗位 Z 不属于",
    ),
    "an id twice": (
        edited(lambda p: p["register"]["risks"][0].update(id="BGS-F10")),
        "风险点 BGS-F10 出现了两次",
    ),
    "other name": (edited(lambda p: p.update(unit_name="财务处")), "unit_name"),
    "other organisation": (edited(lambda p: p.update(organisation="别处")), "organisation"),
    "other scheme": (edited(lambda p: p.update(scheme="own")), "scheme"),
    "other number": (edited(lambda p: p.update(number="2026-2")), "number"),
    "later before it": (edited(lambda p: p.update(supersedes="2026-1")), "supersedes"),
    "no number before it": (edited(lambda p: p.update(supersedes="x")), "supersedes"),
    "other schema": (edited(lambda p: p["register"].update(schema=2)), "register.schema"),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_and_where(content: bytes, says: str) -> None:
    with pytest.raises(EditionRefused, match=says) as refused:
        read_frozen(content)
    assert refused.value.text.en.endswith(".")


@pytest.mark.parametrize("before", ["", "2025-3", "2025-12"])
def test_an_edition_may_follow_any_earlier_one(before: str) -> None:
    assert read_frozen(to_bytes(frozen(supersedes=before))).supersedes == before


@pytest.mark.parametrize(
    "register",
    [
        WHOLE,
        replace(WHOLE.without_people(), totals=()),
        replace(frozen().register, risks=(replace(WHOLE.risks[0], title="\ud800"),)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(register: Register) -> None:
    with pytest.raises(EditionRefused):
        to_bytes(replace(frozen(), register=register))


def test_a_register_without_the_unit_can_not_be_frozen() -> None:
    with pytest.raises(EditionRefused, match="没有单位“QT”"):
        frozen_register(WHOLE, "QT")


def test_verifying_gives_the_edition_and_its_digest() -> None:
    digest = digest_of(CONTENT)
    assert (verify(CONTENT).frozen, verify(CONTENT).digest) == (frozen(), digest)
    assert verify(CONTENT, f" {digest.upper()}\n").digest == digest


def test_another_digest_is_refused_with_both() -> None:
    with pytest.raises(DigestDiffers, match=f"{digest_of(CONTENT)}，与给出的 {'0' * 64}"):
        verify(CONTENT, "0" * 64)
