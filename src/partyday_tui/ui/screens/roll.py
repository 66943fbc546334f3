"""点名: everyone who belongs that day, unmarked; letters find, digits mark, and a mark is on the disk before it is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.services import roll as service
from partyday_tui.services.roll import Mark
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens import roll_looks as looks
from partyday_tui.ui.screens import roll_parts as parts
from partyday_tui.ui.screens.called_roll import CalledRoll
from partyday_tui.ui.screens.mark_queue import Batch, MarkQueue
from partyday_tui.ui.widgets.columns import Row

if TYPE_CHECKING:
    from partyday_tui.errors import PartydayError
    from partyday_tui.rules.events import Event

_SLOW = 0.15  # seconds after which a commit under way is said to be one
_EXCEPTIONS = (Status.LATE, Status.LEAVE, Status.ABSENT, Status.OTHER)


class RollScreen(BookScreen):
    """The roll of one event; ``target`` is its key, else today's or the latest is chosen."""

    TITLE_WORD = "点名"
    SUMMARY_LINES = 1
    EMPTY = "还没有可以点名的活动。按 F3 到年历排计划，再回来点名。"
    ACTIONS = looks.ACTIONS
    COLUMNS = looks.COLUMNS

    def __init__(self, target: int | None = None) -> None:
        super().__init__()
        self._target = target
        self._roll: CalledRoll | None = None
        self._finder = Finder(())
        self._members_shown: list[int] = []
        self._group = ""
        self._saving: asyncio.TimerHandle | None = None
        self._queue = MarkQueue(self._write, self._paint, self._refused)

    @property
    def _event(self) -> Event | None:
        return self._roll.event if self._roll else None

    def on_mount(self) -> None:
        """Open the event that is most likely wanted."""
        self.load(self._open(self._target))

    async def settle(self) -> None:
        """Let every mark reach the disk."""
        await self._queue.drained()

    def match(self, typed: str) -> list[int]:
        """Rows of those who fit what is typed; whoever is marked as an exception already comes last."""
        roll, found = self._roll, self._finder.find(typed)
        if roll is None:
            return []
        return sorted(found, key=lambda place: roll.entries[self._members_shown[place]].status in _EXCEPTIONS)

    def mark(self, status: str) -> None:
        """Mark the row under the cursor; an empty status clears it."""
        entry = self._entry_here()
        if entry is None or self._roll is None:
            self.tell("列席人员不用点名；要去掉按 Del。" if self.register.cursor_row else "")
            return
        self._put([entry], Status(status) if status else None)
        self.clear_find()

    def mark_and_go_on(self) -> None:
        """Mark as present and go down."""
        self.mark(Status.PRESENT)
        self.register.move_cursor(1)

    def mark_the_rest(self) -> None:
        """Mark everyone still unmarked, of the group that is shown, as present; one act, undone at once.

        Whom a leave slip covers is left unmarked: the slip marks nothing, and neither does this key (ATT-03).
        """
        if self._roll is None:
            return
        unmarked = self._roll.rest(self._group)
        rest = [entry for entry in unmarked if not self._roll.proposal(entry)]
        self._put(rest, Status.PRESENT)
        self.tell(looks.rest_sentence(self._group, len(rest), len(unmarked) - len(rest)))

    def take_proposals(self) -> None:
        """Mark everyone unmarked whom a leave slip covers, of the group that is shown, as on leave; one act."""
        covered = [it for it in self._roll.rest(self._group) if self._roll.proposal(it)] if self._roll else []
        self._put(covered, Status.LEAVE)
        self.tell(looks.proposals_sentence(len(covered)))

    def undo(self) -> None:
        """Take the newest mark, or the newest batch, back."""
        batch = self._queue.undo()
        if batch is None or self._roll is None:
            self.tell("没有可以撤销的了。")
            return
        self._roll.wanted.update({mark.member_id: mark for mark in batch})
        self.tell(looks.undo_sentence(self._roll.entries[batch[0].member_id].name, len(batch)))
        self.register.go_to(batch[0].member_id)

    async def end_roll(self) -> None:
        """End the roll, or go on from one that is ended."""
        if self._roll is None:
            return
        await self.settle()
        event_id, done = self._roll.event.id, await parts.end_roll(self, self._roll)
        if done == "cases":
            self.post_message(self.Go("cases", event_id))
        elif done is not None:
            await self._reload()

    async def write_reason(self) -> None:
        """Ask for the reason of a leave or an absence."""
        entry = self._entry_here()
        if entry is not None and self._roll is not None:
            mark = await parts.ask_reason(self, entry.name, self._roll.mark_of(entry))
            if mark is not None:
                self._queue_marks([mark])

    async def write_slip(self) -> None:
        """Write a leave slip of the member under the cursor for this event."""
        entry, event = self._entry_here(), self._event
        if entry is not None and event is not None:
            await self.settle()
            if await parts.write_slip(self, event, entry):
                await self._reload()

    async def show_history(self) -> None:
        """Who changed this mark, and when."""
        entry = self._entry_here()
        if entry is not None and self._event is not None:
            await parts.show_history(self, self._event, entry)

    def open_record(self) -> None:
        """Go to the record of this event."""
        if self._event is not None:
            self.post_message(self.Go("event", self._event.id))

    async def report(self) -> None:
        """The line that is read out to the meeting (PRO-04)."""
        if self._roll is not None:
            await parts.show_report(self, self._roll)

    async def export(self) -> None:
        """Write the sign-in sheet into a folder."""
        from partyday_tui.rules.form_kinds import form_named
        from partyday_tui.ui.screens.exporting import Shown, export_kind

        if self._event is not None:
            await self.settle()
            await export_kind(self, form_named("sign-in"), Shown(event=self._event))

    async def add_guest(self) -> None:
        """Seat a guest, known or new."""
        if self._event is not None and (guest := await parts.seat_guest(self, self._event)):
            await self._reload()
            self.tell(f"{guest.name} 列席，已存盘。")

    async def take_guest_out(self) -> None:
        """Take the guest under the cursor off this event."""
        if self._roll is not None and (guest := await parts.unseat_guest(self, self._roll, self.register.cursor_key)):
            await self._reload()
            self.tell(f"{guest.name} 已从这次活动去掉。")

    def next_group(self) -> None:
        """Show the next party group only; after the last, everyone."""
        self._group = self._roll.group_after(self._group) if self._roll else ""
        self.clear_find()
        self._show_rows()
        self._show_find_note()

    async def paste_relay(self) -> None:
        """Ask for a 接龙 text."""
        if text := await parts.ask_relay(self):
            await self._settle_relay(text)

    def on_book_screen_pasted(self, message: BookScreen.Pasted) -> None:
        """Several lines pasted onto the roll are taken for a 接龙."""
        self._start(self._settle_relay(message.text))

    async def choose_event(self) -> None:
        """Call the roll of another event."""
        chosen = await parts.ask_event(self, self._event)
        if chosen is not None:
            await self.settle()
            self._queue = MarkQueue(self._write, self._paint, self._refused)
            await self._open(chosen)

    async def refresh_expected(self) -> None:
        """Bring the frozen list to the roster as it stands."""
        if self._event is not None:
            await self.settle()
            await self.partyday.call(service.refresh_expected, self._event)
            await self._reload()
            self.tell("应到名单已更新。")

    async def _open(self, event_id: int | None) -> None:
        event = await self.partyday.call(service.event_to_open, event_id)
        self._group = ""
        if event is None:
            self._roll = None
            self._show_title("")
            self.register.set_rows([])
            return
        await self._read(event)
        await parts.warn(self, event)

    async def _reload(self) -> None:
        if self._event is not None:
            await self._read(self._event)

    async def _read(self, event: Event) -> None:
        """Read the roll anew from the book and show it."""
        self._roll = CalledRoll(await self.partyday.call(service.read_roll, event))
        self._show_title(SaveState.SAVED)
        self._show_rows()
        self._show_find_note()
        self.set_summary(*looks.heads_line(self._roll.counts))

    def _entry_here(self) -> RollEntry | None:
        key = self.register.cursor_key
        return self._roll.entries.get(key) if self._roll and isinstance(key, int) else None

    def _put(self, entries: Sequence[RollEntry], status: Status | None) -> None:
        if entries and self._roll is not None:
            self._queue_marks([self._roll.mark(entry, status) for entry in entries])

    def _queue_marks(self, marks: list[Mark]) -> None:
        assert self._roll is not None
        self._queue.put(tuple(marks), self._roll.want(marks))
        if self._saving is None:
            self._saving = asyncio.get_running_loop().call_later(_SLOW, self._say_saving)

    def _say_saving(self) -> None:
        if self._queue.is_busy:
            self._show_title(SaveState.SAVING)

    async def _write(self, batches: Sequence[Batch]) -> list[str]:
        assert self._event is not None
        return await self.partyday.call(service.write_marks, self._event, batches)

    def _paint(self, batches: Sequence[Batch], instants: list[str]) -> None:
        """The commit has returned: show what the disk holds now, and what it does to the cases of a closed roll."""
        assert self._roll is not None
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
        was_all_marked, corrected = self._roll.is_all_marked, []
        for batch, instant in zip(batches, instants, strict=True):
            corrected += self._roll.wrote(batch, instant)
        for _, entry in corrected:
            if self.register.has(entry.member_id):
                self.register.update_row(entry.member_id, self._cells(entry))
        self.set_summary(*looks.heads_line(self._roll.counts))
        self._show_title(SaveState.SAVED)
        if self._roll.proposals or was_all_marked != self._roll.is_all_marked:
            self._show_find_note()
        if self._roll.closed_at and (words := parts.turns_in_words(corrected)):
            self.tell(words)

    def _refused(self, error: PartydayError) -> None:
        """The commit did not return: show what the disk holds, and say so (R6)."""
        self._show_title(SaveState.UNSAVED)
        self.refuse(error)
        self._read_anew(self._reload)

    def _show_title(self, state: SaveState | str) -> None:
        branch = self.partyday.branch
        self.set_title(looks.subject(self._event), branch.name if branch else "", state)

    def _show_find_note(self) -> None:
        self.set_find_note(looks.find_note(self._group, self._roll))

    def _show_rows(self) -> None:
        if self._roll is None:
            return
        shown = self._roll.of_group(self._group)
        self._members_shown = [entry.member_id for entry in shown]
        self._finder = Finder((entry.name, entry.reading) for entry in shown)
        rows = [Row(entry.member_id, self._cells(entry)) for entry in shown]
        self.register.empty = "名册上这一天没有党员。按 F6 到名册导入或添加党员。"
        self.register.set_rows(rows + looks.guest_rows(self._roll.guests))

    def _cells(self, entry: RollEntry) -> tuple[str, ...]:
        assert self._roll is not None
        number, aside = self._roll.numbers[entry.member_id], self._roll.asides.get(entry.member_id, "")
        return looks.cells_of(number, entry, self._roll.proposal(entry), aside)

    async def _settle_relay(self, text: str) -> None:
        from partyday_tui.ui.screens.relay import ask_about_relay

        marks = await ask_about_relay(self, text, list(self._roll.entries.values())) if self._roll else []
        if marks:
            self._queue_marks(marks)
            self.tell(f"按接龙记下{len(marks)}人，^Z 可撤销。")
