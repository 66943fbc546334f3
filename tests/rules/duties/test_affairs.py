"""What is published. Cases of single rules, each with the sentence of its guide."""

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    Facts,
    Paper,
)

from .judging import DONE, OVERDUE, only
from .village import complete, day


@pytest.mark.parametrize(
    ("value", "paper", "ticked", "state"),
    [
        ("yearly", True, False, DONE),
        ("yearly", False, True, OVERDUE),
        ("affairs", False, True, DONE),
        ("affairs", False, False, OVERDUE),
    ],
)
def test_dues_are_published(value: str, paper: bool, ticked: bool, state: State) -> None:
    """S0 「党费收缴使用情况每年向党员公开一次」, S4-1 「以党支部主题党日活动落实党务公开，报告…党费收缴」"""
    event = complete(1, day("11-06"), ticked=frozenset({"党费收缴"} if ticked else ()))
    papers = (Paper(1, "dues_publication", day("12-01")),) if paper else ()
    assert only({"dues.publication": value}, Facts(events=(event,), papers=papers)).state is state
