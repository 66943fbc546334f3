"""What is due before and at one event. Cases of single rules, each with the sentence of its guide."""

from datetime import time
from typing import Any

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    Facts,
)
from partyday_tui.rules.rule_values import RuleValue

from .judging import DONE, NONE, OVERDUE, an_event, only
from .village import complete, day, meeting, planned


@pytest.mark.parametrize(
    ("key", "value", "changes", "state", "sentence"),
    [
        ("event.minimum_minutes", 180, {"ends_at": time(17, 30)}, DONE, "时间不少于半天：14:30 到 17:30 整好"),
        ("event.minimum_minutes", 180, {"ends_at": time(17, 29)}, OVERDUE, "时间不少于半天：少一分钟"),
        ("event.minimum_minutes", 180, {"ends_at": None}, OVERDUE, "时间不少于半天：没有写"),
        ("event.minimum_minutes", 180, {"ends_at": time(9, 0)}, OVERDUE, "时间不少于半天：结束早于开始"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "书记"}, DONE, "党支部书记负责主持"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "第一书记", "host_reason": "外出"}, OVERDUE, "不在其列"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "副书记", "host_reason": "外出"}, DONE, "可委托副书记"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "副书记"}, OVERDUE, "因特殊情况：没有写原因"),
        ("host.delegates", ("支部委员",), {"host": "副书记", "host_reason": "外出"}, OVERDUE, "S1a 只说支部委员"),
        ("host.delegates", ("支部委员",), {"host": "宣传委员", "host_reason": "外出"}, DONE, "可委托支部委员主持"),
        ("host.delegates", ("支部委员",), {"host": ""}, OVERDUE, "没有写主持人"),
        ("notice.days_before", 5, {"notice_on": day("11-01")}, DONE, "提前5天：按自然日"),
        ("notice.days_before", 5, {"notice_on": None}, OVERDUE, "提前5天"),
        ("notice.days_before", 0, {"notice_on": day("11-06")}, DONE, "当天"),
        ("event.content", ("政治学习", "党性锻炼"), {"ticked": frozenset({"打扫卫生"})}, OVERDUE, "规定内容"),
    ],
)
def test_one_rule_of_an_event(key: str, value: RuleValue, changes: dict[str, Any], state: State, sentence: str) -> None:
    assert only({key: value}, an_event(**changes)).state is state, sentence


@pytest.mark.parametrize(
    ("on", "linked", "state"),
    [
        ("10-23", False, DONE),
        ("10-22", False, OVERDUE),
        ("10-22", True, DONE),
        ("11-06", False, DONE),
        ("11-07", True, OVERDUE),
    ],
)
def test_a_committee_meeting_prepares_an_event(on: str, linked: bool, state: State) -> None:
    """S4-1 「在每次支部主题党日前召开支委会」: any linked one before it, or one of the two weeks before it."""
    event = complete(1, day("11-06"), run_up=frozenset({2} if linked else ()))
    assert only({"committee.before_event": True}, Facts(events=(event, meeting(2, on, "committee")))).state is state


@pytest.mark.parametrize(("today", "state"), [("11-05", State.OPEN), ("11-06", State.OPEN), ("11-07", NONE)])
def test_an_event_that_was_not_held_asks_nothing_more(today: str, state: State) -> None:
    facts = Facts(events=(planned(1, "11-06"),))
    assert only({"record.recorder": True}, facts, day(today)).state is state
