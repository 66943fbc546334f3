"""修改记录: who changed the row at hand, when, what it was and what it became (SUP-05)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.changes import Change, said_before_and_after
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen


async def show_history(screen: BookScreen, title: str, changes: Sequence[Change]) -> None:
    """Show the changes of one row, newest first."""
    await screen.ask(History(title, changes))


class History(Picker[None]):
    """A list to read: one heading an act, one line a field."""

    WIDTH = 100
    HEAD_LINES = 1
    KEYS = (("上下", "翻看"),)

    def __init__(self, title: str, changes: Sequence[Change]) -> None:
        super().__init__(
            f"修改记录  {title}", (Column("", 14, ink="quiet"), Column("", ink="quiet"), Column("", ink="strong"))
        )
        rows: list[Row] = []
        act = ""
        for number, change in enumerate(changes):
            source = change.source.partition(" sha256 ")[0]
            head = f"  {_when(change)}  {change.what}  {change.actor}  {source}".rstrip()
            if head != act:
                rows.append(Row(None, (head,)))
                act = head
            rows += [Row(f"{number} {word}", (word, old, new)) for word, old, new in said_before_and_after(change)]
        self.register.empty = "这一行还没有改过。按 Esc 返回。"
        self.register.set_rows(rows)

    def finds(self, stroke: Stroke) -> bool:
        """Letters mean nothing here."""
        return False


def _when(change: Change) -> str:
    """The working day and the time of day; an instant of another day is shown too, since late entries keep both dates (REC-09)."""
    wrote_on, time = change.at[:10], change.at[11:16]
    return f"{change.day} {time}" if wrote_on == change.day else f"{change.day}（写于 {wrote_on} {time}）"
