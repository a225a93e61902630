"""What was decided about a file is kept as JSON."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.documents.model import Direction, Field
from lianfang.intake.rules.settings import Settings, from_json, to_json

_WORD = st.text(max_size=6)
_CHOSEN = st.dictionaries(_WORD, _WORD, max_size=3)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Settings,
        direction=st.sampled_from(list(Direction)),
        unit=_WORD,
        columns=st.dictionaries(_WORD, st.sampled_from(["", *(field.value for field in Field)])),
        units=_CHOSEN,
        posts=_CHOSEN,
        people=_CHOSEN,
        phases=_CHOSEN,
        suggested=st.booleans(),
        pairs=st.dictionaries(_WORD, st.lists(st.integers(-1, 9), max_size=4), max_size=3),
        apart=st.lists(_WORD, max_size=3),
        taken=st.dictionaries(_WORD, st.booleans(), max_size=3),
    )
)
def test_what_is_kept_is_read_back(decided: Settings) -> None:
    assert from_json(to_json(decided)) == decided
    assert set(decided.fields()) == set(decided.columns)


def test_nothing_decided_is_nothing_kept() -> None:
    assert to_json(Settings()) == "{}"
    assert from_json("") == from_json("{}") == Settings()


def test_the_order_of_decisions_makes_no_difference() -> None:
    first, second = Settings(units={"a": "1", "b": "2"}), Settings(units={"b": "2", "a": "1"})
    assert to_json(first) == to_json(second)


def test_corrections_of_columns_are_fields_and_no_field() -> None:
    decided = Settings(columns={"风险描述": "risk", "旁注": ""})
    assert decided.fields() == {"风险描述": Field.RISK, "旁注": None}
