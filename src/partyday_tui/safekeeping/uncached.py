"""Reading a file from the medium and not from the computer's memory of it; a plain read-back of a stick verifies nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20
"""Bytes read at a time; a whole number of sectors of any drive."""


def read_uncached(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece, past the cache; raises OSError. `passes_cache` says whether this system can."""
    if sys.platform == "win32":
        yield from _read_unbuffered(path)
    else:
        handle = os.open(path, os.O_RDONLY)
        try:
            _forget(handle)
            while piece := os.read(handle, PIECE):
                yield piece
        finally:
            os.close(handle)


def passes_cache() -> bool:
    """Whether this system has a way past its cache; where not, the read-back is an ordinary one and must be called so."""
    return sys.platform in ("win32", "darwin") or hasattr(os, "posix_fadvise")


if sys.platform == "darwin":
    import fcntl

    def _forget(handle: int) -> None:
        fcntl.fcntl(handle, fcntl.F_NOCACHE, 1)

elif sys.platform != "win32":

    def _forget(handle: int) -> None:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _GENERIC_READ, _SHARE_ALL, _OPEN_EXISTING = 0x80000000, 7, 3
    _NO_BUFFERING, _SEQUENTIAL = 0x20000000, 0x08000000
    _COMMIT, _RELEASE, _READWRITE = 0x3000, 0x8000, 4
    _INVALID = ctypes.c_void_p(-1).value

    def _kernel() -> ctypes.WinDLL:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        kernel.CreateFileW.argtypes = [wintypes.LPCWSTR, *[wintypes.DWORD] * 2, wintypes.LPVOID, *[wintypes.DWORD] * 2, wintypes.HANDLE]  # fmt: skip
        kernel.VirtualAlloc.restype = wintypes.LPVOID
        kernel.VirtualAlloc.argtypes = [wintypes.LPVOID, ctypes.c_size_t, wintypes.DWORD, wintypes.DWORD]
        kernel.VirtualFree.argtypes = [wintypes.LPVOID, ctypes.c_size_t, wintypes.DWORD]
        kernel.ReadFile.argtypes = [wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD, ctypes.POINTER(wintypes.DWORD), wintypes.LPVOID]  # fmt: skip
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        return kernel

    def _read_unbuffered(path: Path) -> Iterator[bytes]:
        """Without the cache Windows wants a page-aligned buffer and whole sectors; the last piece comes short by itself,

        and after it no further read may be tried, since the place in the file is not on a sector any more.
        """
        kernel = _kernel()
        flags = _NO_BUFFERING | _SEQUENTIAL
        handle = kernel.CreateFileW(str(path), _GENERIC_READ, _SHARE_ALL, None, _OPEN_EXISTING, flags, None)
        if handle == _INVALID:
            raise ctypes.WinError(ctypes.get_last_error())
        buffer = kernel.VirtualAlloc(None, PIECE, _COMMIT, _READWRITE)
        try:
            if not buffer:
                raise ctypes.WinError(ctypes.get_last_error())
            got = wintypes.DWORD()
            while True:
                if not kernel.ReadFile(handle, buffer, PIECE, ctypes.byref(got), None):
                    raise ctypes.WinError(ctypes.get_last_error())
                if got.value:
                    yield ctypes.string_at(buffer, got.value)
                if got.value < PIECE:
                    return
        finally:
            kernel.CloseHandle(handle)
            if buffer:
                kernel.VirtualFree(buffer, 0, _RELEASE)
