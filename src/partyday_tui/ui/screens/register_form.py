"""The questions of a register: who, and what the entry says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.registers import ON, Register, RegisterField
from partyday_tui.ui.dialogs.form import FormDialog, Values
from partyday_tui.ui.screens.day_field import day_field, read_day
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Collection

    from partyday_tui.ui.book_screen import BookScreen


async def ask_for_people(
    screen: BookScreen, register: Register, *, ticked: Collection[int] = (), single: bool = False
) -> Sequence[int] | None:
    """The members of an entry; empty where it is about nobody, None when the user went back."""
    from partyday_tui.services.registers import people_to_choose
    from partyday_tui.ui.dialogs.pick_members import PickMembers

    if register.people == "none":
        return ()
    several = register.people == "several"
    members = await screen.partyday.call(people_to_choose)
    title = "谁和谁谈心" if several else f"{register.title}：哪一名党员" if single else f"{register.title}：哪些党员"
    return await screen.ask(
        PickMembers(
            title,
            members,
            ticked=ticked,
            at_least=2 if several else 1,
            single=single,
            nobody="不是党员，写家庭或群众" if register.people == "perhaps" else "",
        )
    )


async def ask_for_entry(
    screen: BookScreen, register: Register, title: str, texts: Mapping[str, str], *, leave_out: Collection[str] = ()
) -> Values | None:
    """The fields of an entry, filled with ``texts``; dates come back in ISO form. None when the user went back."""
    from partyday_tui.services.registers import choices, read_text

    year = screen.partyday.clock.today.year
    on = RegisterField(ON, register.day, "date", required=True)
    asked = [it for it in (on, *register.fields) if it.name not in leave_out]

    def form_field(field: RegisterField, offered: tuple[str, ...]) -> Field:
        text = texts.get(field.name, "")
        if field.kind == "date":
            dated = day_field(field.name, field.label, year=year, hint=field.hint, required=field.required)
            return Field(dated.name, dated.label, text, hint=dated.hint, required=dated.required, check=dated.check)
        if field.kind == "choice":
            known = offered if text in (*offered, "") else (text, *offered)
            pairs = (*(() if field.required else (("", "不填"),)), *((word, word) for word in known))
            return Field(field.name, field.label, text, "choice", pairs, field.hint, field.required)
        return Field(
            field.name,
            field.label,
            text,
            hint=field.hint,
            required=field.required,
            check=lambda typed: read_text(field, typed),
        )

    fields = [form_field(it, await screen.partyday.call(choices, it) if it.kind == "choice" else ()) for it in asked]
    values = await screen.ask(FormDialog(title, fields))
    if values is None:
        return None
    dates = {it.name for it in asked if it.kind == "date"}
    return {name: _iso(text, year) if name in dates else text for name, text in values.items()}


def _iso(text: str, year: int) -> str:
    day = read_day(text, year)
    return day.isoformat() if day else ""
