"""Tables that official systems name .xls though they are HTML pages or XML-2003 workbooks."""

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element

from partyday_tui.errors import UserMistake
from partyday_tui.excel.gate import decode
from partyday_tui.excel.limits import COLUMN_LIMIT, NOT_A_SHEET, ROW_LIMIT, TOO_WIDE

Rows = list[list[Any]]
Merged = tuple[tuple[int, int, int], ...]
"""Cells of one column merged downwards: (first row, column, last row), counted from 0."""

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def html_tables(data: bytes) -> list[tuple[str, Rows, Merged]]:
    """Each outermost table of a page as (name, rows, merged); a spanned cell has its value at the top left only."""
    parser = _Tables()
    # Trying UTF-8, then GB18030 serves better than the page's own word, which exports often get wrong.
    parser.feed(decode(data))
    parser.close()
    parser.end_table()
    if not parser.tables:
        raise UserMistake(NOT_A_SHEET)
    return [(f"表{number}", rows, merged) for number, (rows, merged) in enumerate(parser.tables, start=1)]


class _Tables(HTMLParser):
    """Collects cells into rows; a nested table's text belongs to the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[Rows, Merged]] = []
        self._depth = 0
        self._rows: Rows = []
        # Column to rows still covered by a cell above.
        self._covered: dict[int, int] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif tag in ("script", "style"):
            self._skipping = True
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell = []
            spans = dict(attrs)
            self._span = (_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth = max(0, self._depth - 1)
            if self._depth == 0:
                self.end_table()
        elif tag in ("script", "style"):
            self._skipping = False
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipping:
            self._cell.append(data)

    def end_table(self) -> None:
        """Close the table at hand, also one that the page forgot to close."""
        self._end_row()
        if self._rows:
            self.tables.append((self._rows, tuple(self._merged)))
        self._rows, self._covered, self._merged = [], {}, []

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._skip_covered()
        columns, rows = self._span
        if len(self._row) + columns > COLUMN_LIMIT:
            raise UserMistake(TOO_WIDE)
        if rows > 1 and columns == 1:
            self._merged.append((len(self._rows), len(self._row), len(self._rows) + rows - 1))
        for column in range(len(self._row), len(self._row) + columns):
            if rows > 1:
                self._covered[column] = rows
        self._row += [" ".join("".join(self._cell).split()), *[""] * (columns - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._skip_covered()
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._rows.append(self._row)
        self._row = None
        if len(self._rows) > ROW_LIMIT:
            raise UserMistake(TOO_WIDE)

    def _skip_covered(self) -> None:
        """Leave blanks where a cell from a row above reaches down; those of this row have not been passed yet."""
        assert self._row is not None
        while len(self._row) in self._covered:
            self._row.append("")


def _span(value: str | None) -> int:
    return max(1, min(int(value), ROW_LIMIT)) if value and re.fullmatch(r"[0-9]{1,5}", value.strip()) else 1


def xml_sheets(data: bytes) -> list[tuple[str, Rows, Merged]]:
    """Each worksheet of an XML-2003 workbook as (name, rows, merged); entities and document types are refused."""
    from defusedxml.ElementTree import fromstring

    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", data.removeprefix(b"\xef\xbb\xbf"))
    encoding = "gb18030" if declared and declared.group(1).lower().startswith(b"gb") else "utf-8-sig"
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode(encoding))
    root = fromstring(text, forbid_dtd=True)
    sheets = [(sheet.get(f"{_SHEET}Name", ""), *_sheet_rows(sheet)) for sheet in root.iter(f"{_SHEET}Worksheet")]
    if not sheets:
        raise UserMistake(NOT_A_SHEET)
    return sheets


def _sheet_rows(sheet: Element) -> tuple[Rows, Merged]:
    rows: Rows = []
    merged: list[tuple[int, int, int]] = []
    for element in sheet.iter(f"{_SHEET}Row"):
        _pad(rows, _place(element, len(rows)), ROW_LIMIT, [])
        row: list[Any] = []
        for cell in element.iter(f"{_SHEET}Cell"):
            _pad(row, _place(cell, len(row)), COLUMN_LIMIT, "")
            across, down = int(cell.get(f"{_SHEET}MergeAcross", "0")), int(cell.get(f"{_SHEET}MergeDown", "0"))
            if down and not across:
                merged.append((len(rows), len(row), len(rows) + down))
            row.append(_value(cell.find(f"{_SHEET}Data")))
            _pad(row, len(row) + across, COLUMN_LIMIT, "")
        rows.append(row)
        _pad(rows, len(rows) + int(element.get(f"{_SHEET}Span", "0")), ROW_LIMIT, [])
    return rows, tuple(merged)


def _place(element: Element, default: int) -> int:
    return int(element.get(f"{_SHEET}Index", default + 1)) - 1


def _pad(items: list[Any], length: int, limit: int, blank: Any) -> None:
    if length >= limit:
        raise UserMistake(TOO_WIDE)
    items.extend(blank for _ in range(length - len(items)))


def _value(data: Element | None) -> Any:
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SHEET}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        moment = datetime.fromisoformat(text[:19])
        return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
    return text == "1" if kind == "Boolean" else text
