"""A form on A4 paper, written as a workbook: paper, margins, repeated heads, page numbers, borders, widths and heights.

A form (`rules.sheet`) says what stands where, `layout` how high and wide it gets, and this module writes it, so that nothing is cut off
and nothing hangs over the edge.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.cell import MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from partyday_tui.excel.layout import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, plan_form
from partyday_tui.excel.plan import Drawn, Placed, Plan
from partyday_tui.excel.put import printable, put_date, put_link, put_number, put_text
from partyday_tui.excel.style import Looks, set_normal_font
from partyday_tui.rules.sheet import ABOVE, Cell, Form, Link

_FROZEN_AT_MOST = 8  # rows; more of them held still would leave no room on a small screen
_GREY = ("7F7F7F", "C00000", "BFBFBF")  # told apart on a black and white printer too


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
    """Add a form to a workbook, as a sheet of its own or, where a long table stands before other parts, as several."""
    looks = Looks(workbook)
    for plan in plan_form(form):
        write_plan(workbook.create_sheet(sheet_title(plan.title, workbook.sheetnames)), plan, looks)


def sheet_title(text: str, taken: Sequence[str]) -> str:
    """A title that Excel takes: without ``[]:*?/\\``, at most 31 characters, and not used in this workbook."""
    cleaned = "".join(" " if c in "[]:*?/\\\n" else c for c in printable(text)).strip(" '")[:28].strip(" '") or "表"
    numbered = (f"{cleaned}{n}" for n in range(2, len(taken) + 3))
    lowered = {title.lower() for title in taken}
    return next(title for title in (cleaned, *numbered) if title.lower() not in lowered)


def write_plan(sheet: Worksheet, plan: Plan, looks: Looks) -> None:
    """Write a sheet as it was planned; ``looks`` are those of its workbook."""
    set_up(sheet, plan)
    for number, height, cells in rows_of(sheet, plan, looks):
        sheet.row_dimensions[number].height = height
        for cell in cells:
            sheet._cells[number, cell.column] = cell
        sheet._current_row = number


def set_up(sheet: Worksheet, plan: Plan) -> None:
    """All of a sheet but its rows: paper, margins, heads, widths, charts."""
    if plan.fits:
        plan.stretch()
    _set_paper(sheet, plan)
    for drawn in plan.charts:
        _draw(sheet, drawn, len(plan.grid))


def rows_of(sheet: Worksheet, plan: Plan, looks: Looks) -> Iterator[tuple[int, float, list[Any]]]:
    """The rows of a planned sheet with their heights and cells, each made when it is asked for and not kept here; merges stay in the sheet."""
    for number, placed_in_row in groupby(plan.cells, key=attrgetter("row")):
        cells: list[Any] = []
        for placed in placed_in_row:
            cell: Any = WrittenCell(sheet, row=number, column=placed.first + 1)
            looks.dress(cell, placed.look)
            _put(cell, placed.value, placed.number_format)
            cells.append(cell)
            if placed.last > placed.first:
                cells += _merge(sheet, placed, cell)
        yield number, plan.heights[number - 1], cells


def _merge(sheet: Worksheet, placed: Placed, cell: Any) -> list[Any]:
    """Merge a cell with those right of it, which look like it and are returned; ours never overlap.

    `merge_cells` looks through all earlier ones each time and makes new borders for each cell: it took half of the time of a package.
    """
    covered = [MergedCell(sheet, placed.row, column) for column in range(placed.first + 2, placed.last + 2)]
    for each in covered:
        each._style = cell._style
    merged = CellRange(
        min_col=placed.first + 1, min_row=placed.row, max_col=placed.last + 1, max_row=placed.row, title=sheet.title
    )
    sheet.merged_cells.ranges.add(merged)
    return covered


def _set_paper(sheet: Worksheet, plan: Plan) -> None:
    for index, units in enumerate(plan.grid):
        sheet.column_dimensions[get_column_letter(index + 1)].width = round(units, 2)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if plan.form.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(plan.fits)
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN_SIDE / 72
    margins.top, margins.bottom = MARGIN_TOP / 72, MARGIN_BOTTOM / 72
    margins.header = margins.footer = 22 / 72
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.oddFooter.left.text = plan.form.mark
    sheet.print_area = f"A1:{get_column_letter(len(plan.grid))}{len(plan.heights)}"
    if plan.head_row:
        sheet.print_title_rows = f"{plan.head_row}:{plan.head_row}"
        if plan.head_row <= _FROZEN_AT_MOST:
            sheet.freeze_panes = f"A{plan.head_row + 1}"


def _put(cell: Any, value: Cell, number_format: str) -> None:
    if value is None or value == "" or value is ABOVE:
        return
    if isinstance(value, Link):
        put_link(cell, value)
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, int | float):
        put_number(cell, value, number_format)
    else:
        put_date(cell, value)


def _draw(sheet: Worksheet, drawn: Drawn, columns: int) -> None:
    """Bars across the sheet's width, over the row that was left for them."""
    chart = BarChart()
    chart.title, chart.style, chart.gapWidth = drawn.chart.title, 10, 60
    chart.y_axis.title = drawn.chart.unit or None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, drawn.chart.top
    chart.legend.position = "b"
    for number, column in enumerate(drawn.bars):
        values = Reference(sheet, min_col=column + 1, min_row=drawn.head_row, max_row=drawn.last_row)
        chart.add_data(values, titles_from_data=True)
        chart.series[number].graphicalProperties.solidFill = _GREY[number % len(_GREY)]
    names = Reference(sheet, min_col=drawn.names[0] + 1, min_row=drawn.first_row, max_row=drawn.last_row)
    chart.set_categories(names)
    corner, opposite = AnchorMarker(col=0, row=drawn.row - 1), AnchorMarker(col=columns, row=drawn.row)
    chart.anchor = TwoCellAnchor(editAs="twoCell", _from=corner, to=opposite)
    sheet.add_chart(chart)
