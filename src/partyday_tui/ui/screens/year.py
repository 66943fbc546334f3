"""年历: the twelve months of a year at a glance, moved dates with their reason, and the ways to plan and change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.screens.year_line import year_cells, year_words
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.lines import Parts
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.services.plan import PlanLine, YearPlan
    from partyday_tui.store.book import Book

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


class YearScreen(BookScreen):
    """The plan of one year; ``target`` is the event to put the cursor on, and then its year is shown."""

    TITLE_WORD = "年历"
    SUMMARY_LINES = 2
    EMPTY = "这一年还没有计划。按 F5 按规则排好十二个月。"
    ACTIONS = (
        Action("f5", "排计划", "按规则排出还缺的月份，已有的不动", "make", reading="pjh paijihua"),
        Action("insert +", "加活动", "在这个月加一次活动", "add", reading="jhd jiahuodong"),
        Action("ctrl+t", "改期", "变更日期，写明原因，按规定请示或报备", "move", reading="gq gaiqi"),
        Action("ctrl+l", "导入", "导入年度计划表，核对后写入", "import_plan", reading="dr daoru drjhb daorujihuabiao"),
        EXPORT,
        Action("ctrl+o", "放假安排", "看放假和调休，粘贴新一年的通知", "open_holidays", reading="fjap fangjiaanpai"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
        Action("", "去点名", "给这次活动点名", "call_roll", menu=True),
        Action("", "活动记录", "从公示到点评、上报，一步步写这次活动", "open_record", menu=True),
        Action("", "改内容", "改主题、内容、地点、负责人等", "edit", menu=True),
        Action("", "改期", "变更日期，写明原因，按规定请示或报备", "move", menu=True),
        Action("", "请示报备", "登记请示或报备送出、答复的情况", "follow_requests", menu=True),
        Action("delete", "去掉", "把这次活动从计划里去掉", "take_out", menu=True, reading="qd qudiao"),
        Action("", "修改记录", "看这次活动谁在什么时候改过", "show_history", menu=True),
    )
    COLUMNS = (
        Column("月份", 4, align="right", ink="quiet"),
        Column("日期", 15, inks={"未定": "late"}),
        Column("主题和内容", ink="strong", inks={"主题未定": "quiet"}),
        Column("方式", 12, ink="quiet"),
        Column("状态", 8, inks={"未点名": "late", "点名中": "late", "未定日期": "late", "未排": "quiet"}),
        Column("日期的由来", 28, ink="quiet", from_width=110),
    )

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._target = target
        self._plan: YearPlan | None = None
        self._lines: dict[Key, PlanLine] = {}

    def on_mount(self) -> None:
        """Show the year of the target, or this year."""
        super().on_mount()
        self.load(self._open())

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say of the row under the cursor by which rule it stands there, and why it moved."""
        event.stop()
        self._show_line()

    async def make(self) -> None:
        """Write the months that are still missing."""
        from partyday_tui.services.plan import make_plan

        if self._plan is None:
            return
        self.tell("正在存盘")
        added = await self.partyday.call(make_plan, self._plan.year)
        await self._reload()
        self.tell(f"已存盘，排好{added}次活动。" if added else "这一年已经排好，没有缺的月份。")

    async def add(self) -> None:
        """Ask for an event of the month under the cursor."""
        from partyday_tui.rules.month import Month
        from partyday_tui.services.events import add_event
        from partyday_tui.ui.screens.event_form import ask_for_event

        line, today = self._line_here(), self.partyday.clock.today
        year = self._plan.year if self._plan else today.year
        month = Month.parse(line.event.month) if line else Month(year, today.month)
        in_month = [it.event for it in self._lines.values() if it.event.month == str(month)]
        has_party_day = any("party_day" in event.kinds for event in in_month)
        answer = await ask_for_event(self, month, kind="committee" if has_party_day else "party_day")
        if answer is not None:
            slot = Month.of(answer.on_date) if answer.on_date else month
            self.tell("正在存盘")
            key = await self.partyday.call(add_event, slot, answer.on_date, answer.kinds, answer.texts)
            await self._show(slot.year, key)
            self.tell("已存盘。")

    async def edit(self) -> None:
        """Ask for what is planned anew."""
        from partyday_tui.rules.month import Month
        from partyday_tui.services.events import edit_event, set_date
        from partyday_tui.ui.screens.event_form import ask_for_event

        line = self._written_line()
        if line is None:
            return
        answer = await ask_for_event(self, Month.parse(line.event.month), line.event)
        if answer is not None:
            self.tell("正在存盘")
            await self.partyday.call(edit_event, line.event.id, answer.kinds, answer.texts)
            if answer.on_date and answer.on_date != line.event.on_date:
                await self.partyday.call(set_date, line.event.id, answer.on_date)
            await self._reload()
            self.tell("已存盘。")

    async def move(self) -> None:
        """Change the date as the rules want it done; an event without a date just gets one."""
        from partyday_tui.ui.screens import move_form

        line = self._written_line()
        if line is None:
            return
        if line.event.rule and line.event.on_date:
            done = await move_form.move(self, line.event)
        else:
            done = await move_form.settle(self, line.event, line.reason)
        if done:
            await self._reload()

    async def follow_requests(self) -> None:
        """Enter how far the request has come."""
        from partyday_tui.ui.screens import move_form

        line = self._written_line()
        if line is not None and await move_form.follow_requests(self, line.event):
            await self._reload()

    async def take_out(self) -> None:
        """Take the event out of the plan, after asking."""
        from partyday_tui.services.events import take_event_out
        from partyday_tui.ui.dialogs.confirm import Confirm

        line = self._written_line()
        if line is None:
            return
        event = line.event
        name = f"{event.on_date or event.month} {event.kind_words} {event.theme or event.content}"
        if await self.ask(Confirm("去掉活动", f"把「{name.strip()}」从计划里去掉吗？", danger=True, yes="去掉")):
            await self.partyday.call(take_event_out, event.id)
            await self._reload()
            self.tell("已从计划里去掉；修改记录里还查得到。")

    def call_roll(self) -> None:
        """Go to the roll of this event."""
        line = self._written_line()
        if line is not None:
            self.post_message(self.Go("roll", line.event.id))

    async def open_record(self) -> None:
        """The record of this event; back here afterwards."""
        from partyday_tui.ui.screens.event import EventScreen

        line = self._written_line()
        if line is not None:
            await self.ask(EventScreen(line.event.id))
            await self._reload()

    async def show_history(self) -> None:
        """Who changed this event, and when."""
        from partyday_tui.services.events import event_history
        from partyday_tui.ui.screens.history import show_history

        line = self._written_line()
        if line is not None:
            await show_history(self, line.event.title, await self.partyday.call(event_history, line.event.id))

    async def import_plan(self) -> None:
        """Choose a plan table, look at what it would change, write it."""
        from partyday_tui.services.plan_import import preview_plan, write_plan
        from partyday_tui.ui.screens.file_reading import pick_sheet, read_sheet
        from partyday_tui.ui.screens.plan_preview import ask_about_plan

        path = await pick_sheet(self, "导入年度计划表", _ENDINGS)
        if path is None:
            return
        preview = await read_sheet(self, preview_plan, path)
        if await ask_about_plan(self, preview):
            self.tell("正在存盘")
            await self.partyday.call(write_plan, preview)
            years = [change.month.year for change in preview.changes if change.fields]
            await self._show(years[0] if years else self._shown_year())
            self.tell("计划表已导入，已存盘。")

    async def export_forms(self) -> None:
        """Write the plan of the year shown, its statistics, or a paper of the event under the cursor."""
        line = self._line_here()
        event = line.event if line is not None and line.event.id else None
        await export_from(self, "year", Shown(year=self._shown_year(), event=event))

    async def open_holidays(self) -> None:
        """The days off of this year; back here afterwards."""
        from partyday_tui.ui.screens.holidays import HolidaysScreen

        await self.ask(HolidaysScreen(self._shown_year()))
        await self._reload()

    async def earlier(self) -> None:
        """The year before."""
        await self._show(self._shown_year() - 1)

    async def later(self) -> None:
        """The year after."""
        await self._show(self._shown_year() + 1)

    def _shown_year(self) -> int:
        return self._plan.year if self._plan else self.partyday.clock.today.year

    async def _open(self) -> None:
        await self._show(await self.partyday.call(_year_of, self._target), self._target)

    async def _reload(self) -> None:
        await self._show(self._shown_year(), self.register.cursor_key)

    async def _show(self, year: int, cursor: Key = None) -> None:
        """Read a year and show it, the cursor on a row, else on this month."""
        self._plan = await self.partyday.call(_read, year)
        self._lines = {_key(line): line for line in self._plan.lines}
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        self._show_check()
        today = self.partyday.clock.today
        here = next((key for key, line in self._lines.items() if line.event.month == f"{today:%Y-%m}"), None)
        first = next(iter(self._lines), None)
        wanted = cursor if cursor in self._lines else here or first
        self.register.set_rows([Row(key, year_cells(line)) for key, line in self._lines.items()], cursor=wanted)
        self._show_line()

    def _show_check(self) -> None:
        """What the plan still lacks, and on the right how often it was changed or that the year is not announced."""
        plan = self._plan
        assert plan is not None
        if plan.missing == len(plan.lines):
            words: Parts = [("还没有排计划，下面是按规则算出来的，按 F5 排进来", "late")]
        elif plan.check.sentences:
            advice = ("  按 F5 补排", "late") if plan.missing else ("", "")
            words = [("计划检查  ", "quiet"), ("  ".join(plan.check.sentences), ""), advice]
        else:
            words = "计划检查  月月有安排，次次有主题"
        right = [(plan.notice + " ", "late")] if plan.notice else f"今年变更{plan.changes}次 "
        self.set_summary(words, right)

    def _show_line(self) -> None:
        line = self._line_here()
        self.set_summary([(year_words(line), "quiet")] if line else "", line=1)

    def _line_here(self) -> PlanLine | None:
        return self._lines.get(self.register.cursor_key)

    def _written_line(self) -> PlanLine | None:
        """The row under the cursor, if it is in the book; else the user is told how it gets there."""
        line = self._line_here()
        if line is not None and not line.event.id:
            self.tell("这一行还没有排进计划，先按 F5 排计划。", ink="late")
            return None
        return line


def _read(book: Book, year: int) -> YearPlan:
    from partyday_tui.services.plan import year_plan  # in the book's thread, after the frame is painted

    return year_plan(book, year)


def _year_of(book: Book, event_id: int | None) -> int:
    from partyday_tui.services.events import existing_event

    return book.clock.today.year if event_id is None else int(existing_event(book, event_id).month[:4])


def _key(line: PlanLine) -> Key:
    return line.event.id or f"{line.event.month} {line.event.kind_words}"
