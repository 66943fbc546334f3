"""A walk through the whole app by Pilot: every screen, every action, every dialog that they open."""

import re
from time import monotonic
from unicodedata import east_asian_width

from rich.cells import cell_len
from textual.events import Key
from textual.screen import ModalScreen

from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.keys import PLACES
from partyday_tui.ui.theme import PLAIN
from tests.manual.sections import section_title_of
from tests.whole.hostile import is_unsafe

SUB_SCREENS = {
    "roster": ("open_guests",),
    "year": ("open_holidays",),
    "cases": ("open_lessons", "open_runs", "open_care", "open_leave"),
    "reviews": ("choose_row",),
}
# From a place, the actions that open another book over it, one after another.
BEHIND = (
    ("dues", ("open_book", "dues_year.DuesYearScreen")),
    ("dues", ("open_book", "dues_year.DuesYearScreen"), ("open_entries", None)),
    ("dues", ("open_book", "dues_assess.DuesAssessScreen")),
    ("dues", ("open_book", "dues_close.DuesCloseScreen")),
    ("dues", ("open_card", None)),
    ("roster", ("open_year", None)),
)
# These end the app, make another book, or show a passphrase of random syllables.
_LEFT_OUT = {"leave", "look_round", "change_passphrase"}


class Walk:
    """Looks at every screen it comes by; ``seen`` is every line that it saw, with where it saw it."""

    def __init__(self, pilot):
        self.pilot = pilot
        self.app = pilot.app
        self._waiting = 0
        self._count_who_waits()
        self.seen = {}
        self.visited = []
        self._lines = []
        self._harmless = set()
        self._certain = set()

    @property
    def text(self):
        """All lines, each once."""
        return "\n".join(self.seen)

    async def open(self, where):
        """The screen of a place, read and painted."""
        self.app.go(where)
        await self.settle()
        return self.app.screen

    def _count_who_waits(self):
        """Let the app say how many workers wait for the user's answer; all others are about to do something."""
        push = self.app.push_screen_wait

        async def counted(screen, **named):
            self._waiting += 1
            try:
                return await push(screen, **named)
            finally:
                self._waiting -= 1

        self.app.push_screen_wait = counted

    async def settle(self):
        """Wait until nobody works, be it in the book's thread, and the screen stands still."""
        before, deadline = None, monotonic() + 60
        while monotonic() < deadline:
            await self.app._thread.run(lambda: None)
            await self.pilot._wait_for_screen()
            if sum(not worker.is_finished for worker in self.app.workers) > self._waiting:
                continue
            self._lines = self.lines()
            now = (tuple(self.app.screen_stack), *self._lines)
            if now == before:
                return
            before = now
        raise AssertionError("the screen never came to rest")

    def lines(self):
        """The screen as text."""
        return ["".join(part.text for part in strip) for strip in self.app.screen._compositor.render_strips()]

    def look(self, where):
        """Check what holds for every screen, once it is at rest: whole width, nothing that steers a terminal."""
        width, height = self.app.size
        assert len(self._lines) == height, where
        for line in self._lines:
            if self.app.theme == PLAIN.name:
                self._look_of_certain_width(line, where)
            if line in self.seen:
                continue
            assert cell_len(line) == width, (where, line)
            new = set(line) - self._harmless
            assert not any(map(is_unsafe, new)), (where, line)
            self._harmless |= new
            self.seen[line] = where

    def _look_of_certain_width(self, line, where):
        """In the plain look, no character that a console may draw two cells wide where Textual counts one."""
        new = set(line) - self._certain
        assert not [char for char in new if east_asian_width(char) == "A"], (where, line)
        self._certain |= new

    async def press(self, *keys):
        """Keys, one after another, and the rest that follows."""
        for key in keys:
            self._send(key)
            await self.settle()

    def _send(self, key):
        """Into the app as a terminal's driver would put it; `Pilot.press` sleeps after each key, which a long walk cannot."""
        event = Key(key, key if len(key) == 1 else None)
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def take_action(self, screen, action, deep=2):
        """Run one action, look at what it opens, answer no, and come back to the screen."""
        where = f"{screen.TITLE_WORD} {action.label}"
        screen.run_action_named(action.run, action.arg)
        await self.settle()
        await self._look_into(screen, where, deep)
        assert self.app.screen is screen, where

    async def _look_into(self, screen, where, deep):
        """Look at the dialogs over `screen`, at every field of a form, and behind the first choice of a list."""
        for _ in range(30):
            top = self.app.screen
            self.look(where)
            if top is screen:
                return
            if isinstance(top, FormDialog):
                for _ in top.form.fields:
                    await self.press("down")
                    self.look(where)
            if isinstance(top, Choose) and deep:
                deep -= 1
                await self.press("1")
            else:
                await self.press("escape")
                if isinstance(self.app.screen, ModalScreen) and self.app.screen is not top:
                    await self.press("1")
        raise AssertionError(f"{where}: Esc does not lead back")

    async def common_keys(self, screen):
        """F1, Ctrl+P, Enter and Esc do what they do everywhere."""
        for key in ("f1", "ctrl+p", "enter"):
            await self.press(key)
            self.look(f"{screen.TITLE_WORD} {key}")
            if key != "enter":
                assert isinstance(self.app.screen, ModalScreen), (screen.TITLE_WORD, key)
            if key == "f1":
                section = self.app.screen.section
                assert section is not None and section.title == section_title_of(screen), screen.TITLE_WORD
                assert any(f"使用手册：{section.title}" in line for line in self.app.screen.lines(76))
            while self.app.screen is not screen and isinstance(self.app.screen, ModalScreen):
                await self.press("escape")
            if self.app.screen is not screen:
                return
        if screen.TOP:
            await self.press("escape")
            assert isinstance(self.app.screen, Choose), screen.TITLE_WORD
            self.look(f"{screen.TITLE_WORD} escape")
            await self.press("escape")
        assert self.app.screen is screen

    async def pages(self, where):
        """Page through the list to its end."""
        for _ in range(12):
            self.look(where)
            await self.press("pagedown")
        self.look(where)
        await self.press("home")

    async def every_screen(self):
        """Each place and each sub-screen, shown; the desk first."""
        for where in [place.where for place in PLACES]:
            screen = await self.open(where)
            self.visited.append(screen)
            yield screen
            for run in SUB_SCREENS.get(where, ()):
                screen = await self.open(where)
                screen.run_action_named(run)
                await self.settle()
                self.visited.append(self.app.screen)
                yield self.app.screen

    async def every_book_behind(self):
        """What lies behind the places: the dues books, each register, the pages of the last events."""
        for where, *steps in BEHIND:
            await self.open(where)
            for run, arg in steps:
                self.app.screen.run_action_named(run, arg)
                await self.settle()
            self.visited.append(self.app.screen)
            yield self.app.screen
        registers = await self.open("registers")
        for key in [row.key for row in registers.register.rows]:
            screen = await self.open("registers")
            screen.open_row(key)
            await self.settle()
            self.visited.append(self.app.screen)
            yield self.app.screen
        year = await self.open("year")
        for event in [row.key for row in year.register.rows if isinstance(row.key, int)][-4:]:
            self.app.go("event", event)
            await self.settle()
            self.visited.append(self.app.screen)
            yield self.app.screen

    def actions(self, screen: BookScreen):
        """The actions of a screen that can be tried and come back to it."""
        left_out = (
            _LEFT_OUT
            | set(SUB_SCREENS.get(self._place(screen), ()))
            | {"call_roll", "choose_row", "open_record", "open_check", "end_roll", "end_rolls"}
        )
        return [action for action in screen.ACTIONS if action.run not in left_out]

    def _place(self, screen):
        return next((where for where in SUB_SCREENS if screen.__class__.__name__.lower().startswith(where)), "")


ENGLISH = re.compile(r"[A-Za-z]{3,}")
