"""One year of one branch as the families of duties look at it: rules of each day, facts, and today."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar

from partyday_tui.rules.duties.duty import Ask, Duty, Period, PeriodKind, Proof, Wanted, settle
from partyday_tui.rules.duties.facts import EventFacts, Facts, MemberFacts
from partyday_tui.rules.month import Month
from partyday_tui.rules.rule_book import RuleBook, RuleInForce

PARTY_DAY_KINDS = frozenset({"party_day", "founding_day"})
RUN_UP = timedelta(days=14)
"""How long before an event its duties open, and how near before it an unlinked 支委会 counts as its preparation."""


@dataclass(frozen=True, slots=True)
class View:
    """What every family needs. A rule whose value is «no» asks nothing, so ``rule`` gives None for it.

    Members who stay as they are all year are told apart from those who move, so that a month looks at the latter only.
    """

    rules: RuleBook
    facts: Facts
    year: int
    today: date
    _turns: tuple[date, ...] = field(init=False)
    _held: tuple[tuple[date, EventFacts], ...] = field(init=False, compare=False, repr=False)
    _found: dict[tuple[str, int], RuleInForce | None] = field(init=False, default_factory=dict)
    _stay: list[MemberFacts] = field(init=False, compare=False, repr=False)
    _move: list[MemberFacts] = field(init=False, compare=False, repr=False)
    _events: dict[int, Period] = field(default_factory=dict, compare=False, repr=False)
    _members: dict[date, list[MemberFacts]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_turns", self.rules.turns())
        held = tuple((event.on, event) for event in self.facts.events if event.held and event.on)
        object.__setattr__(self, "_held", held)
        first, stay, move = date(self.year, 1, 1), list[MemberFacts](), list[MemberFacts]()
        for member in self.facts.members:
            stays = member.until is None and (member.since is None or member.since <= first)
            (stay if stays else move).append(member)
        object.__setattr__(self, "_stay", stay)
        object.__setattr__(self, "_move", move)

    def rule(self, key: str, on: date) -> RuleInForce | None:
        """The rule that asks something on a day; a period is judged by the rules of its last day."""
        at = (key, bisect_right(self._turns, on) if self._turns else 0)
        if at not in self._found:
            found = self.rules.rule(key, on)
            self._found[at] = found if found and found.value is not False else None
        return self._found[at]

    def event_period(self, event_id: int, on: date) -> Period:
        """One event as a period."""
        if event_id not in self._events:
            self._events[event_id] = Period(PeriodKind.EVENT, f"event-{event_id}", on, on)
        return self._events[event_id]

    def settle(self, ask: Ask, wanted: Wanted) -> Duty:
        """The duty as it stands today."""
        return settle(ask, wanted, self.today, self.facts.kept_since)

    def held(self, period: Period, *kinds: str) -> list[EventFacts]:
        """The events held in a period that count as any of these kinds; every kind where none is named."""
        first, last, wanted = period.first, period.last, frozenset(kinds)
        return [event for on, event in self._held if first <= on <= last and (not wanted or event.kinds & wanted)]

    def ticked(self, period: Period, word: str) -> list[Proof]:
        """The events held in a period at which this content was ticked."""
        return [of_event(event) for event in self.held(period) if word in event.ticked]

    def members(self, period: Period) -> list[MemberFacts]:
        """The members of a period as they were on its last day, as they are today while it runs."""
        return self.members_on(min(period.last, self.today))

    def members_on(self, on: date) -> list[MemberFacts]:
        """The members of a day as they were then."""
        if on not in self._members:
            stay = self._stay if on.year >= self.year else [it for it in self._stay if it.in_branch(on)]
            moved = [it for it in self._move if it.in_branch(on)]
            self._members[on] = sorted([*stay, *moved], key=lambda it: it.id) if moved else stay
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

    def months(self) -> tuple[Period, ...]:
        """The twelve months."""
        return _parts(self.year, PeriodKind.MONTH)

    def quarters(self) -> tuple[Period, ...]:
        """The four quarters."""
        return _parts(self.year, PeriodKind.QUARTER)

    def halves(self) -> tuple[Period, ...]:
        """The two halves."""
        return _parts(self.year, PeriodKind.HALF)

    @property
    def whole_year(self) -> Period:
        """January to December."""
        return _parts(self.year, PeriodKind.YEAR)[0]

    @property
    def fourth_quarter(self) -> Period:
        """October to December."""
        return self.quarters()[3]


_MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_LETTERS = {PeriodKind.QUARTER: "-Q", PeriodKind.HALF: "-H"}


@lru_cache(maxsize=32)
def _parts(year: int, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of one kind that a year falls into."""
    long = _MONTHS_IN[kind]
    found = []
    for number in range(1, 12 // long + 1):
        first, last = Month(year, (number - 1) * long + 1), Month(year, number * long)
        which = f"{year}{_LETTERS[kind]}{number}" if kind in _LETTERS else str(first) if long == 1 else str(year)
        found.append(Period(kind, which, first.first_day, last.last_day))
    return tuple(found)


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


def month_period(month: Month) -> Period:
    """A month as a period."""
    return _parts(month.year, PeriodKind.MONTH)[month.month - 1]


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
