"""Marks on their way to the disk, and the way back for Ctrl+Z.

A mark is painted only after its commit has returned. Marks that come while one commit is under way wait together and share the next;
each stays an act of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from partyday_tui.errors import PartydayError
from partyday_tui.services.roll import Mark

Batch = tuple[Mark, ...]


class MarkQueue:
    """Takes batches of marks in order and hands them to ``write``; ``painted`` is told what the disk holds.

    ``write`` takes waiting batches and returns an instant for each once they are committed; ``failed`` is told when it could not.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Batch]], Awaitable[list[str]]],
        painted: Callable[[Sequence[Batch], list[str]], None],
        failed: Callable[[PartydayError], None],
    ) -> None:
        self._write = write
        self._painted = painted
        self._failed = failed
        self._waiting: list[Batch] = []
        self._undo: list[Batch] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._task is not None

    def put(self, batch: Batch, before: Batch) -> None:
        """Write a batch; ``before`` are the marks that undo it."""
        self._undo.append(before)
        self._send(batch)

    def undo(self) -> Batch | None:
        """Write back what the newest batch changed; None when there is nothing left to undo here."""
        if not self._undo:
            return None
        batch = self._undo.pop()
        self._send(batch)
        return batch

    async def drained(self) -> None:
        """Wait until everything asked for is on the disk or was refused."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def _send(self, batch: Batch) -> None:
        self._waiting.append(batch)
        if self._task is None:
            self._task = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                batches, self._waiting = self._waiting, []
                self._painted(batches, await self._write(batches))
        except PartydayError as error:
            self._waiting.clear()
            self._undo.clear()
            self._failed(error)
        finally:
            self._task = None
