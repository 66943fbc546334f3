"""The plan of a year: what the rules give, what the book holds, and the event of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.calendar import Calendar, not_announced
from partyday_tui.rules.events import ChangeRequest, Event, state_word
from partyday_tui.rules.month import Month
from partyday_tui.rules.plan_check import PlanCheck, check_plan
from partyday_tui.rules.planned_dates import (
    FOUNDING_DAY,
    FOUNDING_DAY_RULE,
    PARTY_DAY,
    LunarDays,
    PlannedDate,
    Schedule,
    plan_founding_day,
    plan_year,
)
from partyday_tui.rules.rule_book import PresetChoice, RuleBook
from partyday_tui.rules.schedule import LunarDayOfMonth
from partyday_tui.rules.typed_day import FIRST_YEAR, LAST_YEAR
from partyday_tui.services.builtin_calendar import lunar_days
from partyday_tui.services.holidays import calendar_for, check_year
from partyday_tui.services.presets import preset_named, rule_book_of
from partyday_tui.store import events as store
from partyday_tui.store.book import Book, Transaction

NOT_PLANNED = "未排"
"""The state of a date that the rules give and the book does not hold yet."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the year: an event of the book, or with ``event.id`` 0 one that the rules give and nobody has written.

    ``state`` is a word for the screen; ``reason`` says why the date moved, or why there is none; ``request`` is the
    newest request to change its date.
    """

    event: Event
    state: str
    reason: str
    request: ChangeRequest | None = None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year as the screen and ``--json`` show it; ``changes`` counts the dates changed by hand (CAL-13)."""

    year: int
    lines: tuple[PlanLine, ...]
    check: PlanCheck
    missing: int
    changes: int
    announced: bool

    @property
    def notice(self) -> str:
        """The words for a year whose days off are not published, else nothing."""
        return "" if self.announced else not_announced(self.year)


def planned_year(rule_book: RuleBook, calendar: Calendar, year: int) -> list[PlannedDate]:
    """What the rules give for a year: the monthly dates, and the 七一 item where the preset asks for one (CAL-09).

    Where the branch counts the 七一 item as July's party day it takes the place of July's own date.
    """
    schedules = rule_book.schedules()
    monthly = list(plan_year(year, schedules, calendar, _lunar(schedules, year)))
    founding = _founding_day(rule_book, year)
    if founding is None:
        return monthly
    if founding.kinds > FOUNDING_DAY:
        return [*monthly[:6], founding, *monthly[7:]]
    return [*monthly[:6], founding, *monthly[6:]]


def computed_plan(preset: str, year: int, book: Book | None = None) -> YearPlan:
    """The plan that a preset would give, without writing; days off are the book's where there is one."""
    rule_book = RuleBook([PresetChoice(date.min, preset_named(preset))])
    calendar = calendar_for(book, [check_year(year)])
    lines = [PlanLine(_unsaved(it), NOT_PLANNED, lasting_reason(it)) for it in planned_year(rule_book, calendar, year)]
    events = [line.event for line in lines]
    return YearPlan(year, _in_order(lines), check_plan(year, events), len(lines), 0, calendar.is_announced(year))


def make_plan(book: Book, year: int) -> int:
    """Write the months, and the 七一 item, that the year still lacks; returns how many events were added.

    A month that has its party day is left as it is. A rule that leaves the day open gives a slot without a date.
    """
    missing = _missing(store.events_of_year(book, year), planned_of(book, check_year(year)))
    if missing:
        with book.act(f"排{year}年计划", with_session=True) as transaction:
            for planned in missing:
                _write(transaction, planned)
    return len(missing)


def year_plan(book: Book, year: int) -> YearPlan:
    """The year's events, and where a month lacks its party day the date that the rules would give it."""
    today, events = book.clock.today, store.events_of_year(book, check_year(year))
    calendar = calendar_for(book, [year])
    planned = planned_year(rule_book_of(book), calendar, year)
    missing = _missing(events, planned)
    why = {(str(it.month), it.kinds): lasting_reason(it) for it in planned}
    newest = {request.event_id: request for request in reversed(store.change_requests(book))}
    lines = [PlanLine(it, state_word(it, today), _reason(it, why), newest.get(it.id)) for it in events]
    lines += [PlanLine(_unsaved(it), NOT_PLANNED, lasting_reason(it)) for it in missing]
    changes = store.count_changes(book, year)
    check = check_plan(year, events)
    return YearPlan(year, _in_order(lines), check, len(missing), changes, calendar.is_announced(year))


def events_of(book: Book, year: int) -> list[Event]:
    """The events that the book holds for a year."""
    return store.events_of_year(book, check_year(year))


def event_or_ruled(book: Book, day: date) -> Event:
    """The event of a day, its party day first; else the event that the rules give this day, unsaved, with id 0.

    Raises UserMistake where the day has neither.
    """
    found = store.events_between(book, day, day)
    if found:
        return min(found, key=lambda event: "party_day" not in event.kinds)
    planned = _ruled(book, day)
    if planned is not None:
        return _unsaved(planned)
    if any(
        event.month == str(Month.of(day)) and event.on_date is None for event in store.events_of_year(book, day.year)
    ):
        raise UserMistake(f"{day.month}月的活动还没有定日期，请先在年历（F3）里给它选定日期。")
    raise UserMistake(
        f"{day} 没有安排活动，请先在年历（F3）里加上这一天的活动，或先排计划（partyday plan {day.year}）。"
    )


def ensure_event(book: Book, day: date) -> Event:
    """The event of a day as `event_or_ruled` finds it, written into the book if only the rules gave it."""
    event = event_or_ruled(book, day)
    planned = None if event.id else _ruled(book, day)
    if planned is None:
        return event
    with book.act(f"排{planned.month.month}月活动", with_session=True) as transaction:
        key = _write(transaction, planned)
    written = store.event(book, key)
    assert written is not None
    return written


def planned_of(book: Book, year: int) -> list[PlannedDate]:
    """What the rules of the book's branch give for a year."""
    return planned_year(rule_book_of(book), calendar_for(book, [year]), year)


def event_fields_of(planned: PlannedDate) -> dict[str, str | None]:
    """A planned date as the fields of a new event, dates as ISO text."""
    dated = planned.date is not None
    return {
        "month": str(planned.month),
        "on_date": planned.date.isoformat() if planned.date else None,
        "rule": planned.rule,
        "moved_from": planned.moved_from.isoformat() if planned.moved_from and dated else None,
        "moved_reason": lasting_reason(planned) if dated else "",
    }


def _ruled(book: Book, day: date) -> PlannedDate | None:
    """What the rules give this day, in a slot that the book has not filled; the day may lie outside its slot's month."""
    neighbour = {1: day.year - 1, 12: day.year + 1}.get(day.month, day.year)
    for year in (year for year in dict.fromkeys((day.year, neighbour)) if FIRST_YEAR <= year <= LAST_YEAR):
        due = [planned for planned in planned_of(book, year) if planned.date == day]
        open_slots = _missing(store.events_of_year(book, year), due) if due else []
        if open_slots:
            return min(open_slots, key=lambda planned: "party_day" not in planned.kinds)
    return None


def _missing(events: list[Event], planned: list[PlannedDate]) -> list[PlannedDate]:
    """The planned dates of whose kind their slot has no event."""
    there = {(event.month, kind) for event in events for kind in event.kinds}
    return [it for it in planned if not any((str(it.month), kind) in there for kind in it.kinds)]


def _founding_day(rule_book: RuleBook, year: int) -> PlannedDate | None:
    """The 七一 item; a guide that only allows the superior to hold one gives the branch nothing to plan."""
    on = date(year, 7, 1)
    rule = rule_book.rule("party_day.founding_day", on)
    if rule is None or rule.value == "by_superior":
        return None
    words = FOUNDING_DAY_RULE if rule.value == "unified" else f"「七一」{rule.value_words}"
    counts = rule_book.rule("party_day.founding_day_counts_as_july", on)
    return plan_founding_day(year, words, FOUNDING_DAY | PARTY_DAY if counts and counts.value else FOUNDING_DAY)


def _lunar(schedules: tuple[Schedule, ...], year: int) -> LunarDays | None:
    if any(isinstance(schedule.day_rule, LunarDayOfMonth) for schedule in schedules):
        return lunar_days(year)
    return None


def _write(transaction: Transaction, planned: PlannedDate) -> int:
    return store.insert_event(transaction, event_fields_of(planned), planned.kinds)


def _unsaved(planned: PlannedDate) -> Event:
    moved_from = planned.moved_from if planned.date else None
    reason = lasting_reason(planned) if planned.date else ""
    return Event(0, str(planned.month), planned.date, planned.kinds, planned.rule, moved_from, reason)


def lasting_reason(planned: PlannedDate) -> str:
    """The reason without the words for a year that is not announced: the screen says those while they hold."""
    unknown = {not_announced(planned.month.year + step) for step in (-1, 0, 1)}
    return "；".join(part for part in planned.reason.split("；") if part not in unknown)


def _reason(event: Event, why: dict[tuple[str, frozenset[str]], str]) -> str:
    if event.on_date is not None:
        return event.moved_reason
    return why.get((event.month, event.kinds & PARTY_DAY), "")


def _in_order(lines: list[PlanLine]) -> tuple[PlanLine, ...]:
    """By date, an open date at the end of its month; of one day the 七一 item first."""

    def place(line: PlanLine) -> tuple[date, bool, int]:
        event = line.event
        return event.on_date or Month.parse(event.month).last_day, "founding_day" not in event.kinds, event.id

    return tuple(sorted(lines, key=place))
