"""流动和年老体弱: who was not reached this month, and the outreach or home teaching that reaches them (ATT-10, ATT-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.services import care as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.rules.month import Month
    from partyday_tui.services.care import Unreached


class CareScreen(BookScreen):
    """The floating and the infirm of a month whom nothing reached; Esc goes back."""

    TITLE_WORD = "流动年老"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这个月流动的、年老体弱的都联系到了，或没有这样的党员。"
    ACTIONS = (
        Action("space", "勾选", "勾上或去掉，光标下移；勾上的一起办", "tick"),
        Action("f5", "全勾", "勾上列出来的全部，再按全部去掉", "tick_all", reading="qg quangou"),
        Action("1", "联系", "记一次联系：网络互动、寄送资料、通报情况等", "reach", menu=True, reading="lx lianxi"),
        Action("2", "送学上门", "记送学，这个月的活动记为其他方式", "teach", menu=True, reading="sxsm songxueshangmen"),
        Action("", "全年情况", "这位党员全年每次活动的出席、跟进、补课", "open_year", menu=True),
        Action("left", "上一月", "看上一个月", "earlier", footer=False, reading="syy shangyiyue"),
        Action("right", "下一月", "看下一个月", "later", footer=False, reading="xyy xiayiyue"),
    )  # fmt: skip
    COLUMNS = (
        Column("", 2, ink="here"),
        Column("姓名", 16, ink="strong"),
        Column("党小组", 10, ink="quiet"),
        Column("类别", 14),
        Column("最近一次", 10, ink="quiet"),
        Column("去向", flex=1, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._month: Month | None = None
        self._found: list[Unreached] = []
        self._ticked: set[int] = set()
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Read this month."""
        from partyday_tui.rules.month import Month

        super().on_mount()
        self._month = Month.of(self.partyday.clock.today)
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def tick(self) -> None:
        """Tick or untick and go on."""
        key = self.register.cursor_key
        if isinstance(key, int):
            self._ticked ^= {key}
            self._show()
            if self.register.typed:
                self.clear_find()
            else:
                self.register.move_cursor(1)

    def tick_all(self) -> None:
        """Tick all; untick them where all are ticked."""
        everyone = {it.member.id for it in self._found}
        self._ticked = set() if everyone <= self._ticked else everyone
        self._show()

    async def reach(self) -> None:
        """Write one outreach entry for each that is ticked."""
        from partyday_tui.rules.registers import ON
        from partyday_tui.services.registers import choices, register_named
        from partyday_tui.ui.screens.register_form import ask_for_entry

        people = self._chosen()
        if not people:
            return
        register = register_named("outreach")
        ways = await self.partyday.call(choices, register.field("way"))
        texts = {ON: self._day(), "way": ways[0]}
        values = await ask_for_entry(self, register, f"联系  {self._names(people)}", texts)
        if values is not None:
            told = await self.partyday.call(service.write_outreach, people, values)
            await self._done(f"联系已记{len(people)}人", told)

    async def teach(self) -> None:
        """Write a home lesson for those that are ticked; the month's event is marked 其他方式 for them."""
        from partyday_tui.ui.screens.case_forms import ask_lesson
        from partyday_tui.ui.widgets.fields import YES

        people = self._chosen()
        if not people or self._month is None:
            return
        event = await self.partyday.call(service.event_of, self._month)
        if event is None:
            self.tell("这个月还没有开展过活动，送学记不到活动上；可以先按 1 记联系。")
            return
        values = await ask_lesson(self, f"送学上门  {self._names(people)}", content=event.title)
        if values is not None:
            signed = values.pop("signed") == YES
            await self.partyday.call(service.teach_at_home, event, people, values, signed=signed)
            await self._done(f"送学已记{len(people)}人，{event.on_date} 记为其他方式", [])

    async def open_year(self) -> None:
        """This member's year."""
        from partyday_tui.ui.screens.member_year import MemberYearScreen

        key = self.register.cursor_key
        if isinstance(key, int) and self._month is not None:
            await self.ask(MemberYearScreen(key, self._month.year))

    async def earlier(self) -> None:
        """The month before."""
        await self._show_month(-1)

    async def later(self) -> None:
        """The month after."""
        await self._show_month(1)

    async def _show_month(self, by: int) -> None:
        assert self._month is not None
        self._month += by
        self._ticked.clear()
        await self._reload()

    async def _done(self, sentence: str, told: list[str]) -> None:
        self._ticked.clear()
        self.clear_find()
        await self._reload()
        self.tell("，".join([f"{sentence}，已存盘", *told]) + "。")

    async def _reload(self) -> None:
        assert self._month is not None
        self._found = await self.partyday.call(service.unreached, self._month)
        branch = self.partyday.branch
        self.set_title(
            f"{self._month.year}年{self._month.month}月  左右键换月", branch.name if branch else "", SaveState.SAVED
        )
        floating = sum(it.floating for it in self._found)
        self.set_summary(f"没有联系到：流动{floating}人，年老体弱{sum(it.member.infirm for it in self._found)}人")
        self._finder = Finder((it.member.name, it.member.reading) for it in self._found)
        self._show()

    def _show(self) -> None:
        rows = []
        for it in self._found:
            tags = [word for word in it.member.tags if word in ("流动", "年老体弱")]
            mark = "+" if it.member.id in self._ticked else ""
            cells = (
                mark,
                it.member.name,
                it.member.group,
                " ".join(tags),
                str(it.last_on or ""),
                it.member.destination,
            )
            rows.append(Row(it.member.id, cells))
        self.register.set_rows(rows)

    def _chosen(self) -> list[int]:
        here = self.register.cursor_key
        ticked = [it.member.id for it in self._found if it.member.id in self._ticked]
        return ticked or ([here] if isinstance(here, int) else [])

    def _names(self, people: list[int]) -> str:
        names = [it.member.name for it in self._found if it.member.id in people]
        return "、".join(names) if len(names) < 4 else f"{'、'.join(names[:3])}等{len(names)}人"

    def _day(self) -> str:
        """Today, or the last day of a month gone by."""
        assert self._month is not None
        return min(self._month.last_day, self.partyday.clock.today).isoformat()
