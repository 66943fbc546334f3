"""A folder that holds generations of backups: written so that a pulled stick leaves the old ones whole, listed, thinned.

Order is by the generation in the name, never by a clock. Nothing is removed before the new file has been read back from the medium.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.durable import sync_folder
from partyday_tui.errors import PartydayError
from partyday_tui.paths import room_words
from partyday_tui.safekeeping import archive
from partyday_tui.safekeeping.archive import Archive, Told
from partyday_tui.safekeeping.header import LONGEST
from partyday_tui.safekeeping.refusals import Damaged, NotABackup
from partyday_tui.safekeeping.uncached import passes_cache, read_uncached

KEPT = 5
"""So many verified generations of a book stay at the least."""
_PILE = 2 * KEPT  # files of a book that may pile up before the oldest go, so that not every backup reads all the others
_PIECE = 1 << 20
_PATIENCE = (0.1, 0.3, 1.0, 2.0)  # seconds
_NAME = re.compile(r"BK-([0-9a-f]{8})-([0-9]{6})\.zip")


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the name of a backup: whose it is and which generation, by its name alone."""

    path: Path
    book8: str
    generation: int


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file, read back and compared; `past_cache` is False where this system cannot read past its cache."""

    path: Path
    past_cache: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """The generations of a book in some folders: the highest whose header says so too, and every number that a file bears as its name.

    A name alone says nothing: an empty file with a high number would use up all the numbers below it.
    """

    highest: int
    named: frozenset[int]

    def after(self, own: int) -> int:
        """The next free number, where the book itself has begun `own`."""
        number = max(own, self.highest) + 1
        while number in self.named:
            number += 1
        return number


class NotWritten(PartydayError):
    """The backup was not made; the older ones are untouched."""


def name_of(book_key: str, generation: int) -> str:
    """The name of a generation's file: ASCII and short, for any file system."""
    return f"BK-{book_key[:8]}-{generation:06d}.zip"


def listed(folder: Path) -> list[Found]:
    """The files named as backups, of whatever book, newest generation first; empty where there is no such folder.

    Raises PartydayError for a folder that cannot be read.
    """
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PartydayError("这个文件夹读不出来，请检查U盘有没有插好，或换一个文件夹。") from error
    matches = [match for match in map(_NAME.fullmatch, names) if match]
    found = [Found(folder / match[0], match[1], int(match[2])) for match in matches]
    return sorted(found, key=lambda it: (it.generation, it.book8), reverse=True)


def numbers(book_key: str, *folders: Path) -> Numbers:
    """The generations of this book in the folders; reads no more than the heads of the newest. Raises PartydayError as `listed` does."""
    own = [[it for it in listed(folder) if it.book8 == book_key[:8]] for folder in folders]
    highest = max((next((it.generation for it in each if _says(it, book_key)), 0) for each in own), default=0)
    return Numbers(highest, frozenset(it.generation for each in own for it in each))


def _says(found: Found, book_key: str) -> bool:
    """Whether the head of a file says what its name says."""
    try:
        with open(found.path, "rb") as file:
            header = archive.peek(file.read(LONGEST))
    except (OSError, PartydayError):
        return False
    return header.book_key == book_key and header.generation == found.generation


def read_file(path: Path) -> Archive:
    """The backup in a file, read from the medium; raises NotABackup, Damaged, Newer, Tampered, PartydayError without the right to read."""
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise NotABackup(f"{path.name} 是一个文件夹，不是备份文件；请选里面 BK- 开头的 zip 文件。")
        if not stat.S_ISREG(about.st_mode):
            raise NotABackup(f"{path.name} 不是普通文件，不会是备份；请选 BK- 开头的 zip 文件。")
        if about.st_size > archive.LARGEST_FILE:
            raise NotABackup("这个文件太大，不会是本程序的备份；请另选一个。")
        data = b"".join(read_uncached(path))
    except FileNotFoundError as error:
        raise NotABackup(f"没有找到 {path.name}，请看看U盘有没有插好、文件名对不对。") from error
    except PermissionError as error:
        raise PartydayError(f"没有权限读 {path.name}，它好不好还不知道；请给它读的权限，或换一个备份。") from error
    except OSError as error:
        raise Damaged(f"{path.name} 读不出来，U盘或文件已坏；请换一个备份。") from error
    return archive.read(data)


def write(folder: Path, book_key: str, generation: int, data: bytes, told: Told = lambda _: None) -> Written:
    """Write a generation, read it back from the medium, and only then give it its name; raises NotWritten.

    Half-written files that an earlier backup of this book left behind go first; they were never backups.
    """
    target = folder / name_of(book_key, generation)
    part = target.with_suffix(".part")
    try:
        if not os.path.lexists(folder):
            os.mkdir(folder)  # never its parents: where a stick was pulled, they would be made on the wrong disk
            sync_folder(folder.parent)
        _remove_parts(folder, book_key)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "generation exists", str(target))
        _write_part(part, data, lambda done: told(done / 2))
        if not _is_there(part, data, lambda done: told(0.5 + done / 2)):
            raise NotWritten("写到U盘上的内容读回来和原来不一样，这次备份没有做成；请换一个U盘再备份。")
        _give_name(part, target)
        sync_folder(folder)
        if os.stat(target).st_size != len(data):
            raise NotWritten("备份文件写完后又不见了，这次备份没有做成；请检查U盘后再备份一次。")
    except OSError as error:
        _discard(part)
        raise NotWritten(_sentence(error, folder, len(data))) from error
    except BaseException:
        _discard(part)
        raise
    return Written(target, passes_cache())


def thin(folder: Path, book_key: str) -> list[Path]:
    """Remove the oldest generations of this book once many have piled up; returns what was removed.

    First the newest are read: only files older than `KEPT` whole ones go. A file that cannot be removed stays, silently.
    """
    own = [it for it in listed(folder) if it.book8 == book_key[:8]]
    if len(own) <= _PILE:
        return []
    whole = 0
    for place, it in enumerate(own):
        if whole == KEPT:
            return [old.path for old in own[place:] if _discard(old.path)]
        whole += is_whole(it, book_key)
    return []


def is_whole(found: Found, book_key: str) -> bool:
    """Whether a file is what was written and what its name says, read to its last byte."""
    try:
        header = read_file(found.path).header
    except PartydayError:
        return False
    return header.book_key == book_key and header.generation == found.generation


def _write_part(part: Path, data: bytes, told: Told) -> None:
    """Write the bytes and let the medium have them."""
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view, at = memoryview(data), 0
        while at < len(view):
            written = os.write(handle, view[at : at + _PIECE])
            if written <= 0:
                raise OSError(errno.EIO, "nothing was written")
            at += written
            told(at / len(view))
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_there(path: Path, data: bytes, told: Told) -> bool:
    """Whether the medium holds exactly these bytes."""
    at = 0
    for piece in read_uncached(path):
        if not data.startswith(piece, at):
            return False
        at += len(piece)
        told(at / len(data))
    return at == len(data)


def _give_name(part: Path, target: Path) -> None:
    """The final name; on Windows a virus scanner may hold a new file for a moment."""
    for patience in (*_PATIENCE, None):
        try:
            os.rename(part, target)
            return
        except PermissionError:
            if patience is None or sys.platform != "win32":
                raise
            time.sleep(patience)


def _parts(folder: Path, book_key: str) -> Iterator[Path]:
    for name in os.listdir(folder):
        if name.startswith(f"BK-{book_key[:8]}-") and name.endswith(".part"):
            yield folder / name


def _remove_parts(folder: Path, book_key: str) -> None:
    for part in _parts(folder, book_key):
        _discard(part)


def _discard(path: Path) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True


def _sentence(error: OSError, folder: Path, size: int) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        needed = size + _PIECE  # a file system takes a little for itself
        room = room_words(folder, needed) or f"要 {needed // _PIECE} MB"
        return f"U盘或磁盘满了（{room}），这次备份没有做成，以前的备份都在；请腾出空间再备份。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "这个文件夹不能写入（U盘可能打开了写保护），备份没有做成；请解除写保护，或换一个文件夹。"
    if error.errno == errno.EEXIST:
        return "U盘上已经有这一代备份的文件，没有覆盖它；请再备份一次。"
    return "写U盘时出错（可能拔得早了），这次备份没有做成，以前的备份都在；请插好U盘再备份一次。"
