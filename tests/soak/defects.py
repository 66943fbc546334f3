"""Wrong builds on purpose: each must be caught by the test that is named with it (T17).

A build is a copy of the checkout in which a few words are replaced. Words that are not there exactly once make the defect stale, which
is a failure too: it has to be brought up to the code that it was made for.
"""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.soak.faults import ROOT, why_not
from tests.soak.outcome import Outcome

SOURCE = "src/partyday_tui/"
POWER = "tests/whole/test_soak_share.py::test_power_cuts"


@dataclass(frozen=True)
class Defect:
    """``changes``: (file, right, wrong). ``test``: the node that must fail."""

    name: str
    changes: tuple[tuple[str, str, str], ...]
    test: str
    is_quick: bool = False


def _pragma(name, right, wrong):
    return ("store/book.py", f'("{name}", {right})', f'("{name}", {wrong})')


DEFECTS = (
    Defect(
        "shown before stored",
        (
            (
                "ui/screens/mark_queue.py",
                "self._painted(batches, await self._write(batches))",
                'self._painted(batches, [""] * len(batches))\n                await self._write(batches)',
            ),
        ),
        "tests/ui/screens/test_mark_queue.py",
        is_quick=True,
    ),
    Defect("synchronous OFF", (_pragma("synchronous", '"EXTRA", 3', '"OFF", 0'),), POWER),
    Defect("journal in memory", (_pragma("journal_mode", '"TRUNCATE", "truncate"', '"MEMORY", "memory"'),), POWER),
    Defect(
        "the default of SQLite: DELETE and FULL",
        (
            _pragma("journal_mode", '"TRUNCATE", "truncate"', '"DELETE", "delete"'),
            _pragma("synchronous", '"EXTRA", 3', '"FULL", 2'),
        ),
        POWER,
    ),
    Defect(
        "no fsync of the part file",
        (("safekeeping/place.py", "        os.fsync(handle)\n    finally", "    finally"),),
        POWER,
    ),
    Defect(
        "no sync of folders",
        (("durable.py", "    try:\n        os.fsync(handle)\n", "    try:\n        pass\n"),),
        POWER,
    ),
    Defect(
        "pruned before the new one is verified",
        (
            ("services/backup.py", "    place.thin(folder, key)\n", ""),
            (
                "services/backup.py",
                "    written = place.write(",
                "    place.thin(folder, key)\n    written = place.write(",
            ),
        ),
        "tests/services/test_backup.py::test_nothing_is_removed_before_the_new_file_is_verified",
    ),
    Defect(
        "read back from the cache",
        (("safekeeping/uncached.py", "os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)", "pass"),),
        "tests/safekeeping/test_place.py::test_the_read_back_drops_the_cache_first",
        is_quick=True,
    ),
    Defect(
        "recursive_triggers off",
        (_pragma("recursive_triggers", '"ON", 1', '"OFF", 0'),),
        "tests/store/test_dues.py::test_nothing_in_an_appended_table_is_changed_or_deleted",
    ),
    Defect(
        "names read as markup",
        (
            (
                "ui/show.py",
                "        return text\n    swapped",
                "        return __import__('rich.text').text.Text.from_markup(text).plain\n    swapped",
            ),
        ),
        "tests/ui/screens/test_roll.py::test_hostile_names_are_shown_and_marked_as_they_are",
    ),
    Defect(
        "no data_type in a cell",
        (("excel/put.py", '    cell.data_type = "s"\n', ""),),
        "tests/excel/test_put.py::test_a_text_stays_a_text",
    ),
    Defect(
        "deferred BEGIN",
        (("store/book.py", '.execute("BEGIN IMMEDIATE")', '.execute("BEGIN")'),),
        "tests/store/test_book.py::test_an_act_has_the_book_to_itself_before_it_reads",
        is_quick=True,
    ),
    Defect(
        "money by way of a float",
        (
            (
                "rules/dues/money.py",
                'int(found[2]) * YUAN + int((found[3] or "0").ljust(2, "0"))',
                'int(float(f"{found[2]}.{found[3] or 0}") * YUAN)',
            ),
        ),
        "tests/rules/dues/test_money.py::test_an_amount_is_read_exactly",
    ),
    Defect(
        "generations by the clock",
        (
            (
                "safekeeping/place.py",
                "key=lambda it: (it.generation, it.book8)",
                "key=lambda it: os.stat(it.path).st_mtime",
            ),
        ),
        "tests/safekeeping/test_place.py::test_clocks_do_not_matter_to_the_order",
    ),
    Defect(
        "restored by copying the file",
        (("services/restore.py", "        book.take_over(copy)\n", "        book.path.write_bytes(copy.raw())\n"),),
        "tests/whole/test_backup_kills.py::test_with_no_room_once_the_old_book_was_kept_it_is_whole",
    ),
    Defect(
        "a request written twice",
        (
            (
                "services/dues_collect.py",
                "        if written := written_before(book, key, request):\n            return written\n"
                "        draft = _draft(book, method, payer, on_date, taken_by, note)\n        if amount_fen is not None:",
                "        draft = _draft(book, method, payer, on_date, taken_by, note)\n        if amount_fen is not None:",
            ),
        ),
        "tests/services/test_dues_collect.py",
    ),
)


def run(count, seed, folder, name=""):
    """Try so many defects, the quick ones first, or the one named; ``facts["caught"]`` of them were caught."""
    outcome, chance = Outcome(), random.Random(seed)
    chosen = sorted(chance.sample(DEFECTS, len(DEFECTS)), key=lambda it: not it.is_quick)[:count]
    chosen = [it for it in DEFECTS if it.name == name] or chosen
    for defect in chosen:
        if defect.test == POWER and why_not():
            outcome.count("not done here")
            continue
        outcome.tried += 1
        if wrong := _trouble(defect, Path(folder), is_share=not name and count < len(DEFECTS)):
            outcome.failures.append(f"{defect.name}: {wrong}")
        else:
            outcome.count("caught")
    return outcome


def _trouble(defect, folder, *, is_share):
    """What is wrong with a defect or with the test that ought to catch it; '' where it is caught.

    ``is_share``: that the test passes on the right build is left to `make test`, of which this is a part.
    """
    build = folder / "build"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir()
    left_out = shutil.ignore_patterns("__pycache__", ".*")
    for part in ("src", "tests", "assets"):
        shutil.copytree(ROOT / part, build / part, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", build)
    if not is_share and _fails(build, defect.test):
        return f"{defect.test} fails on the right build too"
    for file, right, wrong in defect.changes:
        path = build / SOURCE / file
        text = path.read_text("utf-8")
        if text.count(right) != 1:
            return f"stale: {file} has its words {text.count(right)} times, not once"
        path.write_text(text.replace(right, wrong), "utf-8")
    return "" if _fails(build, defect.test) else f"{defect.test} does not notice it"


def _fails(build, test):
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", test]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "LD_PRELOAD"))}
    done = subprocess.run(
        command, cwd=build, env=environment | {"PYTHONPATH": ""}, capture_output=True, text=True, timeout=600
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{test} could not be run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 1
