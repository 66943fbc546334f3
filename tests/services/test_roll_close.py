"""The explicit end of a roll."""

from datetime import date

import pytest
from tests.absence_branch import fill, hold, mark

from partyday_tui.errors import UserMistake
from partyday_tui.rules.roll import Status
from partyday_tui.services.roll import read_roll
from partyday_tui.services.roll_close import close_roll, reopen_roll, unended


@pytest.fixture
def branch(book):
    fill(book)
    return book


def test_the_unmarked_stay_unmarked_and_are_named(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT, "罗有秀": Status.PRESENT}, rest=None, close=False)
    closing = close_roll(branch, event)
    assert closing.cases == 1 and len(closing.unmarked) == 10
    assert closing.unmarked[:2] == ("邓金强", "范德"), "in the order of the readings"
    assert "未点" in closing.sentence and "缺席跟进1人" in closing.sentence
    assert read_roll(branch, event).counts.unmarked == 10


def test_a_roll_nobody_was_marked_in_is_not_ended(branch):
    event = hold(branch, rest=None, marks={"仇伟": Status.PRESENT}, close=False)
    mark(branch, event, "仇伟", None)
    with pytest.raises(UserMistake, match="请先点名"):
        close_roll(branch, event)
    assert not read_roll(branch, event).closed_at


def test_closing_twice_keeps_the_first_instant_and_reopening_leaves_a_trace(branch):
    event = hold(branch)
    first = read_roll(branch, event).closed_at
    close_roll(branch, event)
    assert len(first) == 25 and read_roll(branch, event).closed_at == first
    reopen_roll(branch, event)
    assert read_roll(branch, event).closed_at == ""
    changes = branch.rows("SELECT op FROM change WHERE kept_in = 'roll_close' ORDER BY id")
    assert [row[0] for row in changes] == ["insert", "delete"]


def test_other_ways_took_part_and_open_no_case(branch):
    event = hold(branch, marks={"江良明": Status.OTHER, "仇伟": Status.LATE}, close=False)
    assert close_roll(branch, event).cases == 0


def test_a_roll_that_was_called_and_not_ended_is_not_forgotten(branch):
    open_ = hold(branch, date(2026, 10, 9), close=False)
    hold(branch, date(2026, 9, 4))
    hold(branch, date(2026, 8, 7), rest=None, close=False)
    hold(branch, date(2025, 1, 3), close=False)
    assert unended(branch) == [(open_.id, date(2026, 10, 9), "10月主题")]
    close_roll(branch, open_)
    assert unended(branch) == []
