"""Making, opening and describing a book."""

import uuid
from contextlib import suppress
from datetime import date
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.paths import short
from partyday_tui.rules.branch import Branch
from partyday_tui.rules.clock_doubt import ClockDoubt, doubt_about
from partyday_tui.rules.text import NAME_LIMIT, line_to_keep
from partyday_tui.safekeeping.drives import VOLUME_WORDS, Volume, volume_of
from partyday_tui.store import branch as branches
from partyday_tui.store.book import Book, create_book, open_book


class BookAway(UserMistake):
    """The book lies on a volume on which no book is kept (reliability.md R4); `path` is where."""

    def __init__(self, path: Path, volume: Volume) -> None:
        super().__init__(
            f"{short(path)} 在{VOLUME_WORDS[volume]}上，拔出或断开时会丢记录，不在上面记账；请先复制到这台电脑里再打开。"
        )
        self.path = path


class NeverBegun(UserMistake):
    """The file is a book in which there never was anything, as when the power went while it was made."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{short(path)} 里还什么都没有，像是上次新建到一半断了电；请再新建一次（partyday new）。")


_LONGEST_NAME = 80  # characters of an organization's name, as the schema has it


def make_book(path: Path, clock: Clock, *, name: str, preset: str, superior: str = "", secretary: str = "") -> Book:
    """Make a new book for a branch and leave it open; nothing is left behind when it fails.

    A file in which there never was anything is taken for it. Raises UserMistake when there is a book already, the name is empty or a text
    is too long, `BookAway` on a stick.
    """
    _stays_here(path)
    if clock.day is None and doubt_about(clock.now(), None):
        raise UserMistake(f"电脑日期 {clock.today} 不可能是今天，没有新建账本；请校正电脑日期，再新建一次。")
    name, superior, secretary = _checked(name, superior, secretary)
    book = create_book(path, clock)
    try:
        book.act_as(secretary)
        with book.act("新建账本") as transaction:
            today = clock.today
            branches.write_branch(transaction, Branch(uuid.uuid4().hex, name, superior, secretary, today.isoformat()))
            branches.choose_preset(transaction, preset, date.min, "新建账本时选定")
    except BaseException:
        book.close()
        for left in (path, path.with_name(f"{path.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return book


def open_existing(path: Path, clock: Clock) -> Book:
    """Open a book that has a branch; one of an older program is backed up on this computer before it is upgraded (R15).

    Raises UserMistake with the next step where that cannot be, `BookAway` on a stick, `NeverBegun` for a file without anything in it."""
    if path.is_file():
        _stays_here(path)
        if not path.stat().st_size:  # SQLite would make a book of it
            raise NeverBegun(path)
    book = open_book(path, clock, _keep_before_upgrade)
    try:
        if book.is_never_begun():
            raise NeverBegun(path)
        book.act_as(branch_of(book).secretary)
    except BaseException:
        book.close()
        raise
    return book


def _keep_before_upgrade(book: Book) -> str:
    from partyday_tui.services.backup import keep_before_upgrade  # not behind every start

    return keep_before_upgrade(book)


def _stays_here(path: Path) -> None:
    volume = volume_of(path)
    if volume is not Volume.FIXED:
        raise BookAway(path, volume)


def branch_of(book: Book) -> Branch:
    """The branch that keeps the book."""
    found = branches.branch(book)
    if found is None:
        raise UserMistake("这个账本还没有支部信息，请重新新建账本（partyday new），换一个文件名。")
    return found


def change_branch(book: Book, *, name: str, superior: str, secretary: str) -> Branch:
    """Write the branch's name, superior and secretary anew; returns it as written."""
    name, superior, secretary = _checked(name, superior, secretary)
    old = branch_of(book)
    new = Branch(old.key, name, superior, secretary, old.made_on)
    with book.act("修改支部信息") as transaction:
        branches.write_branch(transaction, new)
    book.act_as(secretary)
    return new


def _checked(name: str, superior: str, secretary: str) -> tuple[str, str, str]:
    name = line_to_keep(name, "支部名称", _LONGEST_NAME)
    if not name:
        raise UserMistake("支部名称没有填，请写上党支部的名称。")
    return name, line_to_keep(superior, "上级党组织", _LONGEST_NAME), line_to_keep(secretary, "支部书记", NAME_LIMIT)


def clock_doubt(book: Book) -> ClockDoubt | None:
    """What is to be doubted of the clock, held against the newest entry; None where all is well (R18)."""
    return doubt_about(book.clock.now(), branches.newest_entry(book))
