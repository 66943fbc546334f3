"""The workbook of a region, written whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from partyday_tui.services.collect import Region
from partyday_tui.services.sheets.region import region_form, remarks_form


def write_region(region: Region, target: Path, today: date) -> Path:
    """Write the branches and the remarks as two sheets; returns where they are, which has a number where the name is taken.

    Raises UserMistake where the folder cannot be written or the earlier workbook is open in WPS or Excel.
    """
    from partyday_tui.excel.finish import finish
    from partyday_tui.excel.page import add_form, new_workbook

    workbook = new_workbook()
    add_form(workbook, region_form(region, today))
    add_form(workbook, remarks_form(region))
    return finish(workbook, target.parent, target.stem)
