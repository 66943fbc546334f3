"""Statutory days by the law of each year."""

from datetime import date

import pytest

from partyday_tui.rules.festivals import FESTIVALS, MovingFestivals, statutory_days
from partyday_tui.services.builtin_calendar import festivals_of


@pytest.mark.parametrize(("year", "count"), [(2005, 10), (2007, 10), (2010, 11), (2013, 11), (2018, 11), (2026, 13)])
def test_how_many_days_the_law_gives(year: int, count: int) -> None:
    days = statutory_days(year, festivals_of(year))
    assert len(days) == count
    assert set(days.values()) <= set(FESTIVALS)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2007, date(2007, 2, 18), date(2007, 2, 20)),
        (2008, date(2008, 2, 6), date(2008, 2, 8)),
        (2014, date(2014, 1, 31), date(2014, 2, 2)),
        (2025, date(2025, 1, 28), date(2025, 1, 31)),
        (2026, date(2026, 2, 16), date(2026, 2, 19)),
    ],
)
def test_when_the_spring_festival_begins_and_ends(year: int, first: date, last: date) -> None:
    spring = sorted(day for day, name in statutory_days(year, festivals_of(year)).items() if name == "春节")
    assert (spring[0], spring[-1]) == (first, last)


def test_festivals_on_one_day_take_the_traditional_name() -> None:
    assert festivals_of(2020) == MovingFestivals(
        date(2020, 1, 25), date(2020, 4, 4), date(2020, 6, 25), date(2020, 10, 1)
    )
    assert statutory_days(2020, festivals_of(2020))[date(2020, 10, 1)] == "中秋节"
    assert statutory_days(2020, None)[date(2020, 10, 1)] == "国庆节"
