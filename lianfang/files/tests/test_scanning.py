"""A scanner that finds something, nothing, or does not answer; it is asked over a real socket."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.files import actions
from lianfang.files.models import Attachment
from lianfang.files.scanning import Infected, NotScanned, scan

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)


class Scanner:
    """Answers one question of the ClamAV protocol and keeps what it was asked about."""

    def __init__(self, listening: socket.socket, reply: bytes) -> None:
        self.listening = listening
        self.reply = reply
        self.content = b""

    def answer(self) -> None:
        connection, _ = self.listening.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", stream.read(4))[0]:
                self.content += stream.read(size)
            connection.sendall(self.reply)


@contextmanager
def scanner(listening: socket.socket, reply: bytes) -> Iterator[Scanner]:
    with listening:
        listening.listen(1)
        listening.settimeout(10)
        asked = Scanner(listening, reply)
        thread = threading.Thread(target=asked.answer)
        thread.start()
        yield asked
        thread.join(10)


def on_unix(folder: Path) -> tuple[socket.socket, str]:
    path = folder / "s"
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    return listening, f"unix:{path}"


def on_tcp() -> tuple[socket.socket, str]:
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"tcp://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    return path


def test_a_clean_file_passes_whole(tmp_path: Path, file: Path) -> None:
    for listening, address in (on_unix(tmp_path), on_tcp()):
        with scanner(listening, b"stream: OK\0") as asked:
            scan(file, address=address)
        assert asked.content == file.read_bytes()


def test_what_is_found_is_refused(tmp_path: Path, file: Path) -> None:
    listening, address = on_unix(tmp_path)
    with scanner(listening, b"stream: Eicar-Signature FOUND\0"), pytest.raises(Infected):
        scan(file, address=address)


@pytest.mark.parametrize("reply", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_no_answer_or_an_error_keeps_nothing(tmp_path: Path, file: Path, reply: bytes) -> None:
    listening, address = on_unix(tmp_path)
    with scanner(listening, reply), pytest.raises(NotScanned):
        scan(file, address=address)


def test_a_scanner_that_is_not_there_keeps_nothing(tmp_path: Path, file: Path) -> None:
    with pytest.raises(NotScanned, match="没有响应"):
        scan(file, address=f"unix:{tmp_path / 'nobody'}")


def test_nobody_is_asked_where_none_is_set(file: Path) -> None:
    scan(file, address="")


@pytest.mark.django_db
def test_an_infected_upload_is_not_kept(
    settings: Settings, tmp_path: Path, files_folder: Path
) -> None:
    listening, settings.CLAMAV = on_unix(tmp_path)
    with scanner(listening, b"stream: Eicar FOUND\0"), pytest.raises(Infected):
        actions.keep(chunks=[b"%PDF-1"], name="a.pdf", organisation=1, by=None, at=AT)
    assert not Attachment.objects.exists()
    assert [path for path in files_folder.rglob("*") if path.is_file()] == []
