"""Plans and changes of a date. Cases of single rules, each with the sentence of its guide."""

from dataclasses import replace
from datetime import date

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import Change, Facts, Plan

from .judging import DONE, OVERDUE, judge, only
from .village import day, planned


def test_what_the_superior_may_do_is_no_duty_of_the_branch() -> None:
    """S0 「可根据上级党委确定的主题统一开展」"""
    assert judge({"party_day.founding_day": "by_superior"}, Facts()) == []
    assert judge({"party_day.change": "adjust"}, Facts(changes=(Change(1, 1, day("03-06"), day("03-13")),))) == []


@pytest.mark.parametrize(
    ("value", "change", "state", "days_late"),
    [
        ("consent", {"sent_on": "03-01"}, OVERDUE, 0),
        ("consent", {"sent_on": "03-01", "approved_on": "03-13"}, DONE, 0),
        ("consent", {"sent_on": "03-01", "approved_on": "03-15"}, DONE, 2),
        ("report", {"sent_on": "03-13"}, DONE, 0),
        ("report", {}, OVERDUE, 0),
    ],
)
def test_a_change_is_answered_before_the_new_day(
    value: str, change: dict[str, str], state: State, days_late: int
) -> None:
    """S4-1 「必须书面报上级党组织同意」, S1b 「需报党委报备并说明原因」"""
    moved = Change(1, 1, day("03-06"), day("03-13"), **{name: day(on) for name, on in change.items()})
    duty = only({"party_day.change": value}, Facts(changes=(moved,)))
    assert (duty.due_on, duty.state, duty.days_late) == (day("03-13"), state, days_late)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2025, 11, 30), State.NOT_YET),
        (date(2025, 12, 1), State.OPEN),
        (date(2026, 1, 31), State.OPEN),
        (date(2026, 2, 1), OVERDUE),
    ],
)
def test_the_plan_of_a_year_is_made_from_december_to_january(today: date, state: State) -> None:
    """S4-1 「要结合实际制定党支部主题党日活动计划」"""
    facts = Facts(events=(planned(1, "03-06"),))
    duty = only({"plan.yearly": True}, facts, today)
    assert (duty.state, duty.tally, "3月" in duty.missing) == (state, (1, 12), False)


def test_a_plan_filed_says_when() -> None:
    """S1b 「并及时上报机关党委备案」"""
    filed = Plan(1, 2026, "主题党日活动计划", filed_on=day("02-03"))
    assert only({"plan.filed": True}, Facts(plans=(filed,))).days_late == 3
    assert only({"plan.filed": True}, Facts(plans=(replace(filed, year=2025),))).state is OVERDUE
