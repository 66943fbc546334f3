"""The one thread that uses the open book, so that no commit ever waits on a painter or the other way round."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


class BookThread:
    """Runs functions of the services one after another, in the order they were asked for."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="book")
        self._has_ended = False

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """The result of ``function(*arguments)``, run in the book's thread; its errors are raised here.

        Whoever asks while the app is going away is cancelled, as everything else is then.
        """
        if self._has_ended:
            raise asyncio.CancelledError
        return await asyncio.get_running_loop().run_in_executor(self._executor, lambda: function(*arguments))

    def stop(self) -> None:
        """Finish what was asked for, then end the thread."""
        self._has_ended = True
        self._executor.shutdown(wait=True)
