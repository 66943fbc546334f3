"""台账: the register of one year, member by twelve months; Enter opens a member's card.

At 80 columns a month is one word (清, 差, 欠 …) beside the sums in yuan; from 118 columns on it is the amount that was paid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.names import Finder
from partyday_tui.services import dues_ledger as service
from partyday_tui.services.namesakes import asides
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.dues_words import months_words, some
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from partyday_tui.services.dues_ledger import YearGrid, YearRow

_WIDE, _AMOUNT = 118, 6
_CLEAR, _SHORT, _OWED, _AHEAD, _UNASSESSED, _ELSEWHERE = "清", "差", "欠", "预", "核", "外"
_LEGEND = "清：交清  差：交了一部分  欠：没有交  预：预交  核：未核定  外：在外地交"
_LATE = frozenset((_SHORT, _OWED, _UNASSESSED))


class DuesYearScreen(BookScreen):
    """The year grid; left and right change the year."""

    TITLE_WORD = "台账"
    SUMMARY_LINES = 2
    TOP = False
    EMPTY = "这一年没有党费记录。按左右键换一年，或回到收缴按 ^K 核定。"
    ACTIONS = (
        Action("enter", "党费卡", "看这位党员的每一笔，记错的可以冲正", "choose_row"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
        Action("ctrl+l", "明细", "这一年的每一笔，收缴、上缴和冲正", "open_entries", reading="mx mingxi"),
        Action("ctrl+t", "各月合计", "每个月应交、已交、欠交的合计", "show_months", reading="gyhj geyueheji"),
        Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
        EXPORT,
    )

    def __init__(self, year: int | None = None) -> None:
        super().__init__()
        self._year = year or 0
        self._wide = False
        self._asides: dict[int, str] = {}
        self._grid: YearGrid | None = None
        self._shown: list[YearRow] = []
        self._finder = Finder(())
        self._group = ""

    def body(self) -> Widget:
        """The register, its months as wide as the terminal allows."""
        self._wide = self.app.size.width >= _WIDE
        self.register = Register(_columns(self._wide), empty=self.EMPTY, matcher=self.match, gap=1)
        return self.register

    def on_resize(self, event: events.Resize) -> None:
        """Words or amounts, as the terminal is now."""
        super().on_resize(event)
        wide = event.size.width >= _WIDE
        if wide != self._wide:
            self._wide = wide
            self.register.set_columns(_columns(wide))
            self._show_rows()

    def on_mount(self) -> None:
        """Show this year, or the one asked for."""
        super().on_mount()
        self.load(self._show(self._year or self.partyday.clock.today.year))

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the months of the row under the cursor."""
        event.stop()
        self._show_row_words()

    def choose_row(self) -> None:
        """Enter opens the card of the row."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Open the card of the row `key`."""
        self._start(self.open_card())

    async def open_card(self) -> None:
        """Every entry of the member under the cursor."""
        from partyday_tui.ui.screens.dues_entries import EntriesScreen

        row = self._row_here()
        if row is not None:
            await self.ask(EntriesScreen(member_id=row.payer.id))
            await self._show(self._year)

    async def open_entries(self) -> None:
        """Every entry of the year."""
        from partyday_tui.ui.screens.dues_entries import EntriesScreen

        await self.ask(EntriesScreen(year=self._year))
        await self._show(self._year)

    async def show_months(self) -> None:
        """The totals of each month, and of the year."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        if self._grid is not None:
            await self.ask(ShowText(f"{self._year} 年各月合计", "\n".join(_month_lines(self._grid))))

    async def export_forms(self) -> None:
        """Write one of the forms of the dues."""
        await export_from(self, "dues", Shown(year=self._year))

    async def earlier(self) -> None:
        """The year before."""
        await self._show(self._year - 1)

    async def later(self) -> None:
        """The year after."""
        await self._show(self._year + 1)

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        rows = self._grid.rows if self._grid else ()
        groups = ["", *sorted({row.payer.group for row in rows if row.payer.group})]
        at = groups.index(self._group) if self._group in groups else 0
        self._group = groups[(at + 1) % len(groups)]
        self.clear_find()
        self._show_rows()

    async def _show(self, year: int) -> None:
        self._grid = grid = await self.partyday.call(service.year_grid, year)
        self._asides = await self.partyday.call(asides, [(row.payer.id, row.payer.name) for row in grid.rows])
        self._year = year
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        short = sum(row.short_fen for row in grid.rows)
        self.set_summary(
            f"{len(grid.rows)}人  全年应交 {yuan(grid.due_fen)}  已交 {yuan(grid.paid_fen)}  还差 {yuan(short)}",
            f"已上缴 {yuan(grid.cash.remitted_fen)} ",
        )
        self._show_rows()
        self._show_row_words()

    def _show_rows(self) -> None:
        rows = self._grid.rows if self._grid else ()
        now = Month.of(self.partyday.clock.today)
        self._shown = [row for row in rows if self._group in ("", row.payer.group)]
        self._finder = Finder((row.payer.name, row.payer.reading) for row in self._shown)
        self.register.set_rows([_row(row, self._year, now, self._wide) for row in self._shown])
        self.set_find_note(f"{self._group or '全部'} ")

    def _row_here(self) -> YearRow | None:
        key = self.register.cursor_key
        return next((row for row in self._shown if row.payer.id == key), None)

    def _show_row_words(self) -> None:
        row = self._row_here()
        aside = self._asides.get(row.payer.id, "") if row else ""
        words = _row_words(row, aside, self._year, Month.of(self.partyday.clock.today)) if row else ""
        self.set_summary([(words or _LEGEND, "quiet")], line=1)


def _columns(wide: bool) -> tuple[Column, ...]:
    months = tuple(Column(str(number), _AMOUNT if wide else 2, align="right", ink="quiet") for number in range(1, 13))
    sums = ("全年应交", "还差") if wide else ("应交", "已交", "还差")
    widths = (9, 8) if wide else (8, 8, 8)
    return (
        Column("姓名", 12, ink="strong"),
        *months,
        *(Column(word, width, align="right") for word, width in zip(sums, widths, strict=True)),
    )


def _row(row: YearRow, year: int, now: Month, wide: bool) -> Row:
    words = [_word(row, at, Month(year, at + 1), now) for at in range(12)]
    texts = [_amount(row.paid[at], words[at]) for at in range(12)] if wide else words
    inks = ["late" if word in _LATE else None for word in words]
    sums = (yuan(row.due_fen), yuan(row.paid_fen), some(row.short_fen))
    return Row(row.payer.id, (row.payer.name, *texts, *(sums[::2] if wide else sums)), (None, *inks))


def _word(row: YearRow, at: int, month: Month, now: Month) -> str:
    """One month in one word; '' where nothing is due yet, or at all."""
    due, paid = row.due[at], row.paid[at]
    if row.is_elsewhere(month):
        return _ELSEWHERE if month <= now else ""
    if due is None:
        return _CLEAR if paid else _UNASSESSED if month <= now else ""
    if paid and month > now:
        return _AHEAD
    if paid:
        return _CLEAR if paid >= due else _SHORT
    return _OWED if due and month <= now else ""


def _amount(paid: int, word: str) -> str:
    """What was paid, if it fits into the column: money is never cropped."""
    text = yuan(paid)
    return text if paid and cells(text) <= _AMOUNT else word


def _row_words(row: YearRow, aside: str, year: int, now: Month) -> str:
    owed = [Month(year, at + 1) for at in range(12) if (row.due[at] or 0) > row.paid[at] and Month(year, at + 1) <= now]
    last = max((day for day in row.paid_on if day), default="")
    parts = (
        f"{row.payer.name} {aside}".strip(),
        f"最近一笔 {last}" if last else "",
        f"没有交清 {months_words(owed)}" if owed else "",
        "  ".join(map(str, row.aways)),
        f"自愿多交 {yuan(row.extra_fen)}" if row.extra_fen else "",
    )
    return "  ".join(filter(None, parts))


def _month_lines(grid: YearGrid) -> list[str]:
    lines = [
        f"{number:>2}月   应交 {yuan(due):>10}   已交 {yuan(paid):>10}   还差 {yuan(max(due - paid, 0)):>10}"
        for number, (due, paid) in enumerate(grid.month_totals, 1)
    ]
    return [*lines, f"全年   应交 {yuan(grid.due_fen):>10}   已交 {yuan(grid.paid_fen):>10}"]
