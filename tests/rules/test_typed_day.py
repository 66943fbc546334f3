"""The one form in which a command takes a day."""

from datetime import date

import pytest

from partyday_tui.rules.typed_day import typed_day


def test_a_day_is_taken():
    assert [typed_day(text) for text in ("2026-11-06", "1949-01-01", "2200-12-31")] == [
        date(2026, 11, 6),
        date(1949, 1, 1),
        date(2200, 12, 31),
    ]


@pytest.mark.parametrize(
    "text", ["20261106", "2026-W01-1", "2026-1-6", "2026-02-30", "２０２６-11-06", " 2026-11-06", ""]
)
def test_another_form_is_refused_with_the_right_one(text):
    with pytest.raises(ValueError, match=f"日期 {text} 写得不对，要写成 2026-11-06 这样"):
        typed_day(text)


@pytest.mark.parametrize("text", ["0001-01-01", "1948-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_out_of_all_reach_is_refused(text):
    with pytest.raises(ValueError, match="请核对年份"):
        typed_day(text)
