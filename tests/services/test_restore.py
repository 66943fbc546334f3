"""A restore verifies everything first, is whole or not at all, and keeps the book of before."""

import hashlib
import random
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.safekeeping import archive, place
from partyday_tui.safekeeping.refusals import Damaged, Newer, NotABackup, Tampered, WrongPassphrase
from partyday_tui.services import backup, restore
from partyday_tui.services.books import branch_of, make_book, open_existing
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.store import copies, schema
from partyday_tui.store.copies import copy_from, is_same

CLOCK = Clock(date(2026, 11, 6))
PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1)
    yield book
    book.close()


@pytest.fixture
def path(book, stick):
    """A backup of `book`, which has gone on since."""
    made = backup.back_up(book, stick)
    with book.act("之后") as act:
        act.connection.execute("INSERT INTO member (name, kind) VALUES ('后来人', 'full')")
        act.connection.execute("UPDATE member SET name = '改名人' WHERE id = 1")
    return made.path


def names(book):
    return [row[0] for row in book.rows("SELECT name FROM member ORDER BY id")]


def forged(path, change, *, tell=True, **told):
    """The backup with its book changed by SQL, the header made to fit, and the hashes with it."""
    found = place.read_file(path)
    copy = copy_from(archive.unpack(found), CLOCK)
    copy._connection.execute("PRAGMA foreign_keys = OFF")
    change(copy._connection)
    raw = copy.raw()
    header = found.header
    if tell:
        with suppress(PartydayError, sqlite3.Error):
            header = backup._header(backup.backups.contents(copy), raw, encrypted=False)
    copy.close()
    header = replace(header, raw_size=len(raw), raw_sha256=hashlib.sha256(raw).hexdigest(), **told)
    target = path.with_name(place.name_of(header.book_key, 99))
    target.write_bytes(archive.pack(header, raw))
    return target


def execute(*statements):
    def change(connection):
        for sql in statements:
            connection.execute(sql)

    return change


def run_in_schema(sql, parameters=()):
    def change(connection):
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(sql, parameters)
        connection.execute("PRAGMA writable_schema = RESET")

    return change


def opened(path, passphrase=""):
    return closing(restore.open_backup(path, CLOCK, passphrase).copy)


def test_what_was_backed_up_comes_back_and_the_present_is_kept(book, path, stick):
    later = names(book)
    found = restore.open_backup(path, CLOCK)
    done = restore.restore(book.path, CLOCK, found, book)
    assert done.book is book and "第2代" in done.kept
    assert "后来人" not in names(book) and "后来人" in later
    assert book.rows("SELECT what, source FROM act ORDER BY id DESC LIMIT 1")[0][:] == ("从备份恢复", "第1代")
    assert is_same(book, found.copy)
    assert backup.last_backup(book).generation == 1
    safety = restore.open_backup(place.listed(backup.local_folder())[0].path, CLOCK)
    assert names(safety.copy) == later and safety.header.generation == 2
    found.copy.close()
    safety.copy.close()
    assert backup.back_up(book, stick).generation == 3


def test_the_safe_settings_hold_after_a_restore(book, path):
    with closing(restore.open_backup(path, CLOCK).copy):
        restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK), book)
    from partyday_tui.services.doctor import diagnose

    assert diagnose(book).ok


def test_the_differences_are_told_before(book, path):
    found = restore.open_backup(path, CLOCK)
    told = restore.differences(book, found)
    assert told.same_book
    assert set(told.only_in_book) == {"后来人", "改名人"} and len(told.only_in_backup) == 1
    assert told.book.count("member") == told.backup.count("member") + 1
    assert told.book.ledger_fen == told.backup.ledger_fen
    found.copy.close()


def test_a_new_computer_gets_the_book(path, tmp_path):
    found = restore.open_backup(path, CLOCK)
    target = tmp_path / "new" / "book.db"
    done = restore.restore(target, CLOCK, found)
    assert done.kept == "" and is_same(done.book, found.copy)
    assert target.stat().st_mode & 0o777 == 0o600
    done.book.close()
    assert sorted(it.name for it in target.parent.iterdir() if it.stat().st_size) == ["book.db"]


def test_a_closed_book_is_restored_and_kept_too(book, path):
    book.close()
    done = restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK))
    assert "第2代" in done.kept and "后来人" not in names(done.book)
    done.book.close()


@pytest.mark.parametrize("damage", [b"\0" * 100, b"x" * 8192, b""], ids=["head", "pages", "nothing"])
def test_a_damaged_book_stays_as_it_is_beside_the_restored_one(book, path, damage):
    book.close()
    raw = book.path.read_bytes()
    left = damage + raw[len(damage) :] if damage else b""
    book.path.write_bytes(left)
    journal = book.path.with_name("book.db-journal")
    journal.write_bytes(b"a journal of before")
    done = restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK))
    assert "book.db.damaged-1" in done.kept and "后来人" not in names(done.book)
    assert book.path.with_name("book.db.damaged-1").read_bytes() == left
    assert not journal.exists() or b"before" not in journal.read_bytes()
    done.book.close()


@pytest.fixture
def foreign_wal(tmp_path):
    """What the WAL of another book holds, with rows that SQLite would play into any book beside which it lies."""
    other = tmp_path / "other.db"
    make_book(other, CLOCK, name="别村党支部", preset="rural_community").close()
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO member (name, kind) VALUES ('别村人', 'full')")
        return other.with_name("other.db-wal").read_bytes()


@pytest.mark.parametrize("book_there", [False, True])
def test_a_wal_that_lies_in_the_place_is_not_mixed_in(path, tmp_path, foreign_wal, book_there):
    target = tmp_path / "new.db"
    wal = tmp_path / "new.db-wal"
    wal.write_bytes(foreign_wal)
    if book_there:
        target.write_bytes(b"x" * 5000)
    found = restore.open_backup(path, CLOCK)
    done = restore.restore(target, CLOCK, found)
    assert is_same(done.book, found.copy) and "别村人" not in names(done.book)
    done.book.close()
    assert not wal.exists() and (tmp_path / "new.db.damaged-1-wal").read_bytes() == foreign_wal
    assert bool(done.kept) is (tmp_path / "new.db.damaged-1").exists() is book_there
    found.copy.close()


def test_what_comes_beside_the_book_at_the_last_moment_is_found(path, tmp_path, foreign_wal, monkeypatch):
    put = restore.put_in_place

    def disturbed(copy, target):
        aside = put(copy, target)
        with closing(sqlite3.connect(target, isolation_level=None)) as other:
            other.execute("INSERT INTO member (name, kind) VALUES ('别村人', 'full')")
        return aside

    monkeypatch.setattr(restore, "put_in_place", disturbed)
    with opened(path), pytest.raises(PartydayError, match="核对不一致"):
        restore.restore(tmp_path / "new.db", CLOCK, restore.open_backup(path, CLOCK))


def test_an_open_book_whose_rows_were_changed_is_kept_raw(book, path):
    with book.transaction() as transaction:
        transaction.connection.execute("DROP TRIGGER dues_entry_is_never_changed")
    done = restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK), book)
    assert "damaged-1" in done.kept and done.book is not book
    assert "后来人" not in names(done.book)
    done.book.close()


def test_where_the_usual_folder_is_not_ours_the_book_of_before_is_kept_beside_it(book, path, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(backup, "local_folder", lambda: tmp_path / "file" / "backups")
    later = names(book)
    done = restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK), book)
    assert "「book.恢复前」" in done.kept and "后来人" not in names(done.book)
    (kept,) = place.listed(tmp_path / "book.恢复前")
    with opened(kept.path) as before:
        assert names(before) == later


def test_a_folder_is_no_book_to_be_restored(path, tmp_path):
    folder = tmp_path / "d.db"
    folder.mkdir()
    with opened(path), pytest.raises(UserMistake, match="文件夹"):
        restore.restore(folder, CLOCK, restore.open_backup(path, CLOCK))
    assert not list(tmp_path.glob("d.db?*"))
    with pytest.raises(UserMistake, match="文件夹"):
        open_existing(folder, CLOCK)


def test_a_folder_is_no_backup(stick):
    with pytest.raises(NotABackup, match="文件夹"):
        restore.open_backup(stick, CLOCK)


def test_a_file_without_the_right_to_read_it_is_not_called_damaged(path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "EACCES")

    monkeypatch.setattr(place, "read_uncached", refuse)
    with pytest.raises(PartydayError, match="没有权限读") as refused:
        restore.open_backup(path, CLOCK)
    assert not isinstance(refused.value, Damaged)


def test_a_book_in_another_window_is_not_touched(book, path):
    with opened(path), pytest.raises(UserMistake, match="另一个窗口"):
        restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK))
    assert "后来人" in names(book)


def test_a_book_of_a_newer_program_is_not_touched(book, path):
    book._connection.execute("PRAGMA user_version = 500")
    book.close()
    before = book.path.read_bytes()
    with pytest.raises(UserMistake, match="新版程序"):
        restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK))
    assert book.path.read_bytes() == before


@pytest.mark.parametrize("at", range(1, 40))
def test_a_fault_while_a_new_file_is_made_leaves_no_file(path, tmp_path, monkeypatch, at):
    """Every call to the system that `copies` makes itself fails in turn; SQLite's own are the kill and fault suites' work."""
    count = 0
    found = restore.open_backup(path, CLOCK)

    def counted(call):
        def run(*arguments, **named):
            nonlocal count
            count += 1
            if count == at:
                raise OSError(5, "EIO")
            return call(*arguments, **named)

        return run

    with monkeypatch.context() as patch:
        for name in ("open", "close", "replace"):
            patch.setattr(copies.os, name, counted(getattr(copies.os, name)))
        try:
            restore.restore(tmp_path / "n.db", CLOCK, found).book.close()
        except (PartydayError, OSError):
            assert not (tmp_path / "n.db").exists() or open_existing(tmp_path / "n.db", CLOCK).close() is None
    found.copy.close()
    left = [
        it.name for it in tmp_path.iterdir() if it.name.startswith("n.db.restoring") and not it.name.endswith(".lock")
    ]
    assert left == []


def test_a_book_that_is_not_the_same_after_the_restore_goes_back(book, path, monkeypatch):
    later = names(book)
    monkeypatch.setattr(restore, "is_same", lambda *_: False)
    with pytest.raises(PartydayError, match="已退回"):
        restore.restore(book.path, CLOCK, restore.open_backup(path, CLOCK), book)
    assert names(book) == later


def test_an_error_of_sqlite_in_the_middle_leaves_the_old_book(book, path, monkeypatch):
    later = names(book)

    class Breaking(sqlite3.Connection):
        def backup(self, target, **_):
            steps = iter([0, 1])

            def stop(*_):
                if next(steps, None) is None:
                    raise sqlite3.OperationalError("disk I/O error")

            super().backup(target, pages=5, progress=stop)

    found = restore.open_backup(path, CLOCK)
    breaking = sqlite3.connect(":memory:", factory=Breaking, isolation_level=None, check_same_thread=False)
    breaking.row_factory = sqlite3.Row
    breaking.deserialize(found.copy.raw())
    found.copy._connection.close()
    found.copy._connection = breaking
    with pytest.raises(PartydayError):
        restore.restore(book.path, CLOCK, found, book)
    assert names(book) == later
    assert backup.faults_of(copies.copy_of(book)) == []


def older(path, book_path):
    """A backup of a book as the program of schema 4 would have left it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        schema._run(made, [step for step in schema.migrations() if step[0] <= 4])
        made.execute(
            "INSERT INTO act (at, day, actor, what, source) VALUES ('2026-01-01T08:00:00+08:00', '2026-01-01', '', '建', '')"
        )
        made.execute(
            "INSERT INTO branch (id, book_key, name, made_on) VALUES (1, ?, '旧支部', '2026-01-01')", ("c" * 32,)
        )
        made.execute("INSERT INTO member (name, kind) VALUES ('老党员', 'full')")
        raw = made.serialize()
    copy = copy_from(raw, CLOCK)
    told = replace(backup.backups.contents(copy), generation=0, made_at="")
    copy.close()
    header = replace(backup._header(told, raw, encrypted=False), generation=1, made_at="2026-01-01T08:00:00+08:00")
    return header, raw


def test_a_backup_of_an_older_schema_is_brought_up(path, tmp_path, monkeypatch):
    header, raw = older(path, tmp_path)
    target = tmp_path / place.name_of(header.book_key, 1)
    target.write_bytes(archive.pack(header, raw))
    # Before schema 9 no program made backups, so such a file is only as good as its other figures.
    monkeypatch.setattr(restore, "_is_told_by", lambda *_: True)
    found = restore.open_backup(target, CLOCK)
    assert found.contents.schema == 4 and found.copy.version() == schema.newest_version()
    done = restore.restore(tmp_path / "n.db", CLOCK, found)
    assert names(done.book) == ["老党员"] and branch_of(done.book).name == "旧支部"
    done.book.close()


HOSTILE = [
    execute("CREATE TRIGGER sly AFTER INSERT ON member BEGIN DELETE FROM guest; END"),
    execute("CREATE VIEW sly AS SELECT * FROM member"),
    execute("CREATE TABLE sly (x)"),
    execute("CREATE INDEX sly ON member (name)"),
    execute("DROP TRIGGER dues_entry_is_never_changed"),
    execute("DROP TRIGGER member_update_is_recorded"),
    execute("CREATE TRIGGER member AFTER INSERT ON guest BEGIN DELETE FROM guest; END"),
    run_in_schema("UPDATE sqlite_schema SET sql = replace(sql, 'RAISE(ABORT', 'max(''''') WHERE name = 'act_is_never_changed'"),
    run_in_schema("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('trigger', 'sqlite_sly', 'member', 0, "
                  "'CREATE TRIGGER sqlite_sly AFTER INSERT ON member BEGIN DELETE FROM guest; END')"),
    execute("PRAGMA user_version = 6000"),
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE[:-1])
def test_a_schema_that_no_program_of_ours_made_is_refused(book, path, change):
    before = book.path.read_bytes()
    with pytest.raises(PartydayError) as refusal:
        restore.open_backup(forged(path, change), CLOCK)
    assert isinstance(refusal.value, (Tampered, UserMistake))
    assert book.path.read_bytes() == before


def test_the_same_objects_are_refused_in_an_older_schema(path, tmp_path):
    _, raw = older(path, tmp_path)
    copy = copy_from(raw, CLOCK)
    assert copy.foreign_objects() == []
    copy._connection.execute("CREATE TRIGGER sly AFTER INSERT ON member BEGIN DELETE FROM guest; END")
    assert copy.foreign_objects() == ["sly"]
    copy.close()


def test_a_newer_schema_asks_for_a_newer_program(path):
    with pytest.raises(Newer):
        restore.open_backup(forged(path, execute("PRAGMA user_version = 6000")), CLOCK)


def test_a_version_that_never_was_is_refused(path):
    with pytest.raises((Tampered, Damaged)):
        restore.open_backup(forged(path, execute("PRAGMA user_version = 0")), CLOCK)


def test_another_programs_database_is_refused(path):
    with pytest.raises(UserMistake):
        restore.open_backup(forged(path, execute("PRAGMA application_id = 1")), CLOCK)


@pytest.mark.parametrize(
    "told",
    [{"counts": {"member": 1}}, {"ledger_fen": 1}, {"ledger_head": "b" * 64}, {"generation": 5}, {"branch": "别的支部"},
     {"schema": 4}, {"last_entry": "2020-01-01"}, {"made_at": "2020-01-01T00:00:00+08:00"}, {"book_key": "e" * 32}],
)  # fmt: skip
def test_a_header_that_lies_about_the_rows_is_refused(path, told):
    with pytest.raises(Tampered, match="对不上"):
        restore.open_backup(forged(path, execute(), **told), CLOCK)


@pytest.mark.parametrize(
    "change",
    [
        execute("DELETE FROM branch"),
        execute("UPDATE dues_entry SET amount_fen = amount_fen + 1 WHERE id = 1"),
        execute("DELETE FROM change WHERE kept_in = 'dues_entry'"),
        execute("INSERT INTO movement (member_id, kind, on_date) VALUES (999, 'died', '2026-01-01')"),
    ],
)
def test_rows_that_were_changed_are_found_though_every_hash_fits(path, change):
    def unguarded(connection):
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard[0]}")
        change(connection)
        for guard in guards:
            connection.execute(guard[1])

    with pytest.raises((Damaged, Tampered)):
        restore.open_backup(forged(path, unguarded), CLOCK)


def test_mutated_databases_with_fitting_hashes_end_in_a_refusal_or_in_a_sound_book(path):
    chance, found = random.Random(20261121), place.read_file(path)
    raw = archive.unpack(found)
    for _ in range(60):
        mutated = bytearray(raw)
        for _ in range(chance.choice([1, 2, 5, 50])):
            page = chance.randrange(len(raw) // 4096) * 4096
            mutated[page + chance.randrange(chance.choice([120, 4096]))] = chance.randrange(256)
        header = replace(found.header, raw_sha256=hashlib.sha256(mutated).hexdigest())
        path.write_bytes(archive.pack(header, bytes(mutated)))
        try:
            with opened(path) as copy:
                assert backup.faults_of(copy) == []
        except PartydayError as error:
            assert error.sentence.endswith("。")


@pytest.mark.parametrize("behind", [b"x", b"\0" * 4096, b"x" * 4096])
def test_what_hangs_behind_the_last_page_is_refused(path, behind):
    found = place.read_file(path)
    raw = bytes(archive.unpack(found)) + behind
    path.write_bytes(
        archive.pack(replace(found.header, raw_size=len(raw), raw_sha256=hashlib.sha256(raw).hexdigest()), raw)
    )
    with pytest.raises(Tampered, match="后面接了"):
        restore.open_backup(path, CLOCK)


def test_a_broken_schema_that_even_its_error_message_cannot_be_read_of_is_damage(path):
    spoil = run_in_schema("UPDATE sqlite_schema SET sql = CAST(x'fbfe' || sql AS TEXT) WHERE name = 'member_identity'")
    found = place.read_file(path)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.deserialize(archive.unpack(found))
        with suppress(sqlite3.Error, UnicodeDecodeError):
            spoil(made)
        raw = made.serialize()
    header = replace(found.header, raw_size=len(raw), raw_sha256=hashlib.sha256(raw).hexdigest())
    path.write_bytes(archive.pack(header, raw))
    with pytest.raises(Damaged):
        restore.open_backup(path, CLOCK)


def test_wrong_passphrase_and_damage_are_different_sentences(book, stick):
    path = backup.back_up(book, stick, PASSPHRASE).path
    with pytest.raises(WrongPassphrase) as wrong:
        restore.open_backup(path, CLOCK, "couzhan-yuanling-xichuan-suanguanh")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged) as damaged:
        restore.open_backup(path, CLOCK, PASSPHRASE)
    assert wrong.value.sentence != damaged.value.sentence
    path.unlink()
    with pytest.raises(NotABackup):
        restore.open_backup(path, CLOCK)


def test_a_stick_is_laid_open_whole_ones_first_own_ones_first_newest_first(book, path, stick, tmp_path):
    backup.back_up(book, stick)
    backup.back_up(book, stick)
    other = make_book(tmp_path / "o.db", CLOCK, name="别村党支部", preset="rural_community")
    for _ in range(5):
        backup.back_up(other, stick)
    key = branch_of(book).key
    spoilt = stick / place.name_of(key, 3)
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"x")
    renamed = stick / place.name_of(key, 77)
    renamed.write_bytes(path.read_bytes())
    told = []
    found = restore.survey(stick, key, told.append)
    assert [(it.number, it.header.branch) for it in found if it.header] == [
        (2, "柳湾村党支部"), (1, "柳湾村党支部"), *((n, "别村党支部") for n in (5, 4, 3, 2, 1))
    ]  # fmt: skip
    assert [(it.number, bool(it.trouble)) for it in found if not it.header] == [(77, True), (3, True)]
    assert told[-1] == 1.0
    restore.note_check(book, found, "U盘")
    assert backup.last_backup(book).generation == 3
    assert book.rows("SELECT backup_id, what FROM backup_check ORDER BY id DESC LIMIT 1")[0][:] == (2, "found_whole")
    other.close()
