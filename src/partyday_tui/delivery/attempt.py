"""One try to deliver: what is delivered, how long it may take, how it is stopped, and why it failed."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from partyday_tui.errors import PartydayError
from partyday_tui.rules.text import clean_line

EACH_SECONDS = 15.0
"""How long one answer is waited for."""
TOTAL_SECONDS = 180.0
"""How long a whole try may take; a package of some MB on a village line."""
_GRACE_SECONDS = 1.0

PIECE = 1 << 14
"""Bytes sent at a time, so that a try can be stopped between two of them."""
_LONGEST_WORDS = 80

Result = TypeVar("Result")
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Parcel:
    """The bytes to deliver. `name`: the file's name at the other end. `lines`: what a letter says about it."""

    name: str
    data: bytes
    sha256: str
    title: str
    lines: tuple[str, ...] = ()


class NotDelivered(PartydayError):
    """The package was not delivered, and stays in the outbox."""


class WrongPassword(NotDelivered):
    """The server did not take user name and password."""


class Stopped(NotDelivered):
    """The user stopped the try."""


class Try:
    """The limits of one try. `stop` may be called from any thread; it cuts the connection that is held."""

    def __init__(self, total: float = TOTAL_SECONDS, each: float = EACH_SECONDS, told: Told = lambda _: None) -> None:
        self.total, self.each = total, each
        self.told = told
        self._until = time.monotonic() + total
        self._stopped = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._held: socket.socket | None = None

    @property
    def seconds(self) -> float:
        """How long the next answer may take; raises where time is up or the user stopped."""
        self.check()
        return max(min(self.each, self._until - time.monotonic()), 0.01)

    @property
    def seconds_left(self) -> float:
        """How long all of the rest may take; raises as `seconds`."""
        self.check()
        return max(self._until - time.monotonic(), 0.01)

    def check(self) -> None:
        """Raise where the user stopped this try, or its time is up."""
        if self._stopped.is_set():
            raise Stopped("已停下，没有送出；还在待报送，按 F5 再报送。")
        if time.monotonic() >= self._until:
            raise NotDelivered(f"等了{self.total:.0f}秒还没有送完，先停下了；请换个网络好的时候再报送。")

    def hold(self, connection: socket.socket | None) -> None:
        """Let `stop` and the end of the time cut this connection."""
        with self._lock:
            self._held = connection
        if self._over.is_set() or self._stopped.is_set():
            self._cut()

    def stop(self) -> None:
        """Stop the try as soon as possible."""
        self._stopped.set()
        self._over.set()
        self._cut()

    def run(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, in a thread of its own that is waited for no longer than the limit, whatever it hangs on."""
        box: list[Result] = []
        failed: list[BaseException] = []

        def runs() -> None:
            try:
                box.append(work())
            except BaseException as error:
                failed.append(error)
            finally:
                self._over.set()

        thread = threading.Thread(target=runs, name="deliver", daemon=True)
        thread.start()
        self._over.wait(max(self._until - time.monotonic(), 0))
        if not box and not failed:
            self._cut()
            thread.join(_GRACE_SECONDS)
        if box:
            return box[0]
        if failed and isinstance(failed[0], PartydayError):
            raise failed[0]
        self.check()
        if failed:
            raise failed[0]
        raise NotDelivered("没有送完就停下了；还在待报送，请再报送一次。")

    def _cut(self) -> None:
        with self._lock:
            held = self._held
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


def in_pieces(data: bytes, attempt: Try) -> list[memoryview]:
    """The bytes in pieces."""
    attempt.check()
    view = memoryview(data)
    return [view[at : at + PIECE] for at in range(0, len(view), PIECE)]


def said(text: object) -> str:
    """What a server said, as it may be shown and kept: cleaned, on one line, short."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    cleaned = clean_line(words[:2000]).text
    return cleaned if len(cleaned) <= _LONGEST_WORDS else cleaned[: _LONGEST_WORDS - 1] + "等"
