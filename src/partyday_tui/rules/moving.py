"""Where an event goes when its day is a holiday: the policies of domain.md CAL-03, CAL-12 and §1.10."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from partyday_tui.rules.calendar import Calendar, DayOffReading
from partyday_tui.rules.month import Month
from partyday_tui.rules.schedule import WEEKDAY_WORDS

# The longest holiday so far is 10 days (2020); two months bound the search even in a book with absurd rows.
_FARTHEST = 62


class HolidayPolicy(StrEnum):
    """What is done when the day falls on a holiday; ASK where the guide says nothing."""

    NEXT_SAME_WEEKDAY = "next_same_weekday"
    NEXT_WORKDAY = "next_workday"
    WITHIN_7_DAYS = "within_7_days"
    PREVIOUS_WORKDAY = "previous_workday"
    ASK = "ask"
    NONE = "none"


POLICY_WORDS: dict[HolidayPolicy, str] = {
    HolidayPolicy.NEXT_SAME_WEEKDAY: "顺延至下个同一星期几",
    HolidayPolicy.NEXT_WORKDAY: "顺延至下一个工作日",
    HolidayPolicy.WITHIN_7_DAYS: "顺延，一周内完成",
    HolidayPolicy.PREVIOUS_WORKDAY: "提前到前一个工作日",
    HolidayPolicy.ASK: "由支部另定",
    HolidayPolicy.NONE: "不顺延，照常开展",
}


@dataclass(frozen=True, slots=True)
class Landing:
    """The day an event lands on, or None with ``choices`` where somebody has to decide; ``reason`` says why."""

    day: date | None
    reason: str = ""
    choices: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """The policy with its two conditions: how 「节假日」 is read, and whether the day must stay in its month."""

    policy: HolidayPolicy = HolidayPolicy.ASK
    reading: DayOffReading = DayOffReading.ANY_DAY_OFF
    same_month: bool = False


def land(day: date, month: Month, rule: HolidayRule, calendar: Calendar) -> Landing:
    """Move ``day``, due for ``month``, until it is no holiday; each hop looks at the calendar again.

    With ``same_month`` a day that would leave the month goes to the nearest earlier one instead, and if the month
    has none, the secretary is asked. Whether the years looked at are announced is for the caller to say.
    """
    if not calendar.is_holiday(day, rule.reading):
        return Landing(day)
    why = f"{calendar.name_of(day)}放假"
    if rule.policy is HolidayPolicy.NONE:
        return Landing(day, f"{why}，照常开展")
    choices = _choices(day, month, rule, calendar)
    if rule.policy is HolidayPolicy.ASK:
        return Landing(None, f"{why}，请选定日期", choices)
    target = _target(day, rule, calendar)
    if target is None:
        where = "一周内没有工作日" if rule.policy is HolidayPolicy.WITHIN_7_DAYS else "附近没有合适的日子"
        return Landing(None, f"{why}，{where}，请选定日期", choices)
    if rule.same_month and target not in month:
        earlier = _earlier(day, month, rule, calendar)
        if earlier is None:
            return Landing(None, f"{why}，当月没有合适的日子，请选定日期", choices)
        return Landing(earlier, f"{why}，{_move_words(day, target)}就出了当月，改为提前至{_short(earlier)}")
    return Landing(target, f"{why}，{_move_words(day, target)}")


def _target(day: date, rule: HolidayRule, calendar: Calendar) -> date | None:
    match rule.policy:
        case HolidayPolicy.NEXT_SAME_WEEKDAY:
            return _same_weekday(day, 7, rule, calendar)
        case HolidayPolicy.NEXT_WORKDAY:
            return _workday(day, 1, calendar)
        case HolidayPolicy.PREVIOUS_WORKDAY:
            return _workday(day, -1, calendar)
        case _:
            return _workday(day, 1, calendar, farthest=7)


def _earlier(day: date, month: Month, rule: HolidayRule, calendar: Calendar) -> date | None:
    """The nearest earlier day of the month: the same weekday if the policy goes by weeks, else a workday."""
    by_week = _same_weekday(day, -7, rule, calendar) if rule.policy is HolidayPolicy.NEXT_SAME_WEEKDAY else None
    found = (at for at in (by_week, _workday(day, -1, calendar)) if at is not None and at in month)
    return next(found, None)


def _choices(day: date, month: Month, rule: HolidayRule, calendar: Calendar) -> tuple[date, ...]:
    """Days to offer, earliest first: a week before and after and the workdays on either side."""
    weeks = (_same_weekday(day, step, rule, calendar) for step in (-7, 7))
    workdays = (_workday(day, step, calendar) for step in (-1, 1))
    return tuple(sorted({at for at in (*weeks, *workdays) if at and (at in month or not rule.same_month)}))


def _same_weekday(day: date, step: int, rule: HolidayRule, calendar: Calendar) -> date | None:
    return _first(day, step, lambda at: not calendar.is_holiday(at, rule.reading))


def _workday(day: date, step: int, calendar: Calendar, farthest: int = _FARTHEST) -> date | None:
    return _first(day, step, calendar.is_workday, farthest)


def _first(day: date, step: int, fits: Callable[[date], bool], farthest: int = _FARTHEST) -> date | None:
    days = (day + timedelta(days=hop * step) for hop in range(1, farthest // abs(step) + 1))
    return next((at for at in days if fits(at)), None)


def _move_words(day: date, target: date) -> str:
    gap, weekday = (target - day).days, WEEKDAY_WORDS[target.weekday()]
    if gap == 7:
        return f"顺延至下个{weekday}"
    return f"{'顺延' if gap > 0 else '提前'}至{_short(target)}（{weekday}）"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
