"""Walks one XML part of a workbook and refuses cells and merges beyond the limits, for xlsx and for ods."""

import re
from xml.parsers import expat

from partyday_tui.errors import UserMistake
from partyday_tui.excel.limits import BROKEN, COLUMN_LIMIT, ROW_LIMIT, TOO_WIDE

_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,9})", re.IGNORECASE)


def scan_part(content: bytes) -> None:
    """Refuse with UserMistake what is no XML or holds a value beyond the limits; blank cells may lie anywhere."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = _Scan().start
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise UserMistake(BROKEN) from None


class _Scan:
    """Where the walk is: the row and column of the last cell, both from 1, and the area of the merges so far."""

    def __init__(self) -> None:
        self._row = self._column = self._merged = 0

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle one start tag; ``attributes`` is flat: name, value, name, value."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._xlsx_cell(attributes)
        elif local in ("v", "is", "f"):
            self._check()
        elif local == "row":
            number = _attribute(attributes, "r")
            self._row, self._column = (self._row + 1 if number is None else _whole(number)), 0
        elif local == "table-row":
            self._row, self._column = self._row + _repeated(attributes, "rows"), 0
        elif local in ("table-cell", "covered-table-cell"):
            self._ods_cell(attributes)
        elif local in ("sheetData", "table"):
            self._row = self._column = 0
        elif local == "mergeCell":
            self._merge(_attribute(attributes, "ref") or "")

    def _xlsx_cell(self, attributes: list[str]) -> None:
        reference = _attribute(attributes, "r")
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise UserMistake(BROKEN)
        self._column, self._row = _column_number(found.group(1)), int(found.group(2))

    def _ods_cell(self, attributes: list[str]) -> None:
        self._column += _repeated(attributes, "columns")
        if any(name.rpartition(":")[2] in ("value-type", "formula") for name in attributes[::2]):
            self._check()

    def _check(self) -> None:
        if self._column > COLUMN_LIMIT or self._row > ROW_LIMIT:
            raise UserMistake(TOO_WIDE)

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        places = [(_column_number(corner.group(1)), int(corner.group(2))) for corner in corners if corner]
        if len(places) < len(corners):
            raise UserMistake(BROKEN)
        (left, top), (right, bottom) = places[0], places[-1]
        # A title merged over a whole row is a habit; only the area tells a trap.
        self._merged += (abs(right - left) + 1) * (abs(bottom - top) + 1)
        if self._merged > ROW_LIMIT * COLUMN_LIMIT:
            raise UserMistake(TOO_WIDE)


def _attribute(attributes: list[str], name: str) -> str | None:
    for at in range(0, len(attributes), 2):
        if attributes[at] == name:
            return attributes[at + 1]
    return None


def _repeated(attributes: list[str], what: str) -> int:
    name = next((name for name in attributes[::2] if name.endswith(f":number-{what}-repeated")), None)
    return 1 if name is None else _whole(_attribute(attributes, name) or "")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise UserMistake(BROKEN)
    return int(text)
