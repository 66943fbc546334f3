"""How a sheet looks: fonts that every Chinese Windows has, borders, and how much room a text takes.

Heights and sizes are in points, widths in Excel's units: the width of a digit in the workbook's normal font, which is set to 宋体 12,
so that a unit is 8 pixels on every computer that has it, and a column has 5 more.
"""

import math
import unicodedata
from copy import copy
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet

Align = Literal["left", "center", "right"]

SONG, HEI = "宋体", "黑体"
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class Look(NamedTuple):
    """One way a cell may look."""

    font: str = SONG
    size: float = 11
    bold: bool = False
    align: Align = "center"
    boxed: bool = True


TITLE = Look(size=20, bold=True, boxed=False)  # 宋体加粗 stands for 方正小标宋, which few computers have
UNIT_LEFT = Look(align="left", boxed=False)
UNIT_RIGHT = Look(align="right", boxed=False)
HEAD = Look(align="left")
HEADER = Look(font=HEI)
CAPTION = Look(font=HEI, align="left")
FOOT = Look(size=10.5, align="left", boxed=False)


class Looks:
    """The looks of one workbook, each made once and shared by every cell (performance.md: styling is the cost)."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[Look, Any] = {}

    def dress(self, cell: Any, look: Look) -> None:
        """Give a cell its look; do this before its value is put."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._make(look)
        cell._style = copy(made)

    def _make(self, look: Look) -> Any:
        pattern = Cell(self._sheet, row=1, column=1)
        pattern.font = Font(name=look.font, size=look.size, bold=look.bold)
        pattern.alignment = Alignment(
            horizontal=look.align,
            vertical="center",
            wrap_text=True,
            indent=1 if look.boxed and look.align == "left" else 0,
        )
        if look.boxed:
            pattern.border = _BOX
        return pattern._style


def cells_of(text: str) -> float:
    """Half-width cells that a text takes on paper; an ambiguous character takes two in 宋体, a wide letter more than one elsewhere."""
    return sum(map(_cells, text))


def _cells(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return 2
    return 1.5 if character.isupper() or character in "@%&" else 1


def points_of(units: float) -> float:
    """The width in points of a column of so many units."""
    return (units * 8 + 5) * 0.75


def units_of(points: float, columns: int) -> float:
    """The units that so many columns share on a width in points."""
    return (points / 0.75 - 5 * columns) / 8


def set_normal_font(workbook: Workbook) -> None:
    """Make 宋体 12 the font that column widths are measured in; openpyxl has no public way."""
    font = Font(name=SONG, size=12)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font


def height_of(text: str, width: float, size: float) -> float:
    """The height that a wrapped text needs in a cell `width` points wide; a little too much rather than too little."""
    per_line = max(2, int((width - 6) / (size / 2)))
    # A full-width character that does not fit moves to the next line as a whole, so an odd last cell is lost.
    per_line -= per_line % 2
    lines = sum(max(1, math.ceil(cells_of(line) / per_line)) for line in text.split("\n"))
    return lines * size * 1.3 + 4
