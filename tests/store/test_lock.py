"""The lock says who holds a book, and afterwards whether that program came to its end."""

import os

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
