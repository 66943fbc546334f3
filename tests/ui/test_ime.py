"""What an input method types with Shift held down, through the Windows driver that ships with Textual."""

import ctypes
import sys
import threading
from importlib import import_module
from types import ModuleType, SimpleNamespace

import pytest

from partyday_tui.ui import ime

SHIFT, NUM_LOCK = 0x10, 0x20
# As injected under Wine (ecosystem.md, 8): character, key code, control keys.
TYPED = (
    ("张", 0, 0),
    ("三", 0, NUM_LOCK),
    ("？", 0, SHIFT),
    ("\0", 0, SHIFT),
    ("a", 65, 0),
    ("！", 0, SHIFT | NUM_LOCK),
)


class Kernel32:
    """Hands the records over once, then asks the driver to end."""

    def __init__(self, ended):
        self.ended, self.driver = ended, None
        self.GetStdHandle = lambda which: 3
        self.GetStdHandle.restype = None
        self.WaitForMultipleObjects = lambda *arguments: 0

    def ReadConsoleInputW(self, handle, records, room, count):
        for record, (char, code, control) in zip(records._obj, TYPED, strict=False):
            record.EventType = 1
            key = record.Event.KeyEvent
            key.bKeyDown, key.wVirtualKeyCode, key.dwControlKeyState = 1, code, control
            key.uChar.UnicodeChar = char
        count._obj.value = len(TYPED)
        self.ended.set()
        return 1


@pytest.fixture
def driver(monkeypatch):
    """`textual.drivers.win32` as it is shipped, on an API object in the place of Windows."""
    ended = threading.Event()
    monkeypatch.setattr(ctypes, "WinDLL", lambda *arguments, **named: Kernel32(ended), raising=False)
    msvcrt = ModuleType("msvcrt")
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.delitem(sys.modules, "textual.drivers.win32", raising=False)
    win32 = import_module("textual.drivers.win32")
    win32.ended = ended
    yield win32
    sys.modules.pop("textual.drivers.win32", None)


def arrived(win32):
    """The characters that reach the app."""
    events = []
    app = SimpleNamespace(log=SimpleNamespace(error=lambda *words: events.append(words)))
    monitor = win32.EventMonitor(None, app, win32.ended, events.append)
    monitor.run()
    return "".join(event.character for event in events)


def test_the_driver_still_needs_the_patch(driver):
    assert arrived(driver) == "张a", "Textual keeps these characters now: drop the patch (ui/ime.py) and this file"


def test_the_patch_is_for_the_textual_that_is_pinned(driver, monkeypatch):
    ime.mend_driver(driver)
    assert isinstance(driver.KERNEL32, ime.Kernel32), (
        "a newer Textual is pinned: look whether it has the mend, then drop the patch"
    )
    monkeypatch.setattr(ime, "MENDED_TEXTUAL", "0.0.1")
    driver.KERNEL32 = untouched = object()
    ime.mend_driver(driver)
    assert driver.KERNEL32 is untouched


def test_every_character_arrives_and_bare_shift_does_not(driver):
    ime.mend_driver(driver)
    assert arrived(driver) == "张三？a！"
