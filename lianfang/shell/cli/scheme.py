"""What `lianfang scheme` prints: a scheme, one part of it, or what is wrong with a folder."""

import re
from collections.abc import Iterable
from pathlib import Path

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.scheme.faults import SchemeFault
from lianfang.scheme.home import folder_of
from lianfang.scheme.load import examine
from lianfang.scheme.model import Scheme
from lianfang.scheme.page import SECTIONS
from lianfang.scheme.wording import levels, mark, quantity, thresholds, when

_BOTH = re.compile(r"(.+?)<br>(.+)")


class PartUnknown(Refused):
    """A part was asked for that no scheme has."""


def parts() -> tuple[str, ...]:
    """Return the names of the parts that `show` knows."""
    return tuple(SECTIONS)


def show(scheme: Scheme, language: Language, part: str | None = None) -> str:
    """Return a scheme's overview, or one of its parts, for the terminal.

    Raises PartUnknown for a part that isn't one of `parts()`.
    """
    if part is None:
        return "\n".join(_overview(scheme, language))
    if part not in SECTIONS:
        known = ", ".join(SECTIONS)
        raise PartUnknown(
            Text(
                f"没有“{part}”这一部分，可选：{known}。",
                f"There is no part `{part}`; there are: {known}.",
            )
        )
    title, lines = SECTIONS[part]
    plain = (_in(line, language) for line in lines(scheme))
    return "\n".join([title.in_(language), "", *plain]).rstrip()


def check(folder: str | Path) -> tuple[SchemeFault, ...]:
    """Return everything that is wrong with a scheme, given by name or folder.

    Raises SchemeRefused when there is no such folder.
    """
    return examine(folder_of(folder))[1]


def report(faults: Iterable[SchemeFault], language: Language) -> str:
    """Return faults as a linter prints them, or a sentence that there are none."""
    lines = [fault.sentence(language) for fault in faults]
    if not lines:
        return Text("方案完整，没有问题。", "The scheme is complete.").in_(language)
    total = Text(f"共 {len(lines)} 个问题。", f"Faults: {len(lines)}.")
    return "\n".join([*lines, total.in_(language)])


def _overview(scheme: Scheme, language: Language) -> list[str]:
    heads = {
        "levels": Text("等级", "Levels"),
        "rule": Text("评级", "Rating"),
        "duties": Text("履责", "Duties"),
        "clocks": Text("时限", "Clocks"),
        "stages": Text("阶段", "Stages"),
    }
    lines = [f"{scheme.title.in_(language)} ({scheme.name} {scheme.version})"]
    lines += ["", heads["levels"].in_(language)]
    lines += [f"  {level.shape} {level.label.in_(language)}" for level in scheme.levels]
    bounds = getattr(scheme.rating, "thresholds", ())
    family = type(scheme.rating).__name__.lower()
    lines += ["", heads["rule"].in_(language)]
    lines.append(f"  {family} {thresholds(bounds, scheme, language)} {mark(scheme.rating.default)}")
    lines += ["", heads["duties"].in_(language)]
    lines += [
        f"  {duty.label.in_(language)} | {levels(duty.levels, scheme, language)} | "
        f"{when(duty, scheme, language)} | {duty.clause}"
        for duty in scheme.duties
    ]
    lines += ["", heads["clocks"].in_(language)]
    lines += [
        f"  {clock.label.in_(language)} | {quantity(clock.span, language)} | {clock.clause}"
        for clock in scheme.clocks
    ]
    lines += ["", heads["stages"].in_(language)]
    lines += [
        f"  {stage.begins} – {stage.ends} {stage.label.in_(language)} | {stage.clause}"
        for stage in scheme.stages
    ]
    return lines


def _in(line: str, language: Language) -> str:
    """Return a line of the page without its markup, its cells in one language."""
    if not line.startswith("|"):
        return line.removeprefix("### ").replace("`", "").replace("**", "")
    cells = [cell.strip() for cell in line.strip("|").split(" | ")]
    chosen = "\\g<1>" if language is Language.ZH else "\\g<2>"
    plain = (_BOTH.sub(chosen, cell).replace("`", "").replace("**", "") for cell in cells)
    return "" if line.startswith("|---") else "  ".join(plain).rstrip()
