"""`partyday web` as a process of its own, and its address."""

import re
import subprocess
import sys
from contextlib import contextmanager


class Served:
    """The running server."""

    def __init__(self, book, *arguments):
        words = ["-m", "partyday_tui", "--book", book, "--today", "2026-11-06", "web", "--no-browser", *arguments]
        self.process = subprocess.Popen(
            [sys.executable, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.page = re.search(r"http://127\.0\.0\.1:\d+/\S+/", self.process.stdout.readline())[0]
        self.origin = self.page.rsplit("/", 2)[0]
        self.token = self.page.rsplit("/", 2)[1]

    @property
    def stream(self):
        """Where the page's stream is."""
        return self.page.replace("http", "ws", 1) + "stream?width=80&height=24"

    def ended(self):
        """The exit code, and that nothing was said but the address."""
        code = self.process.wait(30)
        assert "网址只有这台电脑" in (said := self.process.stdout.read()) and said.count("\n") == 1, said
        return code


@contextmanager
def served(book):
    """The server on a book, ended at the end."""
    server = Served(book)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()
