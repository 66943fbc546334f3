"""Time a key in a real pseudo-terminal: from the key byte written to the changed cell read back, and the bytes painted.

Only ratios within one run mean anything. POSIX only.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

_QUIET = 0.03


@dataclass(frozen=True, slots=True)
class Sample:
    """Milliseconds of each key until its mark was read back, and bytes painted for each."""

    milliseconds: tuple[float, ...]
    painted: tuple[int, ...]

    @property
    def middle(self) -> float:
        """The median in milliseconds."""
        return median(self.milliseconds)

    @property
    def worst(self) -> float:
        """The 99th percentile in milliseconds."""
        return quantiles(self.milliseconds, n=100)[98]

    @property
    def most_bytes(self) -> int:
        """The most that one key painted."""
        return max(self.painted)


class Terminal:
    """A program running in a pty of `columns` x `lines`."""

    def __init__(self, command: Sequence[str], columns: int = 80, lines: int = 24) -> None:
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_DISABLE_KITTY_KEY="1")
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def write(self, data: bytes) -> None:
        """Type bytes."""
        os.write(self._fd, data)

    def read_until(self, wanted: bytes, limit: float = 10.0) -> tuple[float, bytes]:
        """(moment, everything read) when `wanted` had come; TimeoutError after `limit` seconds."""
        got, end = b"", time.perf_counter() + limit
        while wanted not in got:
            left = end - time.perf_counter()
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                raise TimeoutError(f"{wanted!r} did not come; read {got[-200:]!r}")
            got += os.read(self._fd, 65536)
        return time.perf_counter(), got

    def read_rest(self) -> bytes:
        """What still comes, until it has been quiet for a moment."""
        got = b""
        while select.select([self._fd], [], [], _QUIET)[0]:
            try:
                got += os.read(self._fd, 65536)
            except OSError:
                break
        return got

    def close(self) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


@contextlib.contextmanager
def running(command: Sequence[str], columns: int = 80, lines: int = 24) -> Iterator[Terminal]:
    """A terminal with `command` in it, ended at the end."""
    terminal = Terminal(command, columns, lines)
    try:
        yield terminal
    finally:
        terminal.close()


def keys_to_marks(terminal: Terminal, marks: Sequence[tuple[bytes, bytes]]) -> Sample:
    """Type each key and wait for its mark; the program must already be idle."""
    milliseconds, painted = [], []
    for key, mark in marks:
        terminal.read_rest()
        begun = time.perf_counter()
        terminal.write(key)
        moment, got = terminal.read_until(mark)
        milliseconds.append((moment - begun) * 1000)
        painted.append(len(got) + len(terminal.read_rest()))
    return Sample(tuple(milliseconds), tuple(painted))


def joined(samples: Iterable[Sample]) -> Sample:
    """Several samples as one, in their order."""
    found = list(samples)
    return Sample(
        tuple(time for each in found for time in each.milliseconds),
        tuple(size for each in found for size in each.painted),
    )


def first_paint(command: Sequence[str], content: bytes) -> float:
    """Milliseconds from exec to `content` on the screen."""
    with running(command) as terminal:
        moment, _ = terminal.read_until(content)
        return (moment - terminal.started) * 1000
