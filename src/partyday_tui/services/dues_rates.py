"""The tables of rates shipped, and what the branch has decided for itself about dues."""

from datetime import date
from functools import cache, lru_cache

from partyday_tui import paths
from partyday_tui.rules.dues.assessment import Assessed, assess
from partyday_tui.rules.dues.rates import Rates, read_rates
from partyday_tui.rules.dues.settings import DEFAULTS, Rounding
from partyday_tui.rules.rule_book import RuleBook
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store.book import Book


@cache
def rates() -> Rates:
    """The tables of rates shipped with the program."""
    file = paths.dues_rates()
    return read_rates(file.read_text("utf-8"), file.name)


class DuesSettings:
    """The value of each ``dues.…`` rule on any day: the branch's own, else the preset's, else the house's."""

    __slots__ = ("_known", "_rules", "_turns")

    def __init__(self, rules: RuleBook | None, turns: tuple[date, ...] = ()) -> None:
        """``turns`` are the days on which any rule may change; without a book the house's own values hold."""
        self._rules = rules
        self._turns = turns
        self._known: dict[tuple[str, int], str | int] = {}

    def value(self, key: str, on: date) -> str | int:
        """The value that holds on a day."""
        at = (key, sum(turn <= on for turn in self._turns))
        if at not in self._known:
            rule = self._rules.rule(key, on) if self._rules else None
            value = rule.value if rule else DEFAULTS[key]
            assert isinstance(value, str | int)
            self._known[at] = value
        return self._known[at]

    def word(self, key: str, on: date) -> str:
        """The value of a rule that is a choice of words."""
        return str(self.value(key, on))


def settings_of(book: Book) -> DuesSettings:
    """What the branch of the book goes by; the same value while none of its rules changes."""
    return _settings(rule_book_of(book))


@lru_cache(maxsize=4)
def _settings(rules: RuleBook) -> DuesSettings:
    return DuesSettings(rules, rules.turns())


def assess_by_table(
    category: str, base_fen: int | None, on: date, settings: DuesSettings, decided_on: date | None = None
) -> Assessed:
    """What the tables that hold on a day make of a category (a code) and a monthly base.

    The branch's own rounding and its farmers' rate are those in force when it is decided (``decided_on``), or on `on` where that is
    later: what a branch resolves in November holds for what it assesses in November, from whatever month on.
    """
    ruled_on = max(on, decided_on or on)
    farmer_fen = settings.value("dues.farmer_monthly_fen", ruled_on)
    return assess(
        rates(),
        category,
        base_fen,
        on,
        rounding=Rounding(settings.word("dues.rounding", ruled_on)),
        farmer_fen=int(farmer_fen),
    )
