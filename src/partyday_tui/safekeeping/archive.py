"""One backup as one file: a zip that 7-Zip opens when this program is gone, and that knows of itself whether it is whole.

The comment at the very end of the zip holds the SHA-256 of every byte before it, so that any changed byte is found without the
passphrase. That is a proof against decay, not against a forger; what the header says is therefore held against the book inside.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping.header import LONGEST, Header, read_header
from partyday_tui.safekeeping.refusals import Damaged, NotABackup, Tampered, WrongPassphrase

_Time = tuple[int, int, int, int, int, int]
Told = Callable[[float], None]
"""Told how much is done, 0 to 1."""

HEADER, README, BOOK = "header.json", "说明.txt", "book.db"
LARGEST_FILE = 1 << 30  # bytes
# A book packs to a sixth, never to less than an eighth once it is large; what promises more is made to fill the memory.
_SMALL, _MOST_TIMES = 64 << 20, 8  # bytes; the book inside against the file
_COMMENT = b"partyday-sha256:"
_END = struct.Struct("<4s4H2LH")
_LARGEST_DIRECTORY = 4096  # bytes; three short names need far less
_PIECE = 1 << 20
_DAMAGED = "这个备份文件已损坏，里面的内容和写下时不一样；请换一个备份，或换一个U盘。"
_WRONG = "口令不对，文件本身是完好的；请照纸条上的口令再输一次。"

_STRANGE = "这个备份不是本程序写成的样子，可能被改动过，没有采用；请换一个备份。"


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup read into memory and found whole; `sha256` is that of the bytes before the hash itself."""

    data: bytes
    header: Header
    sha256: str


def pack(header: Header, raw: bytes, passphrase: str = "", told: Told = lambda _: None) -> bytes:
    """The bytes of the finished file. `passphrase` is ASCII; empty for a file that anyone can open."""
    buffer = io.BytesIO()
    made_at = _zip_time(header.made_at)
    with _writer(buffer, passphrase) as archive:
        _put(archive, HEADER, made_at, header.written())
        _put(archive, README, made_at, _readme(header).encode("utf-8-sig", "surrogatepass"))
        if passphrase:
            archive.setpassword(passphrase.encode("ascii"))
            archive.setencryption(_aes(), nbits=256)
        with archive.open(_info(archive, BOOK, made_at, zipfile.ZIP_DEFLATED, len(raw)), "w") as inside:
            view = memoryview(raw)
            for at in range(0, len(raw), _PIECE):
                inside.write(view[at : at + _PIECE])
                told(min(1.0, (at + _PIECE) / len(raw)))
        archive.comment = _COMMENT + b"0" * 64
    whole = buffer.getbuffer()[:-64]
    return bytes(whole) + hashlib.sha256(whole).hexdigest().encode()


def read(data: bytes) -> Archive:
    """The backup that `data` is. Raises NotABackup, Damaged or Newer; needs no passphrase."""
    if len(data) > LARGEST_FILE:
        raise NotABackup("这个文件太大，不会是本程序的备份；请另选一个。")
    has_head = data.startswith(b"PK\x03\x04") and data[30:].startswith(HEADER.encode())
    has_tail = data[-64 - len(_COMMENT) : -64] == _COMMENT
    if not has_head and not has_tail:
        raise NotABackup("这个文件不是本程序的备份，或者开头和末尾都坏了；请选另一个 BK- 开头的 zip 文件。")
    sha256 = hashlib.sha256(memoryview(data)[:-64]).hexdigest()
    if not (has_head and has_tail) or data[-64:] != sha256.encode():
        raise Damaged(_DAMAGED)
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if [entry.filename for entry in entries] != [HEADER, README, BOOK]:
                raise Tampered(_STRANGE)
            first = entries[0]
            if first.compress_type != zipfile.ZIP_STORED or first.file_size > LONGEST or first.flag_bits & 1:
                raise Tampered(_STRANGE)
            header = read_header(archive.read(first))
            if header.encrypted != bool(entries[2].flag_bits & 1) or entries[2].file_size != header.raw_size:
                raise Tampered(_STRANGE)
    except PartydayError:
        raise
    except Exception as error:  # zip libraries raise a dozen kinds over strange bytes
        raise Tampered(_STRANGE) from error
    return Archive(data, header, sha256)


def peek(head: bytes) -> Header:
    """The header in the first bytes of a file, which has not been checked; raises Damaged or Newer. For lists and for thinning."""
    if len(head) < 30:
        raise Damaged(_DAMAGED)
    size, _, name, extra = struct.unpack_from("<2L2H", head, 18)
    begin = 30 + name + extra
    return read_header(head[begin : begin + min(size, LONGEST)])


def unpack(archive: Archive, passphrase: str = "", told: Told = lambda _: None) -> bytearray:
    """The SQLite file inside, which is what the header says by size and hash; in memory once.

    Raises WrongPassphrase; Tampered where the file is whole but the inside is not what its header says.
    """
    header, at = archive.header, 0
    if header.raw_size > max(_SMALL, _MOST_TIMES * len(archive.data)):
        raise Tampered(_STRANGE)
    raw, digest = bytearray(header.raw_size), hashlib.sha256()
    for piece in _pieces(archive, passphrase):
        raw[at : at + len(piece)] = piece
        digest.update(piece)
        at += len(piece)
        told(at / header.raw_size)
    if at != header.raw_size or digest.hexdigest() != header.raw_sha256:
        raise Tampered(_STRANGE)
    return raw


def holds(data: bytes, raw: bytes, passphrase: str = "") -> bool:
    """Whether the finished file opens, and the book comes out of it as `raw`; raises what `read` and `unpack` raise."""
    at = 0
    for piece in _pieces(read(data), passphrase):
        if not raw.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(raw)


def _pieces(archive: Archive, passphrase: str) -> Iterator[bytes]:
    """The book inside, piece by piece, never more than its header says."""
    header, left = archive.header, archive.header.raw_size
    if header.encrypted and not passphrase:
        raise WrongPassphrase("这个备份加了密，请输入纸条上的口令。")
    if not passphrase.isascii():
        raise WrongPassphrase(_WRONG)
    try:
        with _reader(io.BytesIO(archive.data), header.encrypted) as opened:
            if header.encrypted:
                opened.setpassword(passphrase.encode("ascii"))
            with opened.open(BOOK) as inside:
                while piece := inside.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise Tampered(_STRANGE)
                    yield piece
    except PartydayError:
        raise
    except Exception as error:
        # The bytes are those that were written: with a passphrase in between, it is the passphrase that does not fit.
        if header.encrypted:
            raise WrongPassphrase(_WRONG) from error
        raise Tampered(_STRANGE) from error


def _check_directory(data: bytes) -> None:
    """Bounds of the zip's directory, before a zip library walks through it."""
    at = len(data) - 64 - len(_COMMENT) - _END.size
    if at < 0:
        raise Damaged(_DAMAGED)
    mark, *numbers = _END.unpack_from(data, at)
    _, _, here, total, size, offset, comment = numbers
    fits = here == total == 3 and size <= _LARGEST_DIRECTORY and offset + size == at
    if mark != b"PK\x05\x06" or not fits or comment != 64 + len(_COMMENT):
        raise Tampered(_STRANGE)


def _writer(buffer: io.BytesIO, passphrase: str) -> Any:
    if not passphrase:
        return zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    import pyzipper

    return pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED, compresslevel=1)


def _reader(buffer: io.BytesIO, encrypted: bool) -> Any:
    if not encrypted:
        return zipfile.ZipFile(buffer)
    import pyzipper

    return pyzipper.AESZipFile(buffer)


def _aes() -> Any:
    import pyzipper

    return pyzipper.WZ_AES


def _info(archive: Any, name: str, made_at: _Time, method: int, size: int) -> Any:
    info: Any = getattr(archive, "zipinfo_cls", zipfile.ZipInfo)(name, made_at)
    info.compress_type = method
    info.external_attr = 0o600 << 16
    info.file_size = size
    info._compresslevel = 1  # an entry opened for writing does not take the archive's own
    return info


def _put(archive: Any, name: str, made_at: _Time, text: bytes) -> None:
    archive.writestr(_info(archive, name, made_at, zipfile.ZIP_STORED, len(text)), text)


def _zip_time(made_at: str) -> _Time:
    """The instant as a zip can hold it: not before 1980, not after 2107."""
    moment = datetime.fromisoformat(made_at).replace(tzinfo=None)
    return min(max(moment, datetime(1980, 1, 1)), datetime(2107, 12, 31)).timetuple()[:6]


def _readme(header: Header) -> str:
    """How to get at the book when this program is gone."""
    return f"""这是「{header.branch}」主题党日台账的备份，第 {header.generation} 代，{header.made_at[:16].replace("T", " ")} 做成。

用本程序打开：在主题党日台账里选「恢复」，或运行 partyday restore 加这个文件名。
没有本程序时：用 7-Zip 打开这个文件{"，输入纸条上的口令" if header.encrypted else ""}，取出 book.db。
book.db 是 SQLite 数据库，可以用 DB Browser for SQLite 等软件查看。
{"口令写在当时打印的纸条上；口令丢了，这个备份谁也打不开。" if header.encrypted else "这个备份没有加密，谁拿到都能看，请保管好。"}
请不要改名或编辑这个文件。
"""
