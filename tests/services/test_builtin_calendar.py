"""The shipped holiday and lunar data as the rules see them."""

import os
import subprocess
import sys
from datetime import date

import pytest
from chinese_calendar import constants

from partyday_tui.rules.lunar import LunarDay
from partyday_tui.services.builtin_calendar import builtin_days_off, builtin_years, festivals_of, lunar_days


def test_the_years_of_the_package_are_whole() -> None:
    assert builtin_years() == frozenset(range(2004, 2027))


@pytest.mark.parametrize("year", [2003, 2027, 2100])
def test_a_year_out_of_range_gives_nothing(year: int) -> None:
    assert builtin_days_off(year) == ()
    assert year not in builtin_years()


@pytest.mark.parametrize("year", range(2004, 2027))
def test_rows_are_the_library_s_days_with_chinese_names(year: int) -> None:
    rows = builtin_days_off(year)
    assert {row.day for row in rows if row.is_off} == {day for day in constants.holidays if day.year == year}
    assert {row.day for row in rows if not row.is_off} == {day for day in constants.workdays if day.year == year}
    assert all(not row.name.isascii() and row.source == "builtin" for row in rows)
    assert [row.day for row in rows] == sorted(row.day for row in rows)


@pytest.mark.parametrize("year", range(2004, 2027))
def test_no_swapped_day_is_statutory(year: int) -> None:
    statutory = {row.day for row in builtin_days_off(year) if row.statutory}
    # The library calls 初三 of 2022 swapped, though the law of 2014 to 2024 gave 初一 to 初三.
    assert statutory & set(constants.in_lieu_days) <= {date(2022, 2, 3)}


def test_names_of_the_joint_holiday() -> None:
    names = {row.day: row.name for row in builtin_days_off(2025)}
    assert names[date(2025, 10, 1)] == "国庆节"
    assert names[date(2025, 10, 6)] in ("中秋节", "国庆节")


def test_lunar_days_of_a_year_with_a_leap_month() -> None:
    days = lunar_days(2025)
    assert len(days) == 365
    assert days[date(2025, 1, 29)] == LunarDay(1, 1, False, False)
    assert days[date(2025, 7, 25)] == LunarDay(6, 1, True, False)
    assert days[date(2025, 1, 28)] == LunarDay(12, 29, False, True)


@pytest.mark.parametrize("year", [1900, 2099])
def test_no_lunar_table_no_festivals(year: int) -> None:
    assert lunar_days(year) == {}
    assert festivals_of(year) is None


def test_importing_the_module_imports_no_package() -> None:
    code = (
        "import sys, partyday_tui.services.builtin_calendar, partyday_tui.rules.rule_book, "
        "partyday_tui.rules.holiday_file; "
        "print([name for name in ('chinese_calendar', 'lunardate') if name in sys.modules])"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "[]"
