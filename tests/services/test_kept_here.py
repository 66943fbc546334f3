"""What this computer keeps of a book: the newest whole generation, and whether it holds what the book does not."""

import shutil
from contextlib import closing
from datetime import date

import pytest
from tests.dues_branch import TODAY, dues_branch
from tests.old_books import old_book

from partyday_tui.clock import Clock
from partyday_tui.safekeeping import place
from partyday_tui.services import backup
from partyday_tui.services.books import branch_of, open_existing
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.kept_here import ahead_of, newest_kept
from partyday_tui.services.restore import open_backup, restore
from partyday_tui.store.backups import newest_generation

TOMORROW = Clock(date(2026, 11, 7))


def kept(book):
    """A generation on this computer, as the app keeps it."""
    taken = backup.begin_daily(book)
    with closing(taken.copy):
        backup.record(book, backup.make_local(taken))


@pytest.fixture
def older(book_path):
    """The path of a book whose file was put back to what it was before a generation was kept and something entered."""
    with closing(dues_branch(book_path)) as book:
        kept(book)
    shutil.copy(book_path, book_path.with_suffix(".old"))
    with closing(open_existing(book_path, Clock(TODAY))) as book:
        record_payment(book, 1)
        kept(book)
    shutil.copy(book_path.with_suffix(".old"), book_path)
    return book_path


def test_a_sound_book_is_ahead_of_its_backups(book_path):
    with closing(dues_branch(book_path)) as book:
        assert newest_kept(TODAY) is None and ahead_of(book) is None
        kept(book)
        record_payment(book, 1)
        assert ahead_of(book) is None


def test_an_older_file_in_the_place_of_the_book_is_seen_until_it_is_kept_itself(older):
    with closing(open_existing(older, TOMORROW)) as book:
        found = ahead_of(book)
        assert found.generation == 2 and found == newest_kept(TOMORROW.today, branch_of(book).key)
        assert found.words.startswith("本机最新的备份是第2代（2026-11-06 ") and found.words.endswith("，1天前）")
        kept(book)
        assert newest_generation(book) == 3 and ahead_of(book) is None


def test_nothing_is_lost_where_only_the_backup_itself_is_missing(book_path):
    with closing(dues_branch(book_path)) as book:
        taken = backup.begin_daily(book)
    with closing(taken.copy):
        backup.make_local(taken)
    with closing(open_existing(book_path, TOMORROW)) as book:
        assert ahead_of(book) is None


def test_a_restored_book_is_meant_to_be_older(older):
    first = place.listed(backup.local_folder())[-1]
    opened = open_backup(first.path, TOMORROW)
    with closing(opened.copy), closing(restore(older, TOMORROW, opened).book) as book:
        assert ahead_of(book) is None


@pytest.mark.parametrize("number", [8, 11])
def test_a_book_that_was_upgraded_has_lost_nothing(book_path, number):
    old_book(book_path, number)
    with closing(open_existing(book_path, TOMORROW)) as book:
        assert "第1代" in book.news and ahead_of(book) is None


def test_a_damaged_generation_is_passed_over(older):
    newest = place.listed(backup.local_folder())[0]
    newest.path.write_bytes(newest.path.read_bytes()[:-1])
    assert newest_kept(TODAY).generation == 1
    with closing(open_existing(older, TOMORROW)) as book:
        assert ahead_of(book) is None
