"""Everything the book knows that bears on the duties of one year, as the pure rules want it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from partyday_tui.rules.calendar import Calendar
from partyday_tui.rules.duties.facts import Appraisal, EventFacts, Facts
from partyday_tui.rules.lunar import LunarDay
from partyday_tui.rules.rule_book import RuleBook
from partyday_tui.rules.schedule import FixedDay, LunarDayOfMonth, NthWeekday, Window
from partyday_tui.store import branch as branches
from partyday_tui.store import facts as store
from partyday_tui.store import member_facts, registers, yearly_plans
from partyday_tui.store.book import Book


def read_facts(book: Book, rules: RuleBook, year: int) -> Facts:
    """The facts of a year; only what that year needs is read, whatever the history behind it."""
    branch = branches.branch(book)
    events, members = store.events_of(book, year), member_facts.members_of(book, year)
    return Facts(
        events=events,
        members=members,
        groups=member_facts.groups_of(book, members),
        changes=store.changes_of(book, year),
        plans=tuple(yearly_plans.plans(book, year)),
        segments=tuple(yearly_plans.segments(book, year)),
        appraisals=appraisals(events),
        oaths=store.oaths_of(book, year),
        outreach=registers.outreach(book, year),
        visits=registers.visits(book, year),
        talks=registers.talks(book, year),
        triggers=registers.triggers(book, year),
        hardships=registers.hardships(book, year),
        problems=registers.problems(book, year),
        findings=registers.findings(book, year),
        papers=registers.papers(book, year),
        candidates=registers.candidates(book, year),
        roles=member_facts.lecturer_roles(book),
        calendar=_calendar(book, rules, year),
        lunar=_lunar(rules, year),
        kept_since=date.fromisoformat(branch.made_on) if branch else None,
    )


def event_facts(book: Book, year: int) -> tuple[EventFacts, ...]:
    """The events of a year and of the two weeks before it."""
    return store.events_of(book, year)


def appraisals(events: tuple[EventFacts, ...]) -> tuple[Appraisal, ...]:
    """民主评议: the events that count as one and were held, with their dated steps (CON-10)."""
    return tuple(
        Appraisal(event.id, event.on, event.steps)
        for event in events
        if "appraisal" in event.kinds and event.on and (event.held or event.steps)
    )


def _calendar(book: Book, rules: RuleBook, year: int) -> Calendar:
    """The days off, where the day rule needs them; loading them costs more than all else here."""
    dated = (NthWeekday, FixedDay, LunarDayOfMonth, Window)
    if any(isinstance(schedule.day_rule, dated) for schedule in rules.schedules()):
        from partyday_tui.services.holidays import calendar_for

        return calendar_for(book, [year])
    return Calendar((), ())


def _lunar(rules: RuleBook, year: int) -> Mapping[date, LunarDay]:
    """Every lunar day where the branch meets by the moon; else 春节 alone, where visits ask for it."""
    if any(isinstance(schedule.day_rule, LunarDayOfMonth) for schedule in rules.schedules()):
        from partyday_tui.services.builtin_calendar import lunar_days

        return lunar_days(year)
    if rules.rule("visit.occasions", date(year, 12, 31)) is None:
        return {}
    from partyday_tui.services.builtin_calendar import spring_festival

    day = spring_festival(year)
    return {day: LunarDay(1, 1, False, False)} if day else {}
