"""月结: each member paid, deferred, exempt or unpaid; the cash counted against the ledger; 上缴 and 公示."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from partyday_tui.errors import PartydayError
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.names import Finder
from partyday_tui.services import dues_months as service
from partyday_tui.services.dues_months import STATE_WORDS, Noted
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.dues_words import some
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.services.dues_close_view import CloseView
    from partyday_tui.store.dues_closes import CloseRow

_OPEN = "还没有定"


class DuesCloseScreen(BookScreen):
    """One month on its way to be closed, or as it was closed; left and right change the month."""

    TITLE_WORD = "月结"
    SUMMARY_LINES = 2
    TOP = False
    EMPTY = "这个月没有要交党费的党员。左右键换一个月。"
    ACTIONS = (
        Action("2", "缓交", "记为缓交，写明原因", "defer", menu=True, reading="hj huanjiao"),
        Action("3", "未交", "记为未交", "note_unpaid", menu=True, reading="wj weijiao"),
        Action("0 delete", "清除", "清除这一行记的缓交或未交", "clear", menu=True, reading="qc qingchu"),
        Action("f5", "其余未交", "还没有定的都记为未交", "note_the_rest", reading="qywj qiyuweijiao"),
        Action("ctrl+y", "结账", "清点现金，与账上核对，结这个月的账", "close_month", reading="jz jiezhang"),
        Action("ctrl+r", "上缴", "上缴党费，全部或一部分，写收据号", "remit", reading="sj shangjiao"),
        Action("ctrl+t", "通报", "向会议通报党费情况的一句话", "report", reading="tb tongbao"),
        Action("ctrl+g", "公示", "全年收缴数字，登记公示", "publish", reading="gs gongshi"),
        Action("ctrl+d", "收据号", "上缴以后拿到收据，补写收据号", "add_receipt", reading="sjh shoujuhao"),
        EXPORT,
        Action("left", "上一月", "看上一个月", "earlier", footer=False, reading="syy shangyiyue"),
        Action("right", "下一月", "看下一个月", "later", footer=False, reading="xyy xiayiyue"),
    )  # fmt: skip
    COLUMNS = (
        Column("序", 4, align="right", ink="quiet"),
        Column("姓名", 16, ink="strong"),
        Column("应交", 8, align="right", inks={"未核定": "late"}),
        Column("已交", 8, align="right"),
        Column("还差", 8, align="right"),
        Column("情况", 8, inks={_OPEN: "late", STATE_WORDS["unpaid"]: "late"}),
        Column("原因", flex=1, ink="quiet"),
    )

    def __init__(self, month: Month | None = None) -> None:
        super().__init__()
        self._month = month
        self._view: CloseView | None = None
        self._rows: dict[int, CloseRow] = {}
        self._writing: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        """Show the oldest month that is open, or the one asked for."""
        super().on_mount()
        self.load(self._open())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return Finder((row.member_name, self._reading(row)) for row in self._rows.values()).find(typed)

    async def settle(self) -> None:
        """Let every note reach the disk."""
        while self._writing is not None and not self._writing.done():
            await asyncio.shield(self._writing)

    async def defer(self) -> None:
        """Note that the member was allowed to pay later, and why."""
        from partyday_tui.rules.text import clean_line
        from partyday_tui.ui.dialogs.form import FormDialog
        from partyday_tui.ui.widgets.fields import Field

        row = self._row_to_note()
        if row is None:
            return
        field = Field("reason", "原因", required=True, hint="经支部同意延期交纳的原因，如：外出务工，下月一起交")
        values = await self.ask(FormDialog(f"{row.member_name} 缓交", [field]))
        if values is not None:
            self._note(row, Noted("deferred", clean_line(values["reason"]).text))

    def note_unpaid(self) -> None:
        """Note that the member has not paid."""
        row = self._row_to_note()
        if row is not None:
            self._note(row, Noted("unpaid"))

    def clear(self) -> None:
        """Take back what was noted here."""
        row = self._row_to_note()
        if row is not None:
            self._note(row, None)

    def note_the_rest(self) -> None:
        """Everyone without a word is noted as unpaid."""
        if self._closed_told():
            return
        rest = [row for row in self._rows.values() if not row.state]
        if rest:
            self._keep({row.member_id: Noted("unpaid") for row in rest})
        self.tell(f"{len(rest)}人记为未交。" if rest else "没有还没定的了。")

    async def close_month(self) -> None:
        """Count the cash, then close."""
        from partyday_tui.ui.screens.dues_close_forms import ask_for_count

        if self._view is None or self._closed_told():
            return
        await self.settle()
        open_rows = [row for row in self._rows.values() if not row.state]
        if open_rows:
            self.register.go_to(open_rows[0].member_id)
            self.tell(f"还有{len(open_rows)}人没有交清也没有注明：按 2 缓交、3 未交，或 F5 其余未交。", ink="late")
            return
        answer = await ask_for_count(self, self._view)
        if answer is not None:
            counted_fen, reason = answer
            month = self._view.month
            await self.partyday.call(service.close_month, month, {}, counted_fen=counted_fen, difference_reason=reason)
            await self._show(month)
            self.tell(f"{month} 已月结，已存盘；以后来交的照常收，记错的用冲正更正。")

    async def remit(self) -> None:
        """Hand over to the superior."""
        from partyday_tui.ui.screens.dues_close_forms import remit

        told = await remit(self)
        if told and self._view is not None:
            await self._show(self._view.month)
            self.tell(told)

    async def add_receipt(self) -> None:
        """The number of a receipt that came after the hand-over."""
        from partyday_tui.ui.screens.dues_close_forms import add_receipt

        if told := await add_receipt(self):
            self.tell(told)

    async def report(self) -> None:
        """The line that is read out to the meeting (DUE-09)."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        if self._view is not None:
            line = await self.partyday.call(service.meeting_line, self._view.month)
            await self.ask(ShowText("通报党费情况", line))

    async def publish(self) -> None:
        """The yearly figures, and the record of when they were shown."""
        from partyday_tui.ui.screens.dues_close_forms import publish

        if self._view is not None:
            told = await publish(self, self._view.month.year)
            if told:
                self.tell(told)

    async def export_forms(self) -> None:
        """Write one of the forms of the dues."""
        await self.settle()
        month = self._month or Month.of(self.partyday.clock.today)
        await export_from(self, "dues", Shown(year=month.year, month=month))

    async def earlier(self) -> None:
        """The month before."""
        await self._turn(-1)

    async def later(self) -> None:
        """The month after."""
        await self._turn(1)

    async def _turn(self, by: int) -> None:
        if self._view is not None:
            await self.settle()
            await self._show(self._view.month + by)

    async def _open(self) -> None:
        from partyday_tui.services.dues_close_view import month_to_close

        await self._show(await self.partyday.call(month_to_close) if self._month is None else self._month)

    async def _show(self, month: Month) -> None:
        from partyday_tui.services.dues_close_view import close_view

        view = await self.partyday.call(close_view, month)
        self._view = view
        unsettled_first = sorted(view.rows, key=lambda row: row.state in ("paid", "exempt"))
        self._rows = {row.member_id: row for row in unsettled_first}
        self._show_rows()

    def _show_rows(self) -> None:
        if self._view is None:
            return
        rows = list(self._rows.values())
        self.register.set_rows([Row(row.member_id, self._cells(n, row)) for n, row in enumerate(rows, 1)])
        self._show_counts()

    def _show_counts(self) -> None:
        view = self._view
        assert view is not None
        branch = self.partyday.branch
        state = "已月结" if view.closed_on else "未月结"
        saving = self._writing is not None and not self._writing.done()
        saved = SaveState.SAVING if saving else SaveState.SAVED
        self.set_title(f"{view.month} {state}  左右键换月", branch.name if branch else "", saved)
        states = [row.state for row in self._rows.values()]
        counts = "  ".join(f"{word}{states.count(state)}" for state, word in STATE_WORDS.items())
        left = states.count("")
        right = [(f"{_OPEN}{left}人 ", "late")] if left else "都定了 "
        self.set_summary(f"{len(states)}人  {counts}", right)
        warning = view.warnings[0] if view.warnings else ""
        self.set_summary(
            [(f"本月收 {yuan(view.collected_fen)}  上缴 {yuan(view.remitted_fen)}  现在在手 {yuan(view.in_hand_fen)}  ", ""), (warning, "late")],
            f"{view.closed_on} 结 " if view.closed_on else "",
            line=1,
        )  # fmt: skip

    def _cells(self, number: int, row: CloseRow) -> tuple[str, ...]:
        due = "未核定" if row.due_fen is None else yuan(row.due_fen)
        short = max((row.due_fen or 0) - row.paid_fen, 0)
        return (
            str(number), row.member_name, due, some(row.paid_fen), some(short), STATE_WORDS.get(row.state, _OPEN), row.reason,
        )  # fmt: skip

    def _note(self, row: CloseRow, noted: Noted | None) -> None:
        self._keep({row.member_id: noted})
        self.clear_find()

    def _keep(self, notes: dict[int, Noted | None]) -> None:
        """Write notes after those before them; each is shown once its commit has returned."""
        assert self._view is not None
        self._writing = asyncio.create_task(self._write(self._view.month, notes, self._writing))
        self._show_counts()

    async def _write(self, month: Month, notes: dict[int, Noted | None], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before
        try:
            await self.partyday.call(service.note_members, month, notes)
        except PartydayError as error:
            self.refuse(error)
            return
        self.call_later(self._show_counts)
        if self._view is None or self._view.month != month:
            return
        numbers = {member_id: number for number, member_id in enumerate(self._rows, 1)}
        for member_id, noted in notes.items():
            state, reason = (noted.state, noted.reason) if noted else ("", "")
            self._rows[member_id] = replace(self._rows[member_id], state=state, reason=reason)
            self.register.update_row(member_id, self._cells(numbers[member_id], self._rows[member_id]))

    def _row_to_note(self) -> CloseRow | None:
        """The row under the cursor, if there is something to note for it."""
        key = self.register.cursor_key
        row = self._rows.get(key) if isinstance(key, int) else None
        if row is None or self._closed_told():
            return None
        if row.state in ("paid", "exempt"):
            self.tell(f"{row.member_name} {STATE_WORDS[row.state]}，按台账算出，不用注明。")
            return None
        return row

    def _closed_told(self) -> bool:
        if self._view is not None and self._view.closed_on:
            self.tell(f"{self._view.month} 已经月结；以后来交的照常收，记错的用冲正更正。")
            return True
        return False

    def _reading(self, row: CloseRow) -> str:
        return self._view.readings.get(row.member_id, "") if self._view else ""
