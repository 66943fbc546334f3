"""A book on a stick is not opened there but copied into this computer (reliability.md R4)."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from tests.sticks import plug_in

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import default_book, layouts_of, outbox_of
from partyday_tui.services import copy_in as module
from partyday_tui.services.books import BookAway, branch_of, make_book, open_existing
from partyday_tui.services.copy_in import copy_in

CLOCK = Clock(date(2026, 11, 6))


@pytest.fixture
def on_stick(tmp_path, monkeypatch):
    """A book that was carried to a stick."""
    stick = tmp_path / "U盘 1"
    stick.mkdir()
    path = stick / "账本.db"
    make_book(path, CLOCK, name="柳湾村党支部", preset="rural_community").close()
    plug_in(stick, monkeypatch)
    return path


def test_a_book_on_a_stick_is_neither_opened_nor_made(on_stick):
    with pytest.raises(BookAway, match="请先复制到这台电脑里"):
        open_existing(on_stick, CLOCK)
    with pytest.raises(BookAway):
        make_book(on_stick.with_name("新.db"), CLOCK, name="新支部", preset="bureau")
    assert not on_stick.with_name("新.db").exists()


def test_the_copy_opens_and_the_original_stays(on_stick):
    before = on_stick.read_bytes()
    path = copy_in(on_stick)
    assert path == default_book() and on_stick.read_bytes() == before
    book = open_existing(path, CLOCK)
    assert branch_of(book).name == "柳湾村党支部"
    book.close()
    assert copy_in(on_stick) == default_book().with_name("book-2.db"), "a book that is there is never overwritten"


def lay_beside(book):
    """What a branch has beside its book: a package in the outbox, and its own titles."""
    waiting = outbox_of(book) / "2026-11" / "月度材料.xlsx"
    waiting.parent.mkdir(parents=True)
    waiting.write_bytes(b"sheet")
    layouts_of(book).write_text("# 样式", "utf-8")
    return waiting.relative_to(outbox_of(book))


def test_what_lies_beside_the_book_comes_along(on_stick):
    waiting = lay_beside(on_stick)
    path = copy_in(on_stick)
    assert (outbox_of(path) / waiting).read_bytes() == b"sheet" and layouts_of(path).read_text("utf-8") == "# 样式"
    assert (outbox_of(on_stick) / waiting).exists(), "the original stays"


@pytest.mark.parametrize(("left", "name"), [(b"sheet", "book.db"), (b"other", "book-2.db")])
def test_what_lies_there_without_a_book_is_never_written_over(on_stick, left, name):
    """What an earlier try brought is taken up; what is another's stays, and the book goes beside it."""
    there = outbox_of(default_book()) / lay_beside(on_stick)
    there.parent.mkdir(parents=True)
    there.write_bytes(left)
    assert copy_in(on_stick).name == name and there.read_bytes() == left


def test_a_wal_of_a_book_that_is_gone_is_not_played_into_the_copy(on_stick, tmp_path):
    other = tmp_path / "other.db"
    shutil.copy(on_stick, other)
    stray = default_book().with_name("book.db-wal")
    stray.parent.mkdir(parents=True)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE branch SET name = '别村党支部'")
        shutil.copy(other.with_name("other.db-wal"), stray)
    with closing(open_existing(copy_in(on_stick), CLOCK)) as book:
        assert branch_of(book).name == "柳湾村党支部"


def test_what_a_power_cut_left_half_written_is_undone_in_the_copy(on_stick):
    with closing(sqlite3.connect(on_stick, isolation_level=None)) as writer:
        for statement in ("PRAGMA journal_mode=TRUNCATE", "PRAGMA cache_size=1", "BEGIN IMMEDIATE"):
            writer.execute(statement)
        for n in range(400):
            writer.execute("INSERT INTO party_group (name) VALUES (?)", (f"{n}组",))
        halves = [on_stick, on_stick.with_name(f"{on_stick.name}-journal")]
        kept = [shutil.copy(half, half.with_name(f"kept{n}")) for n, half in enumerate(halves)]
        writer.execute("ROLLBACK")
    for half, copy in zip(halves, kept, strict=True):
        shutil.copy(copy, half)
    book = open_existing(copy_in(on_stick), CLOCK)
    assert book.rows("SELECT count(*) FROM party_group")[0][0] == 0
    assert book.rows("PRAGMA integrity_check")[0][0] == "ok"
    book.close()


def test_a_book_that_is_open_elsewhere_is_not_copied(on_stick, monkeypatch):
    from partyday_tui.store.book import open_book

    other = open_book(on_stick, CLOCK)
    with pytest.raises(UserMistake, match="已在另一个窗口打开"):
        copy_in(on_stick)
    other.close()
    assert not default_book().exists()


def test_a_copy_that_fails_leaves_nothing_behind(on_stick, monkeypatch):
    def fail(source, target, length):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    lay_beside(on_stick)
    monkeypatch.setattr(module.shutil, "copyfileobj", fail)
    with pytest.raises(PartydayError, match="没有复制成"):
        copy_in(on_stick)
    assert not any(default_book().parent.iterdir()) and on_stick.exists()
