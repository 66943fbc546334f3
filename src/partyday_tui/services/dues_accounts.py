"""What each member owes and has paid, read once and worked out by the rules; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import Account, Assessments, account, dues_of_year, is_settled, last_month_over
from partyday_tui.rules.dues.terms import Term, owes_in, terms_of
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_rates import settings_of
from partyday_tui.store import dues, dues_assessments, dues_closes
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Payer


@dataclass(frozen=True, slots=True)
class MemberAccount:
    """One member with the months in which they owe, what is assessed, and the account of some months."""

    payer: Payer
    terms: tuple[Term, ...]
    assessments: Assessments
    account: Account

    def owes_in(self, month: Month) -> bool:
        """Whether the member pays dues here in that month."""
        return owes_in(self.terms, month)

    def due(self, month: Month) -> int | None:
        """What is due in a month; 0 where nothing is owed, None where it is not assessed."""
        return self.assessments.of_year(month.year)[month.month - 1] if self.owes_in(month) else 0


def read_terms(book: Book, member_id: int | None = None) -> list[tuple[Payer, tuple[Term, ...]]]:
    """Every member, or one, with the months in which they owe dues here, in the order of readings."""
    settings = settings_of(book)
    movements = dues_assessments.movements_by_member(book, member_id)
    by_hand = dues_assessments.set_terms(book, member_id)
    return [
        (payer, terms_of(payer.joined_on, movements.get(payer.id, ()), settings.word, by_hand.get(payer.id)))
        for payer in dues_assessments.payers(book, member_id)
    ]


def read_accounts(book: Book, last: Month, member_id: int | None = None, *, whole: bool = False) -> list[MemberAccount]:
    """The accounts of every member, or of one, from the first assessed year to `last`.

    Years gone by that are paid to the fen are told from their sums, so that twenty years cost little more than the open ones; ``whole``
    reads every month.
    """
    first_year = min(dues_assessments.first_assessed_year(book) or last.year, last.year)
    amounts = dues_assessments.monthly_amounts(book, first_year, last.year + 1, member_id)
    sums = {} if whole else dues.year_sums(book, last.year, member_id)
    this_year = dues.paid_in_year(book, last.year, member_id)
    found = []
    for payer, terms in read_terms(book, member_id):
        assessments = Assessments(amounts.get(payer.id, ()))
        settled = {
            year
            for year, of_year in sums.get(payer.id, {}).items()
            if is_settled(dues_of_year(terms, assessments, year), of_year)
        }
        paid = _by_month(last.year, this_year.get(payer.id, ((), ()))[0])
        for year in range(first_year, last.year) if whole else sums.get(payer.id, {}).keys() - settled:
            paid |= dues.paid_between(book, payer.id, Month(year, 1), Month(year, 12))
        months = account(terms, assessments, paid, Month(first_year, 1), last, settled)
        found.append(MemberAccount(payer, terms, assessments, months))
    return found


def _by_month(year: int, sums: Sequence[int]) -> dict[Month, int]:
    return {Month(year, number): fen for number, fen in enumerate(sums, 1) if fen}


def member_account(book: Book, member_id: int, last: Month, *, whole: bool = False) -> MemberAccount:
    """The account of one member; raises UserMistake where there is no such member."""
    found = read_accounts(book, last, member_id, whole=whole)
    if not found:
        raise UserMistake("名册里没有这位党员，请先在名册里加上。")
    return found[0]


def judged_until(book: Book) -> Month:
    """The month up to which arrears in a row are judged (F13)."""
    close = dues_closes.last_close(book)
    return last_month_over(Month.of(book.clock.today), Month.parse(close.month) if close else None)


def first_open_day(book: Book) -> date | None:
    """The first day on which an entry may be dated; None while no month is closed."""
    close = dues_closes.last_close(book)
    return date.fromordinal(date.fromisoformat(close.through).toordinal() + 1) if close else None
