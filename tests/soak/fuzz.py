"""Mutated files of every kind that the program reads: backups, books, spreadsheets, settings (T9).

A mutated file ends in one Chinese sentence or in something sound; nothing else comes out, the book beside it is as it was, each file takes
at most 30 s and 512 MB. The files are real ones; half of the mutations are put behind fitting hashes, so that they come past the first gate.
"""

import hashlib
import io
import json
import random
import shutil
import signal
import sys
import zipfile
from contextlib import closing
from dataclasses import replace

from partyday_tui import config
from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder, layouts_of
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.rules.month import Month
from partyday_tui.safekeeping import archive, place, remembered
from partyday_tui.safekeeping.header import Header
from partyday_tui.services import (
    backup,
    desk,
    dues_import,
    form_layouts,
    holidays,
    plan_import,
    restore,
    roll,
    roster_import,
)
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_table import cash_in_hand, collection_list
from partyday_tui.services.start_check import check_at_start, damage_behind
from tests.soak.beginnings import ROSTER, branch
from tests.soak.calls import PASSPHRASE
from tests.soak.faults import in_child
from tests.soak.outcome import Outcome
from tests.soak.world import CLOCK, World, state_of, troubles

SAMPLES = sorted(path for path in ROSTER.parent.iterdir() if path.suffix in (".xlsx", ".xls", ".csv", ".txt"))
SHARES = (("backups", 10), ("books", 5), ("spreadsheets", 5), ("settings", 1))
_BATCH = 40
_SECONDS, _BYTES = 30, 512 << 20
_TOKENS = (
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"-1", b"1e999", b"NaN", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"<", b"&#0;", b"]]>", b"'",
    b'"', b"\\", b"[" * 60, b"{" * 60, b"=1+1", "张[/x]".encode(), b"9" * 40, b"XFD1048576", b"\r\n", b"\t", b"PK\x03\x04",
)  # fmt: skip


def run(count, seed, folder):
    """So many files of all kinds together, as the release figures divide them (10,000 of 21,000 are backups)."""
    outcome = Outcome()
    for kind, share in SHARES:
        outcome.add(run_kind(kind, max(count * share // 21, 3), seed, folder))
    return outcome


def run_kind(kind, count, seed, folder):
    """So many files of one kind."""
    world = World(folder / f"fuzz-{kind}")
    shutil.rmtree(world.folder, ignore_errors=True)
    world.folder.mkdir()
    branch(world)
    with closing(world.opened()) as book:
        record_payment(book, 4, request_key="four")
        backup.back_up(book, world.stick)
        backup.back_up(book, world.stick, PASSPHRASE)
    outcome = Outcome()
    for first in range(0, count, _BATCH):
        numbers = range(first, min(first + _BATCH, count))
        said = in_child(lambda numbers=numbers: _batch(kind, numbers, seed, world))
        if not said:
            outcome.failures.append(
                f"{kind}: the process died between files {numbers[0]} and {numbers[-1]} of seed {seed}"
            )
            continue
        found = json.loads(said)
        outcome.tried += len(numbers)
        outcome.failures += found["failures"]
        for fact, number in found["facts"].items():
            outcome.count(fact, number)
    return outcome


def _batch(kind, numbers, seed, world):
    _limit_memory()
    signal.signal(signal.SIGALRM, _too_long)
    outcome = Outcome()
    before = state_of(world.path)
    for number in numbers:
        chance = random.Random(f"{kind} {seed} {number}")
        signal.alarm(_SECONDS)
        try:
            _KINDS[kind](chance, world)
            outcome.count("taken")
        except PartydayError as error:
            outcome.count("refused")
            if not error.sentence.endswith("。"):
                outcome.failures.append(f"{kind} {number} of seed {seed}: no sentence: {error.sentence}")
        except BaseException as error:
            outcome.failures.append(f"{kind} {number} of seed {seed}: uncaught {error!r}"[:300])
        signal.alarm(0)
    if state_of(world.path) != before:
        outcome.failures.append(f"{kind} {numbers[0]} to {numbers[-1]} of seed {seed}: the book was changed")
    return json.dumps(outcome.told())


def _limit_memory():
    if sys.platform == "linux":
        import resource

        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + _BYTES, resource.RLIM_INFINITY))


def _too_long(*_):
    raise TimeoutError(f"more than {_SECONDS} s")


def mutated(data, chance):
    """A few bytes changed, cut, doubled, moved or put in."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        size = min(chance.choice((1, 1, 2, 4, 16, 100, 1000)), len(data) - at)
        way = chance.randrange(7)
        if way == 0 and size:
            data[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            data[at : at + size] = chance.randbytes(size)
        elif way == 2:
            del data[at : at + size]
        elif way == 3:
            data[at:at] = data[at : at + size]
        elif way == 4:
            data[at:at] = chance.choice(_TOKENS)
        elif way == 5:
            data[at : at + size] = bytes(size)
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


def _a_backup(chance, world):
    found = chance.choice(place.listed(world.stick))
    data, way = found.path.read_bytes(), chance.randrange(3)
    passphrase = PASSPHRASE if found.generation == 2 else ""
    if way == 0:
        data = mutated(data, chance)
    elif way == 1:  # changed before the hash was taken
        data = mutated(data[:-64], chance)
        data += hashlib.sha256(data).hexdigest().encode()
    else:  # the book inside changed, the header made to fit
        held = archive.read(data)
        raw = mutated(archive.unpack(held, passphrase), chance)
        header: Header = replace(held.header, raw_size=len(raw), raw_sha256=hashlib.sha256(raw).hexdigest())
        data = archive.pack(header, raw, passphrase)
    path = world.folder / found.path.name
    path.write_bytes(data)
    opened = restore.open_backup(path, CLOCK, passphrase)
    try:
        if wrong := backup.faults_of(opened.copy):
            raise AssertionError(f"taken with faults: {wrong[0]}")
    finally:
        opened.copy.close()


def _a_book(chance, world):
    apart = World(world.folder / "apart")
    shutil.rmtree(apart.folder, ignore_errors=True)
    apart.folder.mkdir()
    data = mutated(world.path.read_bytes(), chance)
    apart.path.write_bytes(data)
    if has_journal := chance.random() < 0.2:
        apart.path.with_name("book.db-journal").write_bytes(mutated(world.path.read_bytes()[:4096], chance))
    try:
        with closing(apart.opened()) as book:
            found = check_at_start(book)
            for reading in (desk.read_desk, backup.last_backup, cash_in_hand, _read_dues, troubles, _read_roll):
                try:
                    _as_the_app_reads(book, reading)
                except PartydayError as error:
                    if not error.sentence.endswith("。"):
                        raise AssertionError(f"no sentence: {error.sentence}") from error
            if found:
                try:
                    record_payment(book, 5)
                except PartydayError:
                    pass
                else:
                    raise AssertionError("a book that failed its check was written")
    finally:
        if not has_journal and apart.path.read_bytes() != data:
            raise AssertionError("a damaged book was changed by being opened")


def _as_the_app_reads(book, reading):
    try:
        reading(book)
    except Exception as error:
        if damage := damage_behind(book, error):
            raise damage from error
        raise


def _read_dues(book):
    return collection_list(book, Month(2026, 10))


def _read_roll(book):
    event = roll.event_to_call(book)
    return event and roll.read_roll(book, event)


def _a_sheet(chance, world):
    source = chance.choice(SAMPLES)
    data = source.read_bytes()
    is_zip = source.suffix == ".xlsx" and chance.random() < 0.6
    data = _inside(data, chance) if is_zip else mutated(data, chance)
    path = world.folder / f"sheet{chance.choice((source.suffix, source.suffix, '.xlsx', '.xls', '.csv', '.ods'))}"
    path.write_bytes(data)
    with closing(world.opened()) as book:
        way = chance.randrange(3)
        if way == 0:
            roster_import.preview(book, path)
        elif way == 1:
            plan_import.preview_plan(book, path)
        else:
            dues_import.preview_base_figures(book, path, 2026)


def _inside(data, chance):
    """One part of a spreadsheet mutated, in a zip that is whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        hit = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == hit else part)
    return made.getvalue()


def _a_setting(chance, world):
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    way = chance.randrange(5)
    with closing(world.opened()) as book:
        if way == 0:
            (folder / "look.txt").write_bytes(mutated(b"partyday-plain\n", chance))
            (folder / "book.txt").write_bytes(mutated(str(world.path).encode(), chance))
            config.look(), config.usual_book()
        elif way == 1:
            remembered.remember_passphrase(folder, PASSPHRASE)
            for path in folder.glob("*"):
                if path.is_file() and path.suffix not in (".txt", ".db", ".lock"):
                    path.write_bytes(mutated(path.read_bytes(), chance))
            remembered.remembered(folder)
        elif way == 2:
            path = layouts_of(book.path)
            path.unlink(missing_ok=True)
            form_layouts.write_sample(book, [(kind.title, kind.title, ["姓名", "党小组"]) for kind in FORMS[:4]])
            plain = path.read_bytes().replace(b"\n# ", b"\n") if chance.random() < 0.5 else path.read_bytes()
            path.write_bytes(mutated(plain, chance))
            form_layouts.layouts(book)
        else:
            path = world.folder / "holidays.json"
            path.write_bytes(mutated(_HOLIDAYS[way - 3].encode(), chance))
            holidays.preview_file(book, path)


_HOLIDAYS = (
    json.dumps({"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}, ensure_ascii=False),
    "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。\n"
    "二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。\n",
)
_KINDS = {"backups": _a_backup, "books": _a_book, "spreadsheets": _a_sheet, "settings": _a_setting}
