"""What the rules of a day say of reviews, and the reviews of a year with the count of weak ones (EVA-04, EVA-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.events import Event
from partyday_tui.rules.review import (
    MODE_WORDS,
    USUAL_DIMENSIONS,
    USUAL_MODE,
    Review,
    Share,
    asked,
    review_share,
    weak_sentence,
)
from partyday_tui.rules.rule_book import RuleBook, RuleInForce
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import events
from partyday_tui.store import reviews as store
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules of an event's day say of its review; ``percent`` and ``times`` are None where the guide draws no line."""

    dimensions: tuple[str, ...]
    mode: str
    percent: int | None
    times: int | None
    source: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the ballot, the overall line last."""
        return asked(self.dimensions)

    def is_weak(self, review: Review) -> bool:
        """Whether a review counts as weak: strictly below the line (EVA-04)."""
        return self.percent is not None and review_share(review, self.mode).is_below(self.percent)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One event of a year that is reviewed or should be: its review, its rate and whether that is weak."""

    event: Event
    review: Review | None
    share: Share
    is_weak: bool


@dataclass(frozen=True, slots=True)
class ReviewYear:
    """The reviews of a year; ``sentence`` is what is to be said of the weak ones, '' where nothing is."""

    year: int
    lines: tuple[YearLine, ...]
    weak: int
    sentence: str
    share: Share
    terms: Terms


def terms_on(book: Book, day: date) -> Terms:
    """What the rules of a day say of reviews."""
    return _terms(rule_book_of(book), day)


def _terms(rules: RuleBook, day: date) -> Terms:
    dimensions, mode = rules.rule("review.dimensions", day), rules.rule("review.mode", day)
    percent, times = rules.rule("review.weak_percent", day), rules.rule("review.weak_times", day)
    named = dimensions.value if dimensions and isinstance(dimensions.value, tuple) else USUAL_DIMENSIONS
    return Terms(
        named,
        str(mode.value) if mode else USUAL_MODE,
        _number(percent),
        _number(times),
        (times or percent).source if times or percent else "",  # type: ignore[union-attr]
    )


def _number(rule: RuleInForce | None) -> int | None:
    return rule.value if rule and isinstance(rule.value, int) else None


def review_year(book: Book, year: int) -> ReviewYear:
    """The party days of a year up to today, and every other event that was reviewed; each judged by the rules of its day."""
    check_year(year)
    first, last = date(year, 1, 1), min(date(year, 12, 31), book.clock.today)
    reviews, rules = store.reviews_between(book, first, last), rule_book_of(book)
    found = []
    for event in events.events_between(book, first, last):
        review = reviews.get(event.id)
        if event.on_date and (review or {"party_day", "founding_day"} & event.kinds):
            terms = _terms(rules, event.on_date)
            share = review_share(review, terms.mode) if review else Share()
            found.append(YearLine(event, review, share, bool(review) and share.is_below(terms.percent or 0)))
    weak = sum(line.is_weak for line in found)
    terms = _terms(rules, max(last, first))
    sentence = weak_sentence(weak, terms.percent, terms.times, terms.source) if terms.percent and terms.times else ""
    total = Share(sum(line.share.points for line in found), sum(line.share.most for line in found))
    return ReviewYear(year, tuple(found), weak, sentence, total, terms)


def explanation(found: ReviewYear) -> str:
    """How the rate is reckoned, where the line lies, and what is said of the year, to read at leisure."""
    terms = found.terms
    lines = [
        f"算法：{MODE_WORDS[terms.mode]}，各项测评内容合计，总体评价另列；可以在「设置」里改「满意率怎样算」。",
        f"测评内容：{'、'.join(terms.dimensions)}。",
    ]
    if terms.percent:
        lines.append(f"低于{terms.percent}%算低，正好{terms.percent}%不算：{terms.source}")
    else:
        lines.append("支部的规则没有规定满意率低于多少算低，只列出来看。")
    return "\n\n".join([*lines, *filter(None, [found.sentence])])
