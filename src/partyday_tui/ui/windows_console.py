"""A console of Windows: write, and see where the cursor went. Imported on Windows only."""

from __future__ import annotations

import ctypes
from typing import Any

_OUTPUT_HANDLE = -11


class _Coord(ctypes.Structure):
    _fields_ = (("x", ctypes.c_short), ("y", ctypes.c_short))


class _BufferInfo(ctypes.Structure):
    """CONSOLE_SCREEN_BUFFER_INFO."""

    _fields_ = (
        ("size", _Coord),
        ("cursor", _Coord),
        ("attributes", ctypes.c_ushort),
        ("window", ctypes.c_short * 4),
        ("maximum", _Coord),
    )


class WindowsConsole:
    """The console behind standard output, through `kernel32`."""

    def __init__(self, kernel32: Any) -> None:
        self._kernel32 = kernel32
        kernel32.GetStdHandle.restype = ctypes.c_void_p
        self._handle = ctypes.c_void_p(kernel32.GetStdHandle(_OUTPUT_HANDLE))

    def write(self, text: str) -> None:
        """Write at the cursor, whatever the code page is."""
        self._kernel32.WriteConsoleW(
            self._handle, ctypes.c_wchar_p(text), len(text), ctypes.byref(ctypes.c_ulong()), None
        )

    def column(self) -> int | None:
        """The cell of the cursor from the left, from 0; None where standard output is no console."""
        info = _BufferInfo()
        if not self._kernel32.GetConsoleScreenBufferInfo(self._handle, ctypes.byref(info)):
            return None
        return int(info.cursor.x)
