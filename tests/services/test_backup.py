"""A backup is called done only after it was read back; the book knows its generations; nothing is claimed that was not verified."""

import errno
from dataclasses import replace
from datetime import date

import pytest
from tests.dues_branch import dues_branch
from tests.safekeeping.test_place import FaultyOs

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import archive, place, uncached
from partyday_tui.safekeeping.place import Numbers
from partyday_tui.services import backup, kept_here
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.store.copies import copy_of

PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"
NONE_YET = Numbers(0, frozenset())


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1)
    yield book
    book.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_backup_is_verified_and_known(book, stick):
    told = []
    made = backup.back_up(book, stick, label="U盘 KINGSTON", told=told.append)
    header = place.read_file(made.path).header
    assert made.generation == header.generation == 1
    assert header.counts["member"] == len(book.rows("SELECT id FROM member"))
    assert (header.last_entry, header.encrypted) == ("2026-11-06", False)
    last = backup.last_backup(book)
    assert (last.generation, last.place, last.found_whole_at) == (1, "U盘 KINGSTON", None)
    assert told == sorted(told) and told[-1] == 1.0
    assert [it.generation for it in place.listed(backup.local_folder())] == [1]


def test_the_copy_on_this_computer_is_never_encrypted(book, stick):
    made = backup.back_up(book, stick, PASSPHRASE)
    assert place.read_file(made.path).header.encrypted
    local = place.listed(backup.local_folder())[0]
    assert not place.read_file(local.path).header.encrypted


def test_the_generation_follows_the_highest_that_book_folder_or_computer_knows(book, stick, tmp_path):
    assert backup.back_up(book, stick).generation == 1
    key = branch_of(book).key
    head = replace(place.read_file(stick / place.name_of(key, 1)).header, generation=41)
    (stick / place.name_of(key, 41)).write_bytes(archive.pack(head, b"x" * head.raw_size)[:-9])
    assert backup.back_up(book, stick).generation == 42, "damaged, but its head says what its name says"
    (stick / place.name_of("f" * 32, 900)).write_bytes(b"")
    assert backup.back_up(book, stick).generation == 43
    assert backup.back_up(book, tmp_path / "another").generation == 44


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"x" * 100, None])
def test_a_name_alone_uses_up_no_numbers_and_is_passed_over(book, stick, data):
    first = backup.back_up(book, stick)
    key = branch_of(book).key
    for folder, numbers in ((stick, (2, 999_999)), (backup.local_folder(), (3, 999_998))):
        for number in numbers:
            (folder / place.name_of(key, number)).write_bytes(first.path.read_bytes() if data is None else data)
    assert backup.back_up(book, stick).generation == 4
    assert kept_here.ahead_of(book) is None
    assert backup.keep_safe(book).generation == 5


def test_a_generation_that_failed_is_begun_but_never_the_last_backup(book, stick, monkeypatch):
    backup.back_up(book, stick)
    with monkeypatch.context() as patch:
        faulty = FaultyOs(1, errno.ENODEV, sticky=True)
        patch.setattr(place, "os", faulty)
        with pytest.raises(PartydayError, match=r"读不出来|没有做成"):
            backup.back_up(book, stick)
    with monkeypatch.context() as patch:
        patch.setattr(uncached.os, "read", lambda *_: b"")
        with pytest.raises(PartydayError, match="不一样"):
            backup.back_up(book, stick)
    assert backup.last_backup(book).generation == 1
    assert backup.back_up(book, stick).generation == 3
    assert sorted(it.generation for it in place.listed(stick)) == [1, 3]


def test_a_full_computer_does_not_undo_the_backup_on_the_stick(book, stick, monkeypatch):
    monkeypatch.setattr(backup, "local_folder", lambda: stick / "file" / "in the way")
    (stick / "file").write_bytes(b"")
    monkeypatch.setattr(backup, "highest_generation", lambda *_: NONE_YET)
    made = backup.back_up(book, stick)
    assert backup.last_backup(book).generation == 1
    assert "没有这个位置" in made.local_failure and "不受影响" in made.local_failure
    assert "没有做成" not in made.local_failure and "检查U盘" not in made.local_failure


def test_a_stick_is_backed_up_to_where_this_computer_has_no_folder_to_keep_it(book, stick, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(backup, "local_folder", lambda: tmp_path / "file" / "backups")
    assert backup.back_up(book, stick).local_failure
    with pytest.raises(backup.NoFolderHere, match="用不了"):
        backup.keep_safe(book)


def test_a_book_that_fails_its_checks_is_not_backed_up(book, stick):
    backup.back_up(book, stick)
    with book.transaction() as transaction:
        sql = book.rows("SELECT sql FROM sqlite_schema WHERE name = 'dues_entry_is_never_changed'")[0][0]
        transaction.connection.execute("DROP TRIGGER dues_entry_is_never_changed")
        transaction.connection.execute("UPDATE dues_entry SET note = '改过' WHERE id = 1")
        transaction.connection.execute(sql)
    with pytest.raises(PartydayError, match=r"检查没有通过.*第 1 笔"):
        backup.back_up(book, stick)
    assert [it.generation for it in place.listed(stick)] == [1]


def test_the_snapshot_is_of_the_moment_it_was_taken(book, stick):
    taken = backup.begin(book, "U盘", NONE_YET)
    with book.act("之后") as act:
        act.connection.execute("INSERT INTO party_group (name) VALUES ('后来的党小组')")
    made = backup.make(taken, stick)
    assert place.read_file(made.path).header.counts["act"] == taken.contents.count("act")
    assert taken.copy.rows("SELECT 1 FROM party_group WHERE name = '后来的党小组'") == []
    taken.copy.close()


def test_the_day_of_the_last_entry_is_not_that_of_a_backup(book, stick):
    before = backup.backups.contents(book).last_entry
    book.clock = type(book.clock)(before.replace(year=before.year + 1))
    backup.back_up(book, stick)
    assert backup.backups.contents(book).last_entry == before


def test_a_copy_that_lost_a_page_has_faults(book):
    copy = copy_of(book)
    assert backup.faults_of(copy) == []
    copy._connection.execute("PRAGMA writable_schema = ON")
    copy._connection.execute("UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'member_identity'")
    copy._connection.execute("PRAGMA writable_schema = RESET")
    assert backup.faults_of(copy)
    copy.close()


def test_nothing_is_removed_before_the_new_file_is_verified(book, stick, monkeypatch):
    for _ in range(place.KEPT * 2):
        backup.back_up(book, stick)
    before = [it.generation for it in place.listed(stick)]
    with monkeypatch.context() as patch:
        patch.setattr(place, "read_uncached", lambda _: iter([b"something else"]))
        with pytest.raises(PartydayError, match="不一样"):
            backup.back_up(book, stick)
    assert [it.generation for it in place.listed(stick)] == before
    backup.back_up(book, stick)
    assert [it.generation for it in place.listed(stick)] == [12, 10, 9, 8, 7]


def test_what_is_in_no_backup_is_kept_on_this_computer_once(book):
    assert backup.daily_is_due(book)
    taken = backup.begin_daily(book)
    made = backup.make_local(taken)
    assert backup.daily_is_due(book), "begun is not made"
    backup.record(book, made)
    assert not backup.daily_is_due(book)
    assert backup.last_backup(book) is None, "the desk still says that there is none on a stick"
    book.clock = Clock(date(1970, 1, 1))
    with book.act("点名"):
        pass
    assert backup.daily_is_due(book), "whatever the clock says"
    taken.copy.close()


def test_a_daily_that_cannot_be_written_removes_none(book, monkeypatch):
    for number in range(1, 8):
        book.clock = Clock(date(2026, 12, number))
        with book.act("记") as act:
            act.connection.execute("UPDATE member SET post = ? WHERE id = 1", (str(number),))
        backup.record(book, backup.make_local(backup.begin_daily(book)))
    before = sorted(backup.local_folder().iterdir())
    monkeypatch.setattr(place, "os", FaultyOs(5, errno.ENOSPC, sticky=True))
    with pytest.raises(PartydayError):
        backup.make_local(backup.begin_daily(book))
    monkeypatch.undo()
    assert [it for it in sorted(backup.local_folder().iterdir()) if it.suffix == ".zip"] == before
