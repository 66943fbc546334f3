"""The check of a book at each start: its pages, the ledger's chain and its sums; a book that fails can only be read (reliability.md R16)."""

from partyday_tui.errors import PartydayError
from partyday_tui.services.doctor import ledger_faults
from partyday_tui.store import inspection
from partyday_tui.store.book import Book

ONLY_READ = "账本检查没有通过，现在只能看，不能改，以免越错越多；请先从备份恢复。"


def check_at_start(book: Book) -> tuple[str, ...]:
    """What is wrong, a sentence each; the book is closed to writing then. Nothing for a sound book."""
    try:
        found = [f"文件损坏：{each}" for each in inspection.quick_damage(book)] + ledger_faults(book)
    except PartydayError as error:
        found = [error.sentence]
    if found:
        book.close_to_writing(ONLY_READ)
    return tuple(found)
