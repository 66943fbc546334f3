"""列席人员: people of their own class, who never count in a rate (ATT-17)."""

from __future__ import annotations

from collections.abc import Callable

from partyday_tui.rules.identity import mask_phone
from partyday_tui.rules.names import Finder
from partyday_tui.rules.people import GUEST_CLASSES, GUEST_LIMITS, Guest
from partyday_tui.rules.text import clean_line, clean_name
from partyday_tui.services import roster as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.fields import Field


class GuestsScreen(BookScreen):
    """The list of guests; Esc goes back to the roster."""

    TITLE_WORD = "列席人员"
    TOP = False
    EMPTY = "这里是列席人员：入党积极分子、发展对象、群众代表等。按 Ins 添加一位。"
    ACTIONS = (
        Action("insert +", "添加", "添加一位列席人员", "add", reading="tj tianjia"),
        Action("enter", "修改", "看和改这一位的各项", "edit"),
    )
    COLUMNS = (
        Column("姓名", 16, ink="strong"),
        Column("身份", 16),
        Column("单位", flex=1, ink="quiet"),
        Column("手机", 14, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._guests: list[Guest] = []
        self._finder = Finder(())

    def on_mount(self) -> None:
        """Read the list."""
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def open_row(self, key: Key) -> None:
        """A double click edits, as Enter does."""
        self.run_action_named("edit")

    async def add(self) -> None:
        """Add a guest."""
        await self._ask_and_save(Guest(0, ""))

    async def edit(self) -> None:
        """Change the guest under the cursor."""
        guest = next((it for it in self._guests if it.id == self.register.cursor_key), None)
        if guest is not None:
            await self._ask_and_save(guest)

    async def _ask_and_save(self, guest: Guest) -> None:
        offered = await self.partyday.call(service.guest_classes)
        current = guest.guest_class or offered[0]
        classes = tuple((word, word) for word in dict.fromkeys([*offered, current]))
        values = await self.ask(
            FormDialog(
                f"列席人员  {guest.name}" if guest.id else "添加列席人员",
                [
                    Field("name", "姓名", guest.name, required=True, check=lambda text: clean_name(text).problem),
                    Field("class", "身份", current, "choice", classes),
                    *(
                        Field(name, label, getattr(guest, name), check=_fits(GUEST_LIMITS[name]))
                        for name, label in (("unit", "单位"), ("phone", "手机"), ("note", "备注"))
                    ),
                ],
            )
        )
        if values is None:
            return
        reading = guest.reading if values["name"] == guest.name else ""
        saved = await self.partyday.call(
            service.save_guest,
            Guest(guest.id, values["name"], reading, values["class"], values["unit"], values["phone"], values["note"]),
        )
        await self._reload()
        self.register.go_to(saved.id)
        self.tell(f"{saved.name}，已存盘。")

    async def _reload(self) -> None:
        found = await self.partyday.call(service.guests)
        self._guests = sorted(found, key=lambda guest: _place(guest.guest_class))
        self._finder = Finder((guest.name, guest.reading) for guest in self._guests)
        branch = self.partyday.branch
        self.set_title(f"{len(self._guests)}人", branch.name if branch else "", SaveState.SAVED)
        self.register.set_rows(
            [Row(it.id, (it.name, it.guest_class, it.unit, mask_phone(it.phone))) for it in self._guests]
        )


def _fits(limit: int) -> Callable[[str], str | None]:
    return lambda text: clean_line(text, limit).problem


def _place(guest_class: str) -> int:
    """Classes stand in their usual order; within one the order of readings stays."""
    return GUEST_CLASSES.index(guest_class) if guest_class in GUEST_CLASSES else len(GUEST_CLASSES)
