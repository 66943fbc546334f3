"""Dates that a sheet shows as a month: typing 1972年7月 into Excel stores 1972-07-01 and shows the month, which is what was meant."""

import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from partyday_tui.excel.biff import records, workbook_stream

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Formats that Excel keeps by number alone: mmm-yy, and yyyy"年"m"月" where the language is Chinese.
_BUILTIN = {17, 27, 36, 50, 52, 57}
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_CELL = re.compile(rb"<c\s([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,5})"')
_BOF, _EOF, _BIFF8 = 0x0809, 0x000A, 0x0600
_FORMAT, _XF, _BOUND_SHEET, _NUMBER, _RK, _MULTIPLE_RK = 0x041E, 0x00E0, 0x0085, 0x0203, 0x027E, 0x00BD
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 73_051)


def show_months(data: bytes, name: str, rows: list[list[Any]]) -> None:
    """Put the month, as text such as ``1972-07``, for each first of a month in `rows` that the sheet `name` shows as one.

    ``data`` is an xlsx or xls that passed the gate. A day that is not the first was known: it stays.
    """
    # A styles part that nobody but the reader of the values understands costs the precision, not the roster.
    with suppress(struct.error, IndexError, ValueError, KeyError, ParseError):
        for row, column in _cells_of_xlsx(data, name) if data.startswith(b"PK") else _cells_of_xls(data, name):
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = _month_of(rows[row][column])


def is_month_format(code: str) -> bool:
    """Whether a number format shows year and month and nothing finer, such as ``yyyy"年"m"月"`` or ``mmm-yy``."""
    letters = set(_NOT_CODE.sub("", code.partition(";")[0]).lower())
    return {"y", "m"} <= letters and not letters & set("dhs")


def _cells_of_xlsx(data: bytes, name: str) -> list[tuple[int, int]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        styles = _month_styles(archive)
        part = _part_of(archive, name) if styles else None
        return list(_cells_styled(archive.read(part), styles)) if part else []


def _cells_of_xls(data: bytes, name: str) -> Iterator[tuple[int, int]]:
    """The same of a BIFF8 workbook ([MS-XLS]: Format, XF, BoundSheet8, Number, RK, MulRk); nothing of an older one."""
    stream = workbook_stream(data)
    codes: dict[int, str] = {}
    formats: list[int] = []
    start = None
    for kind, body in records(stream):
        if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            return
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _string(body[4:], struct.unpack_from("<H", body, 2)[0])
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUND_SHEET and _string(body[7:], body[6]) == name:
            (start,) = struct.unpack_from("<I", body)
        elif kind == _EOF:
            break
    wanted = {number for number, code in codes.items() if is_month_format(code)} | (_BUILTIN - codes.keys())
    styles = {at for at, number in enumerate(formats) if number in wanted}
    if start is None or not styles:
        return
    for kind, body in records(stream, start):
        if kind == _EOF:
            return
        if kind in (_NUMBER, _RK):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in styles:
                yield row, column
        elif kind == _MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                if struct.unpack_from("<H", body, 4 + place * 6)[0] in styles:
                    yield row, column + place


def _string(body: bytes, length: int) -> str:
    """A text of so many characters behind its byte of flags, of which the lowest bit says UTF-16."""
    wide = body[0] & 1
    return body[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _month_styles(archive: zipfile.ZipFile) -> set[int]:
    """The styles, by their number in a cell, that show a month."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    root = fromstring(archive.read("xl/styles.xml"), forbid_dtd=True)
    codes = {int(it.get("numFmtId", "0")): it.get("formatCode", "") for it in root.iter(f"{_MAIN}numFmt")}
    formats = {number for number, code in codes.items() if is_month_format(code)} | (_BUILTIN - codes.keys())
    cells = root.find(f"{_MAIN}cellXfs")
    return {at for at, it in enumerate(cells if cells is not None else ()) if int(it.get("numFmtId", "0")) in formats}


def _part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """The part that holds a sheet."""
    parts = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
        return None
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {it.get("Id"): it.get("Target", "") for it in relations}
    for sheet in fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iter(f"{_MAIN}sheet"):
        if sheet.get("name") == name:
            target = targets.get(sheet.get(f"{_OFFICE}id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in parts else None
    return None


def _cells_styled(sheet: bytes, styles: set[int]) -> Iterator[tuple[int, int]]:
    """(row, column), from 0, of the cells in one of the styles."""
    for cell in _CELL.finditer(sheet):
        style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
        if style and place and int(style[1]) in styles:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            yield int(place[2]) - 1, column - 1


def _month_of(value: Any) -> Any:
    day = value
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIALS:
        day = _EPOCH + timedelta(days=int(value))
    return f"{day.year:04d}-{day.month:02d}" if isinstance(day, date) and day.day == 1 else value
