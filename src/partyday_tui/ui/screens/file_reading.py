"""Choosing a spreadsheet and having it read: the reader is started while the user chooses, and Esc ends a reading that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.dialogs.waiting import Waiting

if TYPE_CHECKING:
    from partyday_tui.store.book import Book
    from partyday_tui.ui.book_screen import BookScreen

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_SOON = 0.6  # seconds; a reading that is done by then asks for no attention


async def pick_sheet(screen: BookScreen, title: str, endings: Sequence[str]) -> Path | None:
    """The spreadsheet that the user points out, None when the user went back; raises PartydayError where none can be read."""
    from partyday_tui.excel.worker import prepare

    await asyncio.to_thread(prepare)
    return await screen.ask(PickFile(title, endings))


async def read_sheet(
    screen: BookScreen,
    function: Callable[Concatenate[Book, Arguments], Result],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    """The result of a service that reads a spreadsheet; ended by Esc it raises the UserMistake that says so."""
    from partyday_tui.excel.worker import stop

    task: asyncio.Task[Any] = asyncio.ensure_future(screen.partyday.call(function, *arguments, **named))
    await asyncio.wait({task}, timeout=_SOON)
    if not task.done():
        dialog = Waiting("正在读取文件", "文件比较大，请稍等；不想等了就按 Esc，什么也不会写入。")
        task.add_done_callback(lambda _: dialog.finish())
        if await screen.ask(dialog) == "stop":
            await asyncio.to_thread(stop)
    result: Result = await task
    return result
