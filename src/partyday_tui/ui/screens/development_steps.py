"""全部程序: the 25 steps of one candidate by stage, with their dates, the looks, and what is told about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.development import STAGES, STEPS
from partyday_tui.services import development as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.development_form import ask_for_date, ask_for_step
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from datetime import date

    from partyday_tui.services.development import CandidateLine


class StepsScreen(BookScreen):
    """The steps of the candidate with this key; Esc goes back to the list."""

    TITLE_WORD = "发展党员"
    SUMMARY_LINES = 1
    TOP = False
    FIND = False
    ACTIONS = (
        Action("enter", "写日期", "写或改这一道程序的日期", "enter_date", reading="xrq xieriqi"),
        Action("delete", "去掉", "去掉写错的日期", "take_out", reading="qd qudiao"),
        Action("ctrl+t", "考察", "记一次半年一次的考察", "add_look", reading="kc kaocha"),
    )
    COLUMNS = (
        Column("", 3, align="right", ink="quiet"),
        Column("程序", 22),
        Column("日期", 10, ink="strong"),
        Column("提示", flex=2),
        Column("说明", flex=1, ink="quiet"),
    )

    def __init__(self, candidate_id: int) -> None:
        super().__init__()
        self._candidate_id = candidate_id
        self._line: CandidateLine | None = None

    def on_mount(self) -> None:
        """Read the steps, the cursor on the next one."""
        super().on_mount()
        self._start(self._reload(first=True))

    def open_row(self, key: Key) -> None:
        """A double click does what Enter does."""
        self.run_action_named("enter_date")

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the whole sentence that the list has no room for."""
        told = [it for it in self._line.notes if it.step == event.key] if self._line else []
        self.tell("；".join(f"{it.kind}{f' {it.on}' if it.on else ''}：{it.sentence}" for it in told))

    async def enter_date(self) -> None:
        """The day of the step under the cursor."""
        number, line = self._here(), self._line
        if line is None or number is None:
            return
        answer = await ask_for_step(self, line, number)
        if answer is not None:
            told = await self.partyday.call(service.enter_step, self._candidate_id, number, *answer)
            await self._reload()
            self.tell("；".join(["已存盘", *told]) + "。")

    async def take_out(self) -> None:
        """Take the day under the cursor out."""
        key = self.register.cursor_key
        if self._line is None or key is None:
            return
        if isinstance(key, str):
            await self.partyday.call(service.take_look_out, self._candidate_id, _look_of(self._line, key))
        elif self._line.candidate.done_on(int(key)) is None:
            self.tell("这一道程序还没有写日期。")
            return
        else:
            await self.partyday.call(service.take_step_out, self._candidate_id, int(key))
        await self._reload()
        self.tell("已去掉，已存盘；修改记录里仍查得到。")

    async def add_look(self) -> None:
        """A regular 考察."""
        if self._line is None:
            return
        answer = await ask_for_date(self, f"{self._line.candidate.name}  考察", "考察的意见，一两句就行")
        if answer is not None:
            await self.partyday.call(service.enter_look, self._candidate_id, *answer)
            await self._reload()
            self.tell("已存盘。")

    async def _reload(self, *, first: bool = False) -> None:
        line = await self.partyday.call(service.candidate, self._candidate_id)
        self._line = line
        branch = self.partyday.branch
        self.set_title(line.candidate.name, branch.name if branch else "", SaveState.SAVED)
        contacts = f"培养联系人：{line.row.contacts}" if line.row.contacts else ""
        self.set_summary(f"{line.stage}  已办{line.done}道，共25道", f"{contacts} ")
        following = line.next_step.number if first and line.next_step else None
        self.register.set_rows(_rows(line), cursor=following)

    def _here(self) -> int | None:
        key = self.register.cursor_key
        if isinstance(key, str):
            self.tell("这一行是考察；写错的按 Del 去掉，再按 ^T 重记。")
        return key if isinstance(key, int) else None


def _rows(line: CandidateLine) -> list[Row]:
    rows: list[Row] = []
    notes = line.row.step_notes or {}
    for stage, title in enumerate(STAGES, 1):
        rows.append(Row(None, (f"  {stage}. {title}",)))
        for step in (it for it in STEPS if it.stage == stage):
            told = [it for it in line.notes if it.step == step.number]
            words = "；".join(f"{it.kind}{f' {it.on}' if it.on else ''} {it.sentence}" for it in told)
            done = line.candidate.done_on(step.number)
            ink = "late" if told and done is None and line.late else "quiet"
            cells = (str(step.number), step.title, done.isoformat() if done else "", words, notes.get(step.number, ""))
            rows.append(Row(step.number, cells, (None, None, None, ink)))
    if line.candidate.looks:
        rows.append(Row(None, ("  考察",)))
        rows += [Row(on.isoformat(), ("", "考察", on.isoformat())) for on in line.candidate.looks]
    return rows


def _look_of(line: CandidateLine, key: str) -> date:
    return next(on for on in line.candidate.looks if on.isoformat() == key)
