"""From key to changed mark on the screen, durably committed, in the real app on a real book; and its start.

`python -m bench.mark`: every figure is a ratio within this run. Goals: mark <= 2 x a bare one-cell echo in median, p99 within one
frame (16.7 ms), at most 1 KiB painted, the same for 50, 500 and 5,000 members; first paint <= 1.15 x a bare Textual app, the desk
filled from a book with 10 years of history <= 2 x.
"""

from __future__ import annotations

import compileall
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.books import TODAY, book_with
from bench.pty_measure import Sample, first_paint, keys_to_marks, running

_KEYS = 200
_WARM = 10
_STARTS = 11
_SIZES = (50, 500, 5000)


def main() -> None:
    """Measure and print. The modules are compiled first, as the shipped ones are."""
    for folder in ("src", "bench"):
        compileall.compile_dir(folder, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        _marks(Path(folder))
        _starts(Path(folder))


def _marks(folder: Path) -> None:
    bare = bare_echo()
    print(f"{'':24}{'median ms':>10}{'x bare':>8}{'p99 ms':>8}{'bytes':>7}")
    print_line("bare one-cell echo", bare, bare)
    for size in _SIZES:
        book = book_with(folder / f"{size}.db", members=size, years=1)
        print_line(f"durable mark, {size}", _durable_marks(book), bare)


def bare_echo() -> Sample:
    with running([sys.executable, "-m", "bench.echo_apps", "bare"]) as terminal:
        terminal.read_until(b"READY")
        marks = [(b"1", f"m{n:03d}".encode()) for n in range(1, _WARM + _KEYS + 1)]
        keys_to_marks(terminal, marks[:_WARM])
        return keys_to_marks(terminal, marks[_WARM:])


def _durable_marks(book: Path) -> Sample:
    """Turn one member between 请假 and 缺席; the cell is told from the counts by the blanks that pad it."""
    with running(app_on(book)) as terminal:
        terminal.read_until("主题党日".encode())
        terminal.read_rest()
        terminal.write(b"\x1bOS")  # F4
        terminal.read_until("未点  ".encode())
        pairs = ((b"3", "请假    ".encode()), (b"4", "缺席    ".encode()))
        marks = [pairs[n % 2] for n in range(_WARM + _KEYS)]
        keys_to_marks(terminal, marks[:_WARM])
        return keys_to_marks(terminal, marks[_WARM:])


def _starts(folder: Path) -> None:
    book = book_with(folder / "decade.db", members=44, years=10)
    commands = {
        "bare app": ([sys.executable, "-m", "bench.echo_apps", "bare"], b"READY"),
        "first paint": (app_on(book), "今日".encode()),
        "desk filled, 10 years": (app_on(book), "待点名".encode()),
    }
    times: dict[str, list[float]] = {}
    for _ in range(_STARTS):
        for name, (command, content) in commands.items():
            times.setdefault(name, []).append(first_paint(command, content))
    print(f"{'':24}{'median ms':>10}{'x bare':>8}")
    for name, found in times.items():
        print(f"{name:24}{median(found):10.0f}{median(found) / median(times['bare app']):8.2f}")


def app_on(book: Path) -> list[str]:
    return [sys.executable, "-m", "partyday_tui", "--book", str(book), "--today", TODAY.isoformat()]


def print_line(name: str, sample: Sample, bare: Sample) -> None:
    print(f"{name:24}{sample.middle:10.2f}{sample.middle / bare.middle:8.2f}{sample.worst:8.1f}{sample.most_bytes:7}")


if __name__ == "__main__":
    main()
