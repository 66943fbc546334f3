"""A package as one workbook that goes to the disk sheet by sheet, so that a year of a large branch needs no more memory than a month."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.relationship import get_rels_path
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from partyday_tui.excel.compare import Expected, compare, expected_of
from partyday_tui.excel.finish import DatedZip, MemoryWriter, dated, put_in_place, refused, sign
from partyday_tui.excel.layout import plan_form
from partyday_tui.excel.page import new_workbook, rows_of, set_up, sheet_title
from partyday_tui.excel.plan import Plan
from partyday_tui.excel.style import Looks
from partyday_tui.rules.sheet import Form


class PackageFile:
    """A workbook under a temporary name in the folder it is for. Add the forms, the front last; then close, compare, place; always discard.

    Raises PartydayError where the folder cannot be written.
    """

    has_links = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".partyday-", suffix=".tmp", dir=folder)
        except OSError as error:
            raise refused(folder, error) from error
        self._temporary = Path(name)
        self._file = os.fdopen(handle, "w+b")
        self._archive = DatedZip(self._file, "w")
        self._workbook = new_workbook()
        sign(self._workbook)
        self._looks = Looks(self._workbook)
        self._writer = _SheetWriter(self._workbook, self._archive)
        self._expected: list[Expected] = []

    def add(self, form: Form, label: str) -> str:
        """Write a form under a tab of this label, or one near it; returns the tab's name (of the first, where it takes several)."""
        return self._add(form, label)[0]

    def add_front(self, form: Form, label: str) -> None:
        """Write a form that stands before all others."""
        count = len(self._add(form, label))
        sheets = self._workbook._sheets
        sheets[:] = sheets[-count:] + sheets[:-count]
        self._expected[:] = self._expected[-count:] + self._expected[:-count]

    def close(self) -> None:
        """Write what is left, and let the disk have it all."""
        try:
            self._writer.save()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as error:
            raise refused(self._folder, error) from error

    def compare(self, told: Callable[[int], None]) -> None:
        """Read everything back; raises PartydayError where a cell is not what was to be written."""
        compare(self._temporary, self._expected, told)

    def place(self, name: str) -> Path:
        """Give the file its name; returns where it is. Raises UserMistake where one of that name is open in WPS or Excel."""
        return put_in_place(self._temporary, self._folder, name)

    def discard(self) -> None:
        """Leave nothing behind that was not placed."""
        with suppress(OSError, ValueError):
            self._archive.close()
        with suppress(OSError):
            self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _add(self, form: Form, label: str) -> list[str]:
        plans, names = plan_form(form), []
        for number, plan in enumerate(plans):
            wanted = label if number == 0 else f"{label[:20]} {plan.title}"
            sheet = self._workbook.create_sheet(sheet_title(wanted, self._workbook.sheetnames))
            set_up(sheet, plan)
            try:
                self._writer.write_sheet(sheet, plan, self._looks)
            except OSError as error:
                raise refused(self._folder, error) from error
            self._expected.append(expected_of(sheet.title, plan))
            names.append(sheet.title)
        return names


class _SheetWriter(MemoryWriter):
    """Writes each sheet into the archive as soon as it is planned."""

    _count = 0

    def write_sheet(self, sheet: Worksheet, plan: Plan, looks: Looks) -> None:
        """Add one sheet with what hangs on it, as openpyxl does for all of them at the end."""
        self._count += 1
        sheet._id = self._count
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts = sheet._charts
        with self._archive.open(dated(sheet.path[1:]), "w") as part:
            writer = _RowByRow(sheet, part, plan, looks)
            writer.write()
        sheet._rels = writer._rels
        self.manifest.append(sheet)
        if sheet._drawing:
            self._write_drawing(sheet._drawing)
            for relation in sheet._rels:
                if "drawing" in relation.Type:
                    relation.Target = sheet._drawing.path
        if sheet._rels:
            self._archive.writestr(get_rels_path(sheet.path)[1:], tostring(sheet._rels.to_tree()))
        sheet.merged_cells.ranges.clear()
        sheet._hyperlinks.clear()
        sheet.column_dimensions.clear()

    def _write_worksheets(self) -> None:
        """All of them are in the archive."""


class _RowByRow(WorksheetWriter):  # type: ignore[misc]
    """Makes the cells of a row when the row is written, and lets them go."""

    def __init__(self, sheet: Worksheet, out: IO[bytes], plan: Plan, looks: Looks) -> None:
        self._plan, self._looks = plan, looks
        super().__init__(sheet, out)

    def write_dimensions(self) -> None:
        """The sheet's size, from its plan."""
        corner = f"{get_column_letter(len(self._plan.grid))}{len(self._plan.heights)}"
        self.xf.send(SheetDimension(f"A1:{corner}").to_tree())

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """The rows one by one."""
        dimensions = self.ws.row_dimensions
        for number, height, cells in rows_of(self.ws, self._plan, self._looks):
            dimensions[number].height = height
            yield number, cells
            del dimensions[number]
