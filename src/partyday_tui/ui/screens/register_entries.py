"""One register: its entries of a year, and what can be done with them; the register's data make the screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from partyday_tui.rules.names import Finder
from partyday_tui.rules.register_values import list_text, texts_of
from partyday_tui.rules.registers import ON, Entry, Register, next_end, state_of
from partyday_tui.services import registers as service
from partyday_tui.ui.book_screen import SaveState
from partyday_tui.ui.one_year import OneYearScreen
from partyday_tui.ui.screens.exporting import Shown, export_from
from partyday_tui.ui.screens.register_form import ask_for_entry, ask_for_people
from partyday_tui.ui.screens.register_looks import ABOUT_MEMBERS, actions_of, columns_of
from partyday_tui.ui.widgets.columns import Key, Row, containing

if TYPE_CHECKING:
    from collections.abc import Collection


@cache
def screen_of(register: Register) -> type[EntriesScreen]:
    """The screen class of a register: its title, columns and actions come from the data."""
    return type(
        "EntriesScreen",
        (EntriesScreen,),
        {
            "__module__": EntriesScreen.__module__,  # not that of whoever called this: the manual knows a screen by it
            "REGISTER": register,
            "TITLE_WORD": register.title,
            "EMPTY": register.purpose,
            "ACTIONS": actions_of(register),
            "COLUMNS": columns_of(register),
        },
    )


class EntriesScreen(OneYearScreen):
    """The entries of one year, newest first; of this year with older ones that still wait. Esc goes back to the registers."""

    REGISTER: ClassVar[Register]
    SUMMARY_LINES = 1
    TOP = False

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._only_open = False
        self._entries: list[Entry] = []
        self._waiting: frozenset[int] = frozenset()
        self._finder = Finder(())
        self._rows_of_finder: list[int] = []

    def on_mount(self) -> None:
        """Show this year."""
        super().on_mount()
        self._year = self.partyday.clock.today.year
        self._start(self._reload())

    async def export_forms(self) -> None:
        """Write this register of the year shown."""
        await export_from(self, f"register {self.REGISTER.key}", Shown(year=self._year))

    def match(self, typed: str) -> list[int]:
        """By a member's name, initials or full pinyin, then by any word of the entry."""
        by_name = [self._rows_of_finder[position] for position in self._finder.find(typed)]
        return list(dict.fromkeys([*by_name, *containing(self.register.rows, typed), *self._in_notes(typed)]))

    async def add(self, ticked: Collection[int] = ()) -> None:
        """Write a new entry: first who, then what."""
        people = await ask_for_people(self, self.REGISTER, ticked=ticked)
        if people is not None:
            await self._add_for(people)

    async def edit(self) -> None:
        """Change the entry under the cursor."""
        entry = self._here()
        if entry is None:
            return
        title = f"{self.REGISTER.title}  {entry.names}"
        values = await ask_for_entry(self, self.REGISTER, title, texts_of(self.REGISTER, entry))
        if values is not None:
            told = await self.partyday.call(service.edit, self.REGISTER, entry.id, values)
            await self._reload(entry.id)
            self._tell_saved(told)

    async def edit_people(self) -> None:
        """Name other members."""
        entry = self._here()
        if entry is None:
            return
        several = self.REGISTER.people == "several"
        ticked = [person.id for person in entry.people] if several else []
        people = await ask_for_people(self, self.REGISTER, ticked=ticked, single=not several)
        if people is not None:
            await self.partyday.call(service.edit_people, self.REGISTER, entry.id, people)
            await self._reload(entry.id)
            self._tell_saved([])

    async def settle_entry(self) -> None:
        """Ask for the day that settles the entry next."""
        from datetime import date

        entry = self._here()
        end = next_end(self.REGISTER, entry, self.partyday.clock.today) if entry else None
        if entry is None or end is None:
            self.tell("这一条已经办结了；日期写错的请选「修改」。")
            return
        texts = {end.field: self.partyday.clock.today.isoformat()}
        asked = {ON, *(it.name for it in self.REGISTER.fields)} - {end.field}
        values = await ask_for_entry(self, self.REGISTER, f"{end.verb}  {entry.names}", texts, leave_out=asked)
        if values is not None and values[end.field]:
            day = date.fromisoformat(values[end.field])
            await self.partyday.call(service.settle, self.REGISTER, entry.id, end, day)
            await self._reload(entry.id)
            self._tell_saved([])

    async def change(self) -> None:
        """From a day on it is otherwise: end this row, begin another."""
        entry = self._here()
        if entry is None:
            return
        texts = texts_of(self.REGISTER, entry) | {ON: self.partyday.clock.today.isoformat()}
        values = await ask_for_entry(self, self.REGISTER, f"情况变化  {entry.names}", texts, leave_out={"ended_on"})
        if values is not None:
            key = await self.partyday.call(service.change_from, self.REGISTER, entry.id, values)
            await self._reload(key)
            self._tell_saved([])

    async def show_past(self) -> None:
        """Every entry about this member, of all years."""
        from partyday_tui.ui.dialogs.show_text import ShowText

        entry = self._here()
        if entry is None or not entry.people:
            self.tell("这一条没有记到党员。")
            return
        person = entry.people[0]
        found = await self.partyday.call(service.history_of_member, self.REGISTER, person.id)
        lines = [_line(self.REGISTER, it, self._state(it)) for it in reversed(found)]
        await self.ask(ShowText(f"{self.REGISTER.title}  {person.name}  共{len(found)}条", "\n".join(lines)))

    async def show_history(self) -> None:
        """Who changed this entry, and when."""
        from partyday_tui.ui.screens.history import show_history

        entry = self._here()
        if entry is not None:
            title = f"{self.REGISTER.title} {entry.on} {entry.names}"
            await show_history(self, title, await self.partyday.call(service.entry_history, self.REGISTER, entry.id))

    async def take_out(self) -> None:
        """Take out an entry that was written by mistake; asks first."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        entry = self._here()
        if entry is None:
            return
        sentence = f"去掉 {entry.on} {entry.names} 的这一条？修改记录里仍查得到。"
        if await self.ask(Confirm(f"去掉{self.REGISTER.title}", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_out, self.REGISTER, entry.id)
            await self._reload()
            self.tell("已去掉，已存盘。")

    async def show_gap(self) -> None:
        """Who is missing; those who are ticked are written down at once."""
        from partyday_tui.ui.dialogs.pick_members import PickMembers

        gap = await self.partyday.call(service.gap, self.REGISTER)
        if not gap.people:
            self.tell("已经记全了，没有缺的人。")
            return
        missing = {person.id for person in gap.people}
        members = [it for it in await self.partyday.call(service.people_to_choose) if it.id in missing]
        chosen = await self.ask(PickMembers(f"{gap.title}：{len(members)}人", members))
        if chosen is None:
            return
        if self.REGISTER.people == "several":
            await self.add(chosen)
        else:
            await self._add_for(chosen)

    async def toggle_open(self) -> None:
        """Only what waits, or everything."""
        self._only_open = not self._only_open
        await self._reload()

    async def _add_for(self, people: Collection[int]) -> None:
        register, today = self.REGISTER, self.partyday.clock.today
        texts = {ON: today.isoformat()}
        names = await self._names(people)
        values = await ask_for_entry(self, register, f"{register.title}  {names}", texts)
        if values is not None:
            keys, told = await self.partyday.call(service.add, register, values, list(people))
            self._year = int(values[ON][:4])
            self.clear_find()
            await self._reload(keys[0])
            self._tell_saved([f"记了{len(keys)}条", *told] if len(keys) > 1 else told)

    async def _names(self, people: Collection[int]) -> str:
        if not people:
            return ""
        members = await self.partyday.call(service.people_to_choose)
        names = [it.name for it in members if it.id in people]
        return "、".join(names) if len(names) < 4 else f"{'、'.join(names[:3])}等{len(names)}人"

    def _tell_saved(self, told: list[str]) -> None:
        self.tell("，".join(["已存盘", *told]) + "。")

    async def _reload(self, cursor: Key = None) -> None:
        register = self.REGISTER
        self._entries = await self.partyday.call(service.entries_of, register, self._year, only_open=self._only_open)
        if register.key == "talk_trigger":
            self._waiting = await self.partyday.call(service.waiting_triggers)
        branch = self.partyday.branch
        self.set_title(f"{self._year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        gap = await self.partyday.call(service.gap, register)
        missing = f"{gap.title}：{len(gap.people)}人 " if gap.people else ""
        self.set_summary(f"{len(self._entries)}条{'（只看未办结的）' if self._only_open else ''}", missing)
        pairs = [(row, person) for row, it in enumerate(self._entries) for person in it.people]
        self._rows_of_finder = [row for row, _ in pairs]
        self._finder = Finder((person.name, person.reading) for _, person in pairs)
        self.register.set_rows([self._row(it) for it in self._entries], cursor=cursor)

    def _row(self, entry: Entry) -> Row:
        state, late = self._state(entry)
        cells = [entry.on.isoformat()]
        if self.REGISTER.people in ABOUT_MEMBERS:
            cells.append(entry.names)
        cells += [list_text(it, entry.values[it.name]) for it in self.REGISTER.fields if it.width is not None]
        inks: tuple[str | None, ...] = (*([None] * len(cells)), "late") if late else ()
        return Row(entry.id, (*cells, state), inks)

    def _state(self, entry: Entry) -> tuple[str, bool]:
        if self.REGISTER.key == "talk_trigger":
            return ("待谈", True) if entry.id in self._waiting else ("已谈", False)
        return state_of(self.REGISTER, entry, self.partyday.clock.today)

    def _in_notes(self, typed: str) -> list[int]:
        """Rows with a field that contains what is typed, though the list does not show it."""
        shown = [it for it in self.REGISTER.fields if it.kind in ("text", "choice") and not it.private]
        return [
            row for row, it in enumerate(self._entries) if any(typed in str(it.values[field.name]) for field in shown)
        ]

    def _here(self) -> Entry | None:
        key = self.register.cursor_key
        return next((it for it in self._entries if it.id == key), None)


def _line(register: Register, entry: Entry, state: tuple[str, bool]) -> str:
    """One entry in a line of words, as a list of all years shows it."""
    said = [list_text(it, entry.values[it.name]) for it in register.fields if not it.private and it.kind != "date"]
    ended = str(entry.values.get("ended_on") or "")
    return "  ".join(filter(None, [entry.on.isoformat() + (f" 至 {ended}" if ended else ""), *said, state[0]]))
