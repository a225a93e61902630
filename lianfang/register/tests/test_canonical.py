import hashlib

import pytest
from hypothesis import given

from lianfang.register.canonical import RegisterRefused, digest, from_json, to_json
from lianfang.register.model import Charge, ChargeRole, Fact, Holder, Register, Total
from lianfang.register.tests.factories import measure, register, registers, risk


@given(registers())
def test_what_is_written_is_read_back(one: Register) -> None:
    assert from_json(to_json(one)) == one


@given(registers())
def test_equal_values_are_equal_bytes(one: Register) -> None:
    assert to_json(from_json(to_json(one))) == to_json(one)


def test_the_bytes_are_these_on_every_machine() -> None:
    one = register(risk(measures=(measure(),)))
    assert to_json(one).decode() == (
        '{"absent":[],"charges":null,"finders":null,"holders":null,"organisation":"",'
        '"posts":[{"id":"post-1","name":"车管员","unit":"unit-1"}],'
        '"powers":[{"id":"power-1","name":"公务用车管理","unit":"unit-1"}],"regulations":[],'
        '"risks":[{"about":{"id":"power-1","kind":"power"},"id":"risk-1","level":"medium",'
        '"measures":[{"id":"measure-1","text":"每月由两人核对派车单"}],"title":"公车私用",'
        '"unit":"unit-1"}],"schema":1,"scheme":"","totals":null,'
        '"units":[{"id":"unit-1","name":"办公室"}]}'
    )
    assert digest(one) == hashlib.sha256(to_json(one)).hexdigest()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"schema": 1, "surplus": 1}', b'{"schema": "x"}', b"\xff", b"[" * 99999],
)
def test_anything_else_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(RegisterRefused) as refused:
        from_json(content)
    assert refused.value.text.zh.endswith("。")


def test_another_schema_version_is_refused_by_its_number() -> None:
    with pytest.raises(RegisterRefused, match="版本是 99"):
        from_json(b'{"schema": 99, "whatever": true}')


def test_an_edition_holds_posts_and_no_persons() -> None:
    one = Register(
        units=register().units,
        posts=register().posts,
        absent=(Fact.HOLDERS,),
        holders=(Holder(post="post-1", person="张某"),),
        charges=(Charge(risk="risk-1", role=ChargeRole.OWNER, name="张某"),),
        totals=(Total(counted="risks", number=1),),
    )
    frozen = one.without_people()
    assert frozen.posts == one.posts
    assert "张某" not in to_json(frozen).decode()
    assert (frozen.holders, frozen.charges, frozen.totals, frozen.absent) == (None, None, None, ())
