"""Keep what a Chinese input method types with Shift held down, which Textual's Windows driver drops.

The driver takes a key record without a key code for noise as soon as any control key or lock is on; but an input method
sends its characters without a key code, so that ？！：（ never arrive (Textualize/textual issue 6667, mended by its pull
request 6689). Drop this module when the pinned Textual has the mend; tests/ui/test_ime.py says when.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

MENDED_TEXTUAL = "8.2.8"
_KEY_EVENT = 1


def keep_typed_characters(records: Iterable[Any]) -> None:
    """Clear the control keys of every key record (a Windows INPUT_RECORD) that carries a character and no key code."""
    for record in records:
        if record.EventType == _KEY_EVENT:
            key = record.Event.KeyEvent
            if key.wVirtualKeyCode == 0 and key.uChar.UnicodeChar not in ("", "\0"):
                key.dwControlKeyState = 0


class Kernel32:
    """`kernel32` as the driver uses it, with the records mended as they are read."""

    def __init__(self, kernel32: Any) -> None:
        self._kernel32 = kernel32

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernel32, name)

    def ReadConsoleInputW(self, handle: Any, records: Any, room: int, count: Any) -> Any:
        """Read records as Windows does; `records` and `count` are what `byref` made."""
        done = self._kernel32.ReadConsoleInputW(handle, records, room, count)
        keep_typed_characters(records._obj[: count._obj.value])
        return done


def mend_driver(driver: Any) -> None:
    """Mend `textual.drivers.win32`, of the one version that this was written for."""
    if version("textual") == MENDED_TEXTUAL:
        driver.KERNEL32 = Kernel32(driver.KERNEL32)
