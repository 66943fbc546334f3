"""Where an event stands on a day."""

from datetime import date

import pytest

from partyday_tui.rules.events import Event, state_word

TODAY = date(2026, 11, 6)
BEFORE, AFTER = date(2026, 10, 9), date(2026, 12, 4)


@pytest.mark.parametrize(
    ("on", "facts", "word"),
    [
        (None, {}, "未定日期"),
        (AFTER, {}, "计划"),
        (TODAY, {}, "今天"),
        (BEFORE, {}, "未点名"),
        (BEFORE, {"is_recorded": True}, "已记录"),
        (AFTER, {"is_recorded": True}, "计划"),
        (TODAY, {"marked": 3, "expected": 5}, "点名中"),
        (BEFORE, {"marked": 3, "expected": 5, "is_recorded": True}, "点名中"),
        (TODAY, {"marked": 5, "expected": 5}, "已点名"),
        (BEFORE, {"marked": 3, "expected": 5, "is_closed": True}, "已点名"),
    ],
)
def test_where_an_event_stands(on, facts, word):
    event = Event(1, "2026-11", on, frozenset({"party_day"}), **facts)
    assert state_word(event, TODAY) == word
    assert event.is_called == (word == "已点名")
