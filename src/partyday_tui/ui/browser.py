"""The driver of an app whose screen is a page in a browser: `partyday web` starts the app with it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Leaves the app in order, with everything on the disk, when the page is closed or its server is gone."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._write = self._write_if_heard  # type: ignore[assignment]
        # On Windows it sits in a read that ends with the server; the app must be able to end before.
        self._key_thread.daemon = True

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """A closed page is Ctrl+Q; Textual's own way would not wait for what is on its way to the disk."""
        if packet_type == "quit":
            self._leave()
        else:
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """The end of the input is the end of the server."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._leave()

    def _leave(self) -> None:
        self._app.call_later(self._app.action_quit)

    def _write_if_heard(self, data: bytes) -> None:
        with suppress(BrokenPipeError):
            os.write(self.fileno, data)
