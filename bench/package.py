"""A package against openpyxl writing the same cells without thought, and the memory of a year against that of a month.

`python -m bench.package`: every figure is a ratio within this run. Goals: the month package of 100 members, made from the book, written,
read back and compared, within 1.25 x openpyxl that writes the same cells with the same looks, merges, widths and heights in the usual
way; the year package of 500 members in less than 1.5 x the memory of the month package, each in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from bench.books import TODAY, book_with
from bench.dues import _fill
from partyday_tui.clock import Clock
from partyday_tui.excel.layout import plan_form
from partyday_tui.excel.page import sheet_title
from partyday_tui.excel.plan import Plan
from partyday_tui.excel.style import Look
from partyday_tui.rules.month import Month
from partyday_tui.rules.packages import Package, month_package, year_package
from partyday_tui.rules.sheet import ABOVE
from partyday_tui.services.books import open_existing
from partyday_tui.services.forms import form_of
from partyday_tui.services.package import write_package
from partyday_tui.services.package_contents import contents
from partyday_tui.store.book import Book

_RUNS = 9
_MONTH = Month(2026, 10)
_LINE = Side(style="thin", color="000000")
_PACKAGES: dict[str, Package] = {"month": month_package(_MONTH), "year": year_package(2026)}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 4 and sys.argv[1] == "memory":
        _print_memory(sys.argv[2], Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for members in (100, 500):
            book_with(folder / f"{members}.db", members=members, years=1)
            with closing(open_existing(folder / f"{members}.db", Clock(TODAY))) as book:
                _fill(book, 1)
        with closing(open_existing(folder / "100.db", Clock(TODAY))) as book:
            _time_package(book, _PACKAGES["month"], folder)
        _memory(folder)


def _time_package(book: Book, package: Package, folder: Path) -> None:
    """The package and the same cells written without thought, turn by turn."""
    plans = [plan for asked in contents(book, package) for plan in plan_form(form_of(book, asked))]
    ways: dict[str, Callable[[], object]] = {
        "same cells, a style made for each": lambda: _write_plainly(plans, folder / "plain.xlsx", {}, share=False),
        "same cells, styles shared": lambda: _write_plainly(plans, folder / "plain.xlsx", {}, share=True),
        "package, from the book, read back": lambda: write_package(book, package, folder / "out"),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_RUNS):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - started) * 1000)
    cells = sum(len(plan.cells) for plan in plans)
    print(f"{f'month of 100 members, {cells} cells':42}{'median ms':>10}{'x same cells':>14}")
    base = median(times["same cells, styles shared"])
    for name, taken in times.items():
        print(f"{name:42}{median(taken):10.0f}{median(taken) / base:14.2f}")


def _write_plainly(plans: list[Plan], path: Path, styles: dict[Look, Any], *, share: bool) -> None:
    """What a program does that follows openpyxl's manual: a cell, its value, its font, alignment and border, then merge and save."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for plan in plans:
        sheet = workbook.create_sheet(sheet_title(plan.title, workbook.sheetnames))
        for placed in plan.cells:
            cell = sheet.cell(placed.row, placed.first + 1)
            cell.value = None if placed.value is ABOVE else placed.value
            if not share or placed.look not in styles:
                styles[placed.look] = _style(placed.look)
            font, alignment, border = styles[placed.look]
            cell.font, cell.alignment, cell.border = font, alignment, border
            cell.number_format = "@" if isinstance(placed.value, str) else placed.number_format
            if placed.last > placed.first:
                sheet.merge_cells(None, placed.row, placed.first + 1, placed.row, placed.last + 1)
        for row, height in enumerate(plan.heights, 1):
            sheet.row_dimensions[row].height = height
        for column, width in enumerate(plan.grid, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
    workbook.save(path)


def _style(look: Look) -> tuple[Font, Alignment, Border]:
    sides = dict.fromkeys(("left", "right", "top", "bottom"), _LINE) if look.boxed else {}
    alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=True)
    return Font(name=look.font, size=look.size, bold=look.bold), alignment, Border(**sides)


def _memory(folder: Path) -> None:
    """The peak of a process that makes one package, for each package and each size."""
    print(f"{'peak of the process, MiB':42}{'resident':>10}{'allocated':>14}")
    for members, kind in ((100, "month"), (500, "month"), (500, "year")):
        peaks = [_peak(tool, kind, folder / f"{members}.db") for tool in ("resident", "allocated")]
        print(f"{f'{kind} of {members} members':42}{peaks[0]:10.1f}{peaks[1]:14.1f}")


def _peak(tool: str, kind: str, path: Path) -> float:
    command = [sys.executable, "-m", "bench.package", "memory", f"{tool}-{kind}", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _print_memory(what: str, path: Path) -> None:
    import tracemalloc

    tool, _, kind = what.partition("-")
    with closing(open_existing(path, Clock(TODAY))) as book:
        if tool == "allocated":
            tracemalloc.start()
        write_package(book, _PACKAGES[kind], path.parent / "out")
    print((tracemalloc.get_traced_memory()[1] if tool == "allocated" else _resident()) / 2**20)


def _resident() -> int:
    """The most that this process ever held, in bytes; what the system counts for children begins with what the parent held."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    main()
