"""Whether edition files are as they were written, and what is said of each.

Source: 质检认纪〔2012〕1号 六（三）.
"""

import argparse
import re
from pathlib import Path

import msgspec
from msgspec import Struct

from lianfang.common.text import Language, Text
from lianfang.register.edition import ALGORITHM, EditionRefused, Verified, digest_of, verify
from lianfang.shell.cli.opening import FileUnopened, content_of
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


class Told(Struct, frozen=True, kw_only=True):
    """What is said of a file: only its name, digest and fault where it is not intact."""

    file: str
    intact: bool
    algorithm: str = ALGORITHM
    digest: str
    fault: str | None = None
    organisation: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    number: str | None = None
    effective_from: str | None = None
    scheme: str | None = None
    scheme_version: str | None = None
    powers: int | None = None
    risks: int | None = None
    measures: int | None = None


def verify_files(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Verify each file; one that can't be opened does not stop the others."""
    _require_usable(arguments)
    told, unopened = [], False
    for path in arguments.files:
        try:
            told.append(_told(path, arguments.digest, terminal.language))
        except FileUnopened as refused:
            terminal.complain(refused.text)
            unopened = True
    if arguments.format == "json":
        terminal.write(msgspec.json.encode(told) + b"\n")
    else:
        for entry in told:
            _print(entry, terminal)
    if unopened:
        return Exit.REFUSED
    return Exit.DONE if all(entry.intact for entry in told) else Exit.FOUND


def _require_usable(arguments: argparse.Namespace) -> None:
    if arguments.digest is None:
        return
    if len(arguments.files) > 1:
        raise UsageRefused(
            Text(
                "--digest 只能核对一份文件。请逐份核对。",
                "--digest is for one file. Verify them one by one.",
            )
        )
    if not _DIGEST.fullmatch(arguments.digest):
        raise UsageRefused(
            Text(
                f"--digest {arguments.digest}：摘要是 64 个十六进制字符。",
                f"--digest {arguments.digest}: a digest has 64 hexadecimal digits.",
            )
        )


def _told(path: Path, digest: str | None, language: Language) -> Told:
    content = content_of(path)
    try:
        verified = verify(content, digest)
    except EditionRefused as refused:
        return Told(
            file=path.name,
            intact=False,
            digest=digest_of(content),
            fault=refused.sentence(language),
        )
    return told_of(path, verified)


def told_of(path: Path, verified: Verified) -> Told:
    """Return what is said of a file whose edition is intact."""
    frozen, register = verified.frozen, verified.frozen.register
    return Told(
        file=path.name,
        intact=True,
        digest=verified.digest,
        organisation=frozen.organisation,
        unit=frozen.unit,
        unit_name=frozen.unit_name,
        number=frozen.number,
        effective_from=frozen.effective_from.isoformat(),
        scheme=frozen.scheme,
        scheme_version=frozen.scheme_version,
        powers=sum(power.unit == frozen.unit for power in register.powers),
        risks=len(register.risks),
        measures=sum(len(risk.measures) for risk in register.risks),
    )


def _print(told: Told, terminal: Terminal) -> None:
    style = terminal.style
    if not told.intact:
        zh, en = f"{told.file}：不完好。{told.fault}", f"{told.file}: not intact. {told.fault}"
        terminal.say(f"{style.error}{Text(zh, en).in_(terminal.language)}{style.off}")
        return
    intact = Text(f"{told.file}：完好", f"{told.file}: intact").in_(terminal.language)
    terminal.say(f"{style.strong}{intact}{style.off}")
    lines = (
        Text(
            f"  单位 {told.unit_name}（{told.unit}）", f"  unit     {told.unit_name} ({told.unit})"
        ),
        Text(
            f"  版本 {told.number}，自 {told.effective_from} 起施行",
            f"  edition  {told.number}, in effect from {told.effective_from}",
        ),
        Text(
            f"  摘要 {told.algorithm} {told.digest}", f"  digest   {told.algorithm} {told.digest}"
        ),
        Text(
            f"  数量 职权 {told.powers}，风险点 {told.risks}，防控措施 {told.measures}",
            f"  counts   powers {told.powers}, risk points {told.risks}, measures {told.measures}",
        ),
    )
    for line in lines:
        terminal.say_text(line)
