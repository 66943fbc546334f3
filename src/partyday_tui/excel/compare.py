"""A finished workbook read back by another program than the one that wrote it, and compared cell by cell with what was to be in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from partyday_tui.errors import PartydayError
from partyday_tui.excel.plan import Plan
from partyday_tui.excel.put import shown
from partyday_tui.rules.sheet import ABOVE, Cell

_NOTHING = b""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sheet is to hold: its name, and a short digest of each row, since a year of 500 members would fill the memory twice."""

    name: str
    rows: Sequence[bytes]


def expected_of(name: str, plan: Plan) -> Expected:
    """What is to be found again of a planned sheet."""
    rows: list[list[tuple[int, str]]] = [[] for _ in plan.heights]
    for placed in plan.cells:
        if text := _text(placed.value):
            rows[placed.row - 1].append((placed.first, text))
    return Expected(name, [_digest(row) for row in rows])


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
    wanted = expected.rows
    for number in range(max(len(found), len(wanted))):
        row = found[number] if number < len(found) else []
        values = [(column, text) for column, value in enumerate(row) if (text := _read(value))]
        if _digest(values) != (wanted[number] if number < len(wanted) else _NOTHING):
            raise _differs(f"「{expected.name}」第{number + 1}行")


def _digest(row: list[tuple[int, str]]) -> bytes:
    return blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=12).digest() if row else _NOTHING


def _text(value: Cell) -> str:
    """A planned value in the one form in which both sides are compared; '' for an empty cell."""
    if value is None or value is ABOVE or value == "":
        return ""
    if isinstance(value, str):
        return f"s{text}" if (text := shown(value)) else ""
    if isinstance(value, int | float):
        return f"n{float(value)!r}"
    assert isinstance(value, date)
    return f"d{value}" if value.year >= 1900 else f"s{value}"


def _read(value: object) -> str:
    """A value that was read, in the same form."""
    if isinstance(value, str):
        return f"s{value}" if value else ""
    if isinstance(value, datetime):
        value = value.date()
    return f"d{value}" if isinstance(value, date) else f"n{float(value)!r}"  # type: ignore[arg-type]


def _differs(what: str) -> PartydayError:
    return PartydayError(f"写好的文件读回来和账本不一样（{what}），没有留下文件；请换一个文件夹或U盘后再做一次。")
