"""Restoring a book (恢复): every file of a folder laid open, one verified to the last row, and put into the book whole or not at all (R13)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import room_words, short
from partyday_tui.rules.text import clean_line
from partyday_tui.safekeeping import archive, place
from partyday_tui.safekeeping.archive import Told
from partyday_tui.safekeeping.header import Header
from partyday_tui.safekeeping.refusals import Damaged, Newer, Tampered
from partyday_tui.services.backup import NoFolderHere, faults_of, keep_safe
from partyday_tui.services.books import NeverBegun, branch_of, open_existing
from partyday_tui.store import backups, members
from partyday_tui.store.backups import Contents
from partyday_tui.store.book import Book
from partyday_tui.store.copies import BookCopy, copy_from, copy_of, fills_its_pages, is_same, put_in_place
from partyday_tui.store.lock import InUse
from partyday_tui.store.schema import NewerBook, migrations, newest_version


@dataclass(frozen=True, slots=True)
class Generation:
    """A file of a folder: its header where it is whole, else the sentence why it is not taken."""

    path: Path
    number: int
    header: Header | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that passed every check, as a book in memory at this program's schema; ``contents`` is what it held as written."""

    path: Path
    header: Header
    sha256: str
    contents: Contents
    copy: BookCopy


@dataclass(frozen=True, slots=True)
class Differences:
    """The present book against a backup: members by name that only one of them has, and what each holds."""

    same_book: bool
    only_in_backup: tuple[str, ...]
    only_in_book: tuple[str, ...]
    book: Contents
    backup: Contents


@dataclass(frozen=True, slots=True)
class Restored:
    """The open book after a restore, and a sentence that says where the book of before is; '' where there was none."""

    book: Book
    kept: str


def survey(folder: Path, book_key: str = "", told: Told = lambda _: None) -> list[Generation]:
    """Every file of a folder that bears a backup's name, read from the medium to its last byte.

    Whole ones first; among them those of `book_key` first, then the newest generation. Raises PartydayError for an unreadable folder.
    """
    found = []
    files = place.listed(folder)
    for count, it in enumerate(files, 1):
        try:
            header = place.read_file(it.path).header
            if header.generation != it.generation or not header.book_key.startswith(it.book8):
                raise Tampered("文件名和里面写的不是同一代，可能改过名；请换一个备份。")
            found.append(Generation(it.path, it.generation, header))
        except PartydayError as error:
            found.append(Generation(it.path, it.generation, None, error.sentence))
        told(count / len(files))
    key = book_key or None
    return sorted(
        found, key=lambda it: (it.header is None, it.header is not None and it.header.book_key != key, -it.number)
    )


def note_check(book: Book, found: list[Generation], label: str) -> None:
    """Write down that the newest generation of this book was found whole on its stick once more."""
    key = branch_of(book).key
    own = [it for it in found if it.header is not None and it.header.book_key == key and backups.knows(book, it.number)]
    if own:
        sha256 = place.read_file(own[0].path).sha256
        with book.act("核对备份", source=f"第{own[0].number}代") as transaction:
            backups.record_check(transaction, own[0].number, "found_whole", label, sha256)


def open_backup(path: Path, clock: Clock, passphrase: str = "", told: Told = lambda _: None) -> Opened:
    """Verify one backup in full: the file, the passphrase, the database, its schema, its rows, its ledger, and its header against them.

    Raises NotABackup, Damaged, WrongPassphrase, Newer or Tampered; the caller closes the copy.
    """
    found = place.read_file(path)
    header, sha256, raw = found.header, found.sha256, archive.unpack(found, passphrase, told)
    del found  # the memory for a packed, a plain and a read book at once is not needed
    if not fills_its_pages(raw):
        raise Tampered("备份里的账本后面接了别的内容，可能被改动过，没有采用；请换一个备份。")
    try:
        copy = copy_from(raw, clock)
        del raw
        try:
            held = _checked(copy, header)
        except BaseException:
            copy.close()
            raise
    except PartydayError as error:
        if error.__cause__ is None:
            raise
        raise Damaged("备份里的账本已损坏，打不开，没有采用；请换一个备份。") from error  # SQLite itself said so
    return Opened(path, header, sha256, held, copy)


def _checked(copy: BookCopy, header: Header) -> Contents:
    version = copy.version()
    if version > newest_version():
        raise Newer("这个备份是更新版本的程序做的，请用新版程序恢复；账本没有改动。")
    if version not in {number for number, _ in migrations()} or copy.foreign_objects():
        raise Tampered("备份里的账本多了或改了不该有的结构，可能被改动过，没有采用；请换一个备份。")
    held = backups.contents(copy)
    if not backups.knows_generations(copy):  # made before an upgrade, of a book that could not write it down
        held = replace(held, generation=header.generation, made_at=header.made_at)
    if not _is_told_by(header, held):
        raise Tampered("备份的说明和里面的内容对不上，可能被改动过，没有采用；请换一个备份。")
    copy.bring_up()
    faults = faults_of(copy)
    if faults:
        raise Damaged(f"备份里的账本检查没有通过（{faults[0]}），没有采用；请换一个备份。")
    return held


def _is_told_by(header: Header, held: Contents) -> bool:
    return (
        (header.book_key, header.branch, header.generation, header.schema, header.made_at)
        == (held.book_key, held.branch, held.generation, held.schema, held.made_at)
        and header.counts == dict(held.counts)
        and header.last_entry == (held.last_entry.isoformat() if held.last_entry else "")
        and (header.ledger_fen, header.ledger_head) == (held.ledger_fen, held.ledger_head)
    )


def differences(book: Book, opened: Opened) -> Differences:
    """What would come and what would go if the backup took the place of the book."""
    here = Counter(member.name for member in members.members(book))
    there = Counter(member.name for member in members.members(opened.copy))
    held = backups.contents(book)
    return Differences(
        held.book_key == opened.contents.book_key,
        tuple((there - here).elements()),
        tuple((here - there).elements()),
        held,
        opened.contents,
    )


def restore(path: Path, clock: Clock, opened: Opened, book: Book | None = None) -> Restored:
    """Put a verified backup in the place of the book at `path`: the open `book`, a closed one, a damaged one, or none.

    The act 「从备份恢复」 comes into the book in the same transaction. On any error the old book is whole; where it was damaged, its
    raw bytes stay beside it.
    """
    if path.is_dir():
        raise UserMistake(f"{short(path)} 是一个文件夹，不能当账本用，没有恢复；请用 --book 写明一个账本文件。")
    generation = opened.header.generation
    with opened.copy.act("从备份恢复", source=f"第{generation}代") as transaction:
        if backups.knows(opened.copy, generation):  # its snapshot was taken before it could be called verified
            label = clean_line(str(opened.path.parent)).text
            backups.record_check(transaction, generation, "written", label, opened.sha256)
    if book is None and path.exists() and path.stat().st_size:  # an empty file would be opened as a new book
        try:
            book = open_existing(path, clock)
        except (InUse, NewerBook):
            raise
        except NeverBegun:
            path.unlink()
        except PartydayError:
            book = None
    if book is not None:
        try:
            kept = _kept_safe(book)
        except PartydayError:
            if not faults_in(book):
                raise
            book.close()
            return _put_in_place_of_open(path, clock, opened.copy)
        else:
            _replace(book, opened.copy)
            return Restored(book, kept)
    return _put_in_place(path, clock, opened.copy)


def _kept_safe(book: Book) -> str:
    """A generation of the present book, and the sentence about it; beside the book where the usual folder is not for us to write in."""
    try:
        return f"恢复前的账本已存在本机，是第{keep_safe(book).generation}代备份。"
    except NoFolderHere:
        beside = book.path.with_name(f"{book.path.stem}.恢复前")
        return f"恢复前的账本是第{keep_safe(book, beside).generation}代备份，存在账本旁边的「{beside.name}」文件夹里。"


def faults_in(book: Book) -> list[str]:
    """What is wrong with an open book, as its copy in memory shows it; a book that cannot be copied has one fault."""
    try:
        copy = copy_of(book)
    except PartydayError as error:
        return [error.sentence]
    try:
        return faults_of(copy)
    finally:
        copy.close()


def _replace(book: Book, copy: BookCopy) -> None:
    """The backup API into the open book, in one transaction; then read back from the disk, and undone where it is not the same."""
    before = copy_of(book)
    try:
        book.take_over(copy)
        if not is_same(book, copy):
            book.take_over(before)
            raise PartydayError("恢复后核对不一致，已退回原来的账本；请检查磁盘后再恢复一次。")
    finally:
        before.close()
    book.act_as(branch_of(book).secretary)


class LeftClosed(PartydayError):
    """The restore failed after the damaged book had to be closed; its file is as it was."""


def _put_in_place_of_open(path: Path, clock: Clock, copy: BookCopy) -> Restored:
    try:
        return _put_in_place(path, clock, copy)
    except PartydayError as error:
        raise LeftClosed(error.sentence) from error


def _put_in_place(path: Path, clock: Clock, copy: BookCopy) -> Restored:
    try:
        aside = put_in_place(copy, path)
    except OSError as error:
        room = room_words(path.parent, len(copy.raw()))
        why = f"磁盘已满，{room}" if room else cause_of(error)
        step = "请腾出空间后再恢复一次" if room else "请检查磁盘空间和文件夹权限，再恢复一次"
        raise PartydayError(f"恢复的账本没有能写到磁盘上（{why}），原来的文件没有动；{step}。") from error
    kept = f"损坏的账本原样留在 {aside.name}，不要删除。" if aside is not None else ""
    book = open_existing(path, clock)
    if not is_same(book, copy):  # read through the very connection that is used from now on
        book.close()
        raise PartydayError("恢复后核对不一致，恢复的账本不能用；请检查磁盘，关掉别的程序，再恢复一次。")
    return Restored(book, kept)
