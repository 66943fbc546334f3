"""Days as people write them into a form."""

from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.ui.screens.day_field import day_field, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-04",
        "20261104",
        "2026.11.4",
        "2026年11月4日",
        "11月4日",
        "11-4",
        "11.4",
        "11/04",
        "１１月４日",
        " 11月 4号 ",
    ],
)
def test_a_day_in_the_usual_ways(text):
    assert read_day(text, 2026) == date(2026, 11, 4)


def test_a_blank_is_no_day():
    assert read_day("  ", 2026) is None


@pytest.mark.parametrize("text", ["1104", "2026-11", "2026", "11月31日", "13-1", "下周五", "2026-02-30"])
def test_half_a_day_or_none_at_all_is_told_in_its_place(text):
    with pytest.raises(UserMistake):
        read_day(text, 2026)
    assert day_field("day", "日期", year=2026).mistake(text)
