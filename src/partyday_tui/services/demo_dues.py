"""The demo branch's year of dues: assessed in January, paid at the meetings, closed each month, handed over each quarter."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.rules.dues.entries import Entry
from partyday_tui.rules.dues.rates import CODES
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import Decision, assess_members, assessment_sheet
from partyday_tui.services.dues_collect import record_voluntary
from partyday_tui.services.dues_entries import append_entries
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import Noted, close_month, closed_month
from partyday_tui.services.dues_table import CollectionRow, cash_in_hand, collection_list
from partyday_tui.store.book import Book

_ASSESSED_ON, _BY, _SECRETARY = date(2026, 1, 9), "支委会", "罗有秀"
_LAST_CLOSED = Month(2026, 10)
# Monthly bases in fen, given out in turn; among them the edges at which the rate jumps.
_BASES = {
    "wage": (420_000, 500_001, 300_001, 234_567, 860_050),
    "annual_salary": (860_050,),
    "self_employed": (300_000, 500_000, 1_000_001),
    "retired": (321_500, 500_001, 500_000),
}
_BEHIND, _SINCE = "邓艳", Month(2026, 8)
_BY_QUARTER = "仇伟"
_ONLINE = {"任玉玉": "wechat", "龚贵娟": "transfer"}
_BY_HAND_OF = {"解永志": "解永志之子解强"}
_GENEROUS, _GENEROUS_MONTH, _GENEROUS_FEN = "黄秀杰", Month(2026, 7), 20_000


def assess_everyone(book: Book) -> None:
    """Farmers pay the local sum, everyone with an income by the tables."""
    book.clock = Clock(_ASSESSED_ON)
    decisions = []
    for number, row in enumerate(assessment_sheet(book, _ASSESSED_ON.year)):
        category = row.payer.category if row.payer.category in CODES else "farmer"
        bases = _BASES.get(category)
        base = bases[number % len(bases)] if bases else None
        decisions.append(
            Decision(row.payer.id, category, base, approved_on=_ASSESSED_ON, approved_by=_BY, valid_from=None)
        )
    assess_members(book, _ASSESSED_ON.year, decisions, what="核定 2026 年党费")


def collect_at(book: Book, day: date) -> None:
    """Take the month's dues at a meeting: one is behind since summer, one pays by the quarter, two pay from afar.

    All of a meeting goes in one commit, so that the demo is made quickly.
    """
    month = Month.of(day)
    drafts = []
    for row in collection_list(book, month).rows:
        waits = (row.name == _BEHIND and month >= _SINCE) or (row.name == _BY_QUARTER and month.month % 3)
        if row.to_pay_fen and not waits:
            drafts += _payments(row, month, day)
    if not drafts:
        return
    with book.transaction() as transaction:
        append_entries(transaction, "收党费", f"demo {day}", drafts)
    generous = next((row for row in collection_list(book, month).rows if row.name == _GENEROUS), None)
    if generous and month == _GENEROUS_MONTH:
        record_voluntary(book, generous.member_id, _GENEROUS_FEN, note="「七一」自愿多交")


def _payments(row: CollectionRow, now: Month, day: date) -> list[Entry]:
    payer = _BY_HAND_OF.get(row.name, "")
    method = _ONLINE.get(row.name, "cash")
    open_fen = (row.due_fen or 0) - row.paid_fen
    months = [*row.arrears, *([(now, open_fen)] if open_fen > 0 else [])]
    return [
        Entry(
            0, 0, "", "dues" if month == now else "back", fen, str(month), day.isoformat(), row.member_id, row.name,
            row.due_fen, method, payer, _SECRETARY, "", "", None, "",
        )
        for month, fen in months
    ]  # fmt: skip


def close_before(book: Book, month: Month) -> None:
    """Close the months up to the one before `month`, each on its last day, and hand over at the end of a quarter."""
    closed = Month(2026, 1)
    while closed < month and closed <= _LAST_CLOSED:
        if closed_month(book, closed) is None:
            _close(book, closed)
        closed = closed.next


def _close(book: Book, month: Month) -> None:
    book.clock = Clock(month.last_day)
    if month.month % 3 == 0:
        remit(book, receipt_no=f"青党费{month.month:02d}")
    noted = {
        row.member_id: Noted("deferred", "外出务工，季度末一起交") if row.name == _BY_QUARTER else Noted("unpaid")
        for row in collection_list(book, month).rows
    }
    close_month(book, month, noted, counted_fen=cash_in_hand(book).in_hand_fen, rest_unpaid=True)
