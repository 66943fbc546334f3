"""`LeavesOnce`: a screen that goes once, however many keys say so."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")


class LeavesOnce(Screen[Answer]):
    """Keys typed faster than a screen can go are still in its queue when it has gone; each of them would take another one away."""

    @property
    def has_left(self) -> bool:
        """Whether the screen is no longer shown, nor waiting below another one."""
        return self not in self.app.screen_stack

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Go, with a result; nothing happens the second time."""
        return AwaitComplete() if self.has_left else super().dismiss(result)
