"""A form on A4 paper: title, unit line, head lines, table, second table, foot lines; the base of every sheet the program prints.

A form says what stands where; this module sees to paper, margins, repeated heads, page numbers, borders, widths and heights, so that
nothing is cut off and nothing hangs over the edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from partyday_tui.excel.put import printable, put_date, put_number, put_text
from partyday_tui.excel.style import (
    CAPTION,
    FOOT,
    HEAD,
    HEADER,
    TITLE,
    UNIT_LEFT,
    UNIT_RIGHT,
    Align,
    Look,
    Looks,
    height_of,
    points_of,
    set_normal_font,
    units_of,
)  # fmt: skip

Value = str | int | float | date | None
Line = tuple[str, ...]

_SHORT_SIDE, _LONG_SIDE = 595.0, 842.0  # A4 in points
_MARGIN_SIDE, _MARGIN_TOP, _MARGIN_BOTTOM = 42.0, 42.0, 50.0
_TALLEST_ROW = 409.0  # Excel's limit
_SLACK = 12.0  # points of a page that are not counted on, since every program rounds heights its own way


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in half-width cells (a share: columns are stretched to the paper), and how it stands."""

    title: str
    width: float
    align: Align = "center"
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of heads; ``caption`` is a line over it.

    Rows are at least ``row_height`` points high, and up to ``row_height_to`` where that still leaves the form on one page.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    caption: str = ""
    row_height: float = 22
    row_height_to: float = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form.

    ``unit`` stands left and right under the title, ``head`` lines are boxed over the table (each split evenly into its parts),
    ``second`` has at most as many columns as ``table`` and stands under it, ``foot`` lines close the form. ``mark`` goes to the
    foot of each page; it is a constant of ours, never a user's text.
    """

    title: str
    table: Table
    unit: tuple[str, str] = ("", "")
    head: Sequence[Line] = ()
    foot: Sequence[Line] = ()
    second: Table | None = None
    landscape: bool = False
    mark: str = ""


def print_form(form: Form) -> Workbook:
    """A workbook that holds one form."""
    workbook = new_workbook()
    add_form(workbook, form)
    return workbook


def new_workbook() -> Workbook:
    """A workbook without sheets, in which widths mean what this module takes them for."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    set_normal_font(workbook)
    return workbook


def add_form(workbook: Workbook, form: Form) -> None:
    """Add a form to a workbook as a sheet of its own.

    The second table stands under the first where the form fits on one page. Otherwise it goes to a further sheet: the heads that
    Excel repeats on each page would be wrong over it, and where a page ends differs from program to program.
    """
    sheet = _Sheet(workbook, form, form.title)
    sheet.write_top()
    sheet.write_table(form.table)
    if form.second is None or sheet.has_room_for(form.second):
        if form.second is not None:
            sheet.write_table(form.second, repeat=False)
        sheet.write_foot()
        sheet.close()
        return
    sheet.write_foot()
    sheet.close()
    further = _Sheet(workbook, form, form.second.caption or form.title)
    further.write_top()
    further.write_table(form.second)
    further.close()


def spans(grid: Sequence[float], shares: Sequence[float]) -> list[tuple[int, int]]:
    """Columns (first, last, from 0) of `grid` for each of `shares`, whose edges come as near to theirs as they can.

    Every share gets at least one column; there must not be more shares than columns.
    """
    edges = [sum(grid[: i + 1]) for i in range(len(grid))]
    found, first = [], 0
    for i in range(len(shares)):
        wanted = sum(shares[: i + 1]) / sum(shares) * edges[-1]
        candidates = range(first, len(grid) - (len(shares) - i - 1))
        last = len(grid) - 1 if i == len(shares) - 1 else min(candidates, key=lambda c: abs(edges[c] - wanted))
        found.append((first, last))
        first = last + 1
    return found


def sheet_title(text: str, taken: Sequence[str]) -> str:
    """A title that Excel takes: without ``[]:*?/\\``, at most 31 characters, and not used in this workbook."""
    cleaned = "".join(" " if c in "[]:*?/\\\n" else c for c in printable(text)).strip(" '")[:28] or "表"
    numbered = (f"{cleaned}{n}" for n in range(2, len(taken) + 3))
    lowered = {title.lower() for title in taken}
    return next(title for title in (cleaned, *numbered) if title.lower() not in lowered)


class _Sheet:
    """One sheet being written from the top down; ``_row`` is the last row written, ``_filled`` the points used so far."""

    def __init__(self, workbook: Workbook, form: Form, title: str) -> None:
        self._sheet: Worksheet = workbook.create_sheet(sheet_title(title, workbook.sheetnames))
        self._looks = Looks(self._sheet)
        self._form = form
        self._row = 0
        self._filled = 0.0
        self._elastic: list[tuple[int, float]] = []
        self._grid, scale = _fit([column.width for column in form.table.columns], form.landscape)
        self._room = ((_SHORT_SIDE if form.landscape else _LONG_SIDE) - _MARGIN_TOP - _MARGIN_BOTTOM - _SLACK) / scale
        self._set_paper()

    def write_top(self) -> None:
        """Title, unit line and head lines."""
        self._line((self._form.title,), (TITLE,), 34)
        left, right = self._form.unit
        if left or right:
            self._line((left, right) if right else (left,), (UNIT_LEFT, UNIT_RIGHT) if right else (UNIT_LEFT,), 20)
        for line in self._form.head:
            self._line(line, (HEAD,) * len(line), 22)

    def write_table(self, table: Table, *, repeat: bool = True) -> None:
        """Caption, heads (repeated on every page unless told otherwise) and rows."""
        if table.caption:
            self._line((table.caption,), (CAPTION,), 22)
        widths = [column.width for column in table.columns]
        self._line(tuple(column.title for column in table.columns), (HEADER,) * len(widths), 22, widths)
        if repeat:
            self._sheet.print_title_rows = f"{self._row}:{self._row}"
            self._sheet.freeze_panes = f"A{self._row + 1}"
        looks = [Look(align=column.align) for column in table.columns]
        places = spans(self._grid, widths)
        formats = [column.number_format for column in table.columns]
        for row in table.rows:
            self._write(row, looks, places, table.row_height, formats)
            if table.row_height_to > table.row_height:
                self._elastic.append((self._row, table.row_height_to))

    def has_room_for(self, second: Table) -> bool:
        """Whether the second table and the foot fit on the page, if that is still the first."""
        heads = 22 * (1 + bool(second.caption))
        more = heads + second.row_height * len(second.rows) + 24 * len(self._form.foot)
        return self._filled + more <= self._room

    def write_foot(self) -> None:
        """The lines that close the form."""
        for line in self._form.foot:
            self._line(line, (FOOT,) * len(line), 20)

    def close(self) -> None:
        """Set what is printed; a form that takes one page is held on it, and its elastic rows share what is left."""
        self._sheet.print_area = f"A1:{get_column_letter(len(self._grid))}{self._row}"
        if self._filled > self._room:
            return
        self._sheet.page_setup.fitToHeight = 1
        extra = (self._room - self._filled) / max(1, len(self._elastic))
        for row, most in self._elastic:
            dimension = self._sheet.row_dimensions[row]
            dimension.height = max(dimension.height, int(min(most, dimension.height + extra) * 10) / 10)

    def _line(
        self, parts: Sequence[str], looks: Sequence[Look], height: float, shares: Sequence[float] | None = None
    ) -> None:
        places = spans(self._grid, shares or [1.0] * len(parts))
        self._write(parts, looks, places, height, ["General"] * len(parts))

    def _write(
        self,
        values: Sequence[Value],
        looks: Sequence[Look],
        places: Sequence[tuple[int, int]],
        height: float,
        formats: Sequence[str],
    ) -> None:
        self._row += 1
        row = self._row
        for value, look, (first, last), number_format in zip(values, looks, places, formats, strict=True):
            cell: Any = self._sheet.cell(row, first + 1)
            self._looks.dress(cell, look)
            _put(cell, value, number_format)
            if last > first:
                self._sheet.merge_cells(start_row=row, end_row=row, start_column=first + 1, end_column=last + 1)
            if isinstance(value, str) and value:
                width = sum(points_of(units) for units in self._grid[first : last + 1])
                height = max(height, height_of(printable(value), width, look.size))
        height = min(height, _TALLEST_ROW)
        self._sheet.row_dimensions[row].height = round(height, 1)
        self._filled += height

    def _set_paper(self) -> None:
        sheet = self._sheet
        for index, units in enumerate(self._grid):
            sheet.column_dimensions[get_column_letter(index + 1)].width = round(units, 2)
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if self._form.landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = _MARGIN_SIDE / 72
        margins.top, margins.bottom = _MARGIN_TOP / 72, _MARGIN_BOTTOM / 72
        margins.header = margins.footer = 22 / 72
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "第&P页 共&N页"
        sheet.oddFooter.left.text = self._form.mark


def _put(cell: Any, value: Value, number_format: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, date):
        put_date(cell, value)
    else:
        put_number(cell, value, number_format)


def _fit(widths: Sequence[float], landscape: bool) -> tuple[list[float], float]:
    """Column widths in units, stretched to the paper, and the scale at which wider ones will be printed."""
    paper = (_LONG_SIDE if landscape else _SHORT_SIDE) - 2 * _MARGIN_SIDE
    scale = units_of(paper, len(widths)) / sum(widths)
    return ([width * scale for width in widths], 1.0) if scale >= 1 else (list(widths), scale)
