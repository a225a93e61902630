"""Asks ClamAV about a file before it is kept, where an installation has it (LIANFANG_CLAMAV)."""

import logging
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from lianfang.common.errors import Refused
from lianfang.common.text import Text

logger = logging.getLogger(__name__)

_SECONDS = 60
_CHUNK = 64 * 1024
_MOST_REPLY = 4_096


class Infected(Refused):
    """The scanner found something in a file."""


class NotScanned(Refused):
    """The scanner is asked for and does not answer."""


def scan(path: Path, *, address: str) -> None:
    """Return when the scanner finds nothing; an empty address asks nobody.

    `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. Raises Infected, and NotScanned where
    no answer comes: what was not looked at is not kept.
    """
    if not address:
        return
    try:
        with _connected(address) as connection:
            reply = _asked(connection, path)
    except OSError as error:
        logger.exception("The scanner at %s does not answer", address)
        raise _not_scanned() from error
    if reply.endswith("FOUND"):
        logger.warning("The scanner found something: %s", reply)
        raise Infected(
            Text(
                "病毒扫描在文件中发现了威胁，没有存入。请检查您的电脑，换一份干净的文件。",
                "The virus scanner found something in the file, so it was not kept. Check your "
                "computer and use a clean copy.",
            )
        )
    if not reply.endswith("OK"):
        logger.error("The scanner answered: %s", reply)
        raise _not_scanned()


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 3310), _SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _asked(connection: socket.socket, path: Path) -> str:
    connection.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _MOST_REPLY:
        part = connection.recv(_MOST_REPLY)
        if not part:
            break
        reply += part
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _not_scanned() -> NotScanned:
    return NotScanned(
        Text(
            "病毒扫描没有响应，文件没有存入。请稍后再试；仍不行时请告诉系统管理员。",
            "The virus scanner does not answer, so the file was not kept. Try again later, or tell "
            "the system administrator.",
        )
    )
