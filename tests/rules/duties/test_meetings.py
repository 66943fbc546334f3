"""Meetings by their counts. Cases of single rules, each with the sentence of its guide."""

from dataclasses import replace

import pytest

from partyday_tui.rules.duties.facts import (
    Appraisal,
    Facts,
    Group,
)
from partyday_tui.rules.rule_values import RuleValue

from .judging import DONE, NONE, OVERDUE, judge, only
from .village import complete, day, meeting


@pytest.mark.parametrize(
    ("key", "value", "kind", "days", "states"),
    [
        ("lesson.per_quarter", 1, "lesson", ["01-01", "03-31", "10-01"], "办逾逾办"),
        ("lesson.per_quarter", 2, "lesson", ["01-01", "03-31", "10-01"], "办逾逾逾"),
        ("meeting.members_per_quarter", 1, "branch_meeting", ["06-30", "07-01"], "逾办办逾"),
        ("life_meeting.half_yearly", 1, "organization_life", ["06-30"], "办逾"),
        ("life_meeting.fourth_quarter", True, "organization_life", ["09-30"], "逾"),
        ("life_meeting.fourth_quarter", True, "organization_life", ["10-01"], "办"),
    ],
)
def test_meetings_are_counted_by_their_period(
    key: str, value: RuleValue, kind: str, days: list[str], states: str
) -> None:
    facts = Facts(events=tuple(meeting(number, on, kind) for number, on in enumerate(days)))
    assert "".join("办" if it.state is DONE else "逾" for it in judge({key: value}, facts)) == states


def test_an_event_of_several_kinds_feeds_every_counter() -> None:
    """CAL-22: 主题党日, 党员大会 and 党课 at once."""
    event = complete(1, day("11-06"), kinds=frozenset({"party_day", "branch_meeting", "lesson"}))
    rules: dict[str, RuleValue] = {
        "party_day.per_month": 1,
        "meeting.members_per_quarter": 1,
        "lesson.per_quarter": 1,
    }
    found = [it for it in judge(rules, Facts(events=(event,))) if it.state is DONE]
    assert {it.rule_key for it in found} == rules.keys()


def test_group_meetings_are_counted_per_group_if_there_are_groups() -> None:
    """S3 「党小组会一般每月召开1次」"""
    facts = Facts(events=(meeting(1, "03-02", "group_meeting", 1), meeting(2, "03-09", "group_meeting", 1)))
    assert {it.state for it in judge({"meeting.group_per_month": 1}, facts)} == {NONE}
    grouped = replace(facts, groups=(Group(1, "一组"), Group(2, "二组")))
    march = {it.period.which: it for it in judge({"meeting.group_per_month": 1}, grouped)}["2026-03"]
    assert (march.tally, march.missing) == ((1, 2), ("二组",))


def test_one_appraisal_in_the_last_quarter_stands_for_the_year() -> None:
    """S4-1 「每年第四季度…进行一次年度民主评议」"""
    rules: dict[str, RuleValue] = {"appraisal.per_year": 1, "appraisal.fourth_quarter": True}
    assert only(rules, Facts(appraisals=(Appraisal(1, day("09-30")),))).state is OVERDUE
    assert only({"appraisal.per_year": 1}, Facts(appraisals=(Appraisal(1, day("09-30")),))).state is DONE
