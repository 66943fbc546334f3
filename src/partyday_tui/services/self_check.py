"""The self-check of a span: its duties by urgency, where each is settled, and the rules that ask for nothing (SUP-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from partyday_tui.rules.duties.duty import Duty, Period, State
from partyday_tui.rules.duties.silent import NO_DUTY
from partyday_tui.rules.month import Month
from partyday_tui.services.duties import Way, duties_of, month_period, quarter_period, way_of, year_period
from partyday_tui.services.presets import rules_in_force
from partyday_tui.store import events
from partyday_tui.store.book import Book

_ORDER = (State.OVERDUE, State.OPEN, State.NOT_YET, State.DONE, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The duties of a period, the late ones first; ``ways`` by the duty's key, ``counts`` by the word of the state."""

    period: Period
    duties: tuple[Duty, ...]
    ways: Mapping[str, Way]
    counts: Mapping[str, int]


def read_check(book: Book, span: str, month: Month) -> SelfCheck:
    """The self-check of the month, the quarter or the year (``span``) that holds a month."""
    period = {"month": month_period, "quarter": quarter_period}.get(span, lambda it: year_period(it.year))(month)
    found = sorted(duties_of(book, period), key=lambda duty: _ORDER.index(duty.state))
    by_month = {it.month: it.id for it in events.events_of_year(book, month.year) if "party_day" in it.kinds}
    ways = {duty.key: way_of(duty, by_month) for duty in found}
    return SelfCheck(period, tuple(found), ways, Counter(str(duty.state) for duty in found))


def silent_rules(book: Book) -> list[tuple[str, str, str]]:
    """(title, why it is no duty, source) of each rule in force today that gives no duty by its nature."""
    _, rules = rules_in_force(book)
    return [(title, NO_DUTY[rule.key], rule.source) for title, rule in rules if rule.key in NO_DUTY]
