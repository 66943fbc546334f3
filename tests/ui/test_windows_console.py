"""The calls into kernel32, against an API object that keeps a console's books."""

import ctypes

from partyday_tui.ui.console import Widths, measured
from partyday_tui.ui.windows_console import WindowsConsole


class Function:
    """A function of a DLL: callable, with a `restype`."""

    def __init__(self, work):
        self.work, self.restype = work, None

    def __call__(self, *arguments):
        return self.work(*arguments)


class Kernel32:
    """A console of code page 936 in SimSun: every character but ASCII takes two cells."""

    def __init__(self, is_console=True):
        self.is_console, self.x = is_console, 0
        self.GetStdHandle = Function(lambda which: {-11: 7}[which])
        self.WriteConsoleW = Function(self._write)
        self.GetConsoleScreenBufferInfo = Function(self._info)

    def _write(self, handle, text, length, written, reserved):
        assert handle.value == 7 and len(text.value) == length and reserved is None
        for char in text.value:
            self.x = 0 if char in "\r\n" else self.x + 1 + (not char.isascii())
        return 1

    def _info(self, handle, info):
        assert handle.value == 7 and ctypes.sizeof(info._obj) == 22, "the size of CONSOLE_SCREEN_BUFFER_INFO"
        info._obj.cursor.x = self.x
        return int(self.is_console)


def test_a_simsun_console_is_found_wide():
    assert measured(WindowsConsole(Kernel32())) == Widths(2, 2, 2)


def test_output_that_is_no_console_says_nothing():
    assert measured(WindowsConsole(Kernel32(is_console=False))) is None
