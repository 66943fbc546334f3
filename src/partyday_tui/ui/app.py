"""The app: paints its frame first, then opens the book, then fills the desk."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from textual import events
from textual.app import App
from textual.screen import Screen

from partyday_tui import config
from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.ui.backup_run import BackupRun
from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.book_thread import BookThread
from partyday_tui.ui.delivery_run import DeliveryRun
from partyday_tui.ui.early_keys import EarlyKeys
from partyday_tui.ui.screen_lock import ScreenLock
from partyday_tui.ui.screens.desk import DeskScreen
from partyday_tui.ui.theme import CSS, LOOKS, dress

if TYPE_CHECKING:
    from partyday_tui.rules.branch import Branch
    from partyday_tui.rules.clock_doubt import ClockDoubt
    from partyday_tui.services.restore import Opened
    from partyday_tui.store.book import Book

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_FIRST_READING = 1.0  # seconds that the check of the book waits for the desk to be filled
# Where each place of the key map leads; a screen takes the optional target of the way there.
_SCREENS = {
    "year": ("year", "YearScreen"),
    "roll": ("roll", "RollScreen"),
    "roster": ("roster", "RosterScreen"),
    "registers": ("registers", "RegistersScreen"),
    "dues": ("dues", "DuesScreen"),
    "cases": ("cases", "CasesScreen"),
    "holidays": ("holidays", "HolidaysScreen"),
    "event": ("event", "EventScreen"),
    "duties": ("duties", "DutiesScreen"),
    "forms": ("forms", "FormsScreen"),
    "delivery": ("delivery", "DeliveryScreen"),
    "month_end": ("month_end", "MonthEndScreen"),
    "reading": ("reading", "ReadingScreen"),
    "reviews": ("reviews", "ReviewsScreen"),
    "appraisal": ("appraisal", "AppraisalScreen"),
    "settings": ("settings", "SettingsScreen"),
    "backups": ("backups", "BackupsScreen"),
    "welcome": ("welcome", "WelcomeScreen"),
}


class PartydayApp(App[None]):
    """Holds the book and its thread, and leads from screen to screen."""

    CSS = CSS
    TITLE = "主题党日台账"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, book_path: Path, clock: Clock) -> None:
        super().__init__()
        self.book_path = book_path
        self.clock = clock
        self.branch: Branch | None = None
        self.failure: BaseException | None = None
        self.was_refused = False  # the book that is there did not open
        self._book: Book | None = None
        self._opening = True
        self._thread = BookThread()
        self.backup = BackupRun(self)
        self.lock = ScreenLock(self)
        self.early = EarlyKeys(self)
        self.delivery = DeliveryRun(self)
        self.desk = DeskScreen()
        dress(self, LOOKS[config.look()])

    def get_default_screen(self) -> Screen[Any]:
        """The desk's frame is the first paint; it waits for the book."""
        return self.desk

    def on_ready(self) -> None:
        """The frame is painted: open the book."""
        self.lock.start()
        self.run_worker(self.open_book())

    async def open_book(self) -> None:
        """Open the book and show the desk; without one, welcome the user; a refusal becomes a question."""
        while True:
            try:
                self.branch, doubt = await self._thread.run(self._open)
            except PartydayError as error:
                if not await self._goes_on_after(error):
                    return
                continue
            if doubt is not None:
                await self._ask_for_the_day(doubt)
            if self.branch is None:
                self._opening = False
                self.early.drop()
                self.go("welcome")
                return
            break
        self._opening = False
        self.go("today")
        with suppress(TimeoutError):  # a screen that came up in between may leave the desk unread
            await asyncio.wait_for(self.desk.was_read.wait(), _FIRST_READING)
        await self.early.give_on(super().on_event)
        await self.check_book()
        # Start-up leaves many objects that live as long as the app; not looking at them again keeps keys quick.
        gc.collect()
        gc.freeze()

    async def check_book(self) -> None:
        """Check the book's pages and its ledger, behind the first reading; ask what to do where something is wrong (R16)."""
        from partyday_tui.services.start_check import check_at_start

        found = await self.call(check_at_start)
        if found:
            from partyday_tui.ui.screens.damaged import ask_about_damage

            await ask_about_damage(self, found)
            return
        from partyday_tui.services.kept_here import ahead_of

        kept = await self.call(ahead_of)
        if kept is not None:
            from partyday_tui.ui.screens.damaged import ask_about_older

            await ask_about_older(self, kept)
        self.backup.keep_daily()
        news = (self._book.news if self._book is not None else "") or self.clock.zone_warning()
        if news:
            self.desk.tell_news(news)

    async def call(
        self,
        function: Callable[Concatenate[Book, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """The result of a service function on the open book; its errors are raised here."""

        def work() -> Result:
            assert self._book is not None, "no book is open"
            try:
                return function(self._book, *arguments, **named)
            except Exception as error:
                from partyday_tui.services.start_check import damage_behind

                if damage := damage_behind(self._book, error):
                    raise damage from error
                raise

        return await self._thread.run(work)

    async def run_in_book_thread(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """The result of a function that needs no open book but must not stop the screen."""
        return await self._thread.run(function, *arguments)

    async def take_book(self, make: Callable[[], Book]) -> None:
        """Close the open book, if any, and take the one that `make` makes or opens in the book's thread."""

        def work() -> Branch:
            from partyday_tui.services.books import branch_of

            book = make()
            if self._book is not None:
                self._book.close()
            self._book = book
            return branch_of(book)

        await self.backup.stop_daily()
        self.branch = await self._thread.run(work)

    async def confirm_day(self) -> None:
        """Ask for the day, where the clock is not believed beside the book that was just opened (R18)."""
        from partyday_tui.services.books import clock_doubt

        doubt = await self.call(clock_doubt) if self.clock.day is None else None
        if doubt is not None:
            await self._ask_for_the_day(doubt)

    async def put_back(self, opened: Opened) -> str:
        """Restore a verified backup in the place of the book, and go on with it; says where the book of before is kept.

        After LeftClosed no book is open: `open_book` comes next.
        """

        def work() -> tuple[Branch, str]:
            from partyday_tui.services.books import branch_of
            from partyday_tui.services.restore import LeftClosed, restore

            try:
                done = restore(self.book_path, self.clock, opened, self._book)
            except LeftClosed:
                self._book = None
                raise
            self._book = done.book
            return branch_of(done.book), done.kept

        await self.backup.stop_daily()
        self.branch, kept = await self._thread.run(work)
        return kept

    def go(self, where: str, target: object = None) -> None:
        """Show the screen of a place instead of what is shown now; the desk stays below all others."""
        if self.lock.holds(where, target):
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if where == "today":
            self.desk.reload()
            return
        module, name = _SCREENS[where]
        screen_class = getattr(import_module(f"partyday_tui.ui.screens.{module}"), name)
        self.push_screen(screen_class() if target is None else screen_class(target))

    async def on_book_screen_go(self, message: BookScreen.Go) -> None:
        """Lead to another place, with what was typed behind its key; without a book there is only the welcome."""
        left = [screen for screen in self.screen_stack if isinstance(screen, BookScreen)]
        try:
            if not self._opening:
                await self._settle()
                if self.branch is not None or message.where == "welcome":
                    self.go(message.where, message.target)
        finally:
            typed = [stroke for screen in left for stroke in screen.hand_over()]
            if typed and isinstance(self.screen, BookScreen):
                self.screen.take_over(typed)

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Show a screen and wait for its answer; while the screen is locked it is not shown."""
        await self.lock.passed()
        return await super().push_screen_wait(screen, mode=mode)

    async def on_event(self, event: events.Event) -> None:
        """Every key, before whoever it is for."""
        if isinstance(event, events.InputEvent):
            self.lock.touched()
        if not self.early.take(event):
            await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave; keys pressed before are done first, and what is on its way to the disk gets there. Not while locked."""
        if self.lock.is_on:
            return
        self.screen.call_later(self._leave)

    async def _leave(self) -> None:
        await self._settle()
        if self.backup.is_to_be_waited_for or self.delivery.is_going_on:
            self.run_worker(self._leave_after_runs(), group="leaving", exclusive=True)
        else:
            self.exit()

    async def _leave_after_runs(self) -> None:
        """A backup is finished, a delivery is stopped and written down."""
        await self.delivery.stop_and_wait()
        await self.backup.wait()
        self.exit()

    async def _settle(self) -> None:
        """Let every screen finish what it was asked to write."""
        for screen in self.screen_stack:
            if isinstance(screen, BookScreen):
                await screen.settle()

    async def on_unmount(self) -> None:
        """Close the book in its own thread."""

        def close() -> None:
            if self._book is not None:
                self._book.close()
                self._book = None

        await self._thread.run(close)
        self._thread.stop()

    def action_help_quit(self) -> None:
        """Ctrl+C says how to leave, in Chinese."""
        if isinstance(self.screen, BookScreen):
            self.screen.tell("要离开请按 Ctrl+Q")

    def _fatal_error(self) -> None:
        # Textual would print a traceback with local variables, that is, with members' data.
        self.failure = getattr(self._exception, "error", self._exception)  # a worker's failure wraps the real one
        self._close_messages_no_wait()

    def _open(self) -> Any:
        from partyday_tui.rules.clock_doubt import doubt_about
        from partyday_tui.services import books

        if self._book is None:
            try:
                if self.book_path.exists():
                    self._book = books.open_existing(self.book_path, self.clock)
            except books.NeverBegun:
                pass  # as good as none: the welcome makes it anew
        if self._book is None:
            return None, doubt_about(self.clock.now(), None) if self.clock.day is None else None
        return books.branch_of(self._book), books.clock_doubt(self._book) if self.clock.day is None else None

    async def _goes_on_after(self, error: PartydayError) -> bool:
        """Tell why the book did not open; True to try again."""
        from partyday_tui.ui.screens.refused import ask_after_refusal

        answer = await ask_after_refusal(self, error)
        if answer in ("restore", "other"):
            self._opening, self.was_refused = False, True
            self.early.drop()
            self.go("backups" if answer == "restore" else "welcome")
        elif answer == "leave":
            self.failure = error
            self.exit(return_code=error.exit_code)
        return answer == "again"

    async def _ask_for_the_day(self, doubt: ClockDoubt) -> None:
        """The clock is not believed: let the user say which day it is; until then nothing is dated where it cannot be right (R18)."""
        from partyday_tui.ui.screens.day_question import NOT_CONFIRMED, ask_for_the_day

        day = await ask_for_the_day(self, doubt)
        if day is not None and day != self.clock.today:
            self.clock = Clock(day)
            if self._book is not None:
                self._book.clock = self.clock
        elif day is None and self._book is not None:
            self._book.close_to_writing(NOT_CONFIRMED)
