"""The real program in a real pseudo-terminal: keys go in as bytes, what a person would see comes out through pyte."""

import signal
import sys
import time

import pexpect
import pyte

KEYS = {
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~",
    "Enter": "\r", "Esc": "\x1b", "Up": "\x1b[A", "Down": "\x1b[B", "Insert": "\x1b[2~", "Delete": "\x1b[3~",
    "Home": "\x1b[H", "End": "\x1b[F", "Space": " ", "^E": "\x05", "^G": "\x07", "^L": "\x0c", "^O": "\x0f", "^P": "\x10",
    "^Q": "\x11", "^R": "\x12", "^T": "\x14", "^Z": "\x1a",
}  # fmt: skip


class Terminal:
    """`partyday` with these arguments in a terminal of this size; everything it ever wrote is in `stream`."""

    def __init__(self, *arguments, columns=80, lines=24):
        self.stream = b""
        self._screen = pyte.Screen(columns, lines)
        self._feed = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            sys.executable, ["-m", "partyday_tui", *map(str, arguments)], dimensions=(lines, columns), timeout=20
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._child.close(force=True)

    @property
    def text(self):
        """The screen as lines, the second cell of a wide character left out."""
        return "\n".join(
            "".join(self._screen.buffer[y][x].data for x in range(self._screen.columns)).rstrip()
            for y in range(self._screen.lines)
        )

    def press(self, *keys):
        """Type keys by name, or text as it is; a person's hands leave a moment between two function keys."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            self._read(0.05)

    def press_calmly(self, *keys):
        """Type, and after each key wait until the screen stands still, as a person does who reads what came."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            self._read(0.1)
            while self._read(0.15):
                pass

    def send(self, *keys):
        """Type without looking at the screen."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def rest(self, seconds):
        """Look at the screen for so long."""
        self._read(seconds)

    def kill(self):
        """End the process as a power cut would; what it had written to the terminal is still read."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()
        self._read(0.2)

    def paste(self, text):
        """Paste as terminals do, in brackets."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")

    def until(self, words, limit=15.0):
        """Wait until `words` stand on the screen; returns the screen."""
        end = time.monotonic() + limit
        while words not in self.text:
            if time.monotonic() > end:
                raise AssertionError(f"«{words}» never came; the screen says:\n{self.text}")
            self._read(0.1)
        return self.text

    def leave(self):
        """Ctrl+Q; the exit code."""
        self._child.send(KEYS["^Q"])
        self._child.expect(pexpect.EOF)
        self._child.close()
        return self._child.exitstatus

    def _read(self, seconds):
        """Read for so long; whether anything came."""
        end = time.monotonic() + seconds
        before = len(self.stream)
        while (left := end - time.monotonic()) > 0:
            try:
                got = self._child.read_nonblocking(65536, timeout=left)
            except (pexpect.TIMEOUT, pexpect.EOF):
                break
            self.stream += got
            self._feed.feed(got)
        return len(self.stream) > before
