"""The flows of powers that two registers draw differently, side by side.

Source: 质检认纪〔2012〕1号 五（二）, 六（五）.
"""

from collections.abc import Mapping

from lianfang.common.text import Text
from lianfang.documents.drawing.flow import Chart, chart_of
from lianfang.documents.writing.paper import Plate
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line
from lianfang.register.model import Power, Register

_BEFORE, _AFTER = Text("原为", "Before"), Text("改为", "After")
_EDITION = Text("{word}（{edition}）", "{word} ({edition})")


def changed_flows(request: Request, words: Words) -> tuple[Plate, ...]:
    """Return a plate for every power whose steps differ, in the order of the later register.

    Of one unit where the request names one. A power that came or went has an empty side.
    """
    old = _flowing(request.before, request.unit)
    new = _flowing(request.register, request.unit)
    captions = (
        _caption(_BEFORE, request.before_edition, words),
        _caption(_AFTER, request.edition, words),
    )
    plates = []
    for made, power in {**new, **old, **new}.items():
        one, other = old.get(made), new.get(made)
        if (one.steps if one else ()) == (other.steps if other else ()):
            continue
        charts = (
            _chart(request, request.before, one),
            _chart(request, request.register, other),
        )
        plates.append(
            Plate(
                name=in_line(power.name),
                code=in_line(power.code),
                captions=captions,
                charts=charts,
            )
        )
    return tuple(plates)


def _flowing(register: Register | None, unit: str) -> Mapping[str, Power]:
    powers = register.powers if register is not None else ()
    return {power.id: power for power in powers if not unit or power.unit == unit}


def _chart(request: Request, register: Register | None, power: Power | None) -> Chart | None:
    if register is None or power is None or not power.steps:
        return None
    return chart_of(register, power, request.scheme, request.language)


def _caption(word: Text, edition: str, words: Words) -> str:
    if not edition:
        return words.say(word)
    return words.say(_EDITION).format(word=words.say(word), edition=edition)
