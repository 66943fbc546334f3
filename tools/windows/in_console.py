"""Run by the folder's own Python in a console of its own: the app with the driver and the input of Windows. ``in_console.py BOOK RECORD``

RECORD gets what the driver writes to the console, and a mark for each key that was typed; the keys are records as the console of
Windows makes them (what Wine's makes of an X keyboard would be another matter).
"""

import ctypes
import os
import re
import sys
import threading
import time
from ctypes import wintypes
from pathlib import Path
from typing import Any

TYPED = "\x1b]partyday typed\x07"
"""Stands in the record where a key was typed."""
SHIFT = 0x10
# What is to be seen, and what is typed then: characters, and the state of the control keys that they come with.
SCRIPT = (
    ("党员44人", "\x1bOS", 0),  # F4, as a console sends it to a program that asked for such sequences
    ("应到44", "0", 0),
    ("未点1", "\x0c", 0),
    ("粘贴接龙", "村？", SHIFT),  # an input method leaves Shift on
    ("村？", "\x1b", 0),
    ("姓名", "\x11", 0),
)
_SECONDS = 120
_KEY_EVENT, _INPUT_HANDLE = 1, -10
_ESCAPES = re.compile(r"\x1b\[[\x20-\x3f]*[\x40-\x7e]|\x1b\][^\x07]*\x07|\x1b.")


class Recorder:
    """Standard output that also keeps what is written."""

    def __init__(self, console: Any, file: str) -> None:
        self._console = console
        self._kept = Path(file).open("w", encoding="utf-8", newline="")  # noqa: SIM115
        self._since = ""

    def write(self, text: str) -> int:
        self._kept.write(text)
        self._kept.flush()
        self._since += text
        return int(self._console.write(text))

    def typed(self) -> None:
        """Mark that a key was typed; `seen` begins anew."""
        self._since = ""
        self._kept.write(TYPED)

    def seen(self, words: str) -> bool:
        """Whether the words were drawn since the last key."""
        return words in _ESCAPES.sub("", self._since)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console, name)


def type_script(recorder: Recorder) -> None:
    """Type each key of the script once its words are drawn; ends the process where they never are."""
    until = time.monotonic() + _SECONDS
    for words, keys, state in SCRIPT:
        while not recorder.seen(words):
            if time.monotonic() > until:
                os._exit(3)
            time.sleep(0.05)
        recorder.typed()
        send(keys, state)


def send(keys: str, state: int) -> None:
    """Put characters into the console's input, as it sends what has no key code of its own."""
    from textual.drivers.win32 import INPUT_RECORD

    kernel = ctypes.WinDLL("kernel32")
    kernel.GetStdHandle.restype = wintypes.HANDLE
    records = (INPUT_RECORD * len(keys))()
    for record, char in zip(records, keys, strict=True):
        record.EventType = _KEY_EVENT
        key = record.Event.KeyEvent
        key.bKeyDown, key.wRepeatCount, key.uChar.UnicodeChar, key.dwControlKeyState = True, 1, char, state
    handle = wintypes.HANDLE(kernel.GetStdHandle(_INPUT_HANDLE))
    kernel.WriteConsoleInputW(handle, ctypes.byref(records), len(keys), ctypes.byref(wintypes.DWORD()))


def main() -> int:
    """Run the app to its end; returns its exit code."""
    book, record = sys.argv[1:]
    recorder: Any = Recorder(sys.__stdout__, record)
    sys.stdout = sys.__stdout__ = recorder  # type: ignore[misc]
    threading.Thread(target=type_script, args=(recorder,), daemon=True).start()
    sys.argv = ["partyday", "--book", book, "--today", "2026-11-06"]
    from partyday_tui.__main__ import main as partyday

    return partyday()


if __name__ == "__main__":
    sys.exit(main())
