"""Keys typed at the desk before the book is open: they wait for it, and are then done in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from partyday_tui.ui.app import PartydayApp

_AS_TYPED = 0.05  # seconds from key to key of a quick hand
_AT_ONCE = ("ctrl+q", "ctrl+c")


class EarlyKeys:
    """Belongs to the app; a dialog that comes up in between, such as why the book did not open, has its keys at once."""

    def __init__(self, app: PartydayApp) -> None:
        self._app = app
        self._held: list[events.Event] | None = []
        self._is_giving_on = False

    def take(self, event: events.Event) -> bool:
        """Hold a key back, if it is early; returns whether it was."""
        if self._held is None or not isinstance(event, events.Key) or event.key in _AT_ONCE:
            return False
        is_early = self._is_giving_on or self._app.screen is self._app.desk
        if is_early:
            self._held.append(event)
        return is_early

    def drop(self) -> None:
        """Forget them: what came up is not what they were typed for."""
        self._held = None

    async def give_on(self, give: Callable[[events.Event], Awaitable[None]]) -> None:
        """Give on what was held, as if typed by hand: what the one key opens must be there before the next."""
        self._is_giving_on = True
        while self._held:
            await give(self._held.pop(0))
            await asyncio.sleep(_AS_TYPED)
        self._held = None
