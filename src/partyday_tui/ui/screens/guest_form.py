"""Which guest sits in: one known to the book, or a new one by name and class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.rules.people import GUEST_LIMITS, Guest
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_NEW = "new"


async def ask_for_guest(screen: BookScreen) -> Guest | None:
    """The guest chosen or named (``id`` 0 when new), or None when the user went back."""
    from partyday_tui.services.roll import known_guests

    known = await screen.partyday.call(known_guests)
    if known:
        entries = [(_NEW, "新的列席人员", "写姓名和身份")]
        entries += [(str(guest.id), guest.name, f"{guest.guest_class} {guest.unit}") for guest in known]
        finder = Finder([("", ""), *((guest.name, guest.reading) for guest in known)])
        chosen = await screen.ask(Choose("哪一位列席", entries, matcher=finder.find))
        if chosen is None:
            return None
        if chosen != _NEW:
            return next(guest for guest in known if str(guest.id) == chosen)
    return await _ask_for_new(screen)


async def _ask_for_new(screen: BookScreen) -> Guest | None:
    from partyday_tui.rules.text import clean_line, clean_name
    from partyday_tui.services.readings import reading_of
    from partyday_tui.services.roster import guest_classes

    classes = await screen.partyday.call(guest_classes)
    values = await screen.ask(
        FormDialog(
            "新的列席人员",
            [
                Field("name", "姓名", required=True, check=lambda text: clean_name(text).problem),
                Field("class", "身份", classes[0], "choice", tuple((word, word) for word in classes)),
                Field("unit", "单位", check=lambda text: clean_line(text, GUEST_LIMITS["unit"]).problem),
            ],
        )
    )
    if values is None:
        return None
    name = clean_name(values["name"]).text
    reading = await screen.partyday.run_in_book_thread(reading_of, name)
    return Guest(0, name, reading, values["class"], clean_line(values["unit"]).text)
