"""From which month to which a member owes dues (D12, D20): from joining and movements, by the branch's settings, or as set by hand.

Dues go by months: what counts for a joining or a leaving is the setting at the end of its month, so that one changed today holds for
this whole month, and the months gone by keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.month import Month
from partyday_tui.rules.people import ENTRY_MOVEMENTS

EARLIEST = Month(1900, 1)

Setting = Callable[[str, date], str]
"""The value of a rule key (``dues.first_month`` …) on a day."""


@dataclass(frozen=True, slots=True)
class Term:
    """Months in which dues are owed: from ``first`` to ``last``, both included; ``last`` None is open."""

    first: Month
    last: Month | None = None

    def __contains__(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)


@dataclass(frozen=True, slots=True)
class SetTerm:
    """First and last month set by hand for one member, with the reason; None leaves that end to the settings."""

    first: Month | None
    last: Month | None
    reason: str


@dataclass(frozen=True, slots=True)
class Away:
    """Months in which a floating member pays at the place they went to (D21); ``last`` None: until now."""

    first: Month
    last: Month | None
    place: str

    def __contains__(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)

    def meets(self, other: Away) -> bool:
        """Whether both have a month in common."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)

    def __str__(self) -> str:
        return f"{self.first} {f'至 {self.last} ' if self.last else '起'}在外地交（{self.place}）"


def less_away(terms: Iterable[Term], aways: Iterable[Away]) -> tuple[Term, ...]:
    """The terms without the months paid elsewhere."""
    found = list(terms)
    for away in aways:
        cut: list[Term] = []
        for term in found:
            before = min(away.first.previous, term.last) if term.last else away.first.previous
            if term.first <= before:
                cut.append(Term(term.first, before))
            if away.last is not None:
                after = max(term.first, away.last.next)
                if term.last is None or after <= term.last:
                    cut.append(Term(after, term.last))
        found = cut
    return tuple(found)


def terms_of(
    joined_on: str, movements: Sequence[tuple[str, date]], setting: Setting, by_hand: SetTerm | None
) -> tuple[Term, ...]:
    """The terms of one member, oldest first.

    ``joined_on`` is a partial date or '' (then the member has always belonged); ``movements`` are (kind, day) in time order.
    What is set by hand moves the first month of the first term, and the last month of the last one begun by then: a return after it
    begins a term of its own. What lies outside is cut.
    """
    terms = list(_from_movements(joined_on, movements, setting))
    if by_hand is None or not terms:
        return tuple(terms)
    if by_hand.first is not None:
        terms = [term for term in terms if term.last is None or term.last >= by_hand.first]
        terms[:1] = [Term(by_hand.first, terms[0].last if terms else None)]
    if by_hand.last is not None:
        begun = sum(term.first <= by_hand.last for term in terms)
        terms[: max(begun, 1)] = [*terms[: begun - 1], Term(terms[begun - 1].first, by_hand.last)] if begun else []
    return tuple(terms)


def owes_in(terms: Iterable[Term], month: Month) -> bool:
    """Whether the month lies in one of the terms."""
    return any(month in term for term in terms)


def _from_movements(joined_on: str, movements: Sequence[tuple[str, date]], setting: Setting) -> Iterable[Term]:
    begun = None
    if not movements or movements[0][0] not in ENTRY_MOVEMENTS:
        begun = _joined(joined_on, setting)
    for kind, day in movements:
        if kind in ENTRY_MOVEMENTS:
            begun = begun or _first(day, setting)
            continue
        if begun is not None:
            last = _last(kind, day, setting)
            if begun <= last:
                yield Term(begun, last)
        begun = None
    if begun is not None:
        yield Term(begun)


def _joined(text: str, setting: Setting) -> Month:
    if not text:
        return EARLIEST
    if len(text) == 10:
        return max(EARLIEST, _first(date.fromisoformat(text), setting))
    month = Month(int(text[:4]), int(text[5:7]) if len(text) == 7 else 1)
    return max(EARLIEST, _first(month.first_day, setting))


def _first(day: date, setting: Setting) -> Month:
    month = Month.of(day)
    return month.next if setting("dues.first_month", month.last_day) == "next_month" else month


def _last(kind: str, day: date, setting: Setting) -> Month:
    key = "dues.last_month_at_death" if kind == "died" else "dues.last_month"
    month = Month.of(day)
    return month.previous if setting(key, month.last_day) == "previous_month" else month
