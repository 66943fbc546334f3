"""One delivery at a time, behind whatever screen is shown; its progress and its end are told on the screen that is on top."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partyday_tui import crash
from partyday_tui.errors import PartydayError
from partyday_tui.ui.book_screen import BookScreen, front

if TYPE_CHECKING:
    from textual.worker import Worker

    from partyday_tui.rules.delivery_place import Place
    from partyday_tui.services.deliver import Order, Try
    from partyday_tui.ui.app import PartydayApp


class DeliveryRun:
    """Belongs to the app, not to a screen; it alone remembers passwords, and only until the program ends."""

    def __init__(self, app: PartydayApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self._try: Try | None = None
        self._passwords: dict[tuple[str, str, int, str], str] = {}

    @property
    def is_going_on(self) -> bool:
        """Whether something is being delivered."""
        return self._worker is not None and not self._worker.is_finished

    def password_of(self, place: Place) -> str | None:
        """The password given for this account since the program began; '' where none is needed, None where it has to be asked."""
        return self._passwords.get(place.account) if place.needs_password else ""

    def remember(self, place: Place, password: str) -> None:
        """Keep a password in memory."""
        self._passwords[place.account] = password

    def start(self, order: Order, password: str) -> None:
        """Begin a try; only while none is going on."""
        self._worker = self._app.run_worker(self._run(order, password), group="delivery")

    def stop(self) -> None:
        """Stop the try, if one is going on."""
        if self._try is not None and self.is_going_on:
            self._tell("正在停下")
            self._try.stop()

    async def stop_and_wait(self) -> None:
        """Stop the try, if one is going on, and wait until the book knows of it."""
        if self._worker is not None and self.is_going_on:
            self.stop()
            await self._worker.wait()

    async def _run(self, order: Order, password: str) -> None:
        from partyday_tui.services import deliver

        loop, shown = asyncio.get_running_loop(), -1

        def told(done: float) -> None:
            nonlocal shown
            percent = int(done * 100)
            if percent > shown:
                shown = percent
                loop.call_soon_threadsafe(self._tell, f"正在报送 {percent}%，按 Esc 停下")

        self._tell("正在报送，按 Esc 停下")
        self._try = deliver.Try(told=told)
        try:
            words, ok = await asyncio.to_thread(deliver.carry, order, password, self._try), True
        except deliver.NotDelivered as error:
            words, ok = error.sentence, False
            if isinstance(error, deliver.WrongPassword):
                self._passwords.pop(order.place.account, None)
        try:
            await self._app.call(deliver.record, order, ok, words)
        except PartydayError as error:
            crash.log(error)
            words, ok = f"{'送出了，但' if ok else ''}没有记进账本：{error.sentence}", False
        self._end(order, ok, words)

    def _end(self, order: Order, ok: bool, words: str) -> None:
        sentence = f"{words}：《{order.item.named}》" if ok else words
        self._tell(sentence, ink="strong" if ok else "late")
        for screen in self._app.screen_stack:
            if isinstance(screen, BookScreen):
                screen.post_message(BookScreen.Delivered(ok, sentence))

    def _tell(self, sentence: str, ink: str = "text") -> None:
        front(self._app).tell(sentence, ink=ink)
