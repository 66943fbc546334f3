"""The meetings of a year with their heads: what the ledger of 三会一课 and the statistics of a year are made of (domain.md F12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts, added_counts
from partyday_tui.services.holidays import check_year
from partyday_tui.store import events as event_store
from partyday_tui.store import facts, meetings
from partyday_tui.store.book import Book

FOUR_KINDS = frozenset(("branch_meeting", "committee", "group_meeting", "lesson"))
"""三会一课."""

SPANS = {
    "branch_meeting": 3,
    "committee": 1,
    "group_meeting": 1,
    "lesson": 3,
    "party_day": 1,
    "organization_life": 12,
    "appraisal": 12,
}
"""In how many months each kind is held once: 大会 and 党课 每季度, 支委会, 小组会 and 主题党日 每月, the others 每年 (domain.md B1-B5)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event with what its record and its roll say; ``held`` as the duties see it."""

    event: Event
    held: bool
    counts: RollCounts
    host: str
    recorder: str

    @property
    def is_called(self) -> bool:
        """Whether anybody was marked."""
        return self.counts.expected > self.counts.unmarked


@dataclass(frozen=True, slots=True)
class KindOfYear:
    """How often one kind of meeting was held in each month of a year, January first, and how often it should."""

    kind: str
    held: tuple[int, ...]

    @property
    def months_held(self) -> int:
        """In how many months there was one (F12)."""
        return sum(1 for number in self.held if number)

    @property
    def spans(self) -> tuple[int, int]:
        """(spans with one, spans of the year): months, quarters or the year, as the kind is asked for."""
        length = SPANS[self.kind]
        starts = range(0, 12, length)
        return sum(1 for start in starts if any(self.held[start : start + length])), len(starts)


@dataclass(frozen=True, slots=True)
class MonthOfPartyDays:
    """The party days that were called in a month, and their heads together."""

    month: Month
    times: int
    counts: RollCounts


def meetings_of_year(book: Book, year: int) -> list[Meeting]:
    """Every event of a year's plan, in the order of its dates."""
    known = {it.id: it for it in facts.events_of(book, check_year(year))}
    people = meetings.hosts_of_year(book, year)
    found = [
        Meeting(it, known[it.id].held, known[it.id].roll, *people.get(it.id, ("", "")))
        for it in event_store.events_of_year(book, year)
    ]
    return sorted(found, key=lambda it: (it.event.on_date or Month.parse(it.event.month).last_day, it.event.id))


def kinds_of_year(book: Book, year: int) -> list[KindOfYear]:
    """How often each kind was held in each month, by the day on which it was (F12)."""
    held = [it for it in facts.events_of(book, check_year(year)) if it.held and it.on and it.on.year == year]

    def times(kind: str, month: int) -> int:
        return sum(1 for it in held if kind in it.kinds and it.on and it.on.month == month)

    return [KindOfYear(kind, tuple(times(kind, month) for month in range(1, 13))) for kind in SPANS]


def party_days_of_year(book: Book, year: int) -> list[MonthOfPartyDays]:
    """The heads of the party days of each month whose roll was called, by the day on which they were."""
    first, last = date(year, 1, 1), date(check_year(year), 12, 31)
    called = [
        it
        for it in facts.events_of(book, year)
        if it.on and first <= it.on <= last and "party_day" in it.kinds and it.roll.expected > it.roll.unmarked
    ]
    return [
        MonthOfPartyDays(month, len(rolls), added_counts(rolls))
        for month in (Month(year, number) for number in range(1, 13))
        for rolls in [[it.roll for it in called if it.on and it.on in month]]
    ]
