"""The monthly party day and 七一. Cases of single rules, each with the sentence of its guide."""

import pytest

from partyday_tui.rules.calendar import Calendar, DayOff
from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    Facts,
)
from partyday_tui.rules.lunar import LunarDay
from partyday_tui.rules.rule_values import RuleValue
from partyday_tui.rules.schedule import FixedDay, LunarDayOfMonth, NthWeekday, WeekReading, Window

from .judging import DONE, OVERDUE, an_event, judge, only
from .village import complete, day


@pytest.mark.parametrize(
    ("value", "events", "due", "state"),
    [
        (NthWeekday(1, 5), ["11-06"], "11-06", DONE),
        (NthWeekday(1, 5), ["11-20"], "11-06", DONE),
        (NthWeekday(1, 5), ["12-01"], "11-06", OVERDUE),
        (Window(1, 10), [], "11-10", OVERDUE),
        (FixedDay(31), ["11-30"], "11-30", DONE),
        (FixedDay(None), [], "11-30", OVERDUE),
        (LunarDayOfMonth(15), [], "11-23", OVERDUE),
        # 1 November is a Sunday, so its week has its Friday in October: held on that very day it is November's.
        (NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST), ["10-30"], "10-30", DONE),
        (NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST), ["10-29"], "10-30", OVERDUE),
    ],
)
def test_the_monthly_party_day(value: RuleValue, events: list[str], due: str, state: State) -> None:
    held = tuple(complete(number, day(on), month=11) for number, on in enumerate(events))
    facts = Facts(events=held, lunar={day(f"11-{n}"): LunarDay(10, n - 8, False, False) for n in range(10, 30)})
    november = {it.period.which: it for it in judge({"party_day.schedule": value}, facts)}["2026-11"]
    assert (november.due_on, november.state) == (day(due), state)


def test_two_a_month_are_counted_beside_the_day() -> None:
    rules: dict[str, RuleValue] = {"party_day.schedule": NthWeekday(1, 5), "party_day.per_month": 2}
    november = [it for it in judge(rules, an_event()) if it.period.which == "2026-11"]
    assert [(it.code, it.state, it.tally) for it in november] == [
        ("CAL-03", DONE, None),
        ("CAL-07", State.OVERDUE, (1, 2)),
    ]


@pytest.mark.parametrize(
    ("policy", "due"),
    [("next_same_weekday", "05-08"), ("none", "05-01"), ("previous_workday", "04-30"), ("ask", "05-31")],
)
def test_the_day_moves_for_holidays(policy: str, due: str) -> None:
    """S4-1 「遇法定节假日顺延至下个周五」; where the branch has to decide, the month is the limit."""
    calendar = Calendar([DayOff(day("05-01"), True, "劳动节", True, "notice")], {2026})
    rules = {"party_day.schedule": NthWeekday(1, 5), "party_day.holiday_policy": policy}
    may = {it.period.which: it for it in judge(rules, Facts(calendar=calendar))}["2026-05"]
    assert may.due_on == day(due)


@pytest.mark.parametrize(
    ("value", "on", "due", "state"),
    [
        ("unified", "07-01", "07-01", DONE),
        ("unified", None, "07-01", OVERDUE),
        ("own", "07-20", "07-31", DONE),
    ],
)
def test_founding_day(value: str, on: str | None, due: str, state: State) -> None:
    held = (complete(1, day(on), kinds=frozenset({"founding_day"})),) if on else ()
    duty = only({"party_day.founding_day": value}, Facts(events=held))
    assert (duty.due_on, duty.state) == (day(due), state)
