"""今日: the first screen, what is late and what is near; Enter goes to where it is settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.services.desk import Desk
    from partyday_tui.store.book import Book
    from partyday_tui.ui.keys import Stroke

_WEEKDAYS = "一二三四五六日"


class DeskScreen(BookScreen):
    """The desk of the day; painted empty at once, filled when the book is open."""

    TITLE_WORD = "今日"
    SUMMARY_LINES = 1
    FIND = False
    EMPTY = "眼下没有要办的事。F3 看年历，F4 点名，F6 看名册。"
    ACTIONS = (
        Action("enter", "去办", "到办这件事的页面去", "choose_row"),
        Action("ctrl+t", "自查", "逐条看规则要办的事，办了没有", "open_check", reading="zc zicha"),
        Action("f5", "重看", "重新读一遍今天的事", "reload", footer=False, reading="ck chongkan"),
    )
    COLUMNS = (
        Column("时间", 12, ink="quiet"),
        Column("事项", flex=1),
        Column(
            "状态", 6, inks={"未点名": "late", "点名中": "late", "待导入": "late", "逾期": "late", "被退回": "late"}
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self.was_read = asyncio.Event()
        self._news = ""
        self.register.empty = "正在打开账本"

    def on_mount(self) -> None:
        """Fill the desk, where the book is open already."""
        if self.partyday.branch is not None:
            self.reload()

    def choose_row(self) -> None:
        """Enter goes to the line's place."""
        self.register.choose()

    def open_check(self) -> None:
        """Go to the self-check."""
        self.post_message(self.Go("duties"))

    def on_screen_resume(self) -> None:
        """What was settled elsewhere leaves the desk."""
        super().on_screen_resume()
        if self._desk is not None:
            self.reload()

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the sentence that asks for the line under the cursor."""
        event.stop()
        self._say_why()

    def on_book_screen_backed_up(self) -> None:
        """The age of the last backup is another one; what was just said of it stays."""
        self._news = self._foot.text_of(0).strip()
        self.reload()

    def reload(self) -> None:
        """Read the desk anew."""
        self._read_anew(self._read)

    async def _read(self) -> None:
        self._show(await self.partyday.call(_read_desk))
        self.was_read.set()

    def _show(self, desk: Desk) -> None:
        self._desk = desk
        today = desk.today
        branch = self.partyday.branch
        self.set_title(f"{today} 星期{_WEEKDAYS[today.weekday()]}", branch.name if branch else "", SaveState.SAVED)
        # What waits takes the place of the head count: at 80 columns both would cut the month.
        right = (desk.backup, f"待报送{desk.waiting}") if desk.waiting else (f"党员{desk.member_count}人", desk.backup)
        self.set_summary(desk.month, "  ".join(right) + " ")
        rows: list[Row] = []
        section = ""
        for number, line in enumerate(desk.lines):
            if line.section != section:
                section = line.section
                rows.append(Row(None, (f"  {section}",)))
            rows.append(Row(number, (line.when, line.subject, line.state), ("late",) if line.section == "逾期" else ()))
        self.register.empty = self.EMPTY
        self.register.set_rows(rows)
        self._say_why()

    def tell_news(self, sentence: str) -> None:
        """Say something about the start; it stays until the first key after the desk is filled."""
        self._news = sentence
        self.tell(sentence)

    def _take(self, stroke: Stroke) -> bool:
        if self._desk is not None:
            self._news = ""
        return super()._take(stroke)

    def _say_why(self) -> None:
        if self._news:
            self.tell(self._news)
            return
        key = self.register.cursor_key
        self.tell(self._desk.lines[key].sentence if self._desk and isinstance(key, int) else "", ink="quiet")

    def open_row(self, key: Key) -> None:
        """Go to where the line is settled."""
        if self._desk is not None and isinstance(key, int):
            line = self._desk.lines[key]
            self.post_message(self.Go(line.where, line.target))


def _read_desk(book: Book) -> Desk:
    from partyday_tui.services.desk import read_desk  # in the book's thread, after the first paint

    return read_desk(book)
