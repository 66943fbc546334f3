"""A finished workbook read back by another program than the one that wrote it, and compared cell by cell with what was to be in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from partyday_tui.errors import PartydayError
from partyday_tui.excel.plan import Plan
from partyday_tui.excel.put import shown
from partyday_tui.rules.sheet import ABOVE, Cell

_SIZE = 12
_NOTHING = bytes(_SIZE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sheet is to hold: its name, and a short digest of each row end to end, since the cells of a year would fill the memory."""

    name: str
    digests: bytes


def expected_of(name: str, plan: Plan) -> Expected:
    """What is to be found again of a planned sheet."""
    digests = bytearray(_SIZE * len(plan.heights))
    for number, cells in groupby(plan.cells, key=attrgetter("row")):
        row = [(placed.first, text) for placed in cells if (text := _text(placed.value))]
        digests[(number - 1) * _SIZE : number * _SIZE] = _digest(row)
    return Expected(name, bytes(digests))


def compare(path: Path, expected: Sequence[Expected], told: Callable[[int], None] = lambda _: None) -> None:
    """Read every cell of a workbook and raise PartydayError that names the sheet and row where it is not as expected.

    ``told`` is called before each sheet with its place in the workbook, from 0.
    """
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            if workbook.sheet_names != [it.name for it in expected]:
                raise _differs("工作表不齐")
            for at, sheet in enumerate(expected):
                told(at)
                _compare_sheet(workbook, at, sheet)
    except (CalamineError, OSError, ValueError) as error:
        raise _differs("文件读不出来") from error


def _compare_sheet(workbook: CalamineWorkbook, at: int, expected: Expected) -> None:
    found = workbook.get_sheet_by_index(at).to_python(skip_empty_area=False)
    wanted = expected.digests
    for number in range(max(len(found), len(wanted) // _SIZE)):
        row = found[number] if number < len(found) else []
        values = [(column, text) for column, value in enumerate(row) if (text := _read(value))]
        if _digest(values) != (wanted[number * _SIZE : (number + 1) * _SIZE] or _NOTHING):
            raise _differs(f"「{expected.name}」第{number + 1}行")


def _digest(row: list[tuple[int, str]]) -> bytes:
    return blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest() if row else _NOTHING


def _text(value: Cell) -> str:
    """A planned value in the one form in which both sides are compared; '' for an empty cell."""
    if value is None or value is ABOVE or value == "":
        return ""
    if isinstance(value, str):
        return f"s{text}" if (text := shown(value)) else ""
    if isinstance(value, int | float):
        return _number(value)
    assert isinstance(value, date)
    return f"d{value}" if value.year >= 1900 else f"s{value}"


def _read(value: object) -> str:
    """A value that was read, in the same form."""
    if isinstance(value, str):
        return f"s{value}" if value else ""
    if isinstance(value, datetime):
        value = value.date()
    return f"d{value}" if isinstance(value, date) else _number(value)  # type: ignore[arg-type]


def _number(value: float) -> str:
    """A number to the fifteen digits that a cell keeps (openpyxl writes sixteen, and a rate has no end)."""
    return f"n{float(value):.15g}"


def _differs(what: str) -> PartydayError:
    return PartydayError(f"写好的文件读回来和账本不一样（{what}），没有留下文件；请换一个文件夹或U盘后再做一次。")
