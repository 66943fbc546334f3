"""Days off by reading, layers of rows, and years that nobody has announced."""

from datetime import date

import pytest

from partyday_tui.rules.calendar import Calendar, DayOff, DayOffReading, not_announced
from partyday_tui.services.builtin_calendar import builtin_days_off

CALENDAR = Calendar(builtin_days_off(2026), [2026])


@pytest.mark.parametrize(
    ("day", "any_day_off", "statutory", "weekends_too", "workday", "name"),
    [
        (date(2026, 10, 1), True, True, True, False, "国庆节"),
        (date(2026, 10, 3), True, True, True, False, "国庆节"),
        (date(2026, 10, 4), True, False, True, False, "国庆节"),
        (date(2026, 10, 6), True, False, True, False, "国庆节"),
        (date(2026, 1, 2), True, False, True, False, "元旦"),
        (date(2026, 4, 5), True, True, True, False, "清明节"),
        (date(2026, 4, 6), True, False, True, False, "清明节"),
        (date(2026, 10, 10), False, False, False, True, ""),
        (date(2026, 10, 17), False, False, True, False, "周末"),
        (date(2026, 10, 9), False, False, False, True, ""),
        (date(2027, 10, 1), False, False, False, True, ""),
        (date(2027, 10, 2), False, False, True, False, "周末"),
    ],
)
def test_readings(day: date, any_day_off: bool, statutory: bool, weekends_too: bool, workday: bool, name: str) -> None:
    readings = [CALENDAR.is_holiday(day, reading) for reading in DayOffReading]
    assert dict(zip(DayOffReading, readings, strict=True)) == {
        DayOffReading.ANY_DAY_OFF: any_day_off,
        DayOffReading.STATUTORY_ONLY: statutory,
        DayOffReading.WEEKENDS_TOO: weekends_too,
    }
    assert (CALENDAR.is_workday(day), CALENDAR.name_of(day)) == (workday, name)


def test_a_year_that_nobody_announced_says_so() -> None:
    assert CALENDAR.is_announced(2026)
    assert not CALENDAR.is_announced(2027)
    assert not_announced(2027) == "2027年放假安排未公布"


def test_a_later_row_wins_and_a_plain_day_can_be_restored() -> None:
    day = date(2026, 10, 6)
    worked = DayOff(day, False, "", False, "manual")
    calendar = Calendar([*builtin_days_off(2026), worked], [2026])
    assert calendar.is_workday(day)
    assert not calendar.is_holiday(day)
    assert calendar.row(day) == worked
    rest = DayOff(date(2026, 10, 3), True, "", False, "manual")
    assert not Calendar([*builtin_days_off(2026), rest], [2026]).is_holiday(rest.day)


def test_rows_of_a_year_are_in_order() -> None:
    rows = Calendar(reversed(builtin_days_off(2026)), [2026]).rows_of(2026)
    assert rows == builtin_days_off(2026)
    assert CALENDAR.rows_of(2027) == ()
