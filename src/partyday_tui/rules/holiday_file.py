"""Read a holiday file in the shape of NateScarlet/holiday-cn: ``{year, days: [{name, date, isOffDay}]}``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.rules.calendar import DayOff
from partyday_tui.rules.festivals import MovingFestivals, statutory_days
from partyday_tui.rules.notice import ParsedArrangement, doubts_about

_SHAPE = "请使用 {year, days: [{name, date, isOffDay}]} 这种格式的文件。"


def parse_holiday_file(text: str, moving: dict[int, MovingFestivals]) -> ParsedArrangement:
    """Read the file's text; a text of another shape is a UserMistake, a doubtful day is a sentence in ``problems``.

    ``moving`` marks the statutory days as in ``parse_notice``.
    """
    try:
        content = json.loads(text.removeprefix("\ufeff"))
        year, days = int(content["year"]), list(content["days"])
        date(year, 1, 1)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise UserMistake(f"放假文件没有看懂，{_SHAPE}") from error
    if not days:
        return ParsedArrangement(year, (), (f"文件里{year}年没有日子，多半是放假安排还没有公布，请等通知。",))
    statutory = statutory_days(year, moving.get(year))
    rows = {row.day: row for row in (_row(entry, number, statutory) for number, entry in enumerate(days, 1))}
    ordered = tuple(rows[day] for day in sorted(rows))
    doubled = [] if len(rows) == len(days) else ["文件里有重复的日子，以后一条为准，请核对。"]
    return ParsedArrangement(year, ordered, (*doubled, *doubts_about(ordered, year, moving.get(year))))


def _row(entry: Any, number: int, statutory: dict[date, str]) -> DayOff:
    try:
        name, day, is_off = entry["name"], date.fromisoformat(entry["date"]), entry["isOffDay"]
    except (ValueError, KeyError, TypeError) as error:
        raise UserMistake(f"放假文件第{number}个日子没有看懂，{_SHAPE}") from error
    if not (isinstance(name, str) and isinstance(is_off, bool)):
        raise UserMistake(f"放假文件第{number}个日子没有看懂，{_SHAPE}")
    return DayOff(day, is_off, name, is_off and day in statutory, "file")
