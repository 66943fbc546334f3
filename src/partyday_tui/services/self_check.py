"""The self-check of a span: every rule with its state and evidence, its duties by urgency first (SUP-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from partyday_tui.rules.duties.duty import Duty, Period, PeriodKind, State
from partyday_tui.rules.duties.silent import NO_DUTY, PART_OF
from partyday_tui.rules.month import Month
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_book import RuleInForce
from partyday_tui.services.duties import among, judge_period, month_period, quarter_period, year_period
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.ways import Way, ways_among
from partyday_tui.store.book import Book

_ORDER = (State.OVERDUE, State.OPEN, State.NOT_YET, State.DONE, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule in force that has no duty in the span: why, and the place that heeds it, None where there is none."""

    rule: RuleInForce
    why: str
    way: Way | None

    @property
    def title(self) -> str:
        """The Chinese title of the rule."""
        return KEYS[self.rule.key].title


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The duties of a period, the late ones first; ``ways`` by the duty's key, ``counts`` by the word of the state.

    ``others`` are the rules that ask for nothing by themselves, and for a whole year also those that had no occasion in it.
    """

    period: Period
    duties: tuple[Duty, ...]
    ways: Mapping[str, Way]
    counts: Mapping[str, int]
    others: tuple[OtherRule, ...]


def read_check(book: Book, span: str, month: Month) -> SelfCheck:
    """The self-check of the month, the quarter or the year (``span``) that holds a month."""
    period = {"month": month_period, "quarter": quarter_period}.get(span, lambda it: year_period(it.year))(month)
    judged = judge_period(book, period)
    found = sorted(among(judged, period), key=lambda duty: _ORDER.index(duty.state))
    ways = ways_among([facts for _, facts in judged], book.clock.today)
    others = _others(book, period, {duty.rule_key for duty in judged[-1][0]})
    return SelfCheck(
        period,
        tuple(found),
        {duty.key: ways.to(duty) for duty in found},
        Counter(duty.state.value for duty in found),
        others,
    )


def _others(book: Book, period: Period, asked: set[str]) -> tuple[OtherRule, ...]:
    """The rules in force on the last day of the period, today while it runs, that none of the year's duties comes from."""
    rules, on = rule_book_of(book), min(period.last, book.clock.today)
    in_force = [rule for key in KEYS if key not in asked and (rule := rules.rule(key, on))]
    found = []
    for rule in in_force:
        elsewhere = NO_DUTY.get(rule.key)
        if elsewhere:
            way = Way(elsewhere.where, elsewhere.target or None) if elsewhere.where else None
            found.append(OtherRule(rule, elsewhere.why, way))
        elif rule.value is False:
            found.append(OtherRule(rule, "本支部定为不办", Way("settings")))
        elif period.kind is PeriodKind.YEAR:
            found.append(OtherRule(rule, PART_OF.get(rule.key, "本年没有这样的事"), None))
    return tuple(found)
