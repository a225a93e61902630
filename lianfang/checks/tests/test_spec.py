"""Every check that the specification names has a code."""

import pytest

from lianfang.checks.catalogue import CATALOGUE

NAMED = {
    "no power at all in a unit": "C101",
    "a power without category": "C102",
    "a power without basis": "C103",
    "a power without process": "C104",
    "a power without post": "C105",
    "a basis on a repealed regulation": "C106",
    "a basis with no article": "C107",
    "a duty in a post description that no power covers": "C108",
    "a flow with no start": "C109",
    "a flow with no end": "C110",
    "an unreachable step": "C111",
    "a dead end": "C112",
    "a decision with one exit": "C113",
    "a vague step name": "C114",
    "two incompatible acts in one step": "C115",
    "a unit whose power count is far below units of its kind": "C116",
    "the same power listed twice": "C117",
    "a key step without a post": "C201",
    "a post without a holder": "C202",
    "a post with two full-time holders": "C203",
    "a power with no deciding post": "C204",
    "a power with no executing post": "C205",
    "a power with no supervising post": "C206",
    "one post that decides and executes": "C207",
    "one post that executes and supervises": "C208",
    "one person through two posts that decides and executes": "C209",
    "one person through two posts that executes and supervises": "C210",
    "a limit of authority missing where the power handles money": "C211",
    "a power without a risk point": "C301",
    "a key step without a risk point": "C302",
    "a leadership post without a risk point": "C303",
    "an aspect nobody in the unit looked at": "C304",
    "staff who have found nothing": "C305",
    "manifestation missing": "C306",
    "manifestation under ten characters": "C307",
    "manifestation equal to the title": "C308",
    "leftover template text": "C309",
    "the same wording in many rows": "C310",
    "wording copied from another unit": "C311",
    "not rated": "C401",
    "proposed level differs from computed without a reason": "C402",
    "grave matters rated low": "C403",
    "a power that holds decision, execution and supervision together rated low": "C404",
    "the same risk rated differently across units": "C405",
    "every point of a unit at one level": "C406",
    "totals on a cover sheet that do not add up": "C407",
    "no measure": "C501",
    "no measure in one of the three phases for a high risk": "C502",
    "a medium risk with fewer than two phases": "C503",
    "a measure with no who": "C504",
    "a measure with no when or how often": "C505",
    "a measure with no evidence": "C506",
    "slogan only": "C507",
    "identical measures on unlike risks": "C508",
    "a measure copied from another unit": "C509",
    "responsible post is the post that carries the risk": "C510",
    "rests on a regulation not in force": "C511",
    "asks for a rule that has no owner or date": "C512",
}


@pytest.mark.parametrize("what", NAMED)
def test_a_named_check_exists(what: str) -> None:
    assert NAMED[what] in {check.code for check in CATALOGUE}


def test_every_check_is_named() -> None:
    assert sorted(NAMED.values()) == [check.code for check in CATALOGUE]
