"""How an event is written down: the same bytes for ever."""

import json
from hashlib import sha256

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from lianfang.audit.rules.leaves import Body, RowBody, canonical, commitment, leaf_of

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
BODY = Body(
    action="org.unit.changed",
    actor="user:12",
    alg="sha-256",
    at="2026-05-14T02:00:00.000000+00:00",
    format=1,
    organisation=3,
    parts={"subject": "b" * 64, "actor": "a" * 64},
    position=7,
    rows=None,
    rows_root="",
    rule="五（一）2",
    subject="org.unit:42",
)


@given(values)
def test_canonical_json_is_what_any_json_library_can_write(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == text.encode()


def test_a_string_of_a_class_of_its_own_is_a_string() -> None:
    assert canonical([mark_safe("甲")]) == '["甲"]'.encode()


def test_what_json_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="can't write down object"):
        canonical([object()])


def test_the_format_of_a_leaf_is_final() -> None:
    text = (
        '{"action":"org.unit.changed","actor":"user:12","alg":"sha-256",'
        '"at":"2026-05-14T02:00:00.000000+00:00","format":1,"organisation":3,'
        f'"parts":{{"actor":"{"a" * 64}","subject":"{"b" * 64}"}},"position":7,"rows":null,'
        '"rows_root":"","rule":"五（一）2","subject":"org.unit:42"}'
    )
    assert canonical(BODY).decode() == text
    assert leaf_of(BODY) == sha256(b"\x00" + text.encode()).digest()
    assert leaf_of(BODY).hex() == (
        "26e15bf856a59decad23803fe634e6abb09df571e425fcbc3aded7b45b80e53f"
    )


def test_the_format_of_a_row_is_final() -> None:
    row = RowBody(committed="c" * 64, place=0, subject="org.post:9")
    text = f'{{"committed":"{"c" * 64}","place":0,"subject":"org.post:9"}}'
    assert canonical(row).decode() == text


def test_a_commitment_hides_its_text_behind_a_salt() -> None:
    one, other = "00" * 16, "01" * 16
    assert commitment(one, '"甲"') == sha256(b"\x02" + bytes(16) + '"甲"'.encode()).hexdigest()
    assert commitment(one, '"甲"') != commitment(other, '"甲"')
    assert commitment(one, '"甲"') != commitment(one, '"乙"')
