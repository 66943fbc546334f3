"""放假安排: the days off and make-up workdays of a year, and the ways to enter a new year's notice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.rules.calendar import Calendar, DayOff
    from partyday_tui.services.holidays import ArrangementPreview
    from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"


class HolidaysScreen(BookScreen):
    """The days of one year; ``target`` is the year, else this one is shown."""

    TITLE_WORD = "放假安排"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这一年的放假安排还没有录入。国务院通知公布后，复制全文，按 F5 粘贴。"
    ACTIONS = (
        Action("f5", "粘贴通知", "粘贴国务院办公厅放假通知的全文，核对后写入", "paste_notice", reading="zttz zhantietongzhi"),
        Action("ctrl+l", "导入文件", "导入通知的文本文件或 JSON 文件", "import_file", reading="drwj daoruwenjian"),
        Action("insert +", "加一天", "手工写一个放假日或上班日", "add_day", reading="jyt jiayitian"),
        Action("delete", "去掉", "去掉手工写的一天", "take_out", reading="qd qudiao"),
        Action("ctrl+t", "调整日期", "计划中的日期碰上放假的，按规则顺延", "settle_displaced", reading="tzrq tiaozhengriqi"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
    )  # fmt: skip
    COLUMNS = (
        Column("日期", 10),
        Column("星期", 4, ink="quiet"),
        Column("安排", 4, inks={"上班": "late"}),
        Column("节日", ink="strong"),
        Column("法定当天", 8, ink="quiet"),
        Column("来源", 6, ink="quiet"),
    )

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._year = target
        self._rows: dict[Key, DayOff] = {}

    def on_mount(self) -> None:
        """Show the year."""
        super().on_mount()
        self.load(self._show(self._year or self.partyday.clock.today.year))

    def open_row(self, key: Key) -> None:
        """Enter edits the day."""
        row = self._rows.get(key)
        if row is not None:
            self._start(self._edit(row))

    async def paste_notice(self) -> None:
        """Ask for the notice, show what was read, write it."""
        from partyday_tui.services.holidays import preview_notice
        from partyday_tui.ui.dialogs.paste_text import PasteText

        text = await self.ask(PasteText("粘贴放假通知", "把通知的标题和全文粘贴在这里，下一步核对，核对前什么也不写。"))
        if text:
            await self._settle(await self.partyday.call(preview_notice, text))

    def on_book_screen_pasted(self, message: BookScreen.Pasted) -> None:
        """Several lines pasted here are taken for a notice."""
        from partyday_tui.services.holidays import preview_notice

        async def settle() -> None:
            await self._settle(await self.partyday.call(preview_notice, message.text))

        message.stop()
        self._start(settle())

    async def import_file(self) -> None:
        """Choose a file, show what was read, write it."""
        from partyday_tui.services.holidays import preview_file
        from partyday_tui.ui.dialogs.pick_file import PickFile

        path = await self.ask(PickFile("导入放假安排", (".txt", ".json")))
        if path is not None:
            await self._settle(await self.partyday.call(preview_file, path))

    async def add_day(self) -> None:
        """Write one day by hand."""
        await self._edit(None)

    async def take_out(self) -> None:
        """Take a day that was written by hand out again."""
        from partyday_tui.services.holidays import take_day_out

        row = self._rows.get(self.register.cursor_key)
        if row is not None:
            await self.partyday.call(take_day_out, row.day)
            await self._show(self._shown_year())
            self.tell(f"已去掉手工写的 {row.day}。")

    async def settle_displaced(self) -> None:
        """Look for planned dates that are days off now."""
        if not await self._ask_about_displaced():
            self.tell("计划里没有碰上放假的日期。")

    async def earlier(self) -> None:
        """The year before."""
        await self._show(self._shown_year() - 1)

    async def later(self) -> None:
        """The year after."""
        await self._show(self._shown_year() + 1)

    def _shown_year(self) -> int:
        return self._year or self.partyday.clock.today.year

    async def _show(self, year: int, cursor: Key = None) -> None:
        from partyday_tui.rules.calendar import not_announced

        calendar = await self.partyday.call(_read, year)
        self._year = year
        rows = calendar.rows_of(year)
        self._rows = {row.day.isoformat(): row for row in rows}
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        off = sum(1 for row in rows if row.is_off)
        if calendar.is_announced(year):
            self.set_summary(f"放假{off}天，调休上班{len(rows) - off}天")
        else:
            words = "这里只有法定节假日当天；公布后按 F5 粘贴通知" if rows else "公布后按 F5 粘贴通知"
            self.set_summary([(f"{not_announced(year)}，{words}", "late")])
        self.register.set_rows([Row(key, _cells(row)) for key, row in self._rows.items()], cursor=cursor)

    async def _edit(self, row: DayOff | None) -> None:
        from partyday_tui.services.holidays import write_day
        from partyday_tui.ui.screens.holiday_form import ask_for_day

        answer = await ask_for_day(self, row, self._shown_year())
        if answer is not None:
            day, is_off, name, statutory = answer
            await self.partyday.call(write_day, day, is_off=is_off, name=name, statutory=statutory)
            await self._show(day.year, day.isoformat())
            self.tell(f"已存盘，{day} {'放假' if is_off else '上班'}。")
            await self._ask_about_displaced()

    async def _settle(self, preview: ArrangementPreview) -> None:
        """Show a notice as it was read; write it when the user agrees, then look at the plan."""
        from partyday_tui.services.holidays import write_arrangement
        from partyday_tui.ui.screens.holiday_form import ask_about_arrangement

        if await ask_about_arrangement(self, preview) and preview.year is not None:
            await self.partyday.call(write_arrangement, preview)
            await self._show(preview.year)
            self.tell(f"已存盘，{preview.year}年放假安排已录入。")
            await self._ask_about_displaced()

    async def _ask_about_displaced(self) -> bool:
        """Offer to move planned dates that have become days off; False where there are none."""
        from partyday_tui.services.moving import displaced, move_displaced
        from partyday_tui.ui.screens.holiday_form import ask_about_displaced

        found = await self.partyday.call(displaced, self._shown_year())
        if not found:
            return False
        if await ask_about_displaced(self, found):
            moved = await self.partyday.call(move_displaced, found)
            left = len(found) - moved
            rest = f"，还有{left}次要在年历里选定日期" if left else ""
            self.tell(f"已存盘，调整了{moved}次活动的日期{rest}。")
        else:
            self.tell("计划里的日期没有动，以后按 ^T 再调整。")
        return True


def _read(book: Book, year: int) -> Calendar:
    from partyday_tui.services.holidays import calendar_for, check_year

    return calendar_for(book, [check_year(year)])


def _cells(row: DayOff) -> tuple[str, ...]:
    from partyday_tui.rules.calendar import SOURCE_WORDS

    day: date = row.day
    what = "放假" if row.is_off else "上班"
    statutory = "是" if row.statutory else ""
    return day.isoformat(), f"周{_WEEKDAYS[day.weekday()]}", what, row.name, statutory, SOURCE_WORDS[row.source]
