"""Reading a spreadsheet in a process of its own: a hang, a flood of memory or a reader's panic cannot hurt the book (R11).

The child (`worker_child`) limits its own memory; this side holds the clock, the size of the answer, and the user's Esc. A path goes over
as one line of JSON, the grids come back as JSON, so that nothing of a file is ever run here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.excel.limits import ANSWER_LIMIT, DIED, MEMORY_LIMIT, SECONDS_LIMIT, STOPPED, TOO_BIG, TOO_SLOW
from partyday_tui.excel.read import Grid
from partyday_tui.excel.worker_child import FLAG, grids_from

_START = "import sys, os; sys.path[:] = sys.argv[1].split(os.pathsep); from partyday_tui.excel.worker_child import serve; serve()"
_NO_CHILD = "读表格的子程序没有能启动，什么也没有导入；请重启电脑后再试，仍不行请联系维护人。"


class _Child:
    """A reader that waits for its one file; `stopped` says that the user ended it."""

    def __init__(self) -> None:
        try:
            self.process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                start_new_session=True,  # Ctrl+C in the terminal is not for it
            )
        except OSError as error:
            raise PartydayError(_NO_CHILD) from error
        self.stopped = False

    def end(self) -> None:
        """Kill it, if it still runs, and let go of its pipes."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written finds no reader
                    continue


_lock = Lock()
_waiting: list[_Child] = []
_reading: set[_Child] = set()


def prepare() -> None:
    """Start a reader before its file is known, so that its start costs no time later; without one `read_apart` starts its own."""
    with _lock:
        if not _waiting:
            _waiting.append(_Child())


def stop() -> None:
    """End every reading that is going on; its `read_apart` raises UserMistake. For any thread."""
    with _lock:
        for child in _reading:
            child.stopped = True
            child.process.kill()


def read_apart(
    path: Path, *, seconds: float = SECONDS_LIMIT, memory: int = MEMORY_LIMIT, gated: bool = True
) -> list[Grid]:
    """`read_grids` in a child that is killed after so many seconds and may take so many bytes of memory.

    Raises UserMistake, which also tells of the child's end; `gated` False leaves the gate open, for the tests of the limits themselves.
    """
    with _lock:
        child = _waiting.pop() if _waiting else None
        if child is None or child.process.poll() is not None:  # it may have been ended while it waited
            child = _Child()
        _reading.add(child)
    try:
        answer = _answer(child, {"path": str(path), "memory": memory, "gated": gated}, seconds)
    finally:
        with _lock:
            _reading.discard(child)
        child.end()
    if child.stopped:
        raise UserMistake(STOPPED)
    if answer is None:
        raise UserMistake(TOO_SLOW)
    if len(answer) > ANSWER_LIMIT:
        raise UserMistake(TOO_BIG)
    return _grids_in(answer)


def _answer(child: _Child, question: dict[str, Any], seconds: float) -> bytes | None:
    """What the child says until it ends, up to one byte more than is taken; None when it took too long."""
    said: list[bytes] = []
    process = child.process
    assert process.stdin is not None and process.stdout is not None
    pipe = process.stdout
    listening = Thread(target=lambda: said.append(pipe.read(ANSWER_LIMIT + 1)), name="reader", daemon=True)
    listening.start()
    try:
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.flush()
    except OSError:  # it has died already, which its silence tells as well
        pass
    listening.join(seconds)
    if listening.is_alive():
        process.kill()
        listening.join()
        return None
    return said[0]


def _grids_in(answer: bytes) -> list[Grid]:
    try:
        found = json.loads(answer)
        if "refused" in found:
            raise UserMistake(str(found["refused"]))
        return grids_from(found)
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ) as error:  # it died, or did not come to the end of its answer
        raise UserMistake(DIED) from error


def _command() -> list[str]:
    """This Python again, also an embedded one; a frozen program is itself the Python.

    The path of modules is handed over, and neither the environment nor the folder where the program was started adds to it.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-I", "-S", "-c", _START, os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))]
