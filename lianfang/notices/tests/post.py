"""A mail server and the services of group bots, as real servers of the tests."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN, PASSWORD = "lianfang@centre.example", "p@ss/w:rd#1"


@dataclass
class Postbox:
    """A mail server that takes what it is given, or refuses with `answer`."""

    port: int = 0
    answer: str = ""
    wants_login: bool = False
    mails: list[tuple[str, Message]] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, as the library calls it."""
        if self.answer:
            return self.answer
        assert isinstance(envelope.content, bytes)
        self.mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return "250 OK"

    def authenticate(self, *given: Any) -> AuthResult:
        """Let in whoever has the password."""
        data = given[-1]
        assert isinstance(data, LoginPassword)
        known = (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)


@dataclass
class Bots:
    """The service of group bots: what was sent to it, and what it answers."""

    port: int = 0
    status: int = 200
    code: int = 0
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def subject_of(mail: Message) -> str:
    return str(make_header(decode_header(mail["Subject"])))


def text_of(mail: Message) -> str:
    """Return what a mail says, in all its parts."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return "".join(bytes(part.get_payload(decode=True)).decode() for part in parts)


@contextmanager
def postbox(*, wants_login: bool = False) -> Iterator[Postbox]:
    """Run a mail server on a port of its own."""
    box = Postbox(port=free_port(), wants_login=wants_login)
    more: dict[str, Any] = (
        {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": False}
        if wants_login
        else {}
    )
    server = Controller(box, hostname="127.0.0.1", port=box.port, **more)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@contextmanager
def bots() -> Iterator[Bots]:
    """Run a service of group bots on a port of its own."""
    found = Bots()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            found.calls.append((self.path, json.loads(self.rfile.read(length))))
            body = json.dumps({"errcode": found.code, "code": found.code}).encode()
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    found.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
