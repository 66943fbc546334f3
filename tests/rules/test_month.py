"""Months as values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month, months, months_of_year


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "0000-01", "2026-1", "2026年1月", "2026-01-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(UserMistake, match="2026-11"):
        Month.parse(text)


def test_a_month_reads_and_writes_itself() -> None:
    assert Month.parse(" 2026-02 ") == Month(2026, 2)
    assert str(Month(2026, 2)) == "2026-02"
    assert (Month(2024, 2).first_day, Month(2024, 2).last_day) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (10000, 1)])
def test_an_impossible_month_cannot_be_made(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="no such month"):
        Month(year, month)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_month_alone(day: date) -> None:
    month = Month.of(day)
    assert day in month
    assert day not in month.next
    assert day not in month.previous
    assert month.next.previous == month
    assert month.previous < month < month.next
    assert month.last_day + timedelta(days=1) == month.next.first_day
    assert list(month.days())[day.day - 1] == day
    assert Month.parse(str(month)) == month


def test_ranges_of_months() -> None:
    assert [str(month) for month in months(Month(2025, 11), Month(2026, 2))] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert list(months(Month(2026, 2), Month(2026, 1))) == []
    assert len(list(months_of_year(2026))) == 12
