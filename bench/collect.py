"""Collecting a region of 250, 500 and 1,000 branch packages.

`python -m bench.collect`: each count runs in a process of its own, over packages made from one real package of a small branch (the
figures and some of the month's forms) by writing another book and branch into it. Goal: the same processor time for each package,
the workbook that is written included, and the same peak of memory, whatever the count; both are printed as ratios to the smallest
region, the peak once after the reading and once in all.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.excel.finish import finish
from partyday_tui.excel.page import add_form, new_workbook
from partyday_tui.rules.month import Month
from partyday_tui.services.books import branch_of, open_existing
from partyday_tui.services.forms import asked_for, form_of
from partyday_tui.services.sheets.figures import figures_form

_COUNTS = (250, 500, 1000)
_FORMS = (("sign-in", "2026-10-06"), ("dues-month", "2026-10"), ("remittance", "2026-10"), ("self-check", "2026-10"))
_RUN = """
import resource, sys
from datetime import date
from pathlib import Path
from time import process_time
from partyday_tui.clock import Clock
from partyday_tui.services.collect import collect
from partyday_tui.services.region import write_region
folder, out, wanted, today = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), date.fromisoformat(sys.argv[4])
from partyday_tui.excel import finish, page  # the same for every count
import pypinyin
started = process_time()
region = collect(folder, Clock(today))
read, held = process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_region(region, out, today)
assert len(region.branches) == wanted and not region.remarks, region.remarks[:3]
print(read, process_time() - started, held, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    """Make the packages, collect them count by count, print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        key, branch, package = _package(place)
        print(f"package of {len(package) // 1024} KB")
        print(f"{'packages':>10}{'ms each':>10}{'ratio':>8}{'reading MB':>12}{'ratio':>8}{'in all MB':>11}{'ratio':>8}")
        first: list[float] = []
        for count in _COUNTS:
            _fill(place / "region", package, key, branch, count)
            found = _run(place / "region", place / "out.xlsx", count)
            first = first or found
            each, reading, whole = (it / at for it, at in zip(found, first, strict=True))
            print(
                f"{count:10}{found[0] * 1000:10.1f}{each:8.2f}{found[1] / 1024:12.0f}{reading:8.2f}"
                f"{found[2] / 1024:11.0f}{whole:8.2f}"
            )


def _package(place: Path) -> tuple[str, str, bytes]:
    """(book, branch, bytes) of a package of a branch of 40 members."""
    book = open_existing(book_with(place / "book.db", members=40, years=1), Clock(TODAY))
    workbook = new_workbook()
    month = Month(2026, 10)
    add_form(workbook, figures_form(book, month, month))
    for name, period in _FORMS:
        add_form(workbook, form_of(book, asked_for(book, name, period)))
    made = finish(workbook, place, "资料包")
    branch = branch_of(book)
    book.close()
    return branch.key, branch.name, made.read_bytes()


def _fill(region: Path, package: bytes, key: str, branch: str, count: int) -> None:
    """Put so many packages into a folder, those that are there already among them, in groups as of a region's towns."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number in range(count):
        target = region / f"镇{number // 50}" / f"{number}.xlsx"
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                own = content.replace(key.encode(), f"{number:032x}".encode())
                archive.writestr(name, own.replace(branch.encode(), f"第{number}村党支部".encode()))


def _run(region: Path, out: Path, count: int) -> list[float]:
    """(seconds of the processor for each package, peak while reading, peak in all, both in KB)."""
    command = [sys.executable, "-c", _RUN, str(region), str(out), str(count), TODAY.isoformat()]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [float(told[1]) / count, float(told[2]), float(told[3])]


if __name__ == "__main__":
    main()
