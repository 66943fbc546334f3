"""One backup at a time, behind whatever screen is shown; its progress and its end are told in the feedback line of the one on top.

After each start, and every hour, what is in no generation yet is kept on this computer without a word; that gives way to whatever the
user does with backups.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from partyday_tui import crash
from partyday_tui.errors import PartydayError
from partyday_tui.ui.book_screen import BookScreen, front

if TYPE_CHECKING:
    from textual.worker import Worker

    from partyday_tui.services.backup import Made
    from partyday_tui.ui.app import PartydayApp


_LOOK_EVERY, _PAUSE, _AGAIN = 5.0, 8.0, 3600.0
"""Seconds: nobody who types is to wait for the generation of the day, so it begins in a pause; an app left open gets its day too."""


class _GivesWay(Exception):
    """Stops the generation of the day."""


class BackupRun:
    """Belongs to the app, not to a screen: going to another place does not stop it."""

    def __init__(self, app: PartydayApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self._then = ""
        self._daily: Worker[None] | None = None
        self._daily_is_wanted = False
        self._daily_from: float | None = None
        self.keeps_daily = True

    @property
    def is_going_on(self) -> bool:
        """Whether a backup is being made."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def is_to_be_waited_for(self) -> bool:
        """Whether anything is being made, be it only the generation of the day, which has yet to stop."""
        return self.is_going_on or (self._daily is not None and not self._daily.is_finished)

    def ask(self) -> None:
        """F12: ask what is not known yet, and begin. Whoever goes to another place meanwhile still gets the backup."""
        self._app.run_worker(self._ask(), group="asking for backup", exclusive=True)

    async def _ask(self) -> None:
        from partyday_tui.ui.screens.backup_questions import back_up

        try:
            await back_up(self._app)
        except PartydayError as error:
            front(self._app).refuse(error)

    def start(self, folder: Path, label: str, passphrase: str) -> None:
        """Begin a backup; only while none is going on."""
        self._worker = self._app.run_worker(self._run(folder, label, passphrase), group="backup")

    def keep_daily(self) -> None:
        """From now on keep the generation of each day of use on this computer."""
        if self.keeps_daily and self._daily_from is None:
            self._daily_from = 0.0
            self._app.set_interval(_LOOK_EVERY, self.look)

    def look(self) -> None:
        """Keep the generation of the day now, if nobody is typing and the last look at it is an hour ago."""
        if self._daily_from is not None and monotonic() >= self._daily_from and self._app.lock.quiet_for() >= _PAUSE:
            self._daily_from = monotonic() + _AGAIN
            self.start_daily()

    def start_daily(self, *, even_if_held: bool = False) -> None:
        """Keep the generation of the day, if it is due and no backup is being made."""
        if not self.is_to_be_waited_for:
            self._daily_is_wanted = True
            self._daily = self._app.run_worker(self._run_daily(even_if_held), group="daily")

    async def stop_daily(self) -> None:
        """Let the generation of the day go, since a backup, a restore or the end of the app comes first; the next start makes it."""
        self._daily_is_wanted = False
        if self._daily is not None and not self._daily.is_finished:
            await self._daily.wait()

    async def _run_daily(self, even_if_held: bool) -> None:
        from partyday_tui.services import backup

        def told(_: float) -> None:
            if not self._daily_is_wanted:
                raise _GivesWay

        try:
            if not even_if_held and not await self._app.call(backup.daily_is_due):
                return
            taken = await self._app.call(backup.begin_daily)
            try:
                made = await asyncio.to_thread(backup.make_local, taken, told)
            finally:
                taken.copy.close()
            await self._app.call(backup.record, made)
        except _GivesWay:
            return
        except PartydayError as error:
            if error.exit_code == 1:
                crash.log(error)
            self._tell(f"今天的本机备份没有做成：{error.sentence}", ink="late")

    async def wait(self) -> None:
        """Wait until the backup that is being made, if any, has ended; the generation of the day is stopped."""
        await self.stop_daily()
        if self._worker is not None and self.is_going_on:
            self._then = "，做完就离开"
            self._tell("正在备份，做完就离开，请先不要拔U盘")
            await self._worker.wait()

    async def _run(self, folder: Path, label: str, passphrase: str) -> None:
        self._tell("正在备份")
        await self.stop_daily()
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
        front(self._app).tell(sentence, ink=ink)


def done_sentence(made: Made) -> str:
    """What is said of a finished backup."""
    if not made.past_cache:
        return f"已备份第{made.generation}代到 {made.label}；请安全弹出，再插上后到「备份」里按 F5 核对一次。"
    if made.local_failure:
        return f"已备份第{made.generation}代到 {made.label}，读回无误；但本机那份没存下，请看看磁盘是否已满。"
    return f"已备份第{made.generation}代到 {made.label}，读回无误。拔U盘前请先安全弹出。"
