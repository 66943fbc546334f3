"""The monthly party day and 七一 (CAL-02 to CAL-07, CAL-09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from partyday_tui.rules.duties.duty import Ask, Duty, Period
from partyday_tui.rules.duties.facts import EventFacts
from partyday_tui.rules.duties.view import PARTY_DAY_KINDS, View, month_period, number, of_event, one
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.planned_dates import PlannedDate, Schedule, plan_month
from partyday_tui.rules.rule_values import RuleValue
from partyday_tui.rules.schedule import FixedDay, Flexible, LunarDayOfMonth, NthWeekday, Window

_EVIDENCE = "当月开展的主题党日活动"


def party_day_duties(view: View) -> Iterator[Duty]:
    """One duty a month for the day the rule names, one for the count where the day is open or more are asked for."""
    schedules = view.rules.schedules()
    held = [
        (event.on, event) for event in view.facts.events if event.held and event.on and event.kinds & PARTY_DAY_KINDS
    ]
    for month in months_of_year(view.year):
        yield from _of_month(view, month, schedules, held)
    yield from _founding_day(view)


def _of_month(
    view: View, month: Month, schedules: Sequence[Schedule], held: list[tuple[date, EventFacts]]
) -> Iterator[Duty]:
    day_rule = view.rule("party_day.schedule", month.first_day)
    count_rule = view.rule("party_day.per_month", month.last_day)
    planned = plan_month(month, schedules, view.facts.calendar, view.facts.lunar)
    named = planned.date or (planned.window[1] if planned.window else None)
    period, title = month_period(month), f"{month.month}月主题党日"
    proofs = [of_event(event) for on, event in held if _counts(view, event, on, period, planned)]
    if day_rule and (named or not count_rule):
        code, due = _code(day_rule.value), named or month.last_day
        opens = min(period.first, due)
        ask = Ask(code, day_rule, title, period, due, _EVIDENCE, opens_on=opens, note=planned.reason)
        yield view.settle(ask, one(proofs))
    if count_rule and (not named or number(count_rule) > 1):
        code = "CAL-06" if day_rule and isinstance(day_rule.value, Flexible) else "CAL-07"
        ask = Ask(code, count_rule, title, period, period.last, _EVIDENCE, each=number(count_rule))
        yield view.settle(ask, one(proofs))


def _code(day_rule: RuleValue) -> str:
    match day_rule:
        case NthWeekday(n=4):
            return "CAL-04"
        case NthWeekday():
            return "CAL-03"
        case Window():
            return "CAL-05"
        case Flexible():
            return "CAL-06"
        case FixedDay() | LunarDayOfMonth() | _:
            return "CAL-02"


def _counts(view: View, event: EventFacts, on: date, period: Period, planned: PlannedDate) -> bool:
    """Held in the month (F12), or on the day the rule gave the month even where that lies outside it."""
    in_month = period.first <= on <= period.last
    if "party_day" in event.kinds:
        return in_month or (on == planned.date and event.month == planned.month)
    return in_month and on.month == 7 and view.rule("party_day.founding_day_counts_as_july", on) is not None


def _founding_day(view: View) -> Iterator[Duty]:
    """七一: by the day itself where all branches meet together, within July where the branch holds its own."""
    day = date(view.year, 7, 1)
    rule = view.rule("party_day.founding_day", day)
    if rule is None or rule.value == "by_superior":
        return
    period = view.whole_year
    due = day if rule.value == "unified" else date(view.year, 7, 31)
    proofs = [of_event(event) for event in view.held(period, "founding_day")]
    ask = Ask("CAL-09", rule, "「七一」活动", period, due, "「七一」活动的记录", opens_on=date(view.year, 6, 1))
    yield view.settle(ask, one(proofs))
