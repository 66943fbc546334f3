"""From key to changed mark on the screen, durably committed, in the real app on a real book; and its start.

`python -m bench.mark`: every figure is a ratio within this run. Goals: mark <= 2 x a bare one-cell echo in median, p99 within one
frame (16.7 ms), at most 1 KiB painted, the same for 50, 500 and 5,000 members; first paint <= 1.15 x a bare Textual app, the desk
filled from a book with 10 years of history <= 2 x.
"""

from __future__ import annotations

import compileall
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.books import TODAY, book_with
from bench.pty_measure import Sample, Terminal, first_paint, joined, keys_to_marks, running

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
    print_heading()
    for size in _SIZES:
        book = book_with(folder / f"{size}.db", members=size, years=1)
        with running(app_on(book)) as terminal:
            terminal.read_until("主题党日".encode())
            terminal.read_rest()
            terminal.write(b"\x1bOS")  # F4
            terminal.read_until("未点  ".encode())
            # one member between 请假 and 缺席; the cell is told from the counts by the blanks that pad it
            pairs = ((b"3", "请假    ".encode()), (b"4", "缺席    ".encode()))
            bare, mark = beside_the_echo(terminal, [pairs[n % 2] for n in range(_WARM + _KEYS)], _WARM)
        print_line(f"durable mark, {size}", mark, bare)


def beside_the_echo(terminal: Terminal, marks: Sequence[tuple[bytes, bytes]], warm: int) -> tuple[Sample, Sample]:
    """(the bare one-cell echo, the marks): a key for the one, then a key for the other, so that both meet the same load."""
    with running([sys.executable, "-m", "bench.echo_apps", "bare"]) as echo:
        echo.read_until(b"READY")
        both = [
            (keys_to_marks(echo, [(b"1", f"m{n:03d}".encode())]), keys_to_marks(terminal, [mark]))
            for n, mark in enumerate(marks, 1)
        ][warm:]
    bare, found = (joined(each) for each in zip(*both, strict=True))
    return bare, found


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


def print_heading() -> None:
    print(f"{'':24}{'median ms':>10}{'bare ms':>9}{'x bare':>8}{'p99 ms':>8}{'bare p99':>9}{'bytes':>7}")


def print_line(name: str, sample: Sample, bare: Sample) -> None:
    print(
        f"{name:24}{sample.middle:10.2f}{bare.middle:9.2f}{sample.middle / bare.middle:8.2f}"
        f"{sample.worst:8.1f}{bare.worst:9.1f}{sample.most_bytes:7}"
    )


if __name__ == "__main__":
    main()
