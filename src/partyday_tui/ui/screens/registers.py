"""台账: the registers of the guides, what is in each this year and what waits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.services.registers import Overview
    from partyday_tui.store.book import Book

DEVELOPMENT = "development"


class RegistersScreen(BookScreen):
    """The list of registers; ``target`` is the key of one that is opened at once."""

    TITLE_WORD = "台账"
    SUMMARY_LINES = 1
    EMPTY = "正在读台账"
    ACTIONS = (Action("enter", "打开", "打开这一本台账", "choose_row", reading="dk dakai"), EXPORT)
    COLUMNS = (
        Column("台账", 14, ink="strong"),
        Column("本年", 6, align="right"),
        Column("待办", 24),
        Column("还差", flex=1, ink="quiet"),
    )

    def __init__(self, target: object = None) -> None:
        super().__init__()
        self._target = target if isinstance(target, str) else None

    def on_mount(self) -> None:
        """Read what is in each, and open the one that was asked for."""
        super().on_mount()
        self._start(self._open_first())

    def match(self, typed: str) -> list[int]:
        """By title, or by its pinyin."""
        from partyday_tui.rules.names import Finder
        from partyday_tui.rules.registers import REGISTERS

        titles = [(it.title, it.reading) for it in REGISTERS] + [("发展党员", "fa zhan dang yuan")]
        return [row for row in Finder(titles).find(typed) if row < len(self.register.rows)]

    def choose_row(self) -> None:
        """Enter opens the register under the cursor."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Open a register, and read the counts anew afterwards."""
        if isinstance(key, str):
            self._start(self._enter(key))

    async def export_forms(self) -> None:
        """Write the register under the cursor of this year."""
        key = self.register.cursor_key
        room = "development" if key == DEVELOPMENT else f"register {key}"
        await export_from(self, room, Shown(year=self.partyday.clock.today.year))

    async def _open_first(self) -> None:
        await self._reload()
        if self._target is not None:
            target, self._target = self._target, None
            self.register.go_to(target)
            await self._enter(target)

    async def _enter(self, key: str) -> None:
        await self.ask(_screen(key))
        await self._reload()

    async def _reload(self) -> None:
        found, (under_way, late) = await self.partyday.call(_read)
        branch = self.partyday.branch
        year = self.partyday.clock.today.year
        self.set_title(f"{year}年", branch.name if branch else "", SaveState.SAVED)
        self.set_summary(f"本年记了{sum(it.count for it in found)}条")
        rows = [_row(it) for it in found]
        words = f"培养中{under_way}人" + (f"，逾期{late}人" if late else "") if under_way else ""
        rows.append(Row(DEVELOPMENT, ("发展党员", "", words), (None, None, "late" if late else None)))
        self.register.set_rows(rows)


def _row(it: Overview) -> Row:
    waiting = [f"{word}{number}条" for word, number in it.waiting]
    waiting += [f"逾期{it.late}条"] if it.late else []
    missing = f"{it.register.gap}{it.missing}人" if it.missing else ""
    cells = (it.register.title, str(it.count) if it.count else "", "，".join(waiting), missing)
    return Row(it.register.key, cells, (None, None, "late" if it.late else None))


def _screen(key: str) -> BookScreen:
    if key == DEVELOPMENT:
        from partyday_tui.ui.screens.development import DevelopmentScreen

        return DevelopmentScreen()
    from partyday_tui.services.registers import register_named
    from partyday_tui.ui.screens.register_entries import screen_of

    return screen_of(register_named(key))()


def _read(book: Book) -> tuple[list[Overview], tuple[int, int]]:
    from partyday_tui.services import development, registers

    under_way = [it for it in development.candidates(book) if not it.is_over]
    late = sum(1 for it in under_way if it.late)
    return registers.overview(book, book.clock.today.year), (len(under_way), late)
