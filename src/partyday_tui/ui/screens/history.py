"""修改记录: who changed a row, when, and what it held before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.change_words import change_lines
from partyday_tui.ui.dialogs.show_text import ShowText

if TYPE_CHECKING:
    from partyday_tui.rules.changes import Change
    from partyday_tui.ui.book_screen import BookScreen


async def show_history(screen: BookScreen, title: str, changes: Sequence[Change]) -> None:
    """Show the changes of one row, newest first; fields changed by one act stand under one head."""
    from partyday_tui.store.schema import unpack

    lines: list[str] = []
    head = ""
    for change in changes:
        packed = (change.new if change.op == "insert" else change.old) or ""
        said = change_lines(change, unpack(packed) if change.op != "update" else {})
        act = f"{change.at[:16].replace('T', ' ')}  {change.actor}  {change.what}"
        if said and act != head:
            head = act
            lines += ["", act] if lines else [act]
        lines += [f"  {line}" for line in said]
    await screen.ask(ShowText(f"修改记录  {title}", "\n".join(lines) or "这一行还没有修改过。"))
