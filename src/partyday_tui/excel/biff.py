"""The gate for old .xls files (BIFF in a compound file): a cell far out makes a reader take gigabytes.

Only as much of the two formats is read as tells where cells lie ([MS-CFB], [MS-XLS]).
"""

import struct
from collections.abc import Iterator

from partyday_tui.errors import UserMistake
from partyday_tui.excel.limits import BROKEN, COLUMN_LIMIT, LOCKED, ROW_LIMIT, SAVE_AS, TOO_WIDE

_END = 0xFFFFFFFA
_DIMENSIONS, _FILE_PASS, _MULTIPLE_RK = 0x0200, 0x002F, 0x00BD
# FORMULA (three ages), RK, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR: records that put a value into one cell.
_CELLS = frozenset((0x0006, 0x0206, 0x0406, 0x007E, 0x027E, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205))


def check_biff(data: bytes) -> None:
    """Refuse with UserMistake an .xls that is broken, locked, or has cells beyond the limits."""
    try:
        _check_records(workbook_stream(data))
    except (struct.error, IndexError, ValueError):
        raise UserMistake(BROKEN) from None


def _check_records(stream: bytes) -> None:
    for kind, body in records(stream):
        if kind == _FILE_PASS:
            raise UserMistake(LOCKED)
        if kind == _DIMENSIONS and len(body) >= 12:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", body)
            if (last_row - first_row) * (last_column - first_column) > ROW_LIMIT * COLUMN_LIMIT:
                raise UserMistake(TOO_WIDE)
        elif kind in _CELLS or kind == _MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", body)
            if kind == _MULTIPLE_RK:
                (column,) = struct.unpack_from("<H", body, len(body) - 2)
            if row >= ROW_LIMIT or column >= COLUMN_LIMIT:
                raise UserMistake(TOO_WIDE)


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """The records of a stream from a place on, as (kind, body); a record that is cut off ends them."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def workbook_stream(data: bytes) -> bytes:
    """The stream named Workbook (BIFF8) or Book (BIFF5) of a compound file."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    (directory_start,) = struct.unpack_from("<I", data, 48)
    (cutoff,) = struct.unpack_from("<I", data, 56)
    (mini_table_start,) = struct.unpack_from("<I", data, 60)
    table = _allocation_table(data, size)
    directory = _chain(data, directory_start, table, size, size)
    if len(directory) % 128:
        raise ValueError("a cut directory")
    entries = {}
    for at in range(0, len(directory) - 127, 128):
        (name_length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(0, min(name_length, 64) - 2)].decode("utf-16-le", "replace").lower()
        entries[name] = struct.unpack_from("<II", directory, at + 116)
    if "encryptedpackage" in entries:
        raise UserMistake(LOCKED)
    found = entries.get("workbook") or entries.get("book")
    if found is None:
        raise UserMistake(f"这不是表格文件，{SAVE_AS}")
    start, length = found
    if length >= cutoff:
        return _chain(data, start, table, size, size)[:length]
    mini_table = _numbers(_chain(data, mini_table_start, table, size, size))
    mini_stream = _chain(data, entries["root entry"][0], table, size, size)
    return _chain(mini_stream, start, mini_table, 64, 0)[:length]


def _allocation_table(data: bytes, size: int) -> list[int]:
    """The sector allocation table, whose own sectors the header lists (and further list sectors beyond 109 of them)."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // size):
        if more >= _END:
            break
        listed = _numbers(data[size * (more + 1) :][:size])
        sectors += listed[:-1]
        more = listed[-1]
    return [number for sector in sectors if sector < _END for number in _numbers(data[size * (sector + 1) :][:size])]


def _numbers(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _chain(data: bytes, sector: int, table: list[int], size: int, offset: int) -> bytes:
    """The bytes of a chain of sectors; ``offset`` is where sector 0 begins."""
    blocks: list[bytes] = []
    while sector < _END:
        if len(blocks) > len(data) // size:
            raise ValueError("a chain that runs in a circle")
        blocks.append(data[offset + size * sector :][:size])
        sector = table[sector]
    return b"".join(blocks)
