"""What the dues forms share: fields for money and months, the reason of a reversal, and doubts to agree to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS, Entry
from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.dues.reach import dues_month
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import clean_line
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.dues_words import months_words
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

METHODS = tuple(METHOD_WORDS.items())


def mistake_in(read: Callable[[str], object]) -> Callable[[str], str | None]:
    """A field's check out of a reader that raises UserMistake."""

    def check(text: str) -> str | None:
        try:
            read(text)
        except UserMistake as mistake:
            return mistake.sentence
        return None

    return check


def money_field(name: str, label: str, fen: int | None = None, *, required: bool = True, hint: str = "") -> Field:
    """An amount in yuan, typed as text and read by `rules/dues/money`."""
    return Field(
        name, label, "" if fen is None else yuan(fen), required=required, hint=hint or "单位是元，写到分为止，如 0.50",
        check=mistake_in(fen_from_yuan),
    )  # fmt: skip


def month_field(name: str, label: str, month: Month | None = None, *, required: bool = False, hint: str = "") -> Field:
    """A month such as 2026-07."""
    return Field(
        name, label, str(month or ""), required=required, hint=hint or "如 2026-07", check=mistake_in(read_month)
    )  # fmt: skip


def read_month(text: str) -> Month:
    """The month of a typed text; raises UserMistake with the way to write it."""
    from partyday_tui.rules.partial_date import parse_partial_date

    try:
        written = parse_partial_date(text.strip()).iso
    except UserMistake:
        raise UserMistake(f"「{text}」没有看懂，请写成 2026-07 这样。") from None
    if len(written) < 7:
        raise UserMistake(f"「{text}」要写到哪一个月，如 2026-07。")
    return dues_month(written[:7])


async def ask_which_to_reverse(
    screen: BookScreen, name: str, payments: list[list[Entry]]
) -> tuple[list[Entry], str] | None:
    """(entries of one payment, the reason); the newest one is proposed."""
    found = payments[0]
    if len(payments) > 1:
        entries = [(str(act[0].act_id), *_payment_parts(act)) for act in payments]
        chosen = await screen.ask(Choose(f"冲正 {name} 的哪一笔", entries))
        if chosen is None:
            return None
        found = next(act for act in payments if str(act[0].act_id) == chosen)
    reason = await ask_for_reason(screen, f"冲正 {name} {_payment_words(found)}")
    return (found, reason) if reason else None


async def ask_for_reason(screen: BookScreen, title: str) -> str | None:
    """Why something is reversed."""
    field = Field("reason", "原因", required=True, hint="原来的记录不动，另记一笔冲正；如：金额记错")
    values = await screen.ask(FormDialog(title, [field]))
    return None if values is None else clean_line(values["reason"]).text


async def agreed(screen: BookScreen, doubts: list[str]) -> bool:
    """Show what is doubtful as sentences; nothing to ask is a yes."""
    if not doubts:
        return True
    answer = await screen.ask(Confirm("请先看一看", "\n".join(doubts), yes="照样记下", no="先不记"))
    return answer is True


def _payment_words(entries: list[Entry]) -> str:
    when, what = _payment_parts(entries)
    return f"{when} {what}"


def _payment_parts(entries: list[Entry]) -> tuple[str, str]:
    """(day and sum, months and way) of one payment."""
    months = sorted(Month.parse(entry.month) for entry in entries if entry.month)
    words = months_words(months) or entries[0].kind_word
    total = sum(entry.amount_fen for entry in entries)
    return f"{entries[0].on_date} {yuan(total)}元", f"{words} {entries[0].method_word}"
