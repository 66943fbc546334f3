"""One sheet of a workbook by its name, through the same gate as every other file, without reading the others."""

import io
from pathlib import Path
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.excel.gate import admit
from partyday_tui.excel.limits import BROKEN, LOCKED, NOT_A_SHEET

_MOST_ROWS = 1000
_MOST_PARTS = 4000  # a year's package has a sheet for each paper of each event


def read_sheet(path: Path, name: str) -> list[list[Any]] | None:
    """The first rows of the sheet of this name, hidden or not, as raw cells; None where the workbook has no such sheet.

    Refuses with UserMistake what does not pass the gate, is no workbook or cannot be read.
    """
    admitted = admit(path, _MOST_PARTS)
    if admitted.shape != "workbook":
        raise UserMistake(NOT_A_SHEET)
    try:
        from python_calamine import CalamineWorkbook

        with CalamineWorkbook.from_filelike(io.BytesIO(admitted.data)) as workbook:
            if name not in workbook.sheet_names:
                return None
            return list(workbook.get_sheet_by_name(name).to_python(nrows=_MOST_ROWS))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        # As in excel.read: calamine's panic is not even an Exception.
        raise UserMistake(LOCKED if type(failure).__name__ == "PasswordError" else BROKEN) from failure
