"""点名: everyone who belongs that day, unmarked; letters find, digits mark, and a mark is on the disk before it is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.rules.roll import (
    STATUS_WORDS,
    UNMARKED_WORD,
    RollCounts,
    RollEntry,
    Status,
    opening_line,
    percent,
    recount,
)
from partyday_tui.services import roll as service
from partyday_tui.services.roll import Mark
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.mark_queue import Batch, MarkQueue
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.errors import PartydayError
    from partyday_tui.rules.events import Event
    from partyday_tui.rules.people import Guest
    from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"
_SLOW = 0.15  # seconds after which a commit under way is said to be one
_STATUSES = {"1": Status.PRESENT, "2": Status.LATE, "3": Status.LEAVE, "4": Status.ABSENT, "5": Status.OTHER}
_MARK_HELP = {
    Status.PRESENT: "记为到会",
    Status.LATE: "记为迟到，算实到",
    Status.LEAVE: "记为请假，补课不因请假免去",
    Status.ABSENT: "记为缺席",
    Status.OTHER: "以其他方式参加，如送学上门",
}


class RollScreen(BookScreen):
    """The roll of one event; ``target`` is its key, else today's or the latest is chosen."""

    TITLE_WORD = "点名"
    SUMMARY_LINES = 1
    EMPTY = "还没有可以点名的活动。按 F3 到年历排计划，再回来点名。"
    ACTIONS = (
        *(
            Action(key, STATUS_WORDS[status].removesuffix("方式"), _MARK_HELP[status], "mark", menu=True, arg=status)
            for key, status in _STATUSES.items()
        ),
        Action("0", "清除", "清除这一行的记录，回到未点", "mark", menu=True, arg=""),
        Action("space", "到会并下移", "记为到会，光标到下一行", "mark_and_go_on"),
        Action("f5", "其余全到", "把还没有点的都记为到会", "mark_the_rest", reading="qyqd qiyuquandao"),
        Action("ctrl+z", "撤销", "撤销上一步", "undo", reading="cx chexiao"),
        Action("ctrl+e", "签到表", "输出签到表，空白的或填好的", "export", reading="qdb qiandaobiao"),
        Action("ctrl+n", "活动记录", "写这次活动的记录：主持、议程、讨论、点评等", "open_record", reading="hdjl huodongjilu"),
        Action("ctrl+t", "通报", "向会议通报到会情况的一句话", "report", reading="tb tongbao"),
        Action("insert +", "列席", "加一位列席人员", "add_guest", reading="lx liexi"),
        Action("delete", "去掉列席", "把这位列席人员从这次活动去掉", "take_guest_out", footer=False, reading="qdlx qudiaoliexi"),
        Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
        Action("ctrl+l", "粘贴接龙", "粘贴微信群接龙，核对后一起记下", "paste_relay", reading="ztjl zhantiejielong"),
        Action("ctrl+o", "换活动", "给另一次活动点名", "choose_event", reading="hhd huanhuodong"),
        Action("ctrl+r", "更新名单", "名册有变动时，把应到名单更新到现在", "refresh_expected", footer=False, reading="gxmd gengxinmingdan"),
        Action("", "写事由", "写请假或缺席的事由", "write_reason", menu=True),
        Action("", "修改记录", "看这一行谁在什么时候改过", "show_history", menu=True),
    )  # fmt: skip
    COLUMNS = (
        Column("序", 4, align="right", ink="quiet"),
        Column("姓名", 16, ink="strong"),
        Column("党小组", 10, ink="quiet"),
        Column("身份", 16, ink="quiet"),
        Column("记录", 8, inks={UNMARKED_WORD: "quiet", STATUS_WORDS[Status.ABSENT]: "late"}),
        Column("时间", 5, ink="quiet"),
        Column("事由", flex=1, ink="quiet"),
    )

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._target = target
        self._event: Event | None = None
        self._entries: dict[int, RollEntry] = {}
        self._wanted: dict[int, Mark] = {}
        self._guests: tuple[Guest, ...] = ()
        self._finder = Finder(())
        self._numbers: dict[int, int] = {}
        self._members_shown: list[int] = []
        self._group = ""
        self._saving: asyncio.TimerHandle | None = None
        self._counts = RollCounts()
        self._queue = MarkQueue(self._write, self._paint, self._refused)

    def on_mount(self) -> None:
        """Open the event that is most likely wanted."""
        self.load(self._open(self._target))

    async def settle(self) -> None:
        """Let every mark reach the disk."""
        await self._queue.drained()

    def match(self, typed: str) -> list[int]:
        """Rows of those who fit what is typed; whoever is marked as an exception already comes last."""
        exceptions = (Status.LATE, Status.LEAVE, Status.ABSENT, Status.OTHER)
        found = self._finder.find(typed)
        return sorted(found, key=lambda place: self._entries[self._members_shown[place]].status in exceptions)

    def mark(self, status: str) -> None:
        """Mark the row under the cursor; an empty status clears it."""
        entry = self._entry_here()
        if entry is None:
            self.tell("列席人员不用点名；要去掉按 Del。" if self.register.cursor_row else "")
            return
        self._put([(entry, Status(status) if status else None)])
        self.clear_find()

    def mark_and_go_on(self) -> None:
        """Mark as present and go down."""
        self.mark(Status.PRESENT)
        self.register.move_cursor(1)

    def mark_the_rest(self) -> None:
        """Mark everyone still unmarked, of the group that is shown, as present; one act, undone at once."""
        rest = [
            (entry, Status.PRESENT)
            for entry in self._entries.values()
            if self._mark_of(entry).status is None and self._group in ("", entry.group)
        ]
        if rest:
            self._put(rest)
        self.tell(f"{self._group}其余{len(rest)}人记为到会，^Z 可撤销。" if rest else "没有未点的了。")

    def undo(self) -> None:
        """Take the newest mark, or the newest batch, back."""
        batch = self._queue.undo()
        if batch is None:
            self.tell("没有可以撤销的了。")
            return
        self._wanted.update({mark.member_id: mark for mark in batch})
        first = self._entries[batch[0].member_id].name
        self.tell(f"已撤销：{first}" if len(batch) == 1 else f"已撤销：{first}等{len(batch)}人")
        self.register.go_to(batch[0].member_id)

    async def write_reason(self) -> None:
        """Ask for the reason of a leave or an absence."""
        from partyday_tui.rules.text import LINE_LIMIT, clean_line
        from partyday_tui.ui.dialogs.form import FormDialog
        from partyday_tui.ui.widgets.fields import Field

        def too_long(text: str) -> str | None:
            return f"最多 {LINE_LIMIT} 个字，请改短" if len(clean_line(text).text) > LINE_LIMIT else None

        entry = self._entry_here()
        if entry is None:
            return
        mark = self._mark_of(entry)
        values = await self.ask(
            FormDialog(f"{entry.name} 的事由", [Field("reason", "事由", mark.reason, check=too_long)])
        )
        if values is not None:
            reason = clean_line(values["reason"]).text
            self._queue_marks([Mark(entry.member_id, mark.status, reason, mark.marked_at)])

    async def show_history(self) -> None:
        """Who changed this mark, and when."""
        from partyday_tui.ui.screens.history import show_history

        entry = self._entry_here()
        if entry is not None and self._event is not None:
            changes = await self.partyday.call(service.mark_history, self._event, entry.member_id)
            await show_history(self, entry.name, changes)

    def open_record(self) -> None:
        """Go to the record of this event."""
        if self._event is not None:
            self.post_message(self.Go("event", self._event.id))

    async def report(self) -> None:
        """The line that is read out to the meeting (PRO-04)."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        if self._event is not None:
            await self.ask(ShowText("通报到会情况", opening_line(self._counts, len(self._guests))))

    async def export(self) -> None:
        """Write the sign-in sheet into a folder."""
        from partyday_tui.rules.form_kinds import form_named
        from partyday_tui.ui.screens.exporting import Shown, export_kind

        if self._event is not None:
            await self.settle()
            await export_kind(self, form_named("sign-in"), Shown(event=self._event))

    async def add_guest(self) -> None:
        """Seat a guest, known or new."""
        from partyday_tui.ui.screens.guest_form import ask_for_guest

        if self._event is None:
            return
        guest = await ask_for_guest(self)
        if guest is not None:
            await self.settle()
            await self.partyday.call(service.seat_guest, self._event, guest)
            await self._reload()
            self.tell(f"{guest.name} 列席，已存盘。")

    async def take_guest_out(self) -> None:
        """Take the guest under the cursor off this event."""
        key = self.register.cursor_key
        guest = next((guest for guest in self._guests if f"guest {guest.id}" == key), None)
        if guest is None or self._event is None:
            self.tell("这一行不是列席人员；要清除点名按 0。")
            return
        await self.partyday.call(service.unseat_guest, self._event, guest)
        await self._reload()
        self.tell(f"{guest.name} 已从这次活动去掉。")

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        groups = ["", *dict.fromkeys(sorted(entry.group for entry in self._entries.values() if entry.group))]
        at = groups.index(self._group) if self._group in groups else 0
        self._group = groups[(at + 1) % len(groups)]
        self.clear_find()
        self._show_rows()
        self._show_find_note()

    async def paste_relay(self) -> None:
        """Ask for a 接龙 text."""
        from partyday_tui.ui.dialogs.paste_text import PasteText

        text = await self.ask(PasteText("粘贴接龙", "把微信群接龙粘贴在这里，下一步核对，核对前什么也不记。"))
        if text:
            await self._settle_relay(text)

    def on_book_screen_pasted(self, message: BookScreen.Pasted) -> None:
        """Several lines pasted onto the roll are taken for a 接龙."""
        self._start(self._settle_relay(message.text))

    async def choose_event(self) -> None:
        """Call the roll of another event."""
        from partyday_tui.rules.events import state_word
        from partyday_tui.ui.dialogs.choose import Choose

        events = await self.partyday.call(service.events_to_call)
        today = self.partyday.clock.today
        entries = [(str(e.id), f"{e.on_date}  {e.kind_words}  {e.title}", state_word(e, today)) for e in events]
        if not entries:
            self.tell("还没有定了日期的活动，按 F3 到年历排计划。")
            return
        current = str(self._event.id) if self._event else None
        chosen = await self.ask(Choose("给哪一次活动点名", entries, current=current))
        if chosen is not None:
            await self.settle()
            self._queue = MarkQueue(self._write, self._paint, self._refused)
            await self._open(int(chosen))

    async def refresh_expected(self) -> None:
        """Bring the frozen list to the roster as it stands."""
        if self._event is not None:
            await self.settle()
            await self.partyday.call(service.refresh_expected, self._event)
            await self._reload()
            self.tell("应到名单已更新。")

    async def _open(self, event_id: int | None) -> None:
        self._event = await self.partyday.call(_find_event, event_id)
        self._group = ""
        if self._event is None:
            branch = self.partyday.branch
            self.set_title("", branch.name if branch else "", "")
            self.register.set_rows([])
            return
        await self._reload()
        many, few = await self.partyday.call(service.roster_drift, self._event)
        if many or few:
            self.tell(f"名册变动过：应到名单多{many}人、少{few}人，按 ^R 更新名单。", ink="late")
        elif self._event.on_date and self._event.on_date > self.partyday.clock.today:
            self.tell(f"这次活动在 {self._event.on_date}，还没有到日子。")

    async def _reload(self) -> None:
        """Read the roll anew from the book and show it."""
        assert self._event is not None
        roll = await self.partyday.call(service.read_roll, self._event)
        self._entries = {entry.member_id: entry for entry in roll.entries}
        self._counts = roll.counts
        self._wanted = {}
        self._guests = roll.guests
        self._show_title(SaveState.SAVED)
        self._show_rows()
        self._show_find_note()
        self._show_counts()

    def _entry_here(self) -> RollEntry | None:
        key = self.register.cursor_key
        return self._entries.get(key) if isinstance(key, int) else None

    def _mark_of(self, entry: RollEntry) -> Mark:
        """What an entry will hold once everything asked for is on the disk."""
        return self._wanted.get(entry.member_id) or _held(entry)

    def _put(self, changes: Sequence[tuple[RollEntry, Status | None]]) -> None:
        self._queue_marks(
            [Mark(entry.member_id, status, self._kept_reason(entry, status)) for entry, status in changes]
        )

    def _kept_reason(self, entry: RollEntry, status: Status | None) -> str:
        """A reason outlives a correction between leave, absence and other ways, not a mark as present."""
        return self._mark_of(entry).reason if status in (Status.LEAVE, Status.ABSENT, Status.OTHER) else ""

    def _queue_marks(self, marks: list[Mark]) -> None:
        before = tuple(self._mark_of(self._entries[mark.member_id]) for mark in marks)
        self._wanted.update({mark.member_id: mark for mark in marks})
        self._queue.put(tuple(marks), before)
        if self._saving is None:
            self._saving = asyncio.get_running_loop().call_later(_SLOW, self._say_saving)

    def _say_saving(self) -> None:
        if self._queue.is_busy:
            self._show_title(SaveState.SAVING)

    async def _write(self, batches: Sequence[Batch]) -> list[str]:
        assert self._event is not None
        return await self.partyday.call(service.write_marks, self._event, batches)

    def _paint(self, batches: Sequence[Batch], instants: list[str]) -> None:
        """The commit has returned: show what the disk holds now."""
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
        for batch, instant in zip(batches, instants, strict=True):
            for mark in batch:
                entry = self._entries[mark.member_id]
                at = "" if mark.status is None else mark.marked_at or instant
                self._entries[mark.member_id] = marked = _with(entry, mark, at)
                self._counts = recount(self._counts, entry, marked)
                if self._wanted.get(mark.member_id) == mark:
                    del self._wanted[mark.member_id]
                if self.register.has(mark.member_id):
                    self.register.update_row(mark.member_id, self._cells(marked))
        self._show_counts()
        self._show_title(SaveState.SAVED)

    def _refused(self, error: PartydayError) -> None:
        """The commit did not return: show what the disk holds, and say so (R6)."""
        self._show_title(SaveState.UNSAVED)
        self.refuse(error)
        self._read_anew(self._reload())

    def _show_title(self, state: SaveState) -> None:
        event, branch = self._event, self.partyday.branch
        day = f"{event.on_date} 星期{_WEEKDAYS[event.on_date.weekday()]}" if event and event.on_date else "未定日期"
        subject = f"{day}  {event.title}" if event else ""
        self.set_title(subject, branch.name if branch else "", state)

    def _show_counts(self) -> None:
        counts = self._counts
        left = (
            f"应到{counts.expected} 实到{counts.came} 迟到{counts.late} 请假{counts.leave} "
            f"缺席{counts.absent} 其他{counts.other} 未点{counts.unmarked}"
        )
        self.set_summary(left, f"到会率{percent(counts.rate)} 扣除后{percent(counts.rate_after_deductions)} ")

    def _show_find_note(self) -> None:
        guests = f"列席{len(self._guests)}人 " if self._guests else ""
        self.set_find_note(f"{self._group or '全部'}  {guests}")

    def _show_rows(self) -> None:
        shown = [entry for entry in self._entries.values() if self._group in ("", entry.group)]
        self._members_shown = [entry.member_id for entry in shown]
        self._finder = Finder((entry.name, entry.reading) for entry in shown)
        self._numbers = {member_id: number for number, member_id in enumerate(self._entries, 1)}
        rows = [Row(entry.member_id, self._cells(entry)) for entry in shown]
        if self._guests:
            rows.append(Row(None, ("  列席人员（不计入到会率）",)))
            rows += [
                Row(f"guest {guest.id}", ("", guest.name, guest.guest_class, guest.unit, "列席"))
                for guest in self._guests
            ]
        self.register.empty = "名册上这一天没有党员。按 F6 到名册导入或添加党员。" if self._event else self.EMPTY
        self.register.set_rows(rows)

    def _cells(self, entry: RollEntry) -> tuple[str, ...]:
        tags = [word for held, word in ((entry.floating, "流动"), (entry.infirm, "年老体弱")) if held]
        kind = ["预备"] if entry.kind == "probationary" else []
        came = entry.status in (Status.PRESENT, Status.LATE)
        return (
            str(self._numbers[entry.member_id]),
            entry.name,
            entry.group,
            " ".join([*([entry.post] if entry.post else []), *kind, *tags]),
            STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD,
            entry.marked_at[11:16] if came else "",
            entry.reason,
        )

    async def _settle_relay(self, text: str) -> None:
        from partyday_tui.ui.screens.relay import ask_about_relay

        if self._event is None:
            return
        marks = await ask_about_relay(self, text, list(self._entries.values()))
        if marks:
            self._queue_marks(marks)
            self.tell(f"按接龙记下{len(marks)}人，^Z 可撤销。")


def _held(entry: RollEntry) -> Mark:
    return Mark(entry.member_id, entry.status, entry.reason, entry.marked_at or None)


def _with(entry: RollEntry, mark: Mark, at: str) -> RollEntry:
    return RollEntry(
        entry.member_id, entry.name, entry.reading, entry.group, entry.kind, entry.post, entry.floating, entry.infirm,
        mark.status, mark.reason, at,
    )  # fmt: skip


def _find_event(book: Book, event_id: int | None) -> Event | None:
    return service.event_to_call(book) if event_id is None else service.event_with_key(book, event_id)
