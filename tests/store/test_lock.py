"""The lock says who holds a book, and afterwards whether that program came to its end."""

import os
import sys

import pytest

from partyday_tui.paths import lock_of
from partyday_tui.store.lock import BookLock, InUse


def test_it_names_the_process_while_it_is_held_and_nothing_after(tmp_path):
    lock = BookLock(tmp_path / "book.db")
    assert lock_of(tmp_path / "book.db").read_text() == f"{os.getpid()}\n"
    with pytest.raises(InUse):
        BookLock(tmp_path / "book.db")
    lock.release()
    assert lock_of(tmp_path / "book.db").read_text() == ""
    lock.release()


def test_a_program_that_did_not_end_is_remembered_until_somebody_has_looked(tmp_path):
    lock_of(tmp_path / "book.db").write_text("4711\n")
    for _ in range(2):  # a command on the way does not make it forgotten
        lock = BookLock(tmp_path / "book.db")
        assert lock.was_left
        lock.release()
    lock = BookLock(tmp_path / "book.db")
    lock.was_left = False
    lock.release()
    lock = BookLock(tmp_path / "book.db")
    assert not lock.was_left
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_leads_to_the_lock_of_the_book_itself(tmp_path):
    book, link = tmp_path / "book.db", tmp_path / "elsewhere" / "link.db"
    book.write_bytes(b"")
    link.parent.mkdir()
    link.symlink_to(book)
    for first, second in ((book, link), (link, book)):
        lock = BookLock(first)
        with pytest.raises(InUse, match="另一个窗口"):
            BookLock(second)
        lock.release()


def test_a_book_with_two_names_is_not_opened_by_either(tmp_path):
    book, other = tmp_path / "book.db", tmp_path / "other.db"
    book.write_bytes(b"")
    os.link(book, other)
    for name in (book, other):
        with pytest.raises(InUse, match="硬链接"):
            BookLock(name)
    other.unlink()
    BookLock(book).release()
