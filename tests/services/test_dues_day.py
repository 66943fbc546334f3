"""The day of dues of its own: the fourth Friday of the bureau, moved off a holiday, told on the desk in the week before it."""

from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.rules.schedule import LunarDayOfMonth
from partyday_tui.services.desk import read_desk
from partyday_tui.services.dues_day import dues_day
from partyday_tui.services.presets import override_rule, switch_preset


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path, today=date(2026, 1, 5))
    yield book
    book.close()


def test_the_villages_guide_names_no_day_of_its_own(book):
    assert dues_day(book, Month(2026, 11)) is None
    assert "党费缴纳日" not in {line.subject for line in read_desk(book).lines}


@pytest.mark.parametrize(
    ("today", "when"), [("11-19", None), ("11-20", "11-27 7天后"), ("11-27", "今天"), ("11-28", None), ("12-24", "12-25 1天后")]
)  # fmt: skip
def test_the_desk_tells_it_in_the_week_before(book, today, when):
    switch_preset(book, "bureau", "改任局机关支部")
    book.clock = Clock(date.fromisoformat(f"2026-{today}"))
    found = [(line.when, line.where, line.sentence) for line in read_desk(book).lines if line.subject == "党费缴纳日"]
    assert found == ([(when, "dues", "「每月第4周周五为党费缴纳日」")] if when else [])


def test_a_holiday_moves_it_or_leaves_it_to_the_branch(book):
    switch_preset(book, "bureau", "改任局机关支部")
    day, _ = dues_day(book, Month(2026, 9))
    assert day != date(2026, 9, 25), "the fourth Friday of September 2026 is a day off"


@pytest.mark.parametrize(
    ("month", "day"), [(6, "2026-06-01"), (8, "2026-08-28"), (11, "2026-11-24"), (12, "2026-12-24")]
)
def test_a_branch_may_name_a_lunar_day(book, month, day):
    """农历十六: of the fourth month on 1 June (of the fifth on 30 June: the earlier one holds), of the seventh on 28 August, of the tenth on 24 November, of the eleventh on 24 December."""
    override_rule(book, "dues.day", LunarDayOfMonth(16), "赶集的日子")
    found, words = dues_day(book, Month(2026, month))
    assert str(found) == day and words
