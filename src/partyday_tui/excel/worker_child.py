"""The child's side of reading a spreadsheet apart: limit itself, read one file, answer, end."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from partyday_tui.errors import UserMistake
from partyday_tui.excel.limits import TOO_MUCH_MEMORY
from partyday_tui.excel.read import Grid, read_grids

FLAG = "--read-one-sheet"
"""What a frozen program is started with to be this child; no command of the user."""

_SECONDS_OF_CPU = 60  # an orphan ends by itself


def serve() -> None:
    """Read one question from stdin, answer on stdout."""
    import python_calamine  # noqa: F401 - while the user is still choosing a file

    line = sys.stdin.buffer.readline(1 << 16)
    if not line:
        return  # the program ended, or wants no file after all
    question = json.loads(line)
    limit_memory(question["memory"])
    sys.stdout.buffer.write(_answer(Path(question["path"]), question["gated"]))
    sys.stdout.buffer.flush()


def _answer(path: Path, gated: bool) -> bytes:
    try:
        try:
            grids = read_grids(path, gated=gated)
        except UserMistake as refusal:
            return json.dumps({"refused": refusal.sentence}).encode()
        return json.dumps({"grids": [[it.name, it.rows, it.merged] for it in grids]}, default=_packed).encode()
    except MemoryError:
        return json.dumps({"refused": TOO_MUCH_MEMORY}).encode()


def grids_from(answer: dict[str, Any]) -> list[Grid]:
    """The grids of an answer; raises ValueError, KeyError or TypeError for what is none."""
    return [
        Grid(name, [[_unpacked(cell) if type(cell) is dict else cell for cell in row] for row in rows], _merges(merged))
        for name, rows, merged in answer["grids"]
    ]


def _merges(found: list[list[int]]) -> tuple[tuple[int, int, int], ...]:
    return tuple((top, column, bottom) for top, column, bottom in found)


def _packed(value: object) -> dict[str, Any]:
    """The cells that JSON has no word for."""
    if isinstance(value, datetime):  # before date, of which it is one
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"timedelta": [value.days, value.seconds, value.microseconds]}
    return {"text": str(value)}


def _unpacked(cell: dict[str, Any]) -> object:
    ((kind, value),) = cell.items()
    if kind == "timedelta":
        return timedelta(*value)
    makers: dict[str, Callable[[str], object]]
    makers = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat, "text": str}
    return makers[kind](value)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _PROCESS_TIME, _PROCESS_MEMORY = 0x2, 0x100

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("most_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def limit_memory(most: int) -> None:
        """Let this process have so many bytes of memory and no more, by a job of its own; silently nothing where Windows will not."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        limits = _Limits(
            process_time=_SECONDS_OF_CPU * 10_000_000,  # units of 100 ns
            flags=_PROCESS_TIME | _PROCESS_MEMORY,
            process_memory=most,
        )
        job = kernel.CreateJobObjectW(None, None)
        if kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

else:
    import resource

    def limit_memory(most: int) -> None:
        """Let this process have so many bytes of memory and no more; macOS takes the wish and does not hold to it."""
        for kind, wanted in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CPU, _SECONDS_OF_CPU)):
            hard = resource.getrlimit(kind)[1]
            soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            try:
                resource.setrlimit(kind, (soft, hard))
            except (OSError, ValueError):
                continue
