"""党费缴纳日: the fixed day of the month on which a branch takes dues, where its guide or the branch names one (DUE-03, D18)."""

from __future__ import annotations

from datetime import date, timedelta

from partyday_tui.rules.month import Month
from partyday_tui.rules.schedule import DAY_RULES, LunarDayOfMonth
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store.book import Book

_AHEAD = timedelta(days=7)


def dues_day(book: Book, month: Month) -> tuple[date | None, str] | None:
    """(the day in a month, None where the rule leaves it open or a holiday asks for a decision; the rule's words and source).

    None where nobody has named a day of dues of its own; a day off moves it by the branch's rule for its meetings.
    """
    rule_book = rule_book_of(book)
    rule = rule_book.rule("dues.day", month.last_day)
    if rule is None or not isinstance(rule.value, DAY_RULES):
        return None
    from partyday_tui.rules.planned_dates import (  # few branches have such a day: not before the desk
        Schedule,
        plan_month,
    )
    from partyday_tui.services.builtin_calendar import lunar_days
    from partyday_tui.services.holidays import calendar_for

    schedule = Schedule(month.first_day, rule.value, rule_book.schedule_on(month.last_day).holiday)
    lunar = lunar_days(month.year) if isinstance(rule.value, LunarDayOfMonth) else None
    return plan_month(month, [schedule], calendar_for(book, [month.year]), lunar).date, rule.source


def coming_dues_days(book: Book, today: date) -> list[tuple[date, str]]:
    """The days of dues from today up to a week ahead, each with the rule's source; mostly none, at most one."""
    months = dict.fromkeys((Month.of(today), Month.of(today + _AHEAD)))
    found = filter(None, (dues_day(book, month) for month in months))
    return [(day, said) for day, said in found if day is not None and today <= day <= today + _AHEAD]
