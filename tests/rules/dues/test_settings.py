"""What the branch decides for itself: after which months it hands over."""

import pytest

from partyday_tui.rules.dues.settings import HAND_OVER_WORDS, hand_over_is_due
from partyday_tui.rules.month import Month


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [("monthly", list(range(1, 13))), ("quarterly", [3, 6, 9, 12]), ("half_yearly", [6, 12]), ("yearly", [12])],
)
def test_the_months_after_which_the_branch_hands_over(rhythm, due):
    assert rhythm in HAND_OVER_WORDS
    assert [number for number in range(1, 13) if hand_over_is_due(rhythm, Month(2026, number))] == due
