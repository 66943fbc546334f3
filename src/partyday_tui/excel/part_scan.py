"""Walks one XML part of a workbook and refuses cells and merges beyond the limits, for xlsx and for ods."""

import re
from collections.abc import Callable, Mapping
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


class _Handlers(dict[str, Callable[[list[str]], None]]):
    """What to do at a start tag by its name, whatever its prefix; each name is looked at once."""

    def __init__(self, by_local_name: Mapping[str, Callable[[list[str]], None]]) -> None:
        super().__init__()
        self._by_local_name = by_local_name

    def __missing__(self, name: str) -> Callable[[list[str]], None]:
        self[name] = self._by_local_name.get(name.rpartition(":")[2], _pass_over)
        return self[name]


class _Scan:
    """Where the walk is: the row and column of the last cell, both from 1, and the area of the merges so far."""

    def __init__(self) -> None:
        self._row = self._column = self._merged = 0
        self._columns: dict[str, int] = {}
        self._handlers = _Handlers(
            {
                "c": self._xlsx_cell,
                "row": self._xlsx_row,
                "mergeCell": self._merge,
                "table-row": self._ods_row,
                "table-cell": self._ods_cell,
                "covered-table-cell": self._ods_cell,
                **dict.fromkeys(("v", "is", "f"), self._check),
                **dict.fromkeys(("sheetData", "table"), self._begin_table),
            }
        )

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle one start tag; ``attributes`` is flat: name, value, name, value."""
        self._handlers[name](attributes)

    def _begin_table(self, attributes: list[str]) -> None:
        self._row = self._column = 0

    def _xlsx_row(self, attributes: list[str]) -> None:
        number = _attribute(attributes, "r")
        self._row, self._column = (self._row + 1 if number is None else _whole(number)), 0

    def _xlsx_cell(self, attributes: list[str]) -> None:
        reference = _attribute(attributes, "r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        column, number = self._columns.get(letters), reference[len(letters) :]
        if column is None or not 0 < len(number) < 10:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise UserMistake(BROKEN)
            column, number = _column_number(found.group(1)), found.group(2)
            if letters == found.group(1):
                self._columns[letters] = column
        self._column, self._row = column, int(number)

    def _ods_row(self, attributes: list[str]) -> None:
        self._row, self._column = self._row + _repeated(attributes, "rows"), 0

    def _ods_cell(self, attributes: list[str]) -> None:
        self._column += _repeated(attributes, "columns")
        if any(name.rpartition(":")[2] in ("value-type", "formula") for name in attributes[::2]):
            self._check(attributes)

    def _check(self, attributes: list[str]) -> None:
        if self._column > COLUMN_LIMIT or self._row > ROW_LIMIT:
            raise UserMistake(TOO_WIDE)

    def _merge(self, attributes: list[str]) -> None:
        reference = _attribute(attributes, "ref") or ""
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        places = [(_column_number(corner.group(1)), int(corner.group(2))) for corner in corners if corner]
        if len(places) < len(corners):
            raise UserMistake(BROKEN)
        (left, top), (right, bottom) = places[0], places[-1]
        # A title merged over a whole row is a habit; only the area tells a trap.
        self._merged += (abs(right - left) + 1) * (abs(bottom - top) + 1)
        if self._merged > ROW_LIMIT * COLUMN_LIMIT:
            raise UserMistake(TOO_WIDE)


def _pass_over(attributes: list[str]) -> None:
    """Most tags hold nothing that could be too large."""


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
