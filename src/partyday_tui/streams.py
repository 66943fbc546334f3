"""The one gate between a command and the terminal: literal text, whatever a file or an argument holds (reliability.md R10)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TextIO

from partyday_tui.errors import PartydayError, cause_of
from partyday_tui.rules.literal import literal


class NotPrinted(PartydayError):
    """What a command had to say could not be written; what it did is not undone by that."""


class Gate:
    """A stream that takes text alone, and lets nothing through that steers a terminal.

    It has no file number and no buffer of bytes to write to past it. ``is_vital``: a failure to write raises NotPrinted
    (BrokenPipeError where the reader has gone); else it is kept quiet, since there is nowhere to tell it.
    """

    def __init__(self, stream: TextIO, *, is_vital: bool) -> None:
        self._stream = stream
        self.is_vital = is_vital

    def write(self, text: str) -> int:
        """Write the text with all that steers replaced."""
        try:
            self._stream.write(literal(text))
        except OSError as error:
            self._fail(error)
        return len(text)

    def flush(self) -> None:
        """Let the system have what was written."""
        try:
            self._stream.flush()
        except OSError as error:
            self._fail(error)

    def isatty(self) -> bool:
        """Whether a person reads this."""
        return self._stream.isatty()

    @property
    def encoding(self) -> str:
        """The encoding of the stream behind."""
        return self._stream.encoding

    def _fail(self, error: OSError) -> None:
        if self.is_vital and isinstance(error, BrokenPipeError):
            raise error
        give_up(self._stream)
        if self.is_vital:
            raise NotPrinted(
                f"命令的结果没有写出来（{cause_of(error)}）；在这之前办好的都已存盘，请换一个输出的地方，先查看再决定要不要重做。"
            ) from error


@contextmanager
def guarded() -> Iterator[None]:
    """Put the gate before both streams; raises NotPrinted at the end where stdout did not take it all."""
    kept = sys.stdout, sys.stderr
    stdout, stderr = (_gate(stream, is_vital=stream is sys.stdout) for stream in kept)
    sys.stdout, sys.stderr = stdout, stderr
    try:
        yield
        if stdout is not None:
            stdout.flush()
    except SystemExit:  # a page of help was asked for
        if stdout is not None:
            stdout.flush()
        raise
    except BaseException:  # why the command failed matters more than what it could not print
        if stdout is not None:
            stdout.is_vital = False
            stdout.flush()
        raise
    finally:
        sys.stdout, sys.stderr = kept


def give_up(stream: TextIO) -> None:
    """Send what is left in a stream nowhere, so that Python does not stumble over it when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _gate(stream: TextIO | Gate | None, *, is_vital: bool) -> Gate | None:
    """The gate before a stream, once; None where the stream was closed before the program began."""
    if stream is None or isinstance(stream, Gate):
        return stream
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    return Gate(stream, is_vital=is_vital)
