"""Every section that may be cited has a title and a wording, its own in both languages."""

from lianfang.scheme.clauses import wording_of
from lianfang.scheme.model import Clause, Rule, Scheme


def _cited(value: object) -> set[Clause]:
    parts: list[object] = []
    if isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, tuple):
        parts = list(value)
    else:
        parts = [getattr(value, name) for name in getattr(value, "__struct_fields__", ())]
    found = {value.clause} if isinstance(value, Rule) else set()
    return found.union(*(_cited(part) for part in parts))


def test_every_section_is_worded(real: Scheme) -> None:
    for document in real.documents:
        for section in document.sections:
            found = wording_of(real, section, document.number)
            assert found is not None
            assert found.clause == Clause(document.number, section)


def test_every_clause_that_a_rule_cites_is_worded(real: Scheme) -> None:
    cited = _cited(real)
    assert len(cited) > 20
    assert all(wording_of(real, clause.section, clause.document) for clause in cited)


def test_wordings_are_short_and_all_different(real: Scheme) -> None:
    for side in ("zh", "en"):
        wordings = [getattr(entry.wording, side) for entry in real.clauses]
        assert len(set(wordings)) == len(wordings)
        ends = "。" if side == "zh" else "."
        assert all(wording.endswith(ends) for wording in wordings)
        assert all(1 <= wording.count(ends) <= 3 for wording in wordings)


def test_without_a_document_the_first_that_has_the_section_counts(
    real: Scheme, tiny: Scheme
) -> None:
    assert wording_of(real, "第七条") == wording_of(real, "第七条", "中国共产党党内监督条例")
    found = wording_of(tiny, "9")
    assert found is not None
    assert found.title.zh == "钱款"
    assert wording_of(tiny, "9", "内规〔2020〕3号") is None
    assert wording_of(tiny, "第三条") is None
