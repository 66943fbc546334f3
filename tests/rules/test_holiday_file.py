"""Holiday files in the shape of holiday-cn."""

import json
from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.holiday_file import parse_holiday_file
from partyday_tui.services.builtin_calendar import builtin_days_off, festivals_of


def as_file(year: int) -> str:
    rows = builtin_days_off(year)
    days = [{"name": row.name, "date": row.day.isoformat(), "isOffDay": row.is_off} for row in rows]
    return json.dumps({"year": year, "days": days}, ensure_ascii=False)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_file_gives_the_same_days_and_statutory_flags(year: int) -> None:
    moving = festivals_of(year)
    assert moving
    parsed = parse_holiday_file("\ufeff" + as_file(year), {year: moving})
    assert (parsed.year, parsed.problems) == (year, ())
    wanted = [(row.day, row.is_off, row.name, row.statutory) for row in builtin_days_off(year)]
    assert [(row.day, row.is_off, row.name, row.statutory) for row in parsed.rows] == wanted
    assert {row.source for row in parsed.rows} == {"file"}


def test_an_empty_year_says_not_announced() -> None:
    parsed = parse_holiday_file('{"year": 2027, "days": []}', {})
    assert parsed.rows == ()
    assert "还没有公布" in parsed.problems[0]


def test_a_repeated_day_is_told_and_the_later_one_wins() -> None:
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": off} for off in (False, True)]
    parsed = parse_holiday_file(json.dumps({"year": 2027, "days": days}), {})
    assert [(row.day, row.is_off) for row in parsed.rows] == [(date(2027, 1, 1), True)]
    assert "重复" in parsed.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"year": "明年", "days": []}',
        '{"year": 0, "days": []}',
        '{"year": Infinity, "days": []}',
        "[" * 100000,
        '{"year": 2027}',
        '{"year": 2027, "days": [3]}',
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": "是"}]}',
    ],
)
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(UserMistake, match="请使用"):
        parse_holiday_file(text, {})
