"""发展党员: who is under development, the next step of each and its deadline; Enter enters the date of that step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.services import development as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.development_form import (
    ask_for_date,
    ask_for_new_candidate,
    ask_for_particulars,
    ask_for_step,
    ask_why_it_ended,
)
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.services.development import CandidateLine


class DevelopmentScreen(BookScreen):
    """Every candidate, those under way first; Esc goes back to the registers."""

    TITLE_WORD = "发展党员"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这里是发展党员的台账：从递交入党申请书到材料归档，25道程序。按 Ins 登记一位。"
    ACTIONS = (
        Action("enter", "办下一道", "写下一道程序的日期", "enter_next_step", reading="bxyd banxiayidao"),
        Action("insert +", "登记", "登记一位申请入党的人", "add", reading="dj dengji"),
        Action("ctrl+o", "全部程序", "看25道程序，补写或改日期", "show_steps", reading="qbcx quanbuchengxu"),
        Action("ctrl+t", "考察", "记一次半年一次的考察", "add_look", reading="kc kaocha"),
        Action("ctrl+l", "情况", "联系人、培训、延长预备期等", "edit", reading="qk qingkuang"),
        Action("ctrl+n", "终止", "不再发展，或恢复", "end", footer=False, reading="zz zhongzhi"),
        Action(
            "ctrl+u",
            "修改记录",
            "看这一位的日期谁在什么时候改过",
            "show_history",
            footer=False,
            reading="xgjl xiugaijilu",
        ),
        EXPORT,
        Action("delete", "去掉", "去掉登记错的一位", "take_out", reading="qd qudiao"),
    )
    COLUMNS = (
        Column("姓名", 12, ink="strong"),
        Column("已办", 5, align="right"),
        Column("阶段", 26, ink="quiet", from_width=100),
        Column("下一道", flex=2),
        Column("期限", 10),
        Column("提示", flex=3, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[CandidateLine] = []
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Read the list."""
        super().on_mount()
        self._start(self._reload())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def open_row(self, key: Key) -> None:
        """A double click does what Enter does."""
        self.run_action_named("enter_next_step")

    async def export_forms(self) -> None:
        """Write where everyone stands."""
        await export_from(self, "development", Shown())

    async def add(self) -> None:
        """A guest who is an activist already, or a new person."""
        chosen = await ask_for_new_candidate(self)
        if chosen is not None:
            key = await self.partyday.call(service.add_candidate, *chosen)
            await self._reload(key)
            self.tell("已存盘。按回车写第一道程序的日期，前面办过的在「全部程序」（^O）里补。")

    async def enter_next_step(self) -> None:
        """The date of the next step of the one under the cursor."""
        line = self._here()
        if line is None:
            return
        if line.is_over:
            self.tell("这一位没有要办的程序了；要改日期请按 ^O 看全部程序。")
            return
        assert line.next_step is not None
        await self._enter_step(line, line.next_step.number)

    async def _enter_step(self, line: CandidateLine, number: int) -> None:
        answer = await ask_for_step(self, line, number)
        if answer is not None:
            told = await self.partyday.call(service.enter_step, line.candidate.id, number, *answer)
            await self._reload(line.candidate.id)
            self.tell("；".join(["已存盘", *told]) + "。")

    async def show_steps(self) -> None:
        """All 25 steps of the one under the cursor."""
        from partyday_tui.ui.screens.development_steps import StepsScreen

        line = self._here()
        if line is not None:
            await self.ask(StepsScreen(line.candidate.id))
            await self._reload(line.candidate.id)

    async def add_look(self) -> None:
        """A regular 考察."""
        line = self._here()
        if line is None:
            return
        answer = await ask_for_date(self, f"{line.candidate.name}  考察", "考察的意见，一两句就行")
        if answer is not None:
            await self.partyday.call(service.enter_look, line.candidate.id, *answer)
            await self._reload(line.candidate.id)
            self.tell("已存盘。")

    async def edit(self) -> None:
        """What else is known of a candidate."""
        line = self._here()
        values = await ask_for_particulars(self, line) if line else None
        if line is not None and values is not None:
            await self.partyday.call(service.save_particulars, line.candidate.id, values)
            await self._reload(line.candidate.id)
            self.tell("已存盘。")

    async def end(self) -> None:
        """Give the process up, or take it up again."""
        line = self._here()
        if line is None:
            return
        day: date | None = None
        why = ""
        if line.candidate.ended_on is None:
            answer = await ask_why_it_ended(self, line.candidate.name)
            if answer is None:
                return
            day, why = answer
        await self.partyday.call(service.end, line.candidate.id, day, why)
        await self._reload(line.candidate.id)
        self.tell("已终止，已存盘。" if day else "已恢复，已存盘。")

    async def show_history(self) -> None:
        """Who changed which date, and when."""
        from partyday_tui.ui.screens.history import show_history

        line = self._here()
        if line is not None:
            changes = await self.partyday.call(service.candidate_history, line.candidate.id)
            await show_history(self, line.candidate.name, changes)

    async def take_out(self) -> None:
        """Take out somebody who was written by mistake; asks first."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        line = self._here()
        if line is None:
            return
        sentence = (
            f"去掉{line.candidate.name}和已写的{line.done}道程序的日期？修改记录里仍查得到。不再发展的请用「终止」。"
        )
        if await self.ask(Confirm("去掉登记", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_out, line.candidate.id)
            await self._reload()
            self.tell("已去掉，已存盘。")

    async def _reload(self, cursor: Key = None) -> None:
        self._lines = await self.partyday.call(service.candidates)
        self._finder = Finder((it.candidate.name, it.row.reading) for it in self._lines)
        under_way = [it for it in self._lines if not it.is_over]
        late = sum(1 for it in under_way if it.late)
        branch = self.partyday.branch
        self.set_title("5个阶段25道程序", branch.name if branch else "", SaveState.SAVED)
        self.set_summary(f"培养中{len(under_way)}人  逾期{late}人", f"共{len(self._lines)}人 ")
        self.register.set_rows([_row(it) for it in self._lines], cursor=cursor)

    def _here(self) -> CandidateLine | None:
        key = self.register.cursor_key
        return next((it for it in self._lines if it.candidate.id == key), None)


def _row(line: CandidateLine) -> Row:
    told = [f"{note.title}{note.kind}" for note in line.notes if note.on != line.due or note.on is None]
    named = [note.title for note in line.notes if note.on == line.due and note.on is not None]
    hint = "；".join([*(f"{title}到期" if not line.late else f"{title}逾期" for title in named[:1]), *told])
    following = (
        f"{line.next_step.number}. {line.next_step.title}" if line.next_step and not line.is_over else line.stage
    )
    cells = (
        line.candidate.name,
        f"{line.done}/25",
        line.stage,
        following,
        line.due.isoformat() if line.due else "",
        hint,
    )
    return Row(line.candidate.id, cells, (None, None, None, None, "late" if line.late else None))
