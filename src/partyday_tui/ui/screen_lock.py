"""When the screen locks, and what waits until it is open again; the lock keeps passers-by out and encrypts nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from partyday_tui import pin
from partyday_tui.errors import PartydayError

if TYPE_CHECKING:
    from textual.timer import Timer

    from partyday_tui.ui.app import PartydayApp

_LOOK_EVERY = 5.0  # seconds


class ScreenLock:
    """Belongs to the app. While it is on, no other screen comes up; what runs behind the screens goes on."""

    def __init__(self, app: PartydayApp) -> None:
        self._app = app
        self._last = monotonic()
        self._opened: asyncio.Event | None = None
        self._timer: Timer | None = None
        self._held: tuple[str, object] | None = None

    @property
    def is_on(self) -> bool:
        """Whether the screen is locked."""
        return self._opened is not None

    def start(self) -> None:
        """Go by what is kept on this computer; a screen that was locked when the program ended is locked again."""
        kept = pin.screen_pin()
        if kept.is_set and kept.locked:
            self.lock()
        self.watch()

    def watch(self) -> None:
        """Count the minutes without a key anew, as they are set now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        kept = pin.screen_pin()
        if kept.is_set and kept.minutes:
            self._last = monotonic()
            self._timer = self._app.set_interval(_LOOK_EVERY, lambda: self.look(kept.minutes))

    def touched(self) -> None:
        """A key was pressed, or the mouse moved."""
        self._last = monotonic()

    def quiet_for(self) -> float:
        """Seconds since the last key or move of the mouse."""
        return monotonic() - self._last

    def look(self, minutes: float) -> None:
        """Lock, if nobody has touched anything for so many minutes."""
        if self.quiet_for() >= minutes * 60:
            self.lock()

    def lock(self) -> None:
        """Cover everything; harmless a second time."""
        if self.is_on:
            return
        from partyday_tui.ui.screens.locked import LockedScreen

        self._opened = asyncio.Event()
        with suppress(PartydayError):  # a full disk is no reason to stay open
            pin.note_locked()
        self._app.push_screen(LockedScreen(), self._open)

    def holds(self, where: str, target: object) -> bool:
        """Whether the way to a place has to wait; it is gone when the lock is off."""
        if self.is_on:
            self._held = (where, target)
        return self.is_on

    async def passed(self) -> None:
        """Wait until the screen is not locked."""
        if self._opened is not None:
            await self._opened.wait()

    def _open(self, _: None) -> None:
        opened, self._opened = self._opened, None
        self.touched()
        if self._held is not None:
            held, self._held = self._held, None
            self._app.go(*held)
        if opened is not None:
            opened.set()
