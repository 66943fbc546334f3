"""The check of a book at each start: its pages and structure, the ledger's chain and its sums; a book that fails can only be read (reliability.md R16)."""

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.services.doctor import diagnose, ledger_faults, structure_faults
from partyday_tui.store import inspection
from partyday_tui.store.book import Book
from partyday_tui.store.failures import DAMAGED

ONLY_READ = "账本检查没有通过，现在只能看，不能改，以免越错越多；请先从备份恢复。"


def damage_behind(book: Book, error: Exception) -> PartydayError | None:
    """What to raise in place of an error that nobody foresaw: the damage of the book, if it has any.

    A damaged page gives values that no program ever wrote, and what reads them may fail anywhere.
    """
    if isinstance(error, PartydayError):
        return None
    try:
        is_damaged = any(check.found for check in diagnose(book).checks)
    except PartydayError:
        is_damaged = True
    if not is_damaged:
        return None
    book.close_to_writing(ONLY_READ)
    return UserMistake(DAMAGED)


def check_at_start(book: Book) -> tuple[str, ...]:
    """What is wrong, a sentence each; the book is closed to writing then. Nothing for a sound book.

    A book that was left open, by a power cut for one, is looked at as a whole: a disk that lies about its syncs may have kept pages of
    different moments, each sound by itself (test plan T5).
    """
    try:
        found = [f"文件损坏：{each}" for each in inspection.quick_damage(book)]
        found += structure_faults(book) + ledger_faults(book)
        if not found and book.was_left_open:
            found = [f"{check.title}：{each}" for check in diagnose(book).checks for each in check.found]
            book.looked_over()
    except PartydayError as error:
        found = [error.sentence]
    if found:
        book.close_to_writing(ONLY_READ)
    return tuple(found)
