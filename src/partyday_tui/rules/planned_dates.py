"""Turn schedule rules into the dates of a year, each with the words that explain it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from partyday_tui.rules.calendar import Calendar, not_announced
from partyday_tui.rules.lunar import LunarDay, lunar_day_words
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.moving import HolidayRule, land
from partyday_tui.rules.schedule import (
    DayRule,
    FixedDay,
    Flexible,
    LeapMonth,
    LunarDayOfMonth,
    NthWeekday,
    WeekReading,
    Window,
)

LunarDays = Mapping[datetime.date, LunarDay]

FOUNDING_DAY_RULE = "每年「七一」统一开展一次活动"
PARTY_DAY = frozenset({"party_day"})
FOUNDING_DAY = frozenset({"founding_day"})

ASK_ON_HOLIDAYS = HolidayRule()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a branch meets from ``valid_from`` on (CAL-16); ``day_rule`` None: nobody has said."""

    valid_from: datetime.date
    day_rule: DayRule | None
    holiday: HolidayRule = ASK_ON_HOLIDAYS


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """The date a rule gives a month, or why it gives none.

    ``date`` is None where the rule leaves the day open (``window``, flexible) or somebody has to decide
    (``choices`` then offers days). ``rule`` and ``reason`` are Chinese; ``moved_from`` is the day before a
    holiday moved it. ``announced`` is false when the days off of its year are not published: it may still move.
    ``kinds`` says what the event counts as (``events.KIND_WORDS``).
    """

    month: Month
    date: datetime.date | None
    rule: str
    moved_from: datetime.date | None = None
    reason: str = ""
    window: tuple[datetime.date, datetime.date] | None = None
    choices: tuple[datetime.date, ...] = ()
    announced: bool = True
    kinds: frozenset[str] = PARTY_DAY


@dataclass(frozen=True, slots=True)
class _Due:
    """The day a rule names before holidays are looked at."""

    date: datetime.date | None = None
    note: str = ""
    window: tuple[datetime.date, datetime.date] | None = None
    choices: tuple[datetime.date, ...] = ()


def plan_year(
    year: int, schedules: Iterable[Schedule], calendar: Calendar, lunar: LunarDays | None = None
) -> tuple[PlannedDate, ...]:
    """The twelve monthly dates of a year; the 七一 item is ``plan_founding_day``.

    ``lunar`` holds every day of the year and is needed only where a lunar rule is in force.
    """
    ordered = tuple(schedules)
    return tuple(plan_month(month, ordered, calendar, lunar) for month in months_of_year(year))


def plan_month(
    month: Month, schedules: Sequence[Schedule], calendar: Calendar, lunar: LunarDays | None = None
) -> PlannedDate:
    """The date of one month, by the schedule in force on its 1st."""
    in_force = [schedule for schedule in schedules if schedule.valid_from <= month.first_day]
    schedule = max(in_force, key=lambda each: each.valid_from, default=None)
    if schedule is None or schedule.day_rule is None:
        return PlannedDate(month, None, "还没有定活动日", reason="这个月还没有日期规则，请先定活动日")
    due = _due(schedule.day_rule, month, lunar or {})
    rule = str(schedule.day_rule)
    if due.date is None:
        return PlannedDate(month, None, rule, reason=due.note, window=due.window, choices=due.choices)
    landing = land(due.date, month, schedule.holiday, calendar)
    unknown = sorted({day.year for day in (due.date, landing.day or due.date) if not calendar.is_announced(day.year)})
    reason = "；".join(filter(None, [due.note, landing.reason, *map(not_announced, unknown)]))
    moved_from = due.date if landing.day != due.date else None
    return PlannedDate(month, landing.day, rule, moved_from, reason, choices=landing.choices, announced=not unknown)


def plan_founding_day(year: int, rule: str = FOUNDING_DAY_RULE, kinds: frozenset[str] = FOUNDING_DAY) -> PlannedDate:
    """The 七一 item of a year (CAL-09); it stands beside July's own date unless ``kinds`` makes it the party day too."""
    return PlannedDate(Month(year, 7), datetime.date(year, 7, 1), rule, kinds=kinds)


def _due(rule: DayRule, month: Month, lunar: LunarDays) -> _Due:
    match rule:
        case NthWeekday():
            return _nth_weekday(rule, month)
        case FixedDay(day):
            return _fixed_day(day, month)
        case Window(first, last):
            return _Due(window=(_clamped(month, first), _clamped(month, last)), note="请在这几天里选定日期")
        case Flexible():
            return _Due(note="请选定日期")
        case LunarDayOfMonth():
            return _lunar_day(rule, month, lunar)


def _nth_weekday(rule: NthWeekday, month: Month) -> _Due:
    if rule.n == -1:
        back = (month.last_day.isoweekday() - rule.weekday) % 7
        return _Due(month.last_day - datetime.timedelta(days=back))
    to_weekday = rule.weekday - month.first_day.isoweekday()
    if rule.reading is WeekReading.FIRST_WEEKDAY_OF_MONTH:
        to_weekday %= 7
    day = month.first_day + datetime.timedelta(days=to_weekday + 7 * (rule.n - 1))
    return _Due(day, "" if day in month else f"这一天在{day.month}月")


def _fixed_day(day: int | None, month: Month) -> _Due:
    if day is None:
        return _Due(note="请先定每月固定的一天")
    clamped = _clamped(month, day)
    return _Due(clamped, "" if clamped.day == day else f"{month.month}月没有{day}日，定在月末{clamped.day}日")


def _clamped(month: Month, day: int) -> datetime.date:
    return datetime.date(month.year, month.month, min(day, month.last_day.day))


def _lunar_day(rule: LunarDayOfMonth, month: Month, lunar: LunarDays) -> _Due:
    """The hit of a solar month: the earlier one where it has two, and none, said so, where it has none."""
    words = f"农历{lunar_day_words(rule.day)}"
    known = [(day, lunar[day]) for day in month.days() if day in lunar]
    if not known:
        return _Due(note=f"{month.year}年没有农历资料，请选定日期")
    hits = [day for day, it in known if _is_hit(rule, it)]
    if not hits:
        skipped = any(_is_hit(LunarDayOfMonth(rule.day), it) for _, it in known)
        return _Due(note=f"本月的{words}在闰月，按规则不算，请选定日期" if skipped else f"本月没有{words}，请选定日期")
    if len(hits) == 1:
        return _Due(hits[0])
    both = "和".join(f"{day.month}月{day.day}日" for day in hits)
    return _Due(hits[0], f"本月有两个{words}：{both}，取前一个")


def _is_hit(rule: LunarDayOfMonth, it: LunarDay) -> bool:
    if it.is_leap and rule.leap is LeapMonth.SKIP:
        return False
    return it.day == rule.day or (rule.day == 30 and it.day == 29 and it.is_last)
