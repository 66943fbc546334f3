"""How wide this console draws what consoles disagree on, and the look that follows from it.

SimSun consoles of Chinese Windows, and some terminals set for Chinese, draw box lines and punctuation such as “ two cells
wide, where Textual counts one: everything to the right of them is shifted (ecosystem.md, 8). A terminal of POSIX is asked by
Textual's own driver, in the first bytes of the alternate screen, and its answer is read by Textual's own parser: nothing waits
for it, no key is lost, and a terminal that never answers changes nothing. A console of Windows is asked through its API before
the driver takes it.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual import events

from partyday_tui import config
from partyday_tui.errors import PartydayError
from partyday_tui.ui.theme import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver
    from textual.message import Message

    from partyday_tui.ui.app import PartydayApp

_SAMPLES = ("─", "“", "中")
_FIRST_ROW = 2

WENT_PLAIN = "这个窗口的框线和标点会错位，已换成简朴外观；要换别的，到「设置」按 Ctrl+Y"
NARROW_HAN = "这个窗口没有把汉字画成两格宽，画面会错位；请换一个终端窗口，编码选 UTF-8"


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells that the console takes for a box line, for punctuation of ambiguous width, and for a Chinese character."""

    box: int
    punctuation: int
    han: int

    @property
    def breaks_frames(self) -> bool:
        """Whether what Textual counts as one cell takes two here."""
        return self.han == 2 and 2 in (self.box, self.punctuation)

    @classmethod
    def of(cls, found: tuple[int, ...]) -> Widths | None:
        """Widths as measured, in the order of the samples; None where a console answers nonsense."""
        return cls(*found) if len(found) == len(_SAMPLES) and set(found) <= {1, 2} else None


def wear_what_fits(app: PartydayApp, widths: Widths) -> None:
    """Put the look on that holds on this console, unless the user has chosen one; say it where the console changed."""
    if widths.han != 2:
        app.desk.tell_news(NARROW_HAN)
    wanted = PLAIN.name if widths.breaks_frames else config.USUAL_LOOK
    if config.is_look_chosen() or wanted == config.look():
        return
    app.theme = wanted
    with suppress(PartydayError):  # not remembered: it is measured again at the next start
        config.keep_measured_look(wanted)
    if widths.breaks_frames:
        app.desk.tell_news(WENT_PLAIN)
    if app.is_running:  # an open dialog makes room for its frame
        app.screen.post_message(events.Resize(app.size, app.size))


def ask_console(app: PartydayApp) -> None:
    """Measure the console that `app` is about to take, now or with its first bytes."""
    if sys.platform == "win32":
        import ctypes

        from partyday_tui.ui.windows_console import WindowsConsole

        widths = measured(WindowsConsole(ctypes.WinDLL("kernel32")))
        if widths is not None:
            wear_what_fits(app, widths)
    else:
        app.driver_class = asking(app.driver_class, lambda widths: wear_what_fits(app, widths))


def asking(driver_class: type[Driver], answered: Callable[[Widths], None]) -> type[Driver]:
    """The driver, made to ask the terminal where its cursor stands behind each sample; `answered` is called in the app."""

    class Asking(driver_class):  # type: ignore[valid-type, misc]
        """Asks once, and takes the answers out of what is typed; each row of an answer names its sample."""

        _found: dict[int, int] | None = None

        def start_application_mode(self) -> None:
            super().start_application_mode()
            if self._found is None:
                self._found = {}
                self.write(question())
                self.flush()

        def process_message(self, message: Message) -> None:
            super().process_message(message)
            if isinstance(message, events.CursorPosition) and self._found is not None:
                self._found[message.y] = message.x
                rows = range(_FIRST_ROW - 1, _FIRST_ROW - 1 + len(_SAMPLES))
                if all(row in self._found for row in rows):
                    widths = Widths.of(tuple(self._found[row] for row in rows))
                    self._found = {}
                    if widths is not None:
                        self._app.call_later(answered, widths)

    return Asking


def question() -> str:
    """Draw each sample at the beginning of a row of its own, ask for the cursor behind it, and leave the screen as it was."""
    rows = [
        f"\x1b[{_FIRST_ROW + at};1H{char}\x1b[6n\x1b[{_FIRST_ROW + at};1H\x1b[K" for at, char in enumerate(_SAMPLES)
    ]
    return "\x1b7" + "".join(rows) + "\x1b8"


class Cursor(Protocol):
    """A console that says where its cursor stands after each write."""

    def write(self, text: str) -> None:
        """Write at the cursor."""

    def column(self) -> int | None:
        """The cell of the cursor from the left, from 0; None where nothing says it."""


def measured(console: Cursor) -> Widths | None:
    """Widths by writing and looking where the cursor went, on a line of its own; None where the console does not say."""
    console.write("\n" if console.column() else "")
    found = []
    for char in _SAMPLES:
        console.write(f"\r{char}")
        found.append(console.column() or 0)
        console.write("\r  \r")
    return Widths.of(tuple(found))
