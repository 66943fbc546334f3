"""台账: the year grid (member × 12 months), the entries behind it, and one member's card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partyday_tui.rules.dues.arrears import Account, Assessments, YearOfDues, dues_of_year
from partyday_tui.rules.dues.entries import EXTRA_KINDS, CashInHand, Entry, cash_of
from partyday_tui.rules.dues.terms import Away
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import MemberAccount, member_account, read_terms
from partyday_tui.store import dues, dues_assessments
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Payer

_NOTHING = (0,) * 12
_NO_DAYS = ("",) * 12


@dataclass(frozen=True, slots=True)
class YearRow:
    """One member in the year grid; twelve figures each, January first, money in fen.

    ``due`` has None where a month is owed and not assessed, 0 where nothing is owed or it lies before the member's first assessment ever;
    ``paid`` is Σ paid less reversed for that month, ``paid_on`` the day (ISO) of its latest entry or ''. ``extra_fen`` is what was given
    beside the dues in the year. ``aways``: the months of the year that are paid elsewhere (D21), of which nothing is owed here.
    """

    payer: Payer
    due: YearOfDues
    paid: tuple[int, ...]
    paid_on: tuple[str, ...]
    extra_fen: int
    aways: tuple[Away, ...] = ()

    @property
    def pays_here(self) -> bool:
        """Whether anything of the year is owed or was given here."""
        return bool(self.extra_fen or any(self.paid) or any(fen != 0 for fen in self.due))

    def is_elsewhere(self, month: Month) -> bool:
        """Whether a month of the year is paid elsewhere, and nothing of it is owed or came in here."""
        at = month.month - 1
        return not self.due[at] and not self.paid[at] and any(month in away for away in self.aways)

    @property
    def due_fen(self) -> int:
        """Σ due of the year."""
        return sum(fen for fen in self.due if fen)

    @property
    def paid_fen(self) -> int:
        """Σ paid for the year's months."""
        return sum(self.paid)

    @property
    def short_fen(self) -> int:
        """Σ still to pay for the year's months, month by month."""
        return sum(max((due or 0) - paid, 0) for due, paid in zip(self.due, self.paid, strict=True))


@dataclass(frozen=True, slots=True)
class YearGrid:
    """The register of one year (DUE-05), at the cost of that year."""

    year: int
    rows: tuple[YearRow, ...]
    cash: CashInHand

    @property
    def month_totals(self) -> tuple[tuple[int, int], ...]:
        """(Σ due, Σ paid) of each month."""
        return tuple(
            (sum(row.due[at] or 0 for row in self.rows), sum(row.paid[at] for row in self.rows)) for at in range(12)
        )

    @property
    def due_fen(self) -> int:
        """Σ due of the year."""
        return sum(row.due_fen for row in self.rows)

    @property
    def paid_fen(self) -> int:
        """Σ paid for the months of the year, whenever it was paid."""
        return sum(row.paid_fen for row in self.rows)


def year_grid(book: Book, year: int) -> YearGrid:
    """The year's register: everyone who owes in the year or has paid for it, be it elsewhere."""
    amounts = dues_assessments.monthly_amounts(book, year, year)
    paid = dues.paid_in_year(book, year)
    extra = dues.collected_by_member(book, EXTRA_KINDS, f"{year}-01-01", f"{year}-12-31")
    aways, whole = dues_assessments.aways(book), Away(Month(year, 1), Month(year, 12), "")
    rows = []
    begun = _begun_in(book, year, amounts)
    for payer, terms in read_terms(book):
        key = payer.id
        due = dues_of_year(terms, Assessments(amounts.get(key, ())), year)
        if key in begun:
            due = tuple(0 if fen is None else fen for fen in due)
        sums, days = paid.get(key, (_NOTHING, _NO_DAYS))
        away = tuple(it for it in aways[key] if it.meets(whole)) if key in aways else ()
        row = YearRow(payer, due, tuple(sums), tuple(days), extra.get(key, 0), away)
        if row.pays_here or away:
            rows.append(row)
    return YearGrid(year, tuple(rows), year_cash(book, year))


def _begun_in(book: Book, year: int, amounts: Mapping[int, Sequence[tuple[int, int, int]]]) -> set[int]:
    """The members whose first assessment ever holds from the midst of the year: the months before it were kept elsewhere."""
    late = {key for key, entries in amounts.items() if entries[0][1] > 1}
    first = dues_assessments.first_year(book) if late else None
    return late if first is None or first == year else late - dues_assessments.assessed_before(book, year)


class Categories:
    """By which category each member was assessed in each month of a year: the one that holds then, the first one before it."""

    def __init__(self, book: Book, year: int) -> None:
        self._of: dict[int, dict[int, str]] = {}
        for each in dues_assessments.assessments_of_year(book, year):
            self._of.setdefault(each.member_id, {})[int(each.valid_from[5:7])] = each.category

    def of(self, member_id: int) -> tuple[str, ...]:
        """Twelve categories, January first; '' throughout where the member is not assessed."""
        begun = sorted(self._of.get(member_id, {}).items()) or [(1, "")]
        found = [begun[0][1]] * 12
        for month, category in begun:
            found[month - 1 :] = [category] * (13 - month)
        return tuple(found)


def year_cash(book: Book, year: int) -> CashInHand:
    """What was collected and handed over on the days of a year."""
    return cash_of(dues.sums_by_kind(book, f"{year}-01-01", f"{year}-12-31"))


def entries_of_year(book: Book, year: int) -> list[Entry]:
    """The entries dated in a year, in the order in which they were written."""
    return dues.entries_between(book, f"{year}-01-01", f"{year}-12-31")


def member_card(book: Book, member_id: int) -> tuple[MemberAccount, Account, list[Entry]]:
    """One member: assessed amounts and terms, the account up to this month, and every entry, newest first."""
    found = member_account(book, member_id, Month.of(book.clock.today), whole=True)
    return found, found.account, dues.entries_of_member(book, member_id)


def reversed_ids(entries: list[Entry]) -> set[int]:
    """The keys of those entries that another one of the list takes back."""
    return {entry.reverses for entry in entries if entry.reverses is not None}
