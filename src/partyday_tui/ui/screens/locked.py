"""The locked screen: nothing of the book is on it, and no key does anything but write the PIN and show what the lock is."""

from __future__ import annotations

import asyncio
from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen

from partyday_tui import pin
from partyday_tui.paths import short
from partyday_tui.ui import keys
from partyday_tui.ui.show import cells, wrap
from partyday_tui.ui.widgets.lines import Lines

WHAT_IT_IS = "锁屏是挡住路过的人，不是加密：会用这台电脑的人，从别处仍能读到账本。"
_PIN_LINE, _TOLD_LINE, _HELP_LINE = 5, 7, 9
_LABEL = "  PIN  "
_LONGEST = 12
_HELP_WIDTH = 74


def way_in() -> str:
    """What one does who forgot the PIN."""
    return (
        f"忘了PIN：关掉这个窗口，删掉文件 {short(pin.pin_file())}，再打开台账；会用命令行的，运行 partyday unlock 也一样。"
        "账本一笔也不会少，以后到「设置」里重新定 PIN。"
    )


class LockedScreen(Screen[None]):
    """Dismissed by the right PIN alone."""

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._trying = False
        self._until = monotonic() + pin.wait_after(pin.screen_pin().failed)
        self._lines = Lines(_HELP_LINE + 10)

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield self._lines

    def on_mount(self) -> None:
        """The words, which do not change, and the second hand of the waiting."""
        self._lines.put(0, [(" ", "bar"), ("已锁屏", "bar-strong")], ink="bar")
        self._lines.put(2, "  输入 PIN，按回车。")
        for y, line in enumerate([*wrap(WHAT_IT_IS, _HELP_WIDTH), "", *wrap(way_in(), _HELP_WIDTH)]):
            self._lines.put(_HELP_LINE + y, "  " + line, ink="quiet")
        self._show()
        self.set_interval(1.0, self._show_wait)
        self._show_wait()

    def on_key(self, event: events.Key) -> None:
        """Digits, backspace and Enter, and F1; all others go nowhere."""
        event.stop()
        event.prevent_default()
        stroke = keys.read(event)
        if stroke.key == keys.HELP_KEY and not self._trying:
            self._show_help()
        if self._trying or self._left():
            return
        if stroke.digit is not None:
            self._typed = (self._typed + stroke.key)[:_LONGEST]
            self._lines.put(_TOLD_LINE, "")
        elif stroke.key == "backspace":
            self._typed = self._typed[:-1]
        elif stroke.key == "escape":
            self._typed = ""
        elif stroke.key == "enter" and self._typed:
            self._trying = True
            self.run_worker(self._try())
        self._show()

    def on_screen_resume(self) -> None:
        """Back from the help."""
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Nothing is pasted here."""
        event.stop()

    async def _try(self) -> None:
        typed, self._typed = self._typed, ""
        if await asyncio.to_thread(pin.try_pin, typed):
            self.dismiss(None)
            return
        self._trying = False
        self._until = monotonic() + pin.wait_after(pin.screen_pin().failed)
        self._lines.put(_TOLD_LINE, "  PIN 不对，请再输一次。", ink="late")
        self._show_wait()
        self._show()

    def _show_help(self) -> None:
        """What the manual says of the lock."""
        from partyday_tui.ui.dialogs.help import LockHelp

        self.app.push_screen(LockHelp())

    def _left(self) -> int:
        """Seconds until a PIN is taken again."""
        return max(0, int(self._until - monotonic() + 0.999))

    def _show_wait(self) -> None:
        left = self._left()
        if left:
            self._lines.put(_TOLD_LINE, f"  PIN 错了几次，请等 {left} 秒再输。", ink="late")
        elif "请等" in self._lines.text_of(_TOLD_LINE):
            self._lines.put(_TOLD_LINE, "  现在可以再输了。")

    def _show(self) -> None:
        stars = "*" * len(self._typed)
        self._lines.put(_PIN_LINE, [(_LABEL, "quiet"), (stars, "strong")])
        if self.is_current:
            self.app.cursor_position = Offset(cells(_LABEL) + len(stars), _PIN_LINE)
