"""One year of one branch as the families of duties look at it: rules of each day, facts, and today."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Protocol, TypeVar

from partyday_tui.rules.duties.duty import Ask, Duty, Period, PeriodKind, Proof, Wanted, settle
from partyday_tui.rules.duties.facts import EventFacts, Facts, MemberFacts
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.rule_book import RuleBook, RuleInForce

PARTY_DAY_KINDS = frozenset({"party_day", "founding_day"})
RUN_UP = timedelta(days=14)
"""How long before an event its duties open, and how near before it an unlinked 支委会 counts as its preparation."""


@dataclass(frozen=True, slots=True)
class View:
    """What every family needs. A rule whose value is «no» asks nothing, so ``rule`` gives None for it."""

    rules: RuleBook
    facts: Facts
    year: int
    today: date
    _turns: tuple[date, ...] = field(init=False)
    _found: dict[tuple[str, int], RuleInForce | None] = field(init=False, default_factory=dict)
    _members: dict[date, list[MemberFacts]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_turns", self.rules.turns())

    def rule(self, key: str, on: date) -> RuleInForce | None:
        """The rule that asks something on a day; a period is judged by the rules of its last day."""
        at = (key, bisect_right(self._turns, on))
        if at not in self._found:
            found = self.rules.rule(key, on)
            self._found[at] = found if found and found.value is not False else None
        return self._found[at]

    def settle(self, ask: Ask, wanted: Wanted) -> Duty:
        """The duty as it stands today."""
        return settle(ask, wanted, self.today, self.facts.kept_since)

    def held(self, period: Period, *kinds: str) -> list[EventFacts]:
        """The events held in a period that count as any of these kinds; every kind where none is named."""
        return [
            event
            for event in self.facts.events
            if event.held and event.on and period.first <= event.on <= period.last
            if not kinds or event.kinds & set(kinds)
        ]

    def ticked(self, period: Period, word: str) -> list[Proof]:
        """The events held in a period at which this content was ticked."""
        return [of_event(event) for event in self.held(period) if word in event.ticked]

    def members(self, period: Period) -> list[MemberFacts]:
        """The members of a period: of its last day, of today while it runs."""
        on = min(period.last, self.today)
        if on not in self._members:
            self._members[on] = [member for member in self.facts.members if member.in_branch(on)]
        return self._members[on]

    @property
    def party_days(self) -> list[EventFacts]:
        """Every party-day event of the year that has a day, planned or held, by day."""
        found = [
            event
            for event in self.facts.events
            if event.on and event.on.year == self.year and event.kinds & PARTY_DAY_KINDS
        ]
        return sorted(found, key=lambda event: (event.on, event.id))

    def months(self) -> Iterator[Period]:
        """The twelve months."""
        for month in months_of_year(self.year):
            yield month_period(month)

    def quarters(self) -> Iterator[Period]:
        """The four quarters."""
        for number in range(1, 5):
            yield self._part(PeriodKind.QUARTER, f"{self.year}-Q{number}", number * 3 - 2, number * 3)

    def halves(self) -> Iterator[Period]:
        """The two halves."""
        for number in (1, 2):
            yield self._part(PeriodKind.HALF, f"{self.year}-H{number}", number * 6 - 5, number * 6)

    @property
    def whole_year(self) -> Period:
        """January to December."""
        return self._part(PeriodKind.YEAR, str(self.year), 1, 12)

    @property
    def fourth_quarter(self) -> Period:
        """October to December."""
        return self._part(PeriodKind.QUARTER, f"{self.year}-Q4", 10, 12)

    def _part(self, kind: PeriodKind, which: str, first: int, last: int) -> Period:
        return Period(kind, which, Month(self.year, first).first_day, Month(self.year, last).last_day)


class OfMember(Protocol):
    """An entry about one member."""

    @property
    def member_id(self) -> int:
        """Whose it is."""


Entry = TypeVar("Entry", bound=OfMember)


def by_member(entries: Iterable[Entry]) -> Mapping[int, list[Entry]]:
    """The entries of each member; an empty list for one who has none."""
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.member_id].append(entry)
    return found


@cache
def month_period(month: Month) -> Period:
    """A month as a period."""
    return Period(PeriodKind.MONTH, str(month), month.first_day, month.last_day)


def entry_period(register: str, id_: int, on: date) -> Period:
    """One entry of a register as a period, from its day on."""
    return Period(PeriodKind.EVENT, f"{register}-{id_}", on, on)


def number(rule: RuleInForce) -> int:
    """The value of a rule whose kind is a number."""
    assert isinstance(rule.value, int)
    return rule.value


def words(rule: RuleInForce) -> tuple[str, ...]:
    """The value of a rule whose kind is a list of words."""
    assert isinstance(rule.value, tuple)
    return rule.value


def of_event(event: EventFacts) -> Proof:
    """The event itself as evidence, on its day."""
    return Proof(event.on, "event", event.id)


def dated(event: EventFacts, on: date | None) -> list[Proof]:
    """A date written on an event as evidence."""
    return [Proof(on, "event", event.id)] if on else []


def shown(event: EventFacts, holds: object) -> list[Proof]:
    """The event as evidence where something holds of it and it was held."""
    return [of_event(event)] if holds and event.held else []


def arranged(event: EventFacts, holds: object) -> list[Proof]:
    """The event as evidence for what is settled before it, such as who will host; without a day until it was held."""
    return [Proof(event.on if event.held else None, "event", event.id)] if holds else []


def one(proofs: Iterable[Proof]) -> Wanted:
    """A single nameless thing wanted."""
    return [("", proofs)]


def covered(items: Iterable[str], proofs: Callable[[str], Iterable[Proof]]) -> Wanted:
    """Several named things wanted, each with its own evidence."""
    return [(item, proofs(item)) for item in items]
