"""学习计划: the reading plan of the constitution with what was read, the study topic of each month, the dates of the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.services import yearly_plans as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.services.yearly_plans import YearlyPlans


class ReadingScreen(BookScreen):
    """The yearly plans of one year, this one where none is named."""

    TITLE_WORD = "学习计划"
    SUMMARY_LINES = 1
    EMPTY = "正在读学习计划。"
    ACTIONS = (
        Action("enter", "填这一行", "记哪天读的、学什么、哪天制定和报备", "choose_row"),
        Action("f5", "排诵读", "按总纲和十一章排好诵读计划，已有的不动", "seed", reading="psd paisongdu"),
        Action("insert +", "加一段", "在诵读计划里加一段", "add", reading="jyd jiayiduan"),
        Action("delete", "去掉", "把这一段从诵读计划里去掉", "take_out", reading="qd qudiao"),
        EXPORT,
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
    )
    COLUMNS = (
        Column("项目", 22, ink="strong"),
        Column("情况", 10, inks={"未读": "late", "未定": "quiet", "未制定": "quiet"}),
        Column("内容", flex=1, ink="quiet"),
    )

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._year = target or 0
        self._plans: YearlyPlans | None = None

    def on_mount(self) -> None:
        """Read the year."""
        super().on_mount()
        self._year = self._year or self.partyday.clock.today.year
        self._start(self._read())

    def choose_row(self) -> None:
        """Enter opens the row."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """The form of a segment, a month or a plan."""
        kind, _, which = str(key).partition(" ")
        self._start({"segment": self._segment, "month": self._month, "plan": self._plan_dates}[kind](which))

    async def seed(self) -> None:
        """Write 总纲 and the chapters, where the year has no reading plan."""
        added = await self.partyday.call(service.seed_segments, self._year)
        await self._read()
        self.tell(f"已存盘，排好{added}段。" if added else "这一年已经有诵读计划了，可以按 Ins 加一段。")

    async def add(self) -> None:
        """Ask for a further segment."""
        from partyday_tui.ui.dialogs.form import FormDialog

        values = await self.ask(
            FormDialog("加一段", [Field("title", "段落", required=True, hint="如：第三章 第16至20条")])
        )
        if values is not None:
            await self.partyday.call(service.add_segment, self._year, values["title"])
            await self._read()
            self.tell("已存盘。")

    async def take_out(self) -> None:
        """Take the segment under the cursor out, after asking."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        kind, _, which = str(self.register.cursor_key or "").partition(" ")
        row = self.register.cursor_row
        if kind != "segment" or row is None:
            self.tell("只有诵读的段落可以去掉；学习内容清空了再存盘就没有了。")
            return
        if await self.ask(Confirm("去掉一段", f"把「{row.cells[0]}」和它的诵读日期去掉吗？", danger=True, yes="去掉")):
            await self.partyday.call(service.take_segment_out, int(which))
            await self._read()
            self.tell("已去掉。")

    async def export_forms(self) -> None:
        """Write the year's study plan."""
        await export_from(self, "reading", Shown(year=self._year))

    async def earlier(self) -> None:
        """The year before."""
        self._year = max(self._year - 1, 1949)
        await self._read()

    async def later(self) -> None:
        """The year after."""
        self._year = min(self._year + 1, 2200)
        await self._read()

    async def _segment(self, which: str) -> None:
        from partyday_tui.ui.dialogs.form import FormDialog

        assert self._plans is not None
        segment = next(it for it in self._plans.segments if str(it.id) == which)
        read = segment.read_on[-1] if segment.read_on else None
        fields = [
            Field("title", "段落", segment.title, required=True),
            day_field(
                "on", "诵读日期", read, year=self._year, hint="在活动上读的，在活动记录里勾更省事；清空就是没有读"
            ),
        ]
        values = await self.ask(FormDialog("诵读党章", fields))
        if values is None:
            return
        on = read_day(values["on"], self._year)
        if values["title"] != segment.title:
            await self.partyday.call(service.rename_segment, segment.id, values["title"])
        if on != read:
            await self.partyday.call(service.mark_read, segment.id, on)
        await self._read()
        self.tell("已存盘。")

    async def _month(self, which: str) -> None:
        from partyday_tui.rules.month import Month
        from partyday_tui.ui.dialogs.form import FormDialog

        assert self._plans is not None
        topic = self._plans.topics.get(int(which), "")
        values = await self.ask(FormDialog(f"{which}月学习计划", [Field("topic", "学习内容", topic)]))
        if values is not None:
            await self.partyday.call(service.write_topic, Month(self._year, int(which)), values["topic"])
            await self._read()
            self.tell("已存盘。")

    async def _plan_dates(self, which: str) -> None:
        from partyday_tui.ui.dialogs.form import FormDialog

        assert self._plans is not None
        plan = next(it for it in self._plans.plans if it.name == which)
        fields = [
            day_field("made_on", "制定日期", plan.made_on, year=self._year),
            day_field("filed_on", "报上级备案日期", plan.filed_on, year=self._year),
        ]
        values = await self.ask(FormDialog(plan.name, fields))
        if values is not None:
            made, filed = (read_day(values[name], self._year) for name in ("made_on", "filed_on"))
            await self.partyday.call(service.write_plan_dates, self._year, plan.name, made, filed)
            await self._read()
            self.tell("已存盘。")

    async def _read(self) -> None:
        plans = self._plans = await self.partyday.call(service.read_plans, self._year)
        branch = self.partyday.branch
        self.set_title(f"{self._year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        done = sum(1 for it in plans.segments if it.read_on)
        coverage = f"党章诵读 {done}/{len(plans.segments)} 段" if plans.segments else "还没有诵读计划，按 F5 排好"
        self.set_summary(coverage, f"学习计划{len(plans.topics)}个月 ")
        rows = [Row(None, ("  诵读党章（每年至少一遍）",))]
        for it in plans.segments:
            days = "、".join(f"{on:%m-%d}" for on in it.read_on)
            rows.append(Row(f"segment {it.id}", (it.title, "已读" if it.read_on else "未读", days)))
        rows.append(Row(None, ("  每月学习",)))
        for month in range(1, 13):
            topic = plans.topics.get(month, "")
            rows.append(Row(f"month {month}", (f"{month}月", "已定" if topic else "未定", topic)))
        rows.append(Row(None, ("  年度计划",)))
        for plan in plans.plans:
            filed = f"备案 {plan.filed_on}" if plan.filed_on else ""
            made = f"制定 {plan.made_on}" if plan.made_on else ""
            state = "已备案" if plan.filed_on else "已制定" if plan.made_on else "未制定"
            rows.append(Row(f"plan {plan.name}", (plan.name, state, f"{made}  {filed}".strip())))
        self.register.set_rows(rows)
