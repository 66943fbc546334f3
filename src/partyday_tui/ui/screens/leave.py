"""请假: the slips of a year, their papers that follow, and who was marked 请假 without one (ATT-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.leave import FORM_WORDS, lacks, state_of
from partyday_tui.rules.names import Finder
from partyday_tui.services import leave as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import SaveState
from partyday_tui.ui.one_year import OneYearScreen
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.screens.leave_form import ask_for_slip
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.rules.leave import Leave


class LeaveScreen(OneYearScreen):
    """The slips of one year, newest first; Esc goes back to the follow-up."""

    TITLE_WORD = "请假"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这里记请假条：为一次活动请的，或一段日子的。按 Ins 登记。"
    ACTIONS = (
        Action("insert +", "登记", "登记一张，一段日子的管到每次活动", "add", reading="dj dengji"),
        Action("ctrl+o", "没假条的", "点名记了请假又没有请假条的，可以接着补", "show_missing", reading="mjtd meijiatiaode"),
        Action("", "修改", "看和改这一张，书面材料补来了也在这里填", "edit", menu=True),
        EXPORT,
        Action("", "修改记录", "看这一张谁在什么时候改过", "show_history", menu=True),
        Action("delete", "去掉", "去掉写错的一张，修改记录里仍查得到", "take_out", menu=True, reading="qd qudiao"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
    )  # fmt: skip
    COLUMNS = (
        Column("姓名", 12, ink="strong"),
        Column("请假", 24),
        Column("事由", flex=1, ink="quiet"),
        Column("方式", 4, ink="quiet", from_width=100),
        Column("申请", 10, ink="quiet", from_width=100),
        Column("状态", 10, inks={"齐全": "quiet"}),
    )

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._slips: list[Leave] = []
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Show this year."""
        super().on_mount()
        self._year = self.partyday.clock.today.year
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    async def add(self) -> None:
        """Write a slip: whose, for which event or which days, and why."""
        from partyday_tui.services.registers import people_to_choose
        from partyday_tui.ui.dialogs.choose import Choose
        from partyday_tui.ui.dialogs.pick_members import PickMembers

        members = await self.partyday.call(people_to_choose)
        chosen = await self.ask(PickMembers("谁请假", members, single=True))
        if not chosen:
            return
        name = next(it.name for it in members if it.id == chosen[0])
        events = await self.partyday.call(service.events_to_name)
        entries = [
            ("", "一段日子", "从哪天到哪天，管到其中每次活动"),
            *((str(it.id), f"{it.on_date} {it.kind_words}", it.title) for it in events),
        ]
        event = await self.ask(Choose(f"{name} 请什么假", entries))
        if event is not None:
            await self._enter(chosen[0], name, int(event) if event else None)

    async def show_missing(self) -> None:
        """Who was marked 请假 without a slip; one is written for the one that is chosen."""
        from partyday_tui.ui.dialogs.choose import Choose

        found = await self.partyday.call(service.without_slip, self._year)
        if not found:
            self.tell("记了请假的都有请假条。")
            return
        entries = [(str(n), f"{on}  {name}", "") for n, (_, _, name, on) in enumerate(found)]
        chosen = await self.ask(Choose(f"记了请假没有请假条的：{len(found)}人次", entries))
        if chosen is not None:
            event, member, name, _ = found[int(chosen)]
            await self._enter(member, name, event)

    async def edit(self) -> None:
        """Change a slip, such as its paper that came later."""
        slip = self._here()
        if slip is None:
            return
        title = f"请假条  {slip.name}  {slip.span}"
        texts = await ask_for_slip(self, title, service.texts_of(slip), span=slip.event_id is None)
        if texts is not None:
            told = await self.partyday.call(service.edit_slip, slip.id, texts)
            await self._reload(slip.id)
            self.tell("，".join(["已存盘", *told]) + "。")

    async def export_forms(self) -> None:
        """Write what is shown as a printed form."""
        await export_from(self, "leave", Shown(year=self._year, slip=self._here()))

    async def show_history(self) -> None:
        """Who changed this slip, and when."""
        from partyday_tui.ui.screens.history import show_history

        if slip := self._here():
            await show_history(self, slip.name, await self.partyday.call(service.slip_history, slip.id))

    async def take_out(self) -> None:
        """Take out a slip that was written by mistake; asks first."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        slip = self._here()
        if slip is None:
            return
        sentence = f"去掉 {slip.name} {slip.span} 的请假条？修改记录里仍查得到。"
        if await self.ask(Confirm("去掉请假条", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_out, slip.id)
            await self._reload()
            self.tell("已去掉，已存盘。")

    async def _enter(self, member_id: int, name: str, event_id: int | None) -> None:
        today = self.partyday.clock.today.isoformat()
        texts = await ask_for_slip(self, f"请假条  {name}", {"first_day": today}, span=event_id is None)
        if texts is not None:
            key, told = await self.partyday.call(service.enter_slip, member_id, event_id, texts)
            await self._reload(key)
            self.tell("，".join(["请假条已存盘", *told]) + "。")

    async def _reload(self, cursor: Key = None) -> None:
        self._slips = await self.partyday.call(service.slips_of_year, self._year)
        missing = len(await self.partyday.call(service.without_slip, self._year))
        self._finder = Finder((it.name, it.reading) for it in self._slips)
        branch = self.partyday.branch
        self.set_title(f"{self._year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        waiting = sum(bool(lacks(it)) for it in self._slips)
        left = f"请假条{len(self._slips)}张" + (f"，待补{waiting}张" if waiting else "")
        self.set_summary(left, f"记了请假没有请假条{missing}人次 " if missing else "")
        self.register.set_rows([_row(it) for it in self._slips], cursor=cursor)

    def _here(self) -> Leave | None:
        key = self.register.cursor_key
        return next((it for it in self._slips if it.id == key), None)


def _row(slip: Leave) -> Row:
    state = (*lacks(slip), *(("补交",) if slip.is_late else ()))
    cells = (
        slip.name,
        slip.span,
        slip.words,
        FORM_WORDS[slip.form],
        slip.applied_on.isoformat(),
        state[0] if state else state_of(slip),
    )
    return Row(slip.id, cells, (None, None, None, None, None, "late" if lacks(slip) else None))
