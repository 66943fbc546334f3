"""缺席跟进: who was not there and what is still to be done for them, oldest first; what is ticked is settled together (ATT-04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.services import cases as service
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens import case_forms as forms
from partyday_tui.ui.screens import case_looks as looks
from partyday_tui.ui.screens.exporting import Shown, export_from
from partyday_tui.ui.widgets.columns import Row

if TYPE_CHECKING:
    from partyday_tui.rules.attendance import Attendance
    from partyday_tui.services.cases import CaseKey, Written


class CasesScreen(BookScreen):
    """The open cases of every event, or of the one that ``target`` names."""

    TITLE_WORD = "缺席跟进"
    SUMMARY_LINES = 1
    EMPTY = "没有要跟进的人。点名（F4）结束以后，没有到会的都会列在这里。"
    ACTIONS = looks.ACTIONS
    COLUMNS = looks.COLUMNS

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._event_id = target
        self._cases: list[Attendance] = []
        self._shown: list[Attendance] = []
        self._ticked: set[str] = set()
        self._group = ""
        self._with_settled = False
        self._written: list[Written] = []
        self._usual = forms.Usual()
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Read the cases."""
        super().on_mount()
        self.load(self._open())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def tick(self) -> None:
        """Tick or untick the case under the cursor and go on; a find starts anew for the next name."""
        key = self.register.cursor_key
        if not isinstance(key, str):
            return
        self._ticked ^= {key}
        self.register.update_row(key, self._cells(next(it for it in self._shown if _key(it) == key)))
        if self.register.typed:
            self.clear_find()
        else:
            self.register.move_cursor(1)
        self._show_ticks()

    def tick_all(self) -> None:
        """Tick all that are shown; untick them where all are ticked."""
        shown = {_key(it) for it in self._shown}
        self._ticked = set() if shown <= self._ticked else shown
        self._show_rows()

    async def step(self, step: str) -> None:
        """Write the same step for all that are ticked, or for the case under the cursor."""
        chosen = self._chosen()
        visit = await forms.ask_visit(self, step, chosen, self._usual) if chosen else None
        if visit is None:
            return
        keys = [it.key for it in chosen]
        if step == forms.VISIT:
            written = await self.partyday.call(service.write_visit, keys, visit)
        else:
            written = await self.partyday.call(service.write_step, keys, step, visit)
        await self._took(keys, written, f"已记{len(chosen)}人次")

    async def make_up(self) -> None:
        """Write one lesson for all that are ticked, or for the case under the cursor."""
        from partyday_tui.services.make_up import add_lesson
        from partyday_tui.ui.widgets.fields import YES

        chosen = self._chosen()
        if not chosen:
            return
        content = "；".join(dict.fromkeys(it.event for it in chosen))
        values = await forms.ask_lesson(self, f"补课  {forms.named(chosen)}", content=content, visited=True)
        if values is None:
            return
        signed, visited = (values.pop(name) == YES for name in ("signed", "visited"))
        keys = [it.key for it in chosen]
        written = await self.partyday.call(add_lesson, keys, values, signed=signed, visited=visited)
        await self._took(keys, written, f"补课已记{len(chosen)}人次")

    async def undo(self) -> None:
        """Take back what was written last on this screen."""
        if not self._written:
            self.tell("没有可以撤销的了。")
            return
        await self.partyday.call(service.take_back, self._written.pop())
        await self._reload()
        self.tell("已撤销，修改记录里仍查得到。")

    async def toggle_all(self) -> None:
        """The settled and the withdrawn of this year too, or the open ones only."""
        self._with_settled = not self._with_settled
        await self._reload()

    async def choose_event(self) -> None:
        """Only one event's cases, or those of all."""
        from partyday_tui.ui.dialogs.choose import Choose

        found = {it.event_id: f"{it.on}  {it.event}" for it in self._cases}
        entries = [("", "全部活动", ""), *((str(key), words, "") for key, words in found.items())]
        chosen = await self.ask(Choose("看哪一次活动的", entries, current=str(self._event_id or "")))
        if chosen is not None:
            self._event_id = int(chosen) if chosen else None
            self._show()

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        groups = ["", *sorted({it.group for it in self._cases if it.group})]
        self._group = groups[(groups.index(self._group) + 1) % len(groups) if self._group in groups else 0]
        self._show()

    async def show_course(self) -> None:
        """All that was written of this absence; a step written by mistake can be taken out."""
        from partyday_tui.ui.screens.case_parts import show_course

        if (case := self._here()) and await show_course(self, case):
            await self._reload()
            self.tell("已去掉，修改记录里仍查得到。")

    async def show_history(self) -> None:
        """Who changed the mark and the steps, and when."""
        from partyday_tui.ui.screens.history import show_history

        if case := self._here():
            await show_history(self, case.name, await self.partyday.call(service.step_history, case))

    async def write_slip(self) -> None:
        """Write a leave slip for this event, also afterwards: both dates are kept."""
        from partyday_tui.ui.screens.case_parts import write_slip

        if (case := self._here()) and (told := await write_slip(self, case)):
            await self._reload()
            self.tell(told)

    async def open_year(self) -> None:
        """This member's year."""
        from partyday_tui.ui.screens.member_year import MemberYearScreen

        if case := self._here():
            await self._visit(MemberYearScreen(case.member_id, case.on.year))

    async def open_lessons(self) -> None:
        """The make-up register."""
        from partyday_tui.ui.screens.make_up import MakeUpScreen

        await self._visit(MakeUpScreen())

    async def open_leave(self) -> None:
        """The leave slips."""
        from partyday_tui.ui.screens.leave import LeaveScreen

        await self._visit(LeaveScreen())

    async def open_runs(self) -> None:
        """Who has missed several events in a row without a reason."""
        from partyday_tui.ui.screens.absence_runs import RunsScreen

        await self._visit(RunsScreen())

    async def open_care(self) -> None:
        """The floating and the infirm who were not reached this month."""
        from partyday_tui.ui.screens.care import CareScreen

        await self._visit(CareScreen())

    async def end_rolls(self) -> None:
        """The rolls that were called and not ended; the one that is chosen is opened to end it."""
        from partyday_tui.services.roll_close import unended
        from partyday_tui.ui.dialogs.choose import Choose

        found = await self.partyday.call(unended)
        if not found:
            self.tell("点过名的都结束了。")
            return
        entries = [(str(event), f"{on}  {title}", "") for event, on, title in found]
        chosen = await self.ask(Choose(f"点了名没有结束：{len(found)}次", entries))
        if chosen is not None:
            self.post_message(self.Go("roll", int(chosen)))

    async def export_forms(self) -> None:
        """Write the year's follow-up or its attendance as a printed form."""
        await export_from(self, "cases", Shown(year=self.partyday.clock.today.year))

    async def _visit(self, screen: BookScreen) -> None:
        await self.ask(screen)
        await self._reload()

    async def _took(self, keys: Sequence[CaseKey], written: Written, done: str) -> None:
        """Show what was written, ready for the next."""
        self._written.append(written)
        fresh = {it.key: it for it in await self.partyday.call(service.cases_of, keys)}
        now = [fresh.get(it.key, it) for it in self._cases]
        self._cases = now if self._with_settled else [it for it in now if it.is_open]
        self._ticked.clear()
        self.clear_find()
        self._show()
        self.tell("，".join([f"{done}，已存盘", *written.told]) + "。")

    async def _open(self) -> None:
        from partyday_tui.services.roll_close import unended

        await self._reload()
        if found := await self.partyday.call(unended):
            self.tell(f"还有{len(found)}次点了名没有结束，没有到会的还没有列入；按 ^D 去结束。", ink="late")

    async def _reload(self) -> None:
        if self._with_settled:
            year = self.partyday.clock.today.year
            self._cases = await self.partyday.call(service.cases_of_year, year)
        else:
            self._cases = await self.partyday.call(service.open_cases)
        self._show()

    def _show(self) -> None:
        self._shown = [
            it for it in self._cases if self._group in ("", it.group) and self._event_id in (None, it.event_id)
        ]
        self._ticked &= {_key(it) for it in self._shown}
        self._finder = Finder((it.name, it.reading) for it in self._shown)
        one = self._shown[0] if self._event_id and self._shown else None
        branch = self.partyday.branch
        self.set_title(f"{one.on}  {one.event}" if one else "", branch.name if branch else "", SaveState.SAVED)
        self._show_rows()

    def _show_rows(self) -> None:
        self.register.set_rows([Row(_key(it), self._cells(it)) for it in self._shown])
        self._show_ticks()

    def _show_ticks(self) -> None:
        waiting = [it for it in self._shown if it.is_open]
        oldest = f"，最早的已{(self.partyday.clock.today - waiting[0].on).days}天" if waiting else ""
        ticked = f"已勾{len(self._ticked)}人次 " if self._ticked else ""
        self.set_summary(f"待办{len(waiting)}人次{oldest}", ticked)
        only = "一次活动" if self._event_id else "全部活动"
        self.set_find_note(f"{self._group or '全部'}  {only}{'  含办结的' if self._with_settled else ''} ")

    def _cells(self, case: Attendance) -> tuple[str, ...]:
        return looks.cells_of(case, _key(case) in self._ticked, self.partyday.clock.today)

    def _here(self) -> Attendance | None:
        key = self.register.cursor_key
        return next((it for it in self._shown if _key(it) == key), None)

    def _chosen(self) -> Sequence[Attendance]:
        """All that are ticked, else the case under the cursor."""
        here = self._here()
        return [it for it in self._shown if _key(it) in self._ticked] or ([here] if here else [])


def _key(case: Attendance) -> str:
    return f"{case.event_id} {case.member_id}"
