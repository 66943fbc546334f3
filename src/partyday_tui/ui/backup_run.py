"""One backup at a time, behind whatever screen is shown; its progress and its end are told in the feedback line of the one on top."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from partyday_tui import crash
from partyday_tui.errors import PartydayError
from partyday_tui.ui.book_screen import BookScreen

if TYPE_CHECKING:
    from textual.worker import Worker

    from partyday_tui.services.backup import Made
    from partyday_tui.ui.app import PartydayApp


class BackupRun:
    """Belongs to the app, not to a screen: going to another place does not stop it."""

    def __init__(self, app: PartydayApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self._then = ""

    @property
    def is_going_on(self) -> bool:
        """Whether a backup is being made."""
        return self._worker is not None and not self._worker.is_finished

    def start(self, folder: Path, label: str, passphrase: str) -> None:
        """Begin a backup; only while none is going on."""
        self._worker = self._app.run_worker(self._run(folder, label, passphrase), group="backup")

    async def wait(self) -> None:
        """Wait until the backup that is being made, if any, has ended."""
        if self._worker is not None and self.is_going_on:
            self._then = "，做完就离开"
            self._tell("正在备份，做完就离开，请先不要拔U盘")
            await self._worker.wait()

    async def _run(self, folder: Path, label: str, passphrase: str) -> None:
        self._tell("正在备份")
        try:
            made = await self._make(folder, label, passphrase)
        except PartydayError as error:
            if error.exit_code == 1:
                crash.log(error)
            self._tell(error.sentence, ink="late")
        else:
            self._tell(done_sentence(made), ink="strong")
            for screen in self._app.screen_stack:
                if isinstance(screen, BookScreen):
                    screen.post_message(BookScreen.BackedUp())

    async def _make(self, folder: Path, label: str, passphrase: str) -> Made:
        from partyday_tui.services import backup

        app, loop, shown = self._app, asyncio.get_running_loop(), -1
        assert app.branch is not None

        def told(done: float) -> None:
            nonlocal shown
            percent = int(done * 100)
            if percent > shown:
                shown = percent
                loop.call_soon_threadsafe(self._tell, f"正在备份 {percent}%{self._then}，请先不要拔U盘")

        highest = await asyncio.to_thread(backup.highest_generation, folder, app.branch.key)
        taken = await app.call(backup.begin, label, highest)
        try:
            made = await asyncio.to_thread(
                backup.make, taken, folder, passphrase, local=backup.local_folder(), told=told
            )
        finally:
            taken.copy.close()
        await app.call(backup.record, made)
        return made

    def _tell(self, sentence: str, ink: str = "text") -> None:
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, BookScreen):
                screen.tell(sentence, ink=ink)
                return


def done_sentence(made: Made) -> str:
    """What is said of a finished backup."""
    if not made.past_cache:
        return f"已备份第{made.generation}代到 {made.label}；请安全弹出，再插上后到「备份」里按 F5 核对一次。"
    if made.local_failure:
        return f"已备份第{made.generation}代到 {made.label}，读回无误；但本机那份没存下，请看看磁盘是否已满。"
    return f"已备份第{made.generation}代到 {made.label}，读回无误。拔U盘前请先安全弹出。"
