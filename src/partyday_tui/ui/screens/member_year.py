"""一名党员的全年: every event, status, case and make-up, the outreach and the talks; for the 党员手册 (ATT-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.attendance import case_state
from partyday_tui.rules.case_words import case_words, course
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD
from partyday_tui.services import member_year as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import SaveState
from partyday_tui.ui.one_year import OneYearScreen
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.rules.attendance_year import MemberYear


class MemberYearScreen(OneYearScreen):
    """One member's year, oldest first; Esc goes back to where it was opened."""

    TITLE_WORD = "全年情况"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这一年还没有这位党员的点名记录。点名（F4）以后，每次活动都列在这里。"
    ACTIONS = (
        EXPORT,
        Action("", "看经过", "这次活动缺席以后记过的每一步", "show_course", menu=True),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
    )
    COLUMNS = (
        Column("日期", 5, ink="quiet"),
        Column("活动", flex=5),
        Column("出席", 8, inks={UNMARKED_WORD: "quiet", "缺席": "late"}),
        Column("事由或内容", flex=3, ink="quiet"),
        Column("跟进和补课", flex=4, ink="quiet"),
    )

    def __init__(self, member_id: int, year: int) -> None:
        super().__init__()
        self._member_id = member_id
        self._year = year
        self._page: MemberYear | None = None

    def on_mount(self) -> None:
        """Read the year."""
        super().on_mount()
        self.load(self._reload())

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the day and the whole of what the columns may have no room for."""
        event.stop()
        row = (
            next((it for it in self._page.events if it.event_id == self.register.cursor_key), None)
            if self._page
            else None
        )
        self.tell(f"{row.on} {row.event}" if row else "", ink="quiet")

    async def export_forms(self) -> None:
        """Write the page as a printed form."""
        whose = await self.partyday.call(service.of_member, self._member_id, self._year)
        await export_from(self, "member_year", Shown(member=whose))

    async def show_course(self) -> None:
        """All that was written of one absence."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        key = self.register.cursor_key
        found = [it for it in self._page.events if it.event_id == key] if self._page else []
        if found:
            lines = course(found[0]) or ["没有写过什么。"]
            state = case_state(found[0])
            await self.ask(
                ShowText(f"{found[0].on} {found[0].event}", "\n".join([*([state] if state else []), *lines]))
            )

    async def _reload(self) -> None:
        page = self._page = await self.partyday.call(service.member_year, self._member_id, self._year)
        branch = self.partyday.branch
        self.set_title(f"{page.name}  {self._year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        counts, (made_up, cases) = page.counts, page.made_up
        self.set_summary(
            f"应到{counts.expected}次 到会{counts.came} 请假{counts.leave} 缺席{counts.absent} 其他{counts.other} 未点{counts.unmarked}",
            f"补课{made_up}/{cases}次  联系{len(page.outreach)}次 谈话{len(page.talks)}次 ",
        )
        rows = [
            Row(
                it.event_id,
                (
                    f"{it.on:%m-%d}",
                    it.event,
                    STATUS_WORDS[it.status] if it.status else UNMARKED_WORD,
                    it.told_reason,
                    case_words(it),
                ),
            )
            for it in page.events
        ]
        if page.outreach or page.talks:
            rows.append(Row(None, ("  联系和谈话",)))
            for word, entries, field in (("联系", page.outreach, "way"), ("谈话", page.talks, "topic")):
                rows += [
                    Row(f"{word} {it.id}", (f"{it.on:%m-%d}", word, str(it.values[field]), str(it.values["note"])))
                    for it in entries
                ]
        self.register.set_rows(rows)
