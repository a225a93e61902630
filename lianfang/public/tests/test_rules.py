"""What of an edition becomes public, what never does, and how two catalogues differ."""

from datetime import date

import pytest
from msgspec.structs import replace

from lianfang.public.rules.cards import (
    Card,
    English,
    cards_of,
    digest_of,
    from_json,
    person_named,
    texts_of,
    to_json,
    words_of,
)
from lianfang.public.rules.comparing import Change, compared, differing
from lianfang.register import model
from lianfang.register.edition import Frozen

DAY = date(2026, 5, 14)


def power(code: str, *, public: bool = True, unit: str = "CW") -> model.Power:
    return model.Power(
        id=code,
        code=code,
        unit=unit,
        name=f"职权{code}",
        category="execution",
        public=public,
        frequency="每月",
        bases=(
            model.Basis(text="《办法》", article="第三条"),
            model.Basis(text="《细则》第一条", article="第一条"),
        ),
        posts=(
            model.PowerPost(post="CWC", role=model.Role.DECIDES, limit="限额机密", amount=77777),
        ),
        steps=(model.Step(id=f"{code}-1", name="受理", post="CWG", days=2, output="受理单"),),
        extras=(model.Extra(label="备注", text="附加机密"),),
    )


def edition(*powers: model.Power) -> Frozen:
    register = model.Register(
        scheme="cnas-2012",
        organisation="示范评价中心",
        units=(model.Unit(id="CW", name="财务处"),),
        posts=(
            model.Post(id="CWC", unit="CW", name="处长", duties=("职责机密",)),
            model.Post(id="CWG", unit="CW", name="出纳岗"),
        ),
        powers=powers,
        risks=(
            model.RiskPoint(
                id="R1",
                unit="CW",
                about=model.Subject(kind=model.SubjectKind.POWER, id=powers[0].id),
                title="风险机密",
                confirmed="high",
                measures=(model.Measure(id="R1-1", text="措施机密"),),
            ),
        ),
    )
    return Frozen(
        organisation="示范评价中心",
        unit="CW",
        unit_name="财务处",
        number="2026-1",
        year=2026,
        serial=1,
        effective_from=DAY,
        scheme="cnas-2012",
        scheme_version="3",
        register=register,
    )


def card(**changes: object) -> Card:
    made = cards_of(edition(power("A")), English(powers={"A": "Power A"}))[0]
    return replace(made, **changes)


def test_only_the_units_own_powers_that_are_to_be_public_become_cards() -> None:
    found = cards_of(edition(power("A"), power("B", public=False), power("C", unit="X")), English())
    assert [one.code for one in found] == ["A"]


def test_a_card_holds_no_risk_level_measure_limit_duty_or_extra() -> None:
    written = to_json(card()).decode()
    assert "机密" not in written
    assert "77777" not in written
    assert "high" not in written


def test_a_basis_is_said_with_its_article_once() -> None:
    assert card().bases == ("《办法》第三条", "《细则》第一条")


def test_posts_are_named_in_both_languages_where_there_is_an_english_name() -> None:
    found = cards_of(edition(power("A")), English(posts={"CWG": "Cashier"}))[0]
    assert [(post.name, post.name_en) for post in found.posts] == [
        ("处长", ""),
        ("出纳岗", "Cashier"),
    ]


def test_a_card_is_read_back_as_it_was_written() -> None:
    assert from_json(to_json(card()).decode()) == card()


def test_the_digest_changes_with_content_and_order() -> None:
    one, two = card(), card(code="B")
    assert digest_of([one, two]) != digest_of([two, one])
    assert digest_of([one]) != digest_of([replace(one, name="别的")])
    assert digest_of([one]) == digest_of([card()])


def test_what_a_search_looks_through_is_in_small_letters_and_holds_bases_posts_and_steps() -> None:
    words = words_of(card())
    for word in ("power a", "《办法》", "出纳岗", "受理单", "财务处"):
        assert word in words


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("name", {"name": "王守正审批报销"}),
        ("basis", {"bases": ("王守正批示",)}),
        ("lane", {"steps": (model.Step(id="A-1", name="受理", lane="王守正"),)}),
        ("term", {"steps": (model.Step(id="A-1", name="受理", term="王守正定"),)}),
        (
            "condition",
            {
                "steps": (
                    model.Step(
                        id="A-1", name="受", arrows=(model.Arrow(to="A-1", condition="王守正同意"),)
                    ),
                )
            },
        ),
    ],
)
def test_a_persons_name_is_found_wherever_it_stands(where: str, change: dict[str, object]) -> None:
    assert person_named(card(**change), ["李四", "王守正"]) == "王守正", where
    assert person_named(card(), ["李四", "王守正"]) == ""


def test_a_name_of_one_character_is_no_name() -> None:
    assert person_named(card(), ["受", ""]) == ""


def test_every_text_of_a_card_is_looked_at_for_names() -> None:
    written = to_json(card(name_en="Power A", unit_name_en="Finance")).decode()
    told = set(texts_of(card(name_en="Power A", unit_name_en="Finance")))
    for text in ("职权A", "Power A", "财务处", "Finance", "受理", "受理单", "出纳岗"):
        assert text in written
        assert text in told


def test_catalogues_are_compared_power_by_power() -> None:
    kept, old, new = card(code="K"), card(code="O"), card(code="N")
    changed = replace(kept, bases=("别的",), name="改名")
    lines = compared([kept, old], [new, changed])
    assert [(line.change, line.card.code, line.fields) for line in lines] == [
        (Change.ADDED, "N", ()),
        (Change.CHANGED, "K", ("name", "bases")),
        (Change.REMOVED, "O", ()),
    ]


def test_another_edition_alone_is_no_change() -> None:
    assert differing(card(), card(edition="2026-2")) == ()
    assert compared([card()], [card(edition="2026-2")]) == []
