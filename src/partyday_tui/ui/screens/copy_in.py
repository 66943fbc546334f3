"""The question what to do with a book that lies on a stick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui import config
from partyday_tui.paths import short

if TYPE_CHECKING:
    from pathlib import Path

    from partyday_tui.services.books import BookAway
    from partyday_tui.ui.app import PartydayApp


async def offer_to_copy_in(app: PartydayApp, refusal: BookAway) -> Path | None:
    """Ask, copy the book into this computer and keep it for the next start; returns where it lies now, None for no."""
    from partyday_tui.services.copy_in import copy_in
    from partyday_tui.ui.dialogs.confirm import Confirm
    from partyday_tui.ui.dialogs.show_text import ShowText

    question = f"{refusal.sentence}现在复制过来打开吗？原来那一本留在原处，不再更新。"
    confirm = Confirm("账本不在这台电脑里", question, yes="复制并打开", no="不打开")
    if not await app.push_screen_wait(confirm.explained_in("copy_in")):
        return None
    path = await app.run_in_book_thread(copy_in, refusal.path)
    config.choose_book(path)
    told = f"已复制到 {short(path)}，以后打开程序就是这一本。\n\n原来那一本是复制时的样子，请不要再在别处打开它记账。"
    await app.push_screen_wait(ShowText("账本已在这台电脑里", told).explained_in("copy_in"))
    return path
