"""收缴: everyone with this month's due and arrears, those present first; Enter takes it all in cash, a digit another way."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from partyday_tui.rules.month import Month
from partyday_tui.rules.names import Finder
from partyday_tui.services import dues_evening as service
from partyday_tui.services.dues_evening import Members, Payment, Taken, Together
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.dues_actions import ACTIONS
from partyday_tui.ui.screens.dues_queue import Asked, DuesQueue, Ticket
from partyday_tui.ui.screens.dues_table import COLUMNS, Table, columns_of
from partyday_tui.ui.screens.dues_words import doubts_before, months_of, payment_of, row_words
from partyday_tui.ui.screens.exporting import Shown, export_from
from partyday_tui.ui.widgets.columns import Key
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from datetime import date

    from partyday_tui.errors import PartydayError
    from partyday_tui.services.dues_table import CollectionRow

_SLOW, _UNDONE = 0.15, "当场撤销"  # seconds until a commit is said to be under way; the reason of Ctrl+Z


class DuesScreen(BookScreen):
    """The table of this month; ``target`` is the key of the meeting whose present members come first."""

    TITLE_WORD = "收缴"
    SUMMARY_LINES = 2
    EMPTY = "这个月没有要交党费的党员。按 F6 到名册导入或添加党员，再按 ^K 核定党费。"
    ACTIONS = ACTIONS
    COLUMNS = COLUMNS

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._target = target
        self._on: date | None = None
        self._table: Table | None = None
        self._group = ""
        self._finder = Finder(())
        self._keys: list[Key] = []
        self._under_way: set[int] = set()
        self._saving: asyncio.TimerHandle | None = None
        self._queue = DuesQueue(self._write, self._reverse, self._paint, self._refused)

    def on_mount(self) -> None:
        """Lay the table."""
        super().on_mount()
        self.load(self._reload())

    async def settle(self) -> None:
        """Let every payment reach the disk."""
        await self._queue.drained()

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin; whoever has paid comes last."""
        rows = self._table.rows if self._table else {}

        def has_paid(place: int) -> bool:
            row = rows.get(self._keys[place])  # type: ignore[arg-type]
            return row is not None and row.due_fen is not None and not row.to_pay_fen

        return sorted(self._finder.find(typed), key=has_paid)

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say which months the row under the cursor owes."""
        event.stop()
        self._show_row_words()

    def pay(self, method: str) -> None:
        """Take all that is owed up to this month."""
        row = self._row_here()
        if row is not None and self._may_pay(row):
            doubts = doubts_before(self._month, months_of(row))
            payment = payment_of(row, method=method)
            if doubts:
                self._start(self._pay_after(payment, doubts))
            else:
                self._put(payment)

    def pay_and_go_on(self) -> None:
        """Take all in cash and go down."""
        self.pay("cash")
        self.register.move_cursor(1)

    async def pay_otherwise(self, how: str) -> None:
        """By somebody else's hand, some of the months, more or less than all, or beside the dues: asked for in a form."""
        from partyday_tui.ui.screens import dues_payments

        row = self._row_here()
        if row is None or (how == "by_proxy" and not self._may_pay(row)):
            return
        await self.settle()
        ask = getattr(dues_payments, how)
        if answer := await ask(self, row, self._month):
            await self._pay_after(*answer)

    async def pay_the_rest(self) -> None:
        """Take all in cash from those present who still owe, once the sum is agreed."""
        from partyday_tui.ui.screens.dues_payments import agreed_to_all

        if self._table is None:
            return
        await self.settle()
        rest = [row for row in self._table.still_to_pay(self._group) if not doubts_before(self._month, months_of(row))]
        if not rest:
            self.tell("没有可以一起收的了。")
            return
        if await agreed_to_all(self, rest, self._group):
            self._put(Together(tuple(rest), uuid.uuid4().hex))

    def undo(self) -> None:
        """Reverse the newest payment made here."""
        payment = self._queue.undo()
        if payment is None:
            self.tell("这里没有可以撤销的了；要冲正以前的一笔按 0。")
            return
        self.register.go_to(payment.members[0][0])
        self._watch()
        self.tell(f"一起收的 {len(payment.members)} 人都撤销。" if len(payment.members) > 1 else "")

    async def reverse(self) -> None:
        """Reverse one payment of the row under the cursor, with a reason."""
        from partyday_tui.ui.screens.dues_payments import take_one_back

        row = self._row_here()
        if row is None:
            return
        await self.settle()
        taken = await take_one_back(self, row, self._on)
        if taken is not None:
            self._queue.forget([entry.reverses or 0 for entry in taken.receipt.entries])
            self._show_taken(taken)
            self.clear_find()

    async def report(self) -> None:
        """The line that is read out to the meeting (DUE-09)."""
        from partyday_tui.services.dues_months import meeting_line
        from partyday_tui.ui.dialogs.show_text import ShowText

        await self.settle()
        await self.ask(ShowText("通报党费情况", await self.partyday.call(meeting_line, self._month)))

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        groups = ["", *(self._table.groups if self._table else [])]
        at = groups.index(self._group) if self._group in groups else 0
        self._group = groups[(at + 1) % len(groups)]
        self.clear_find()
        self._show_rows()

    async def choose_event(self) -> None:
        """Put those present at another meeting first."""
        from partyday_tui.ui.screens.dues_payments import ask_for_meeting

        chosen = await ask_for_meeting(self)
        if chosen is not None:
            self._target = chosen
            await self._reload()

    async def choose_day(self) -> None:
        """Write what follows on the day on which the money came."""
        from partyday_tui.services.dues_entries import checked_day
        from partyday_tui.ui.screens.dues_payments import ask_for_day

        event = self._table.event if self._table else None
        answer = await ask_for_day(self, self._on, event.on_date if event else None)
        if answer is not None:
            await self.settle()
            await self.partyday.call(checked_day, answer[0])
            self._on = answer[0]
            await self._reload()
            if self._month != self._now:
                self.tell(f"这是 {self._month} 的表，收到 {self._month} 为止；{self._now} 的党费请改回今天再收。")

    async def open_card(self) -> None:
        """Every entry of the member under the cursor."""
        from partyday_tui.ui.screens.dues_entries import EntriesScreen

        row = self._row_here()
        if row is not None:
            await self._visit(EntriesScreen(member_id=row.member_id))

    async def open_book(self, name: str) -> None:
        """The year's register, the assessments, or the month's close."""
        module, screen = name.split(".")
        await self._visit(getattr(import_module(f"partyday_tui.ui.screens.{module}"), screen)())

    async def export_forms(self) -> None:
        """Write one of the forms of the dues."""
        await self.settle()
        await export_from(self, "dues", Shown(year=self._month.year, month=self._month))

    async def _reload(self) -> None:
        """Read the table anew from the book and show it."""
        evening = await self.partyday.call(service.open_evening, self._target, self._on)
        self._table = Table(evening)
        self.register.set_columns(columns_of(self._table.month, self._now))
        self._under_way.clear()
        self._show_title(SaveState.SAVED)
        self._show_rows()
        self._show_money()
        self._show_row_words()

    async def _settled_and_reloaded(self) -> None:
        await self.settle()
        await self._reload()

    async def _visit(self, screen: BookScreen) -> None:
        """Another screen of the dues, and back to a table read anew."""
        await self.settle()
        await self.ask(screen)
        await self._reload()

    @property
    def _month(self) -> Month:
        """The month of the table: that of the day on which payments are written."""
        return self._table.month if self._table else self._now

    @property
    def _now(self) -> Month:
        return Month.of(self.partyday.clock.today)

    def _row_here(self) -> CollectionRow | None:
        key = self.register.cursor_key
        return self._table.rows.get(key) if self._table and isinstance(key, int) else None

    def _may_pay(self, row: CollectionRow) -> bool:
        """Whether there is something to take now; else the user is told, or led to the assessment."""
        if row.member_id in self._under_way:
            self.tell(f"{row.name} 的一笔正在存盘。")
        elif row.due_fen is None:
            self._start(self._assess(row))
        elif not row.to_pay_fen:
            self.tell(f"{row.name} 到 {self._month} 已经交清。预交按 5，自愿多交按 6，记错了按 0 冲正。")
        else:
            return True
        return False

    async def _assess(self, row: CollectionRow) -> None:
        from partyday_tui.ui.screens.dues_assess import assess_one

        done = await assess_one(self, row.member_id, self._month.year)
        if done:
            await self._reload()
            self.tell(done)

    async def _pay_after(self, payment: Payment, doubts: list[str]) -> None:
        from partyday_tui.ui.screens.dues_forms import agreed

        if await agreed(self, doubts):
            self._put(payment)

    def _put(self, payment: Asked) -> None:
        self._under_way.update(member_id for member_id, _ in payment.members)
        self._queue.put(replace(payment, on_date=self._on) if self._on else payment)
        self.clear_find()
        self._watch()

    def _watch(self) -> None:
        if self._saving is None:
            self._saving = asyncio.get_running_loop().call_later(_SLOW, self._say_saving)

    def _say_saving(self) -> None:
        if self._queue.is_busy:
            self._show_title(SaveState.SAVING)

    async def _write(self, payment: Asked) -> Taken:
        if isinstance(payment, Together):
            return await self.partyday.call(service.take_together, payment)
        assert self._table is not None
        row = self._table.rows.get(payment.member_id)
        return await self.partyday.call(service.take, payment, row, self._table.as_read(payment.member_id))

    async def _reverse(self, members: Members, entry_ids: Sequence[int], key: str) -> Taken:
        return await self.partyday.call(service.take_back, members, entry_ids, _UNDONE, key, self._on)

    def _paint(self, _: Ticket, taken: Taken) -> None:
        """The commit has returned: show what the disk holds now."""
        self._under_way.difference_update(row.member_id for row in taken.rows)
        if self._saving is not None and not self._queue.waiting:
            self._saving.cancel()
            self._saving = None
        self._show_taken(taken)

    def _show_taken(self, taken: Taken) -> None:
        table = self._table
        if table is None:
            return
        if not table.put(taken):  # the backup of the day, for one: an act that this table was not told of
            self._read_anew(self._settled_and_reloaded)
        for row in taken.rows:
            if row.member_id in table.rows and self.register.has(row.member_id):
                self.register.update_row(row.member_id, table.cells(row.member_id), table.inks(row.member_id))
        self._show_money()
        self._show_title(SaveState.SAVING if self._queue.waiting else SaveState.SAVED)
        self._show_row_words()
        if taken.receipt.warnings:
            self.tell("".join(taken.receipt.warnings))

    def _refused(self, error: PartydayError) -> None:
        """Nothing was written: show what the disk holds, and say so (R6)."""
        self.refuse(error)
        self.run_worker(self._reload())

    def _show_title(self, state: SaveState) -> None:
        branch, meeting = self.partyday.branch, self._table.meeting_words if self._table else ""
        self.set_title(f"{self._month}{meeting}", branch.name if branch else "", state)

    def _show_money(self) -> None:
        if self._table is not None:
            self.set_summary([(self._table.money_words, "strong")], self._table.owing_words)

    def _show_row_words(self) -> None:
        row = self._row_here()
        words = row_words(row) if row else ""
        self.set_summary([(words, "late" if row and row.level else "quiet")], line=1)

    def _show_rows(self) -> None:
        if self._table is None:
            return
        lines = self._table.lines(self._group)
        rows = self._table.rows
        self._keys = [line.key for line in lines]
        members = [rows[key] if isinstance(key, int) else None for key in self._keys]
        self._finder = Finder((row.name, row.reading) if row else ("", "") for row in members)
        self.register.set_rows(lines)
        self.set_find_note([("^Z 撤销  0冲正  6自愿  F5 其余全收  ", "quiet"), (f"{self._group or '全部'} ", "")])
