"""A month as the screen of the close shows it: as it was closed, or as it would be."""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_handover import hand_over_words
from partyday_tui.services.dues_months import close_draft, month_figures
from partyday_tui.store import dues_assessments, dues_closes
from partyday_tui.store.book import Book
from partyday_tui.store.dues_closes import CloseRow


@dataclass(frozen=True, slots=True)
class CloseView:
    """``closed_on`` is '' while the month is open; sums in fen, ``in_hand_fen`` as of now; ``readings`` by member.

    ``can_close``: the month is open and may be closed now.
    """

    month: Month
    rows: tuple[CloseRow, ...]
    closed_on: str
    collected_fen: int
    remitted_fen: int
    in_hand_fen: int
    warnings: tuple[str, ...]
    readings: dict[int, str]
    can_close: bool


def close_view(book: Book, month: Month) -> CloseView:
    """A month, open or closed; one that cannot be closed says why in its warnings."""
    figures = month_figures(book, month)
    warnings: tuple[str, ...] = ()
    can_close = False
    if not figures.closed_on:
        try:
            warnings, can_close = close_draft(book, month).warnings, True
        except UserMistake as mistake:
            warnings = (mistake.sentence,)
    if month.next >= Month.of(book.clock.today) and (words := hand_over_words(book, month, figures.in_hand_fen)):
        warnings = (*warnings, f"{words}。")
    return CloseView(
        month,
        figures.rows,
        figures.closed_on,
        figures.collected_fen,
        figures.remitted_fen,
        figures.in_hand_fen,
        warnings,
        {payer.id: payer.reading for payer in dues_assessments.payers(book)},
        can_close,
    )


def month_to_close(book: Book) -> Month:
    """The month after the last closed one, at most this month; this month where none was closed yet."""
    this = Month.of(book.clock.today)
    last = dues_closes.last_close(book)
    return min(Month.parse(last.month).next, this) if last else this
