"""A backup file comes back as it was written, and any other file is refused with its own sentence."""

import hashlib
import io
import random
import shutil
import struct
import subprocess
import warnings
import zipfile
from dataclasses import replace

import pytest
import pyzipper

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import archive
from partyday_tui.safekeeping.header import Header, read_header
from partyday_tui.safekeeping.refusals import Damaged, Newer, NotABackup, Tampered, WrongPassphrase

RAW = ("柳湾村党支部的账本 " * 4000).encode() + random.Random(1).randbytes(30_000)
PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"


def header_of(raw=RAW, **changed):
    usual = Header(
        format=1,
        book_key="d" * 32,
        branch="柳湾村党支部",
        generation=7,
        schema=9,
        made_at="2026-11-06T19:02:31+08:00",
        program="0.1.0",
        counts={"member": 44},
        last_entry="2026-11-06",
        ledger_fen=12_300,
        ledger_head="a" * 64,
        encrypted=False,
        raw_size=len(raw),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )
    return replace(usual, **changed)


def packed(passphrase="", **changed):
    return archive.pack(header_of(encrypted=bool(passphrase), **changed), RAW, passphrase)


def sealed(data):
    """The file with the hash that fits its bytes, as a forger would leave it."""
    return data[:-64] + hashlib.sha256(data[:-64]).hexdigest().encode()


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE, "!\"#$%&'()*+,-./ \\~x"])
def test_a_backup_comes_back_as_it_was(passphrase):
    told = []
    data = archive.pack(header_of(encrypted=bool(passphrase)), RAW, passphrase, told.append)
    found = archive.read(data)
    assert found.header == header_of(encrypted=bool(passphrase))
    assert archive.peek(data[:2000]) == found.header
    assert archive.unpack(found, passphrase) == RAW
    assert told == sorted(told) and told[-1] == 1.0
    assert archive.holds(data, RAW, passphrase)
    assert not any(archive.holds(data, other, passphrase) for other in (RAW[:-1], RAW + b"x", RAW[:-1] + b"x", b""))
    assert (RAW[:300] in data) is False


@pytest.mark.parametrize(
    "made_at",
    [
        "1970-01-01T00:00:00+08:00",
        "1980-01-01T00:00:00+08:00",
        "2099-12-31T23:59:59+08:00",
        "9999-12-31T23:59:59+08:00",
    ],
)
def test_any_clock_makes_a_file(made_at):
    assert archive.read(packed(made_at=made_at)).header.made_at == made_at


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_every_changed_byte_is_found_without_the_passphrase(passphrase):
    data, chance = packed(passphrase), random.Random(8)
    edges = [0, 1, 4, 30, 40, len(data) - 1, len(data) - 64, len(data) - 65, len(data) - 90]
    for at in edges + [chance.randrange(len(data)) for _ in range(200)]:
        mutated = bytearray(data)
        mutated[at] ^= 1 << chance.randrange(8)
        with pytest.raises((Damaged, NotABackup)):
            archive.read(bytes(mutated))


@pytest.mark.parametrize("keep", [0, 1, 29, 64, 80, 200, 1000, -1, -64, -100])
def test_a_truncated_file_is_refused(keep):
    with pytest.raises((Damaged, NotABackup)):
        archive.read(packed()[:keep])


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 5000, b"x", random.Random(2).randbytes(70_000), b"SQLite format 3\0" + b"\0" * 4096, b"PK\x05\x06" + b"\0" * 18],
    ids=["empty", "zeros", "one byte", "random", "a database", "an empty zip"],
)  # fmt: skip
def test_what_never_was_a_backup_is_called_so(data):
    with pytest.raises(NotABackup):
        archive.read(data)


@pytest.mark.parametrize("typed", ["", "couzhan-yuanling-xichuan-suanguanG", "x", "口令口令口令口令", "\udc80"])
def test_a_wrong_passphrase_is_not_called_damage(typed):
    with pytest.raises(WrongPassphrase) as refusal:
        archive.unpack(archive.read(packed(PASSPHRASE)), typed)
    assert "损坏" not in refusal.value.sentence


def test_a_wrong_passphrase_that_passes_the_two_byte_check_is_still_wrong():
    found = archive.read(packed(PASSPHRASE))
    entry = zipfile.ZipFile(io.BytesIO(found.data)).infolist()[2]
    at = (
        entry.header_offset
        + 30
        + len(entry.orig_filename)
        + struct.unpack_from("<H", found.data, entry.header_offset + 28)[0]
    )
    salt = found.data[at : at + 16]
    wrong = "another-passphrase"
    check = hashlib.pbkdf2_hmac("sha1", wrong.encode(), salt, 1000, 66)[-2:]
    data = sealed(found.data[: at + 16] + check + found.data[at + 18 :])
    with pytest.raises(WrongPassphrase):
        archive.unpack(archive.read(data), wrong)


def other_zip(entries, *, compression=zipfile.ZIP_DEFLATED, comment=True):
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as made:
        for name, text in entries:
            warnings.simplefilter("ignore", UserWarning)
            made.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_STORED if name == archive.HEADER else compression)
        made.comment = b"partyday-sha256:" + b"0" * 64 if comment else b""
    return sealed(buffer.getvalue()) if comment else buffer.getvalue()


HEADER_TEXT = header_of().written()


@pytest.mark.parametrize(
    "entries",
    [
        [(archive.HEADER, HEADER_TEXT)],
        [(archive.HEADER, HEADER_TEXT), (archive.README, "x"), ("../book.db", RAW)],
        [(archive.HEADER, HEADER_TEXT), (archive.BOOK, RAW), (archive.README, "x")],
        [(archive.HEADER, HEADER_TEXT), (archive.README, "x"), (archive.BOOK, RAW), (archive.BOOK, RAW)],
        [(archive.HEADER, HEADER_TEXT), *((f"{n}", "") for n in range(300))],
        [(archive.HEADER, HEADER_TEXT), (archive.README, "x"), (archive.BOOK, RAW[:-1])],
        [(archive.HEADER, HEADER_TEXT), (archive.README, "x"), (archive.BOOK, b"\0" * 200_000_000)],
    ],
    ids=["alone", "path", "order", "twice", "many", "shorter", "bomb"],
)
def test_a_zip_of_another_shape_is_refused(entries):
    with pytest.raises(Tampered):
        archive.read(other_zip(entries))


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_its_header_says():
    data = other_zip([(archive.HEADER, HEADER_TEXT), (archive.README, "x"), (archive.BOOK, b"\0" * 50_000_000)])
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        at = opened.start_dir
    while data[at : at + 4] == b"PK\x01\x02":
        name, extra = struct.unpack_from("<2H", data, at + 28)
        if data[at + 46 : at + 46 + name] == archive.BOOK.encode():
            data = data[: at + 24] + struct.pack("<L", len(RAW)) + data[at + 28 :]
        at += 46 + name + extra
    found, most = archive.read(sealed(data)), []
    with pytest.raises(Tampered):
        archive.unpack(found, told=most.append)
    assert max(most, default=0) <= 1.0


@pytest.mark.parametrize(("over", "taken"), [(0, True), (1, False)])
def test_a_large_book_that_packs_too_well_is_not_unpacked(monkeypatch, over, taken):
    raw = random.Random(3).randbytes(10_000)
    size = len(archive.pack(header_of(raw), raw))
    monkeypatch.setattr(archive, "_SMALL", 5_000)
    raw = raw + b"\0" * (6 * size) + b"\0" * (2 * size * over)
    data = archive.pack(header_of(raw), raw)
    if taken:
        assert archive.unpack(archive.read(data)) == raw
    else:
        with pytest.raises(Tampered):
            archive.unpack(archive.read(data))


@pytest.mark.parametrize("changed", [{"raw_sha256": "0" * 64}, {"raw_size": len(RAW) - 1}, {"encrypted": True}])
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_header_that_lies_about_the_file_inside_is_found(changed, passphrase):
    told = header_of(encrypted=bool(passphrase)) if "encrypted" not in changed else header_of(encrypted=not passphrase)
    data = archive.pack(replace(told, **{k: v for k, v in changed.items() if k != "encrypted"}), RAW, passphrase)
    with pytest.raises(Tampered):
        archive.unpack(archive.read(data), passphrase)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"null", b"{}", b'{"format": 1}', b"\xff\xfe", b"[" * 60_000, b'{"format": "1"}', b"1" * 10_000],
)
def test_a_header_that_cannot_be_read_is_damage(text):
    with pytest.raises(Damaged):
        read_header(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"generation": 0}, {"generation": 1_000_000}, {"generation": True}, {"book_key": "../../../../etc/passwd"},
        {"raw_size": 1 << 40}, {"raw_size": -1}, {"raw_size": 1.5}, {"counts": []}, {"counts": {"member": "44"}},
        {"counts": {"member": -1}}, {"last_entry": "2026-02-30"}, {"branch": None}, {"raw_sha256": "A" * 64},
        {"encrypted": 0}, {"schema": 0}, {"ledger_fen": 1 << 70},
    ],
)  # fmt: skip
def test_a_header_out_of_bounds_is_damage(changed):
    with pytest.raises(Damaged):
        read_header(header_of(**changed).written())


def test_a_later_format_asks_for_a_newer_program():
    with pytest.raises(Newer):
        read_header(header_of(format=2).written())


def test_mutated_and_sealed_again_never_ends_in_anything_but_a_refusal():
    data, chance = packed(PASSPHRASE), random.Random(9)
    for _ in range(200):
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.choice(
                [chance.randrange(900), chance.randrange(len(data) - 80), len(data) - 80 - chance.randrange(400)]
            )
            mutated[at] = chance.randrange(256)
        try:
            found = archive.read(sealed(bytes(mutated)))
            assert archive.unpack(found, PASSPHRASE) == RAW
        except PartydayError:
            continue


def test_other_tools_open_it(tmp_path):
    path = tmp_path / "BK-dddddddd-000007.zip"
    path.write_bytes(packed(PASSPHRASE))
    with pyzipper.AESZipFile(path) as opened:
        opened.setpassword(PASSPHRASE.encode())
        assert opened.read(archive.BOOK) == RAW
        assert opened.infolist()[2].wz_aes_strength == 3
    path.write_bytes(packed())
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None and opened.read(archive.BOOK) == RAW
        assert "7-Zip" in opened.read(archive.README).decode("utf-8-sig")


def test_seven_zip_opens_it(tmp_path):
    tool = next(filter(None, map(shutil.which, ("7z", "7zz", "7za", "bsdtar"))), None)
    if tool is None:
        pytest.skip("no 7z and no bsdtar on this machine")
    path = tmp_path / "b.zip"
    path.write_bytes(packed(PASSPHRASE))
    if "bsdtar" in tool:
        command = [tool, "-xO", "--passphrase", PASSPHRASE, "-f", str(path), archive.BOOK]
    else:
        command = [tool, "x", "-so", f"-p{PASSPHRASE}", str(path), archive.BOOK]
    assert subprocess.run(command, check=True, capture_output=True).stdout == RAW
