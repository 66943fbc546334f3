"""月末结账: what a month still lacks, each with its way; F5 closes the dues, makes the package, lays it ready and offers the backup."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.gaps import GAP_WORDS
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import STATE_WORDS
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.services.month_end import MonthEnd
    from partyday_tui.store.book import Book

_CLOSE, _SKIP = "close", "skip"
_NAMED = 2  # names on one line
_STEPS = {"dues": "dues", "package": "delivery", "delivery": "delivery", "backups": "backups"}
"""The things of a month's end, and the place of each."""


class MonthEndScreen(BookScreen):
    """One month; it can be wound up with things missing, which the package then names."""

    TITLE_WORD = "月末结账"
    SUMMARY_LINES = 2
    FIND = False
    ACTIONS = (
        Action("enter", "去办", "到办这件事的页面去", "choose_row"),
        Action("f5", "结账", "月结党费，做成月度材料，放进待报送", "end_month", reading="jz jiezhang"),
        Action("left", "上一月", "看上一个月", "earlier", footer=False, reading="syy shangyiyue"),
        Action("right", "下一月", "看下一个月", "later", footer=False, reading="xyy xiayiyue"),
        Action("ctrl+o", "看全文", "这一行的全文", "show_words", reading="kqw kanquanwen"),
    )
    COLUMNS = (
        Column("", 10, ink="strong"),
        Column("", flex=1),
        Column("", 14, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._month: Month | None = None
        self._end: MonthEnd | None = None

    def on_mount(self) -> None:
        """Show the month that is to be wound up."""
        super().on_mount()
        self.load(self._open())

    def on_book_screen_backed_up(self) -> None:
        """The backup of this month is done."""
        self._read_anew(self._read)

    def on_book_screen_delivered(self) -> None:
        """A try to deliver has ended."""
        self._read_anew(self._read)

    def choose_row(self) -> None:
        """Enter goes to the row's place."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Go to where a gap or a step is settled."""
        if self._end is None or not isinstance(key, str):
            return
        kind, _, which = key.partition(" ")
        gap = self._end.gaps[int(which)] if kind == "gap" else None
        if which == "dues" or (gap and gap.key == "close"):
            self._start(self._close_dues(self._end.month))
        else:
            self.post_message(self.Go(gap.where, gap.target) if gap else self.Go(_STEPS[which]))

    async def earlier(self) -> None:
        """The month before."""
        await self._turn(-1)

    async def later(self) -> None:
        """The month after."""
        await self._turn(1)

    async def show_words(self) -> None:
        """A long line in full."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        row = self.register.cursor_row
        if row is None or self._end is None:
            return
        kind, _, which = str(row.key).partition(" ")
        words = self._end.gaps[int(which)].line if kind == "gap" else row.cells[1]
        await self.ask(ShowText(row.cells[0].strip(), words))

    async def end_month(self) -> None:
        """Close the dues if that is wished, make the package and lay it ready; then offer the backup."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        if self._end is None or self._month is None:
            return
        if self._month > Month.of(self.partyday.clock.today):
            self.tell(f"{self._month} 还没有到，等到那个月再结账；左右键换一个月。")
            return
        if not await self._dues_settled(self._end):
            self.tell("没有结账。")
            return
        told = await self._made(self._end.month)
        await self._read()
        if told is None:
            return
        self.tell(told, ink="strong")
        if await self.ask(Confirm("月末结账", f"{told}现在把账本备份到U盘吗？", yes="备份")):
            self.partyday.backup.ask()

    async def _close_dues(self, month: Month) -> None:
        """The close of the month's dues, and back."""
        from partyday_tui.ui.screens.dues_close import DuesCloseScreen

        await self.ask(DuesCloseScreen(month))
        await self._read()

    async def _dues_settled(self, end: MonthEnd) -> bool:
        """Close the dues or leave them open, as the user chooses; False where they went back."""
        from partyday_tui.services.dues_months import close_month
        from partyday_tui.ui.dialogs.choose import Choose
        from partyday_tui.ui.screens.dues_close_forms import ask_for_count

        if not end.may_close_dues:
            return True
        rest = f"还没有定的{end.undecided}人记为未交" if end.undecided else "每个人都定了"
        entries = [(_CLOSE, "月结党费", rest), (_SKIP, "先不月结", "材料的目录里会写明党费还没有月结")]
        chosen = await self.ask(Choose(f"{end.month} 党费在手 {yuan(end.dues.in_hand_fen)}", entries))
        if chosen is None:
            return False
        if chosen == _CLOSE:
            counted = await ask_for_count(self, end.dues)
            if counted is None:
                return False
            await self.partyday.call(
                close_month, end.month, {}, counted_fen=counted[0], difference_reason=counted[1], rest_unpaid=True
            )
        return True

    async def _made(self, month: Month) -> str | None:
        """Make the package with its progress on the screen and lay it ready; what was done, None where the user stopped it."""
        from partyday_tui.rules.packages import month_package
        from partyday_tui.services.package import lay_ready
        from partyday_tui.ui.screens.packaging import made_package

        package = month_package(month)
        with tempfile.TemporaryDirectory() as folder:
            made = await made_package(self, package, Path(folder))
            item = await self.partyday.call(lay_ready, package, made) if made else None
        if made is None or item is None:
            return None
        left_out = f"，{len(made.left_out)}张没有做成，目录里写明了" if made.left_out else ""
        return f"《{item.named}》{made.forms}张表格{left_out}，读回无误，已放进待报送。"

    async def _turn(self, by: int) -> None:
        if self._month is not None:
            wanted = self._month + by
            if Month(1949, 1) <= wanted <= Month(2200, 12):
                self._month = wanted
                await self._read()

    async def _open(self) -> None:
        self._month = await self.partyday.call(_month_to_end)
        await self._read()

    async def _read(self) -> None:
        assert self._month is not None
        self._end = end = await self.partyday.call(_read, self._month)
        branch = self.partyday.branch
        self.set_title(f"{end.month}  左右键换月", branch.name if branch else "", SaveState.SAVED)
        missing = [(f"还缺{len(end.gaps)}项", "late")] if end.gaps else [("这个月都办好了", "strong")]
        self.set_summary([*missing, ("  缺着也能结账，会写进材料的目录", "quiet")] if end.gaps else missing)
        self.set_summary("F5 结账：月结党费，做成月度材料，放进待报送，再备份", line=1)
        self.register.set_rows([*_step_rows(end), *_gap_rows(end)])

    def on_register_moved(self, event: Register.Moved) -> None:
        """Nothing is said of a row: its words stand in it."""
        event.stop()


def _gap_rows(end: MonthEnd) -> list[Row]:
    if not end.gaps:
        return []
    rows = [
        Row(f"gap {n}", (GAP_WORDS[gap.key], gap.named(_NAMED), f"应于{gap.due_on:%m-%d}" if gap.due_on else ""))
        for n, gap in enumerate(end.gaps)
    ]
    return [Row(None, ("还缺什么",)), *rows]


def _step_rows(end: MonthEnd) -> list[Row]:
    """The four things of a month's end, each as it stands."""
    dues, item, backup = end.dues, end.package, end.backup
    closed = f"{dues.closed_on} 结" if dues.closed_on else "还没有" if dues.rows else "没有要交的"
    money = f"收 {yuan(dues.collected_fen)}  上缴 {yuan(dues.remitted_fen)}  现在在手 {yuan(dues.in_hand_fen)}"
    told = {
        "dues": ("党费月结", money, closed),
        "package": ("月度材料", item.file_name if item else "各张表格装成一个文件，带目录", str(item.made_on) if item else "还没有"),
        "delivery": ("报送", item.named if item else "", STATE_WORDS[item.state] if item else ""),
        "backups": ("备份", backup.place if backup else "", backup.verified_at[:10] if backup else "还没有"),
    }  # fmt: skip
    return [Row(None, ("结账",)), *(Row(f"step {step}", told[step]) for step in _STEPS)]


def _month_to_end(book: Book) -> Month:
    from partyday_tui.services.month_due import month_to_end  # in the book's thread, after the frame is painted

    return month_to_end(book)


def _read(book: Book, month: Month) -> MonthEnd:
    from partyday_tui.services.month_end import read_month_end

    return read_month_end(book, month)
