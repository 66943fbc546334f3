"""Terminals of every temper: the real app in a real pty, and a terminal that answers the way it was told to."""

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import contextmanager, suppress
from fcntl import ioctl

import pyte

ASKED = re.compile(rb"\x1b\[(\d+);1H([^\x1b]+)\x1b\[6n")


class AnsweringTerminal:
    """A program in a pty of 80x24; ``answer(row, char)`` is what the terminal sends for a question after a sample, or None."""

    def __init__(self, arguments, answer):
        self.stream, self._answered, self._answer = b"", 0, answer
        self._screen = pyte.Screen(80, 24)
        self._feed = pyte.ByteStream(self._screen)
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(sys.executable, [sys.executable, "-m", "partyday_tui", *map(str, arguments)])
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    @property
    def text(self):
        """The screen as lines, without the second cells of wide characters."""
        lines = (self._screen.buffer[y] for y in range(24))
        return "\n".join("".join(line[x].data for x in range(80)).rstrip() for line in lines)

    def type(self, data):
        """Send bytes to the program."""
        os.write(self._fd, data)

    def read(self, seconds):
        """Read what comes within so long, and answer what is asked in it."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return
        try:
            got = os.read(self._fd, 65536)
        except OSError:
            return
        self.stream += got
        self._feed.feed(got)
        questions = [(int(row), char.decode()) for row, char in ASKED.findall(self.stream)]
        for row, char in questions[self._answered :]:
            answer = self._answer(row, char)
            if answer is not None:
                self.type(answer)
        self._answered = len(questions)

    def until(self, words, limit=20.0):
        """Wait until `words` stand on the screen."""
        end = time.monotonic() + limit
        while words not in self.text:
            assert time.monotonic() < end, f"«{words}» never came; the screen says:\n{self.text}"
            self.read(0.05)

    def close(self):
        """End the program."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


@contextmanager
def answering(arguments, answer):
    """The app with these arguments in a terminal that answers so."""
    terminal = AnsweringTerminal(arguments, answer)
    try:
        yield terminal
    finally:
        terminal.close()
