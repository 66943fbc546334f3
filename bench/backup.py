"""A verified backup of a 50 MB book against its bare parts in a row.

`python -m bench.backup`: goal at most 1.2 times. The bare parts: SQLite's backup API into memory, integrity_check and
foreign_key_check, zlib at level 1, write, fsync, read-back past the cache. What is measured: the service, from the snapshot to the
recorded verification, unencrypted; then encrypted, and with the copy on this computer, as the app does it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.safekeeping.passphrase import generated
from partyday_tui.services import backup
from partyday_tui.services.books import branch_of, open_existing
from partyday_tui.store.book import Book

_ROUNDS = 5
_PIECE = 1 << 20

Times = tuple[float, float]
"""Wall clock and CPU time of the process, in seconds; the checks and the packing run side by side where there are two cores."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = book_with(folder / "book.db", members=1100, years=13)
        book = open_existing(path, Clock(TODAY))
        print(f"book {path.stat().st_size / 1e6:.0f} MB")
        parts, service, sealed, both = [], [], [], []
        for number in range(_ROUNDS):
            parts.append(_bare(path, folder / f"bare-{number}"))
            service.append(_service(book, folder / f"s{number}", "", None))
            sealed.append(_service(book, folder / f"e{number}", generated(), None))
            both.append(_service(book, folder / f"b{number}", generated(), folder / f"l{number}"))
        book.close()
    print(f"{'':34}{'s':>7}{'x bare':>8}{'CPU s':>8}{'x bare':>8}")
    _print("bare parts in a row", parts, parts)
    _print("verified backup", service, parts)
    _print("encrypted", sealed, parts)
    _print("encrypted, and on this computer", both, parts)


def _print(word: str, times: list[Times], bare: list[Times]) -> None:
    wall, cpu = (median(it[n] for it in times) for n in (0, 1))
    bare_wall, bare_cpu = (median(it[n] for it in bare) for n in (0, 1))
    print(f"{word:34}{wall:7.2f}{wall / bare_wall:8.2f}{cpu:8.2f}{cpu / bare_cpu:8.2f}")


def _bare(path: Path, target: Path) -> Times:
    book = sqlite3.connect(path)
    began, cpu = perf_counter(), process_time()
    memory = sqlite3.connect(":memory:")
    book.backup(memory)
    assert memory.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert memory.execute("PRAGMA foreign_key_check").fetchone() is None
    data = zlib.compress(memory.serialize(), 1)
    with open(target, "wb", buffering=0) as file:
        for at in range(0, len(data), _PIECE):
            file.write(data[at : at + _PIECE])
        os.fsync(file.fileno())
    with open(target, "rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        assert b"".join(iter(lambda: file.read(_PIECE), b"")) == data
    took = perf_counter() - began, process_time() - cpu
    memory.close()
    book.close()
    return took


def _service(book: Book, folder: Path, passphrase: str, local: Path | None) -> Times:
    folder.mkdir()
    began, cpu = perf_counter(), process_time()
    taken = backup.begin(book, "bench", backup.highest_generation(folder, branch_of(book).key))
    made = backup.make(taken, folder, passphrase, local=local)
    taken.copy.close()
    backup.record(book, made)
    return perf_counter() - began, process_time() - cpu


if __name__ == "__main__":
    main()
