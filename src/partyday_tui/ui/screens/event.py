"""活动记录: one event from plan to archive, its procedure from top to bottom, and what a rule still wants of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.services.event_page import EventPage, Part
    from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"


class EventScreen(BookScreen):
    """The page of one event; Enter opens the form of a part, Esc goes back to where the page was opened."""

    TITLE_WORD = "活动记录"
    SUMMARY_LINES = 1
    FIND = False
    TOP = False
    EMPTY = "正在读这次活动。"
    ACTIONS = (
        Action("enter", "填这一项", "打开这一项来填写", "choose_row"),
        Action("ctrl+t", "点名", "给这次活动点名", "call_roll", reading="dm dianming"),
        EXPORT,
        Action("ctrl+l", "通知", "看活动通知的文稿，或存成文件打印", "show_notice", reading="tz tongzhi"),
        Action("ctrl+o", "看原文", "看这一项还缺什么，是哪句话要求的", "show_sentence", reading="kyw kanyuanwen"),
        Action("ctrl+b", "测评", "填这次活动的主题测评", "review", reading="cp ceping"),
        Action("ctrl+r", "修改记录", "看这次活动谁在什么时候改过", "show_history", footer=False, reading="xgjl xiugaijilu"),
    )  # fmt: skip
    COLUMNS = (
        Column("项目", 14, ink="strong"),
        Column("状态", 6, inks={"缺": "late", "不要求": "quiet"}),
        Column("内容", flex=1),
    )

    def __init__(self, target: int) -> None:
        super().__init__()
        self._event_id = target
        self._page: EventPage | None = None

    def on_mount(self) -> None:
        """Read the page."""
        super().on_mount()
        self._start(self._open())

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say what the part under the cursor lacks, and by which sentence."""
        event.stop()
        self._warn()

    def choose_row(self) -> None:
        """Enter opens the part."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Open the form of a part, or go to the roll."""
        if key == "roll":
            self.call_roll()
        elif key == "review":
            self._start(self.review())
        elif isinstance(key, str):
            self._start(self._edit(key))

    def call_roll(self) -> None:
        """Go to the roll of this event."""
        self.post_message(self.Go("roll", self._event_id))

    async def export_forms(self) -> None:
        """Write one of the papers of this event."""
        if self._page is not None:
            await export_from(self, "event", Shown(event=self._page.event))

    async def show_notice(self) -> None:
        """Show the notice, or write it into a file to print."""
        from partyday_tui.paths import exports_folder, short
        from partyday_tui.services.event_notice import notice_text, write_notice
        from partyday_tui.ui.dialogs.choose import Choose
        from partyday_tui.ui.dialogs.show_text import ShowText

        ways = [("look", "看文稿", "可以照着念，或抄到公示栏"), ("file", "存成文件", "用记事本打开就能打印、复制")]
        way = await self.ask(Choose("活动通知", ways))
        if way == "look":
            await self.ask(ShowText("活动通知", await self.partyday.call(notice_text, self._event_id)))
        elif way == "file":
            path = await self.partyday.call(write_notice, self._event_id, exports_folder())
            self.tell(f"已写到 {short(path)}")

    async def show_sentence(self) -> None:
        """The warnings of the part under the cursor in full."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        part = self._part_here()
        if part is None:
            return
        text = (
            "\n\n".join(part.warnings) or "这一项没有缺的。" if part.state != "不要求" else "支部的规则没有要求这一项。"
        )
        await self.ask(ShowText(part.title, text))

    async def show_history(self) -> None:
        """Who changed this event, and when."""
        from partyday_tui.services.events import event_history
        from partyday_tui.ui.screens.history import show_history

        if self._page is not None:
            changes = await self.partyday.call(event_history, self._event_id)
            await show_history(self, self._page.event.title, changes)

    async def review(self) -> None:
        """Open the review, from the event's own day on."""
        from partyday_tui.services.review import open_event
        from partyday_tui.ui.screens.review import ReviewScreen

        await self.partyday.call(open_event, self._event_id)
        await self.ask(ReviewScreen(self._event_id))
        await self._read()

    async def _edit(self, key: str) -> None:
        from partyday_tui.ui.screens.event_parts import edit_part

        if self._page is not None:
            written = await edit_part(self, self._page, key)
            if written is not None:
                await self._read()
                self.tell(written)

    async def _open(self) -> None:
        await self._read()
        self._warn()

    async def _read(self) -> None:
        page = self._page = await self.partyday.call(_read_page, self._event_id)
        event, branch = page.event, self.partyday.branch
        day = (
            f"{event.on_date} 星期{_WEEKDAYS[event.on_date.weekday()]}" if event.on_date else f"{event.month} 未定日期"
        )
        self.set_title(f"{day}  {event.kind_words}", branch.name if branch else "", SaveState.SAVED)
        lacks = [(f"缺{page.missing}项 ", "late")] if page.missing else "要求的都有了 "
        self.set_summary([(event.theme or event.content or "主题未定", "strong")], lacks)
        rows: list[Row] = []
        phase = ""
        for part in page.parts:
            if part.phase != phase:
                phase = part.phase
                rows.append(Row(None, (f"  {phase}",)))
            rows.append(Row(part.key, (part.title, part.state, part.content)))
        self.register.set_rows(rows)

    def _part_here(self) -> Part | None:
        key = self.register.cursor_key
        return next((part for part in self._page.parts if part.key == key), None) if self._page else None

    def _warn(self) -> None:
        part = self._part_here()
        warnings = part.warnings if part else ()
        more = f"（共{len(warnings)}条，^O 看全部）" if len(warnings) > 1 else ""
        self.tell(more + warnings[0] if warnings else "", ink="quiet")


def _read_page(book: Book, event_id: int) -> EventPage:
    from partyday_tui.services.event_page import read_page  # in the book's thread, after the frame is painted

    return read_page(book, event_id)
