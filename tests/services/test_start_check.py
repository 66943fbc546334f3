"""The check at the start: a sound book stays open to writing, a damaged one can only be read."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.__main__ import main
from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import lock_of
from partyday_tui.rules.month import Month
from partyday_tui.services.books import branch_of, change_branch, open_existing
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_table import collection_list
from partyday_tui.services.start_check import check_at_start, damage_behind
from partyday_tui.ui.app import PartydayApp


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


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER sly AFTER INSERT ON member BEGIN DELETE FROM guest; END",
        "CREATE VIEW sly AS SELECT * FROM member",
        "DROP TRIGGER dues_entry_is_never_changed",
    ],
)
def test_a_structure_that_is_not_ours_closes_the_book_to_writing(path, sql):
    with closing(sqlite3.connect(path)) as other:
        other.execute(sql)
    with closing(open_existing(path, Clock(date(2026, 11, 6)))) as book:
        (told,) = check_at_start(book)
        assert "sly" in told or "dues_entry_is_never_changed" in told
        with pytest.raises(PartydayError, match="请先从备份恢复"):
            rename(book)


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


@pytest.fixture
def nonsense(path):
    """A book with a value that no program ever wrote, as a damaged page gives."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute("INSERT INTO movement (member_id, kind, on_date) VALUES (2, 'transfer_in', '=\x0cT')")
        other.commit()
    return path


def test_what_nobody_foresaw_in_a_damaged_book_is_told_as_its_damage(nonsense):
    with closing(open_existing(nonsense, Clock(date(2026, 11, 6)))) as book:
        with pytest.raises(ValueError, match="Invalid isoformat") as failed:
            collection_list(book, Month(2026, 10))
        assert "从备份恢复。" in damage_behind(book, failed.value).sentence
        assert damage_behind(book, UserMistake("另有原因。")) is None


def test_a_fault_of_the_program_is_not_taken_for_damage(path):
    with closing(open_existing(path, Clock(date(2026, 11, 6)))) as book:
        assert damage_behind(book, ValueError("a bug")) is None
        book.close_to_writing("这次只看。")
        assert damage_behind(book, ValueError("a bug")) is None, "closed for another reason, such as the clock"
        with pytest.raises(PartydayError, match="这次只看"):
            rename(book)


def test_the_command_line_says_it_in_one_sentence(nonsense, capsys):
    assert main(["--book", str(nonsense), "--today", "2026-11-06", "dues", "status", "--month", "2026-10"]) == 2
    assert capsys.readouterr().err.count("从备份恢复。") == 1


async def test_the_screen_says_it_and_stays(nonsense):
    app = PartydayApp(nonsense, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        while app.branch is None:
            await pilot.pause(0.02)
        with pytest.raises(PartydayError, match="从备份恢复"):
            await app.call(collection_list, Month(2026, 10))


@pytest.mark.parametrize("was_left_open", [False, True])
def test_a_book_that_was_left_open_is_looked_at_as_a_whole(nonsense, was_left_open):
    if was_left_open:
        lock_of(nonsense).write_text("4711\n")
    with closing(open_existing(nonsense, Clock(date(2026, 11, 6)))) as book:
        assert any("CHECK" in each for each in check_at_start(book)) is was_left_open
        assert not book.was_left_open, "once is enough"
