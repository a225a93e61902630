"""What comes out of an uploaded zip, under which name, and what is not unpacked."""

import io
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lianfang.documents import limits
from lianfang.files.rules import TABLES, KindRefused, kind_of
from lianfang.intake.exchange import bundles
from lianfang.intake.exchange.bundles import Bundle, BundleRefused, SentFile, opened

MEGABYTE = 1024 * 1024
TABLE = b"a table"

# Where a field lies in a member's entry in the list at the end of a zip, and its bytes there.
FLAGS, METHOD, CRC, PACKED, UNPACKED, PLACE = (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (42, 4)


def packed(
    *members: str | bytes, content: bytes = TABLE, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip of members with one content; a name in bytes is written as it is, unflagged."""
    buffer = io.BytesIO()
    stand_ins: dict[str, bytes] = {}
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for member in members:
            name = member if isinstance(member, str) else "#" * len(member)
            if isinstance(member, bytes):
                stand_ins[name] = member
            archive.writestr(zipfile.ZipInfo(name), content, method)
    data = buffer.getvalue()
    for name, raw in stand_ins.items():
        data = data.replace(name.encode(), raw)
    return data


def patched(data: bytes, field: tuple[int, int], value: int) -> bytes:
    """Return a zip whose first entry says `value` in a field."""
    place, size = field
    start = data.index(b"PK\x01\x02") + place
    return data[:start] + value.to_bytes(size, "little") + data[start + size :]


def upload(content: bytes, name: str = "各处室.zip") -> SentFile:
    return SimpleUploadedFile(name, content)


def unpacked(*files: SentFile) -> dict[str, bytes]:
    """Return the content of each file by its name; no two may have the same."""
    with opened(files) as bundle:
        contents = {sent.name: b"".join(sent.chunks) for sent in bundle.sent}
        assert len(contents) == len(bundle.sent)
        return contents


def names(*members: str | bytes) -> list[str]:
    return list(unpacked(upload(packed(*members))))


def refusal(*files: SentFile) -> str:
    """Return the Chinese sentence with which a zip is refused, at once or while it is read."""
    with pytest.raises(BundleRefused) as refused:
        unpacked(*files)
    require_sentences(refused.value, files[-1].name or "")
    return refused.value.text.zh


def require_sentences(refused: BundleRefused, file: str) -> None:
    assert refused.text.zh.startswith(f"{file}：")
    assert refused.text.zh.endswith("。")
    assert refused.text.en.startswith(f"{file}: ")
    assert refused.text.en.endswith(".")


# What passes


def test_a_file_that_is_no_zip_passes_as_it_is() -> None:
    assert unpacked(upload(b"one", "甲.xlsx"), upload(b"two", "乙.pdf")) == {
        "甲.xlsx": b"one",
        "乙.pdf": b"two",
    }


def test_a_file_that_is_no_zip_needs_only_its_chunks() -> None:
    class Stream:
        name = "甲.csv"
        size = None

        def chunks(self) -> Iterator[bytes]:
            yield b"one,"
            yield b"two"

    assert unpacked(Stream()) == {"甲.csv": b"one,two"}


def test_nothing_uploaded_is_an_empty_bundle() -> None:
    with opened([]) as bundle:
        assert bundle == Bundle(sent=[], left_out=())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("suffix", [".zip", ".ZIP", ".Zip"])
def test_a_zip_gives_its_tables_between_the_other_files(method: int, suffix: str) -> None:
    archive = packed("财务处/甲.xlsx", "人事处/乙.DOCX", method=method)
    assert unpacked(
        upload(b"first", "前.xls"), upload(archive, "包" + suffix), upload(b"last", "后.csv")
    ) == {"前.xls": b"first", "甲.xlsx": TABLE, "乙.DOCX": TABLE, "后.csv": b"last"}


def test_a_zip_that_came_by_way_of_the_disk_is_opened_where_it_lies() -> None:
    archive = packed("甲.xlsx")
    with TemporaryUploadedFile("包.zip", "application/zip", len(archive), None) as file:
        file.write(archive)
        assert unpacked(file) == {"甲.xlsx": TABLE}
        assert b"".join(file.chunks()) == archive


def test_what_is_taken_are_the_tables_that_are_kept() -> None:
    with pytest.raises(KindRefused) as refused:
        kind_of("a.none", b"", (), among=TABLES)
    kept = refused.value.text.en.partition("(")[2].partition(")")[0]
    assert set(bundles.TAKEN) == set(kept.split())


# Names


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_without_a_flag_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    assert names("财务处/防控措施表.xlsx".encode(encoding)) == ["防控措施表.xlsx"]


def test_a_backslash_in_half_a_character_does_not_part_a_name() -> None:
    raw = "乗法表.xlsx".encode("gb18030")
    assert b"\\" in raw
    assert names(raw) == ["乗法表.xlsx"]


def test_a_name_with_the_flag_is_taken_at_its_word() -> None:
    archive = packed("财务处/防控措施表.xlsx", "é.csv")
    assert list(unpacked(upload(archive))) == ["防控措施表.xlsx", "é.csv"]


def test_a_name_in_no_known_encoding_is_kept_as_it_is() -> None:
    assert names(b"\xff\xff.csv") == ["\xa0\xa0.csv"]


def test_of_a_path_only_the_last_part_is_the_name() -> None:
    assert names("../../etc/甲.csv", "C:\\windows\\乙.csv", "/丙.csv", "./丁.csv") == [
        "甲.csv",
        "乙.csv",
        "丙.csv",
        "丁.csv",
    ]


def test_files_of_one_name_get_their_folders_in_front() -> None:
    assert names("财务处/防控措施表.xlsx", "人事处/防控措施表.XLSX", "人事处/风险表.xlsx") == [
        "财务处-防控措施表.xlsx",
        "人事处-防控措施表.XLSX",
        "风险表.xlsx",
    ]


def test_folders_of_one_name_get_theirs_in_front_too() -> None:
    assert names("财务处/终稿/表.xlsx", "人事处/终稿/表.xlsx", "表.xlsx") == [
        "财务处-终稿-表.xlsx",
        "人事处-终稿-表.xlsx",
        "各处室-表.xlsx",
    ]


def test_files_of_one_name_in_several_zips_get_the_name_of_the_zip_in_front() -> None:
    archive = packed("表.xlsx")
    assert list(unpacked(upload(archive, "财务处.zip"), upload(archive, "人事处.zip"))) == [
        "财务处-表.xlsx",
        "人事处-表.xlsx",
    ]


def test_a_file_beside_the_zip_keeps_its_name() -> None:
    assert list(unpacked(upload(packed("表.xlsx")), upload(b"x", "表.xlsx"))) == [
        "各处室-表.xlsx",
        "表.xlsx",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_path_are_both_taken() -> None:
    with opened([upload(packed("甲.csv", "甲.csv"))]) as bundle:
        assert len(bundle.sent) == 2


# What is not taken


@pytest.mark.parametrize(
    "junk",
    [
        "财务处/",
        "财务处.xlsx/",
        "财务处.xlsx\\",
        "__MACOSX/._甲.xlsx",
        "__MACOSX/甲.xlsx",
        ".DS_Store",
        "财务处/.DS_Store",
        "Thumbs.db",
        "财务处/desktop.ini",
        "Desktop.ini",
        "财务处/~$甲.docx",
        ".~lock.甲.xlsx#",
        ".甲.xlsx",
        ".git/甲.csv",
        "..",
    ],
)
def test_what_systems_and_programs_leave_behind_is_not_mentioned(junk: str) -> None:
    with opened([upload(packed("表.xlsx", junk))]) as bundle:
        assert [sent.name for sent in bundle.sent] == ["表.xlsx"]
        assert bundle.left_out == ()


def test_what_is_no_table_is_left_out_and_told() -> None:
    one = packed("表.xlsx", "财务处/说明.pdf", "封面.PNG", "甲\u202e.exe", b"a.csv\x00.exe", "xlsx")
    two = packed("乙.csv", "旧.rar")
    with opened([upload(one), upload(two, "二.zip")]) as bundle:
        assert [sent.name for sent in bundle.sent] == ["表.xlsx", "乙.csv"]
        assert bundle.left_out == ("说明.pdf", "封面.PNG", "甲.exe", "a.csv.exe", "xlsx", "旧.rar")


def test_what_is_left_out_may_be_as_large_as_it_likes(settings: Settings) -> None:
    settings.FILE_BYTES = 100
    archive = patched(packed("录像.mp4", "表.xlsx"), UNPACKED, 2**32 - 2)
    assert unpacked(upload(archive)) == {"表.xlsx": TABLE}


# Refusals


NO_ZIPS = {
    "a byte": b"x",
    "text": b"just text",
    "only a head": b"PK\x03\x04 broken",
    "another archive": b"Rar!\x1a\x07\x00",
    "cut off": packed("甲.xlsx")[:-30],
    "no entry where one should be": patched(packed("甲.xlsx"), (0, 4), 0),
    "a name against its flag": packed("é.csv").replace("é".encode(), b"\xff\xff"),
}


@pytest.mark.parametrize("content", NO_ZIPS.values(), ids=NO_ZIPS)
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    assert "不是 zip 文件，或已损坏" in refusal(upload(content))


STORED = packed("甲.csv", method=zipfile.ZIP_STORED)
DAMAGED = {
    "other content": STORED.replace(TABLE, b"a fable"),
    "content cut off": patched(patched(STORED, PACKED, 999), UNPACKED, 999),
    "packed content cut off": patched(packed("甲.csv"), PACKED, 3),
    "packed content broken": packed("甲.csv", content=bytes(99)).replace(
        zlib.compress(bytes(99))[2:-4], b"\xff" * len(zlib.compress(bytes(99))[2:-4])
    ),
    "another checksum": patched(packed("甲.csv"), CRC, 0),
    "no head": packed("甲.csv").replace(b"PK\x03\x04", b"PK\x00\x00"),
    "a place outside": patched(packed("甲.csv"), PLACE, 2**31),
}


@pytest.mark.parametrize("archive", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_member_is_refused_while_it_is_read(archive: bytes) -> None:
    assert "“甲.csv”已损坏" in refusal(upload(archive))


def test_a_member_with_a_password_is_refused() -> None:
    sentence = refusal(upload(patched(packed("甲.xlsx"), FLAGS, 1)))
    assert "“甲.xlsx”设有密码" in sentence
    assert "不带密码的 zip" in sentence


def test_a_zip_in_a_zip_is_refused() -> None:
    assert "压缩包“人事处.ZIP”" in refusal(upload(packed("甲.xlsx", "处室/人事处.ZIP")))


METHODS = {
    "bzip2": packed("甲.xlsx", method=zipfile.ZIP_BZIP2),
    "lzma": packed("甲.xlsx", method=zipfile.ZIP_LZMA),
    "deflate64": patched(packed("甲.xlsx"), METHOD, 9),
    "unknown": patched(packed("甲.xlsx"), METHOD, 99),
}


@pytest.mark.parametrize("archive", METHODS.values(), ids=METHODS)
def test_a_method_that_is_unknown_or_unpacks_without_bound_is_refused(archive: bytes) -> None:
    assert "“甲.xlsx”用了少见的压缩方法" in refusal(upload(archive))


def test_more_than_two_hundred_files_are_refused() -> None:
    one = upload(packed(*(f"{number}.csv" for number in range(150))), "一.zip")
    two = upload(packed(*(f"{number}.xls" for number in range(49)), "图.png"), "二.zip")
    plain, last = upload(b"x", "三.csv"), upload(b"x", "四.csv")
    assert len(unpacked(one, two, plain)) == bundles.MOST_FILES
    assert "201 个文件，最多收 200 个" in refusal(one, two, plain, last)
    assert "201 个文件" in refusal(one, plain, last, two)


def test_a_member_that_declares_more_than_a_file_may_have_is_refused(settings: Settings) -> None:
    settings.FILE_BYTES = MEGABYTE
    rest = random.Random(1).randbytes(MEGABYTE)
    assert unpacked(upload(packed("甲.xls", content=rest))) == {"甲.xls": rest}
    assert "“甲.xls”解压后超过 1 MB" in refusal(upload(packed("甲.xls", content=rest + b"x")))


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 2 * MEGABYTE)
    archive = packed("甲.csv", content=bytes(MEGABYTE))
    one, two = upload(archive, "一.zip"), upload(archive, "二.zip")
    assert len(unpacked(one, two)) == 2
    assert "一共超过 2 MB" in refusal(one, two, upload(packed("甲.csv"), "三.zip"))


def test_a_large_member_that_is_packed_too_tightly_is_refused() -> None:
    small, large = bytes(8 * MEGABYTE), bytes(8 * MEGABYTE + 1)
    assert unpacked(upload(packed("甲.csv", content=small))) == {"甲.csv": small}
    assert "“甲.csv”压缩比超过 200 倍" in refusal(upload(packed("甲.csv", content=large)))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("size", [11, 300_000, 3 * MEGABYTE])
def test_a_member_that_unpacks_to_more_than_it_declares_is_stopped(method: int, size: int) -> None:
    archive = patched(packed("甲.csv", content=bytes(size), method=method), UNPACKED, 10)
    assert "“甲.csv”解压出来比标明的大" in refusal(upload(archive))
    with opened([upload(archive)]) as bundle, pytest.raises(BundleRefused):
        next(iter(bundle.sent[0].chunks))


def test_a_member_whose_checksum_is_made_for_what_it_declares_is_refused_all_the_same() -> None:
    archive = patched(packed("甲.csv", content=bytes(5_000)), UNPACKED, 10)
    assert refusal(upload(patched(archive, CRC, zlib.crc32(bytes(10)))))


@pytest.mark.parametrize("members", [(), ("说明.pdf",), ("财务处/", "~$甲.xlsx", ".DS_Store")])
def test_a_zip_without_a_table_is_refused(members: tuple[str, ...]) -> None:
    sentence = refusal(upload(b"x", "甲.csv"), upload(packed(*members)))
    assert "没有能收的表格" in sentence
    assert ".xlsx .xls .et .docx .doc .wps .csv" in sentence


def test_a_list_of_members_that_would_fill_the_memory_is_not_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(17):
            info = zipfile.ZipInfo(f"{number}.csv")
            info.comment = bytes(65_535)
            archive.writestr(info, TABLE)
    assert "条目太多" in refusal(upload(buffer.getvalue()))


def test_a_refusal_leaves_no_zip_open(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    close = zipfile.ZipFile.close

    def noting(archive: zipfile.ZipFile) -> None:
        closed.extend(archive.namelist())
        close(archive)

    files = upload(packed("甲.csv"), "一.zip"), upload(b"x", "二.zip")
    monkeypatch.setattr(zipfile.ZipFile, "__exit__", lambda archive, *_: noting(archive))
    refusal(*files)
    assert closed == ["甲.csv"]


# Memory


class Counting(io.BytesIO):
    """A file that notes how much was read of it."""

    name = "包.zip"
    so_far = 0

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.size = len(content)

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.so_far += len(data)
        return data

    def chunks(self) -> Iterator[bytes]:
        raise AssertionError("A zip is read where it is needed, not as a whole")


def test_a_member_is_read_as_far_as_it_is_asked_for() -> None:
    content = random.Random(1).randbytes(4 * MEGABYTE)
    file = Counting(packed("甲.xls", content=content))
    with opened([file]) as bundle:
        assert file.so_far < MEGABYTE // 2
        chunks = iter(bundle.sent[0].chunks)
        first = next(chunks)
        assert len(first) <= bundles.CHUNK
        assert file.so_far < MEGABYTE
        assert first + b"".join(chunks) == content


def test_a_member_goes_through_a_small_memory() -> None:
    archive = upload(packed("甲.csv", content=bytes(8 * MEGABYTE)))
    tracemalloc.start()
    try:
        with opened([archive]) as bundle:
            sizes = [len(chunk) for chunk in bundle.sent[0].chunks]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) == 8 * MEGABYTE
    assert max(sizes) <= bundles.CHUNK
    assert peak < 3 * MEGABYTE


# Whatever comes

WHOLE = packed("财务处/甲.xlsx", "人事处/甲.xlsx", "乙.csv".encode("gb18030"), "图.png")


def require_refused_or_read(content: bytes) -> None:
    try:
        unpacked_of_any(content)
    except BundleRefused as refused:
        require_sentences(refused, "x.zip")


def unpacked_of_any(content: bytes) -> None:
    with opened([upload(content, "x.zip")]) as bundle:
        assert bundle.sent
        for sent in bundle.sent:
            assert sent.name
            for chunk in sent.chunks:
                assert len(chunk) <= bundles.CHUNK


@given(st.binary() | st.binary().map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    require_refused_or_read(content)


@given(st.binary(max_size=200), st.integers(0, 65_535), st.integers(0, 2**32 - 1))
def test_any_bytes_before_the_end_of_a_zip_are_refused_or_read(
    content: bytes, entries: int, size: int
) -> None:
    end = b"PK\x05\x06" + bytes(4) + entries.to_bytes(2, "little") * 2
    require_refused_or_read(content + end + size.to_bytes(4, "little") + bytes(6))


@given(st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), max_size=12))
def test_a_zip_with_any_bytes_changed_is_refused_or_read(changes: dict[int, int]) -> None:
    content = bytearray(WHOLE)
    for place, value in changes.items():
        content[place] = value
    require_refused_or_read(bytes(content))
