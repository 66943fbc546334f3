"""From key to mark on the screen, against a bare Textual cell; and the first paint, against a bare Textual app.

`python -m bench.echo`: every figure is a ratio within this run. Goals: mark <= 2 x the bare echo in median, at most
1 KiB painted, the same at 50, 500 and 5,000 rows; first paint <= 1.15 x; 5,000 rows <= 1.2 x 50 rows.
"""

from __future__ import annotations

import compileall
import sys
from statistics import median

from bench.pty_measure import Sample, first_paint, keys_to_marks, running

_KEYS = 150
_WARM = 10
_STARTS = 11
_SIZES = (50, 500, 5000)


def main() -> None:
    """Measure and print. The modules are compiled first, as the shipped ones are."""
    for folder in ("src", "bench"):
        compileall.compile_dir(folder, quiet=1)
    bare = _echo(["bare"], b"1")
    print(f"{'':24}{'median ms':>10}{'x bare':>8}{'p99 ms':>8}{'bytes':>7}")
    _line("bare Static", bare, bare)
    for size in _SIZES:
        _line(f"mark, {size} rows", _echo(["list", str(size)], b"1"), bare)
    _line("mark and move, 50 rows", _echo(["list", "50"], b"2", count=30), bare)
    starts: dict[str, list[float]] = {}
    for _ in range(_STARTS):
        for name in ("bare", "list 50", "list 5000"):
            starts.setdefault(name, []).append(first_paint(_command(name.split()), b"READY"))
    base = median(starts["bare"])
    print(f"{'first paint':24}{'median ms':>10}{'x bare':>8}")
    for name, times in starts.items():
        print(f"{name:24}{median(times):10.0f}{median(times) / base:8.2f}")


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "bench.echo_apps", *arguments]


def _echo(arguments: list[str], key: bytes, count: int = _KEYS) -> Sample:
    with running(_command(arguments)) as terminal:
        terminal.read_until(b"READY")
        marks = [(key, f"m{n:03d}".encode()) for n in range(1, _WARM + count + 1)]
        keys_to_marks(terminal, marks[:_WARM])
        return keys_to_marks(terminal, marks[_WARM:])


def _line(name: str, sample: Sample, bare: Sample) -> None:
    ratio = sample.middle / bare.middle
    print(f"{name:24}{sample.middle:10.2f}{ratio:8.2f}{sample.worst:8.1f}{sample.most_bytes:7}")


if __name__ == "__main__":
    main()
