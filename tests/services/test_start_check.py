"""The check at the start: a sound book stays open to writing, a damaged one can only be read."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.services.books import branch_of, change_branch, open_existing
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.start_check import check_at_start


@pytest.fixture
def path(book_path):
    """A book with a ledger."""
    book = dues_branch(book_path)
    record_payment(book, 1, note="会后在村部收的现金")
    book.close()
    return book_path


def rename(book):
    change_branch(book, name="新支部", superior="", secretary="罗有秀")


def test_a_sound_book_is_written_on(path):
    book = open_existing(path, Clock(date(2026, 11, 6)))
    assert check_at_start(book) == ()
    rename(book)
    book.close()


def test_a_changed_entry_closes_the_book_to_writing(path):
    with closing(sqlite3.connect(path)) as other:
        name, sql = other.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'dues_entry' AND sql LIKE '%BEFORE UPDATE%'"
        ).fetchone()
        other.execute(f"DROP TRIGGER {name}")
        other.execute("UPDATE dues_entry SET note = 'x' WHERE id = 2")
        other.execute(sql)
        other.commit()
    book = open_existing(path, Clock(date(2026, 11, 6)))
    assert any("第 2 笔" in sentence for sentence in check_at_start(book))
    with pytest.raises(PartydayError, match="请先从备份恢复"):
        rename(book)
    assert branch_of(book).name != "新支部", "what is there can still be read"
    book.close()


def test_a_page_that_was_overwritten_closes_the_book_to_writing(path):
    with closing(sqlite3.connect(path)) as other:
        page = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'roll_entry'").fetchone()[0]
        size = other.execute("PRAGMA page_size").fetchone()[0]
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    book = open_existing(path, Clock(date(2026, 11, 6)))
    assert check_at_start(book)
    with pytest.raises(PartydayError, match="只能看"):
        rename(book)
    book.close()
