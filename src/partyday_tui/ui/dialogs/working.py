"""`Working`: something that takes a while; it says how far it is, and Esc stops it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

from textual.widget import Widget

from partyday_tui.errors import PartydayError
from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.widgets.lines import Lines

Result = TypeVar("Result")
Told = Callable[[str], None]
Stop = Callable[[], bool]


class Working(Dialog["Result | PartydayError"], Generic[Result]):
    """Runs ``work(told, stop)`` and answers its result, or the PartydayError that ended it.

    ``told`` takes a sentence, ``stop`` says whether Esc was pressed; both may be called from any thread. The work itself has to end
    after a stop: the dialog waits for that, so that nothing goes on behind it.
    """

    KEYS = ()
    LAST = ("Esc", "停下", "不做了；做到哪里停在哪里，这一页自己关上")

    def __init__(self, title: str, work: Callable[[Told, Stop], Coroutine[Any, Any, Result]]) -> None:
        super().__init__(title)
        self._work = work
        self._stopped = threading.Event()
        self._lines = Lines(3)
        self._ended: list[Result | PartydayError] = []

    def body(self) -> Sequence[Widget]:
        """One sentence between two blank lines."""
        return (self._lines,)

    def wanted_lines(self, width: int) -> int:
        """The sentence and its air."""
        return 3

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run())

    def on_screen_resume(self) -> None:
        """What ended below the help or the locked screen goes when that is gone: `dismiss` takes away whatever is on top."""
        if self._ended:
            self.dismiss(self._ended[0])

    def on_unmount(self) -> None:
        """Whoever leaves stops the work as well."""
        self._stopped.set()

    def back(self) -> None:
        """Esc stops the work; the dialog goes when it has ended."""
        self._stopped.set()
        self._say("正在停下")

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()

        def told(sentence: str) -> None:
            loop.call_soon_threadsafe(self._tell_progress, sentence)

        try:
            answer: Result | PartydayError = await self._work(told, self._stopped.is_set)
        except PartydayError as error:
            answer = error
        self._ended.append(answer)
        if self.app.screen is self:  # not `is_current`, which holds below a dialog too
            self.dismiss(answer)

    def _tell_progress(self, sentence: str) -> None:
        if not self._stopped.is_set():
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._lines.put(1, f"  {sentence}")
