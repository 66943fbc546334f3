"""The one gate through which a value enters a cell; nothing else in this room assigns ``cell.value``."""

import re
from datetime import date
from typing import Any

from openpyxl.worksheet.hyperlink import Hyperlink

# What no sheet may hold or print: control characters, bidirectional and invisible marks, lone surrogates, noncharacters, and the
# line and paragraph separators. XML refuses some of them, Excel calls a file with others damaged, the rest reorder what is read.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# Spreadsheets decode ``_x0041_`` in a text; ``_x005F_`` says that the underscore itself is meant.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767  # UTF-16 units, the limit of a cell
_CUT = "……（内容过长，已截断）"


def printable(text: str) -> str:
    """A text without what a sheet or a file name may not hold; line breaks stay, tabs become spaces."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def shown(text: str) -> str:
    """What a cell shows of a text: printable, and cut with a word about it where a cell cannot hold it."""
    return _fitting(printable(text))


def put_text(cell: Any, text: str) -> None:
    """Write a text as a text, whatever it begins with (reliability.md 7: ``=1+1`` would become a formula, ``#N/A`` an error).

    Style the cell before this call: a style set afterwards takes the text format and the quote prefix away. Never raises.
    """
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", shown(text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True


def put_link(cell: Any, sheet_name: str) -> None:
    """Write the name of a sheet of this workbook as a text that leads there."""
    put_text(cell, sheet_name)
    cell.hyperlink = Hyperlink(ref="", location="'{}'!A1".format(sheet_name.replace("'", "''")))


def put_number(cell: Any, number: int | float, number_format: str = "General") -> None:
    """Write a number with its format; totals are written as values, since formulas have no value before Excel opens them."""
    cell.value = number
    cell.number_format = number_format


def put_date(cell: Any, day: date) -> None:
    """Write a date as a real date, shown as 2026-11-06; a date before 1900 is written as text, as Excel knows none."""
    if day.year < 1900:
        put_text(cell, day.isoformat())
        return
    cell.value = day
    cell.number_format = "yyyy-mm-dd"


def _fitting(text: str) -> str:
    """The text, cut with a word about it where a cell cannot hold it."""
    if len(text) * 2 <= _LONGEST or len(text.encode("utf-16-le")) <= _LONGEST * 2:
        return text
    room = (_LONGEST - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
