"""On a disk that is really full the book stays readable, nothing acknowledged is lost, and the sentence names what is needed."""

import re
from contextlib import closing

import pytest

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.services import backup
from partyday_tui.services.books import make_book, open_existing
from partyday_tui.services.copy_in import copy_in
from partyday_tui.store.members import group_id, groups
from tests.old_books import old_book
from tests.small_disk import fill_up, small_disk  # noqa: F401

FIGURES = r"要 [0-9.]+ MB，只剩 [0-9.]+ MB"


def a_book(path):
    return make_book(path, Clock(), name="柳湾村党支部", preset="rural_community")


def write(book, number):
    with book.act("写") as act:
        for each in range(200):
            group_id(act, f"{number}第{each}党小组")


def test_a_full_disk_names_what_is_needed_and_the_book_stays_readable(small_disk):  # noqa: F811
    with closing(a_book(small_disk / "book.db")) as book:
        fill_up(small_disk, leave=60_000)
        done = 0
        with pytest.raises(PartydayError) as refused:
            for number in range(200):
                write(book, number)
                done += 1
        assert re.search(f"磁盘已满（{FIGURES}），刚才这一笔没有存下.*请腾出空间", refused.value.sentence)
        assert len(groups(book)) == done * 200
        (small_disk / "ballast").unlink()
        write(book, "后来")
    with closing(open_existing(small_disk / "book.db", Clock())) as again:
        assert len(groups(again)) == (done + 1) * 200


def test_a_backup_that_does_not_fit_names_what_is_needed(small_disk, book_path):  # noqa: F811
    with closing(a_book(book_path)) as book:
        made = backup.back_up(book, small_disk)
        fill_up(small_disk, leave=8192)
        with pytest.raises(PartydayError, match=f"满了（{FIGURES}），这次备份没有做成.*请腾出空间"):
            backup.back_up(book, small_disk)
    assert [it.path for it in place.listed(small_disk)] == [made.path]
    assert not list(small_disk.glob("*.part"))


def test_an_upgrade_without_room_for_its_backup_does_not_begin(small_disk, book_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(backup, "data_folder", lambda: small_disk)
    old_book(book_path, 6)
    before = book_path.read_bytes()
    fill_up(small_disk, leave=8192)
    with pytest.raises(PartydayError, match=f"账本没有改动：.*{FIGURES}.*请腾出空间再打开账本"):
        open_existing(book_path, Clock())
    assert book_path.read_bytes() == before


def test_a_book_that_does_not_fit_is_not_copied_in(small_disk, book_path, monkeypatch):  # noqa: F811
    a_book(book_path).close()
    monkeypatch.setattr("partyday_tui.services.copy_in.default_book", lambda: small_disk / "book.db")
    fill_up(small_disk, leave=8192)
    with pytest.raises(PartydayError, match=f"磁盘已满，{FIGURES}"):
        copy_in(book_path)
    assert not (small_disk / "book.db").exists()


@pytest.mark.parametrize(
    ("count", "up", "words"),
    [(0, False, "0.0 MB"), (1, True, "0.1 MB"), (1, False, "0.0 MB"), (3 << 20, True, "3.0 MB"), ((10 << 20) + 1, True, "11 MB"),
     ((21 << 20) + 9, False, "21 MB"), (10 << 20, False, "10 MB")],
)  # fmt: skip
def test_sizes_are_rounded_to_the_safe_side(count, up, words):
    assert paths._megabytes(count, up=up) == words


def test_where_there_is_room_or_no_folder_nothing_is_said(tmp_path):
    assert paths.room_words(tmp_path, 1) == "" and paths.room_words(tmp_path / "gone", 1) == ""
