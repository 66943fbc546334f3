"""What the dues screens say of a row: months, states and levels as words, amounts as yuan."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.arrears import is_long_back
from partyday_tui.rules.dues.entries import LARGE_DUES, LARGE_OVER_FEN, METHOD_WORDS, PROXY_WORD, Entry
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.practice import long_back_words
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_evening import Payment

if TYPE_CHECKING:
    from partyday_tui.services.dues_table import CollectionRow

NOT_ASSESSED = "未核定，回车去核定"


def some(fen: int | None) -> str:
    """An amount; '' for nothing and for what is not known."""
    return yuan(fen) if fen else ""


def months_words(months: Sequence[Month]) -> str:
    """``2026-08 至 2026-10``, or the months one by one where they do not run on."""
    if not months:
        return ""
    if len(months) > 1 and all(after == before.next for before, after in pairwise(months)):
        return f"{months[0]} 至 {months[-1]}"
    return "、".join(map(str, months))


def taken_words(entries: Iterable[Entry]) -> str:
    """``收 1.50 现金``, of today; '' where nothing of today stands."""
    entries = list(entries)
    gone = {entry.reverses for entry in entries}
    standing = [entry for entry in entries if entry.reverses is None and entry.id not in gone]
    total = sum(entry.amount_fen for entry in entries)
    methods = dict.fromkeys(f"{PROXY_WORD if entry.payer else ''}{METHOD_WORDS[entry.pot]}" for entry in standing)
    return f"收 {yuan(total)} {'、'.join(methods)}".rstrip() if total else ""


def state_words(row: CollectionRow, today: Sequence[Entry]) -> str:
    """Where a member stands: what came in today, what is still open, the level of arrears."""
    if row.due_fen is None:
        return taken_words(today) or NOT_ASSESSED
    if taken := taken_words(today):
        return taken
    if not row.to_pay_fen:
        return "本月免交" if row.due_fen == 0 else "已交清"
    if row.level:
        return f"连续{row.running}个月未交清"
    return f"往月欠{len(row.arrears)}个月" if row.arrears else "交了一部分" if row.paid_fen else ""


def row_words(row: CollectionRow) -> str:
    """The line about the row under the cursor: the months it owes, and where the rule about them stands in full."""
    if row.due_fen is None:
        return "这个月的党费还没有核定：按回车核定这一位；很多人一起核定，按 ^K 再按 ^R。"
    parts = []
    if row.arrears:
        months = months_of(row)
        parts.append(f"往月欠 {months_words(months)}，共 {len(months)} 个月 {yuan(row.arrears_fen)} 元")
    if row.level:
        rule = "党章第九条和说明" if row.level == "alarm" else "说明"
        parts.append(f"连续 {row.running} 个月未交清，按右箭头看{rule}")
    return "；".join(parts)


def months_of(row: CollectionRow) -> list[Month]:
    """The earlier months that a row still owes."""
    return [month for month, _ in row.arrears]


def payment_of(row: CollectionRow, *, method: str = "cash", payer: str = "") -> Payment:
    """All that a row owes up to this month; never written twice, however often it is sent."""
    return Payment(row.member_id, row.present, uuid.uuid4().hex, method, payer)


def doubts_before(now: Month, months: Iterable[Month], voluntary_fen: int = 0) -> list[str]:
    """What to ask before a payment is written: back payments beyond six months (D13), a large sum (D15)."""
    found = []
    long_back = [month for month in months if is_long_back(month, now)]
    if long_back:
        found.append(long_back_words(months_words(long_back)))
    if voluntary_fen > LARGE_OVER_FEN:
        found.append(f"{LARGE_DUES}。")
    return found
