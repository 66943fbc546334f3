"""Backing the book up (U盘备份): begin in the book's thread, do the slow part anywhere, write down what was verified (R12).

``begin`` and ``record`` use the open book; ``make`` uses only the snapshot that ``begin`` took.
"""

from __future__ import annotations

import errno
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from partyday_tui import __version__
from partyday_tui.durable import make_folder
from partyday_tui.errors import PartydayError, cause_of
from partyday_tui.paths import data_folder, exports_folder, short
from partyday_tui.rules.text import clean_line
from partyday_tui.safekeeping import archive, place
from partyday_tui.safekeeping.archive import Told
from partyday_tui.safekeeping.header import FORMAT, Header
from partyday_tui.safekeeping.local import thin_local
from partyday_tui.safekeeping.passphrase import slip
from partyday_tui.safekeeping.place import Numbers
from partyday_tui.services.books import branch_of
from partyday_tui.services.doctor import diagnose
from partyday_tui.store import backups
from partyday_tui.store.backups import Contents, LastBackup
from partyday_tui.store.book import Book
from partyday_tui.store.copies import BookCopy, copy_from, copy_of
from partyday_tui.store.schema import newest_version

# Shares of the whole for the progress: packing, writing with read-back, the copy on this computer.
_PACKED, _WRITTEN = 0.4, 0.9
_LOCAL_LABEL = "本机"


@dataclass(frozen=True, slots=True)
class Taken:
    """A generation begun: the book as it stood, in memory, and a word for the place it goes to."""

    copy: BookCopy
    contents: Contents
    label: str


@dataclass(frozen=True, slots=True)
class Made:
    """A generation that was written, read back from the medium and found whole.

    ``past_cache``: False where this system cannot read past its cache. ``local_failure``: a sentence where the copy on this computer
    was not made, else ''.
    """

    generation: int
    path: Path
    sha256: str
    size: int
    label: str
    past_cache: bool
    local_failure: str = ""


def local_folder() -> Path:
    """Where the generations on this computer lie."""
    return data_folder() / "backups"


def last_backup(book: Book) -> LastBackup | None:
    """The newest verified backup that the user asked for; None before the first."""
    return backups.last_backup(book)


def highest_generation(folder: Path, book_key: str) -> Numbers:
    """The generations of a book that the folder or this computer has; reads the stick, so not in the book's thread."""
    here = local_folder()
    return place.numbers(book_key, folder, *([here] if here.is_dir() and os.access(here, os.R_OK) else []))


def begin(book: Book, label: str, highest: Numbers, *, reason: str = "asked") -> Taken:
    """Begin the next generation, with an act of its own, and take the snapshot.

    Its number follows the book's own and those of the files, so that a restored book never reuses one.
    """
    generation = highest.after(backups.newest_generation(book))
    if generation > 999_999:
        raise PartydayError("备份的代次已经用完，请联系维护人。")
    label = clean_line(label).text
    with book.act("备份", source=f"第{generation}代 开始") as transaction:
        backups.begin(transaction, generation, reason, label)
    copy = copy_of(book)
    return Taken(copy, backups.contents(copy), label)


def make(
    taken: Taken,
    folder: Path,
    passphrase: str = "",
    *,
    local: Path | None = None,
    told: Told = lambda _: None,
) -> Made:
    """Check the snapshot, pack, write, read back, thin; then the same for this computer, never encrypted. The slow part, for any thread.

    Raises PartydayError where nothing was backed up; the older generations are whole then.
    """
    key, generation = taken.contents.book_key, taken.contents.generation
    raw = taken.copy.raw()
    with ThreadPoolExecutor(1, thread_name_prefix="pack") as other:  # zlib and SQLite each use a core of their own
        packing = other.submit(_first_packed, taken.contents, raw, passphrase, lambda done: told(done * _PACKED))
        faults = _faults_as_upgraded(taken.copy, raw)
        header, data = packing.result()
    if faults:
        raise PartydayError(f"账本检查没有通过（{faults[0]}），没有备份；请先停止登记，从以前的备份恢复。")
    written = place.write(folder, key, generation, data, lambda done: told(_PACKED + done * (_WRITTEN - _PACKED)))
    place.thin(folder, key)
    local_failure = ""
    if local is not None:
        plain = _packed(replace(header, encrypted=False), raw, "") if passphrase else data
        local_failure = _keep_on_this_computer(local, key, generation, plain)
    told(1.0)
    return Made(
        generation, written.path, data[-64:].decode(), len(data), taken.label, written.past_cache, local_failure
    )


def record(book: Book, made: Made) -> None:
    """Write down that a generation is finished and was found whole."""
    with book.act("备份", source=f"第{made.generation}代 读回无误") as transaction:
        backups.record_check(transaction, made.generation, "written", made.label, made.sha256)


def back_up(book: Book, folder: Path, passphrase: str = "", *, label: str = "", told: Told = lambda _: None) -> Made:
    """A whole backup in one thread, with a copy on this computer."""
    taken = begin(book, label or str(folder), highest_generation(folder, branch_of(book).key))
    try:
        made = make(taken, folder, passphrase, local=local_folder(), told=told)
    finally:
        taken.copy.close()
    record(book, made)
    return made


def daily_is_due(book: Book) -> bool:
    """Whether the book holds entries that are in no backup; asked at each start and once an hour, so that a session is the most to lose."""
    return not book.is_closed_to_writing and backups.lacks_entries(book)


def begin_daily(book: Book) -> Taken:
    """Begin the generation of the day, for this computer alone; see `make_local`."""
    return begin(book, _LOCAL_LABEL, highest_generation(local_folder(), branch_of(book).key), reason="daily")


def make_local(taken: Taken, told: Told = lambda _: None, folder: Path | None = None) -> Made:
    """The slow part of a generation for this computer alone, for any thread: thinned only after the new one was read back.

    It goes into `folder` where one is named. Raises PartydayError, `NoFolderHere` where nobody may write there.
    """
    folder = folder or local_folder()
    _make_folder(folder)
    made = make(taken, folder, told=told)
    thin_local(folder, taken.contents.book_key)
    return made


class NoFolderHere(PartydayError):
    """The folder of the generations on this computer is not for us to write in; a full disk is another matter."""


def keep_safe(book: Book, folder: Path | None = None) -> Made:
    """A verified generation on this computer alone, in its usual folder or in `folder`, before something that replaces the book.

    Raises PartydayError, `NoFolderHere` where another folder may do.
    """
    folder = folder or local_folder()
    _make_folder(folder)
    taken = begin(book, _LOCAL_LABEL, highest_generation(folder, branch_of(book).key), reason="before_restore")
    try:
        made = make_local(taken, folder=folder)
    finally:
        taken.copy.close()
    record(book, made)
    return made


def keep_before_upgrade(book: Book) -> str:
    """A verified generation on this computer of a book of an older schema, which is left as it is; returns the sentence about it (R15).

    The upgrade is rehearsed in memory as part of the check. Raises PartydayError; the upgrade must not begin then.
    """
    folder, copy = local_folder(), copy_of(book)
    try:
        key = backups.contents(copy).book_key
        if not key:
            return ""  # never came to have a branch
        generation = place.numbers(key, folder).after(backups.newest_generation(copy))
        make_local(_taken_before_upgrade(copy, generation))
    except PartydayError as error:
        next_step = error.sentence.replace("再备份", "再打开账本")
        raise PartydayError(f"升级旧账本前要先在本机备份，没有做成，账本没有改动：{next_step}") from error
    finally:
        copy.close()
    return f"账本已升级；升级前的样子先备份在本机，是第{generation}代。"


def _taken_before_upgrade(copy: BookCopy, generation: int) -> Taken:
    """The generation is written into the copy alone; a schema that has no place for it leaves that to the header."""
    if backups.knows_generations(copy):
        with copy.act("备份", source=f"第{generation}代 升级前") as transaction:
            backups.begin(transaction, generation, "before_restore", _LOCAL_LABEL)
        return Taken(copy, backups.contents(copy), _LOCAL_LABEL)
    contents = replace(backups.contents(copy), generation=generation, made_at=copy.clock.instant())
    return Taken(copy, contents, _LOCAL_LABEL)


def _faults_as_upgraded(copy: BookCopy, raw: bytes) -> list[str]:
    """What is wrong with a snapshot; one of an older schema is looked at as its upgrade makes it."""
    if copy.version() == newest_version():
        return faults_of(copy)
    with closing(copy_from(raw, copy.clock)) as upgraded:
        upgraded.bring_up()
        return faults_of(upgraded)


def faults_of(copy: BookCopy) -> list[str]:
    """What is wrong with a book in memory: pages, references, structure, ledger, sums. Its connection's settings do not matter."""
    return [found for check in diagnose(copy).checks if check.key != "pragmas" for found in check.found]


def write_slip(branch: str, passphrase: str, day: date) -> Path:
    """Write the paper slip into the folder of the exports, to be printed; returns the file. Raises PartydayError."""
    target = exports_folder() / f"备份口令纸条 {day}.txt"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        with open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8-sig") as file:
            file.write(slip(branch, passphrase, day.isoformat()))
    except OSError as error:
        raise PartydayError("口令纸条没有能写成文件，没有备份；请检查磁盘是否已满，再试一次。") from error
    return target


def _header(contents: Contents, raw: bytes, *, encrypted: bool) -> Header:
    return Header(
        format=FORMAT,
        book_key=contents.book_key,
        branch=contents.branch,
        generation=contents.generation,
        schema=contents.schema,
        made_at=contents.made_at,
        program=__version__,
        counts=dict(contents.counts),
        last_entry=contents.last_entry.isoformat() if contents.last_entry else "",
        ledger_fen=contents.ledger_fen,
        ledger_head=contents.ledger_head,
        encrypted=encrypted,
        raw_size=len(raw),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )


def _first_packed(contents: Contents, raw: bytes, passphrase: str, told: Told) -> tuple[Header, bytes]:
    header = _header(contents, raw, encrypted=bool(passphrase))
    return header, _packed(header, raw, passphrase, told)


def _packed(header: Header, raw: bytes, passphrase: str, told: Told = lambda _: None) -> bytes:
    """The finished file, opened again once to see that the book comes out of it as it went in."""
    data = archive.pack(header, raw, passphrase, told)
    if not archive.holds(data, raw, passphrase):
        raise PartydayError("打包后核对不一致，没有备份；请重启电脑再备份一次。")
    return data


def _keep_on_this_computer(folder: Path, key: str, generation: int, data: bytes) -> str:
    """The copy beside the one on the stick; returns why there is none, in words that leave no doubt of the other."""
    try:
        _make_folder(folder)
        place.write(folder, key, generation, data)
    except PartydayError as error:
        why = cause_of(error.__cause__) if isinstance(error.__cause__, OSError) else "读回来不一样"
        return f"{short(folder)} 写不进去（{why}），U盘上的那一份不受影响；请检查磁盘空间和文件夹权限。"
    thin_local(folder, key)
    return ""


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "not for us to write in", str(folder))
    except OSError as error:
        sentence = f"本机的备份文件夹 {short(folder)} 用不了（{cause_of(error)}），"
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise NoFolderHere(f"{sentence}请检查它的权限，或把挡在那里的文件移开，再做一次。") from error
        raise PartydayError(f"{sentence}请检查磁盘是否已满，腾出空间后再做。") from error
