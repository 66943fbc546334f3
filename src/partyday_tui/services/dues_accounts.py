"""What each member owes and has paid, read once and worked out by the rules; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import Account, Assessments, account, last_month_over
from partyday_tui.rules.dues.terms import Term, less_away, owes_in, terms_of
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_rates import settings_of
from partyday_tui.store import dues, dues_assessments, dues_closes
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Payer

_EVER = 2008  # the first tables of rates; the book keeps no assessment of an earlier year


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
    aways = dues_assessments.aways(book, member_id)
    found = []
    for payer in dues_assessments.payers(book, member_id):
        terms = terms_of(payer.joined_on, movements.get(payer.id, ()), settings.word, by_hand.get(payer.id))
        found.append((payer, less_away(terms, aways[payer.id]) if payer.id in aways else terms))
    return found


def read_accounts(book: Book, last: Month) -> list[MemberAccount]:
    """The accounts of every member up to `last`: the months of its year, and every earlier year that is not plainly paid.

    The database tells which years those are, so that twenty years cost little more than the open ones.
    """
    amounts = dues_assessments.monthly_amounts(book, last.year, last.year + 1)
    open_years = dues.years_to_look_at(book, last.year)
    this_year = dues.paid_in_year(book, last.year)
    found = []
    for payer, terms in read_terms(book):
        if payer.id in open_years:
            found.append(_account_of(book, payer, terms, last, open_years[payer.id]))
            continue
        assessments = Assessments(amounts.get(payer.id, ()))
        paid = {last.year: this_year[payer.id][0]} if payer.id in this_year else {}
        found.append(
            MemberAccount(payer, terms, assessments, account(terms, assessments, paid, Month(last.year, 1), last))
        )
    return found


def member_account(book: Book, member_id: int, last: Month, *, whole: bool = False) -> MemberAccount:
    """The account of one member, by ``whole`` with every month of every year; raises UserMistake where there is no such member."""
    found = read_terms(book, member_id)
    if not found:
        raise UserMistake("名册里没有这位党员，请先在名册里加上。")
    open_years = None if whole else dues.years_to_look_at(book, last.year, member_id).get(member_id, set())
    return _account_of(book, *found[0], last, open_years)


def _account_of(
    book: Book, payer: Payer, terms: tuple[Term, ...], last: Month, open_years: Collection[int] | None
) -> MemberAccount:
    """One member; of the years before `last` only those open (None: all of them) are read month by month.

    Of the years that are paid one before each open year is enough: it ends a run of months.
    """
    entries = dues_assessments.monthly_amounts(book, _EVER, last.year + 1, payer.id).get(payer.id, [])
    years = {year for year, _, _ in entries}
    if open_years is None:
        paid = dues.paid_by_member(book, payer.id, Month(_EVER, 1), last)
        first, settled = min([last.year, *years, *paid]), frozenset[int]()
    else:
        first = min([last.year, *open_years]) - 1
        paid = dues.paid_by_member(book, payer.id, Month(first + 1, 1), last)
        settled = frozenset(year for year in years - set(open_years) if year < last.year)
    assessments = Assessments(entries)
    months = account(terms, assessments, paid, Month(first, 1), last, settled)
    return MemberAccount(payer, terms, assessments, months)


def judged_until(book: Book) -> Month:
    """The month up to which arrears in a row are judged (F13)."""
    close = dues_closes.last_close(book)
    return last_month_over(Month.of(book.clock.today), Month.parse(close.month) if close else None)


def first_open_day(book: Book) -> date | None:
    """The first day on which an entry may be dated; None while no month is closed.

    What is closed is each member's account of the month and every day before the close; the day of the close itself stays open, since
    somebody may still come with their dues that evening, and the ledger keeps the day on which it was.
    """
    close = dues_closes.last_close(book)
    if close is None:
        return None
    through = date.fromisoformat(close.through)
    return through if close.through == close.closed_on else through + timedelta(days=1)
