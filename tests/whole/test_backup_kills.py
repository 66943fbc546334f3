"""Killed with -9 in the middle of a backup or a restore, or the disk full: the book is the old or the new one, whole, and so is the stick."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.safekeeping import place
from partyday_tui.services import backup
from partyday_tui.services.books import open_existing
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.store.copies import copy_of
from partyday_tui.store.schema import newest_version
from tests.dues_branch import dues_branch
from tests.golden.make import NAMES
from tests.old_books import old_book

CLOCK = Clock(date(2026, 11, 6))
KILLS = 8

HEAD = """
import sys
from datetime import date
from pathlib import Path
from partyday_tui.clock import Clock
from partyday_tui.services import backup, restore
from partyday_tui.services.books import open_existing
clock = Clock(date(2026, 11, 6))
book = open_existing(Path(sys.argv[1]), clock)
stick = Path(sys.argv[2])
print("ready", flush=True)
"""
BACK_UP = """
while True:
    print("done", backup.back_up(book, stick, sys.argv[3]).generation, flush=True)
"""
RESTORE = """
from partyday_tui.safekeeping import place
files = [it.path for it in place.listed(stick)]
while True:
    for path in files:
        restore.restore(book.path, clock, restore.open_backup(path, clock), book)
        print("done", flush=True)
"""
UPGRADE = """
import shutil
for number in range(1000):
    fresh = stick / f"{number:03d}.db"
    shutil.copyfile(sys.argv[3], fresh)
    open_existing(fresh, clock).close()
    print("done", flush=True)
"""
FULL = """
import resource, signal
from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
opened = restore.open_backup(place.listed(stick)[-1].path, clock)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    restore.restore(book.path, clock, opened, book)
    print("restored", flush=True)
except PartydayError as error:
    print(error.sentence, flush=True)
"""
# The same, but there is room until the book of before has been kept.
FULL_LATER = """
kept = restore.keep_safe
def keep_safe(book):
    made = kept(book)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    return made
restore.keep_safe = keep_safe
"""


def child(program, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + textwrap.dedent(program), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def path(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1)
    book.close()
    return book_path


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def names(path):
    """The names in the book, which must be sound to the last check."""
    book = open_existing(path, CLOCK)
    with closing(copy_of(book)) as copy:
        assert backup.faults_of(copy) == []
    found = [row[0] for row in book.rows("SELECT name FROM member ORDER BY id")]
    book.close()
    return found


def killed(program, *arguments, after):
    """What the program had said when it was killed."""
    process = child(program, *arguments)
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    said, wrong = process.communicate()
    assert wrong == ""
    return said.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_while_backing_up_every_generation_that_was_told_is_whole(path, stick):
    chance, told, before = random.Random(8), [], names(path)
    for number in range(KILLS):
        said = killed(BACK_UP, path, stick, "" if number % 2 else "couzhan-yuanling", after=chance.uniform(0.05, 0.8))
        told += [int(line.split()[1]) for line in said if line.count(" ") == 1]
        found = [place.read_file(it.path).header.generation for it in place.listed(stick)]
        assert sorted(found, reverse=True) == found
        # One that was told is there, or five newer whole ones are, since older ones are thinned once more than ten have piled up.
        assert all(it in found or sum(newer > it for newer in found) >= place.KEPT for it in told)
        assert names(path) == before
    assert told


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_while_restoring_the_book_is_the_old_or_the_new_one(path, stick):
    book = open_existing(path, CLOCK)
    backup.back_up(book, stick)
    with book.act("改名") as act:
        act.connection.execute("UPDATE member SET name = name || '乙'")
    backup.back_up(book, stick)
    book.close()
    new = names(path)
    old = [name.removesuffix("乙") for name in new]
    chance, seen = random.Random(9), []
    for _ in range(KILLS):
        killed(RESTORE, path, stick, after=chance.uniform(0.05, 1.0))
        seen.append(names(path))
        assert seen[-1] in (old, new)
        for it in place.listed(backup.local_folder()):
            place.read_file(it.path)
    assert len(seen) == KILLS


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_while_upgrading_the_book_is_the_old_or_the_new_one_and_the_new_one_has_its_backup(
    path, stick, tmp_path
):
    old_book(tmp_path / "old.db", 6)
    chance = random.Random(10)
    for _ in range(4):
        killed(UPGRADE, path, stick, tmp_path / "old.db", after=chance.uniform(0.1, 0.7))
        for it in place.listed(backup.local_folder()):
            assert place.read_file(it.path).header.schema == 6
        for file in sorted(stick.iterdir()):
            if file.suffix != ".db" or file.stat().st_size < (tmp_path / "old.db").stat().st_size:
                continue  # killed while it was copied, before it was a book
            with closing(sqlite3.connect(file)) as found:
                version = found.execute("PRAGMA user_version").fetchone()[0]
                assert (
                    version in (6, newest_version()) and found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                )
                assert found.execute("SELECT count(*) FROM member").fetchone()[0] == 3 + len(NAMES)
                assert version == 6 or place.listed(backup.local_folder())
        for file in stick.iterdir():
            file.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
def test_with_no_room_once_the_old_book_was_kept_it_is_whole(path, stick):
    book = open_existing(path, CLOCK)
    backup.back_up(book, stick)
    with book.act("改名") as act:
        act.connection.execute("UPDATE member SET name = name || '乙'")
    book.close()
    before = names(path)
    limit, begin = "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))", "try:"
    process = child(FULL.replace(limit, "").replace(begin, FULL_LATER + begin), path, stick, path.stat().st_size // 2)
    said, wrong = process.communicate(timeout=60)
    assert wrong == "" and said.count("\n") == 2 and said.strip().endswith("。")
    assert names(path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
@pytest.mark.parametrize("limit", [20_000, 60_000, 200_000, 400_000])
def test_with_no_room_the_old_book_is_whole_and_one_sentence_is_said(path, stick, limit):
    book = open_existing(path, CLOCK)
    backup.back_up(book, stick)
    with book.act("改名") as act:
        act.connection.execute("UPDATE member SET name = name || '乙'")
    book.close()
    before = names(path)
    process = child(FULL, path, stick, limit)
    said, wrong = process.communicate(timeout=60)
    assert wrong == "" and said.count("\n") == 2 and said.strip().endswith("。")
    assert names(path) == before
