"""The collecting table in memory: rows, what came in today and what is in hand, brought along with each act that is on the disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.services.dues_evening import as_read
from partyday_tui.ui.screens.dues_words import NOT_ASSESSED, some, state_words
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.rules.dues.entries import Entry
    from partyday_tui.rules.month import Month
    from partyday_tui.services.dues_collect import AsRead
    from partyday_tui.services.dues_evening import Evening, Taken
    from partyday_tui.services.dues_table import CollectionRow

COLUMNS = (
    Column("序", 4, align="right", ink="quiet"),
    Column("姓名", 16, ink="strong"),
    Column("党小组", 12, ink="quiet", from_width=100),
    Column("本月应交", 8, align="right", inks={"未核定": "late"}, ink="quiet"),
    Column("往月欠", 8, align="right"),
    Column("现在应收", 8, align="right", ink="strong"),
    Column("情况", flex=1),
)


def columns_of(month: Month, now: Month) -> tuple[Column, ...]:
    """The columns of a month's table; that of another month than this one says in its headings which it is."""
    if month == now:
        return COLUMNS
    titles = {"本月应交": f"{month.month}月应交", "现在应收": f"到{month.month}月收"}
    return tuple(replace(column, title=titles.get(column.title, column.title)) for column in COLUMNS)


class Table:
    """Every sum is worked out from the book when the table is laid, and then moved by what each act wrote."""

    def __init__(self, evening: Evening) -> None:
        self.event = evening.event
        self.on = evening.on
        self.month = evening.collection.month
        self.rows = {row.member_id: row for row in evening.collection.rows}
        self._numbers = {member_id: number for number, member_id in enumerate(self.rows, 1)}
        self._asides = evening.asides
        self._act_id = evening.act_id
        self._today: dict[int, list[Entry]] = defaultdict(list)
        for entry in evening.today:
            self._today[entry.member_id or 0].append(entry)
        self._today_fen = sum(entry.amount_fen for entry in evening.today)
        self._in_hand = evening.collection.cash.in_hand_fen
        self._in_cash = evening.collection.cash.by_method["cash"]
        self._owed = sum(row.to_pay_fen for row in self.rows.values())
        self._owing = sum(_owes(row) for row in self.rows.values())

    def put(self, taken: Taken) -> bool:
        """Take over what an act wrote; False where something else was written since, so that the rest may have to be read again."""
        follows = taken.act_id == self._act_id + 1
        if follows:
            self._act_id += 1
        for row in taken.rows:
            before = self.rows.get(row.member_id)
            if before is not None:
                self.rows[row.member_id] = row
                self._owed += row.to_pay_fen - before.to_pay_fen
                self._owing += _owes(row) - _owes(before)
        for entry in taken.receipt.entries:
            self._today[entry.member_id or 0].append(entry)
            self._today_fen += entry.amount_fen
            self._in_hand += entry.amount_fen
            self._in_cash += entry.amount_fen if entry.pot == "cash" else 0
        return follows

    def as_read(self, member_id: int) -> AsRead | None:
        """What the row of a member says, for as long as nothing is written but what this table is told of."""
        row = self.rows.get(member_id)
        return as_read(row, self.month, self._act_id) if row else None

    @property
    def groups(self) -> list[str]:
        """The party groups at the table."""
        return sorted({row.group for row in self.rows.values() if row.group})

    @property
    def meeting_words(self) -> str:
        """The meeting whose present members come first, and the day that is written where it is not today."""
        event = self.event
        meeting = f"  {event.on_date:%m-%d} {event.kind_words}" if event and event.on_date else ""
        return meeting + (f"  记在 {self.on:%m-%d}" if self.on else "")

    @property
    def money_words(self) -> str:
        """What is in hand, of it in the cash box, and what came in on the day."""
        day = f"{self.on:%m-%d}" if self.on else "今日"
        return f"在手 {yuan(self._in_hand)}  其中现金 {yuan(self._in_cash)}  {day}收 {yuan(self._today_fen)}"

    @property
    def owing_words(self) -> str:
        """Who has not paid in full yet, and how much it is."""
        return f"未交清{self._owing}人 {yuan(self._owed)} " if self._owing else "都交清了 "

    def still_to_pay(self, group: str) -> list[CollectionRow]:
        """Those who could pay now: of the group shown, and only those present where a meeting was called."""
        called = any(row.present for row in self.rows.values())
        return [
            row
            for row in self.rows.values()
            if row.to_pay_fen and row.due_fen is not None and group in ("", row.group) and (row.present or not called)
        ]

    def lines(self, group: str) -> list[Row]:
        """The rows of a group ('' for all) under their headings, those present first."""
        shown = [row for row in self.rows.values() if group in ("", row.group)]
        present = [row for row in shown if row.present]
        if not present:
            return self._lines(shown)
        rest = [row for row in shown if not row.present]
        lines = [_heading("到会的", present), *self._lines(present)]
        return lines + ([_heading("没有到会的", rest), *self._lines(rest)] if rest else [])

    def cells(self, member_id: int) -> tuple[str, ...]:
        """The texts of one row."""
        row = self.rows[member_id]
        due = "未核定" if row.due_fen is None else yuan(row.due_fen)
        state = state_words(row, self._today[member_id])
        return (
            str(self._numbers[member_id]), f"{row.name} {self._asides.get(member_id, '')}".strip(), row.group, due, some(row.arrears_fen), some(row.to_pay_fen), state,
        )  # fmt: skip

    def inks(self, member_id: int) -> tuple[str | None, ...]:
        """Red for a level of arrears and for a missing assessment; the words say it too."""
        row = self.rows[member_id]
        late = bool(row.level and row.to_pay_fen) or state_words(row, self._today[member_id]) == NOT_ASSESSED
        return (None,) * 6 + ("late" if late else "quiet" if not row.to_pay_fen else None,)

    def _lines(self, rows: Iterable[CollectionRow]) -> list[Row]:
        return [Row(row.member_id, self.cells(row.member_id), self.inks(row.member_id)) for row in rows]


def _owes(row: CollectionRow) -> bool:
    return bool(row.to_pay_fen) or row.due_fen is None


def _heading(words: str, rows: list[CollectionRow]) -> Row:
    return Row(None, (f"  {words}（{len(rows)}人）",))
