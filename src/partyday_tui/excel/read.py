"""Reads any spreadsheet a branch brings into plain grids, by its content and not by its name."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.excel.gate import Admitted, admit, decode
from partyday_tui.excel.limits import BROKEN, COLUMN_LIMIT, LOCKED, NOT_A_SHEET, ROW_LIMIT, TOO_WIDE

_DISGUISED = re.compile(r'="(.*)"', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name and its rows of raw cells; ``rows[0]`` is row 1 of Excel, blanks are ``""``.

    Cells are str, float, int, bool, date, datetime, time or timedelta; a merged cell has its value at the top left.
    An 18-digit number that the file holds as a number stays a float, so that it can be refused as rounded. ``merged`` are the cells
    of one column that were merged downwards: (first row, column, last row), counted from 0; an ods does not say them.
    """

    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int], ...] = ()


def read_grids(path: Path, *, gated: bool = True) -> list[Grid]:
    """Every visible sheet that has a cell, in order; reads xlsx, xls, ods, csv, and html or XML tables named .xls.

    Refuses with UserMistake what does not pass the gate, cannot be read or has nothing in it. The services read by `worker.read_apart`,
    which calls this in a process of its own; with `gated` False any workbook is let in, to try that process's limits.
    """
    admitted = admit(path) if gated else Admitted(path.read_bytes(), "workbook")
    try:
        if admitted.shape == "workbook":
            grids = _workbook(admitted.data)
        elif admitted.shape == "csv":
            grids = [Grid(path.stem, _csv(admitted.data))]
        else:
            grids = _markup(admitted.data, admitted.shape == "html")
    except UserMistake:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as failure:
        # Readers raise a dozen kinds of exception on damaged files; calamine's panic is not even an Exception.
        raise UserMistake(LOCKED if type(failure).__name__ == "PasswordError" else BROKEN) from failure
    found = [grid for grid in grids if any(any(cell not in ("", None) for cell in row) for row in grid.rows)]
    if not found:
        raise UserMistake("文件里没有找到有内容的表格，请检查是否选对了文件。")
    for grid in found:
        if len(grid.rows) > ROW_LIMIT or max(map(len, grid.rows)) > COLUMN_LIMIT:
            raise UserMistake(TOO_WIDE)
    return found


def _workbook(data: bytes) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    from partyday_tui.excel.month_cells import show_months

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        # With the blank rows at the top kept, the row numbers are those that Excel shows.
        sheets = [workbook.get_sheet_by_name(name) for name in names]
        grids = [
            Grid(sheet.name, sheet.to_python(skip_empty_area=False), _downwards(sheet.merged_cell_ranges or ()))
            for sheet in sheets
        ]
    for grid in grids:
        show_months(data, grid.name, grid.rows)
    return grids


def _downwards(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[tuple[int, int, int], ...]:
    """The merged ranges that are one column wide, in calamine's counting: ((row, column), (row, column))."""
    return tuple((top, left, bottom) for (top, left), (bottom, right) in ranges if left == right and bottom > top)


def _markup(data: bytes, html: bool) -> list[Grid]:
    from partyday_tui.excel.markup import html_tables, xml_sheets

    tables = html_tables(data) if html else xml_sheets(data)
    return [
        Grid(name, [[_bare(cell) if isinstance(cell, str) else cell for cell in row] for row in rows], merged)
        for name, rows, merged in tables
    ]


def _csv(data: bytes) -> list[list[Any]]:
    text = decode(data)
    if _CONTROL.search(text):
        raise UserMistake(NOT_A_SHEET)
    sample = [line for line in text.splitlines() if line.strip()][:20]
    delimiter = max(",;\t", key=lambda mark: sum(line.count(mark) for line in sample))
    if delimiter == "\t" and "," in sample[0]:
        # Tabs inside comma files are the trick that keeps long numbers text.
        delimiter = ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[_bare(cell) for cell in row] for row in reader]


def _bare(cell: str) -> str:
    """Take off what exports put round long numbers to keep Excel from rounding them: a tab, an apostrophe, ``="…"``."""
    text = cell.strip()
    if found := _DISGUISED.fullmatch(text):
        return found.group(1).replace('""', '"')
    return text[1:] if re.match(r"'[0-9]", text) else text
