"""Payments on their way to the ledger, one after another, and the way back for Ctrl+Z.

A payment is painted only after its commit has returned. Each is an act and a commit of its own; one that is refused stops no other.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from partyday_tui.errors import PartydayError
from partyday_tui.services.dues_evening import Members, Payment, Taken, Together

Asked = Payment | Together


@dataclass(slots=True, eq=False)
class Ticket:
    """One thing asked for: a payment of one or of several to write, or ``takes_back``, the ticket whose entries are reversed.

    ``entry_ids`` are filled when the commit has returned.
    """

    payment: Asked
    takes_back: Ticket | None = None
    entry_ids: tuple[int, ...] = ()


class DuesQueue:
    """Takes tickets in order; ``painted`` is told what the disk holds, ``failed`` why something was not written."""

    def __init__(
        self,
        write: Callable[[Asked], Awaitable[Taken]],
        reverse: Callable[[Members, Sequence[int], str], Awaitable[Taken]],
        painted: Callable[[Ticket, Taken], None],
        failed: Callable[[PartydayError], None],
    ) -> None:
        self._write = write
        self._reverse = reverse
        self._painted = painted
        self._failed = failed
        self._waiting: deque[Ticket] = deque()
        self._done: list[Ticket] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._task is not None

    @property
    def waiting(self) -> int:
        """How many wait behind the one under way."""
        return len(self._waiting)

    def put(self, payment: Asked) -> None:
        """Write a payment."""
        ticket = Ticket(payment)
        self._done.append(ticket)
        self._send(ticket)

    def undo(self) -> Asked | None:
        """Reverse the newest payment made here that still stands, whole; None when there is none."""
        if not self._done:
            return None
        ticket = self._done.pop()
        self._send(Ticket(ticket.payment, ticket))
        return ticket.payment

    def forget(self, entry_ids: Sequence[int]) -> None:
        """These were reversed otherwise: Ctrl+Z has nothing more to do with them."""
        self._done = [ticket for ticket in self._done if not set(ticket.entry_ids) & set(entry_ids)]

    async def drained(self) -> None:
        """Wait until everything asked for is on the disk or was refused."""
        if self._task is not None:
            await asyncio.shield(self._task)

    def _send(self, ticket: Ticket) -> None:
        self._waiting.append(ticket)
        if self._task is None:
            self._task = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self._one(self._waiting.popleft())
        finally:
            self._task = None

    async def _one(self, ticket: Ticket) -> None:
        undone = ticket.takes_back
        if undone is not None and not undone.entry_ids:
            return  # what was to be taken back had been refused
        try:
            taken = await (
                self._write(ticket.payment)
                if undone is None
                else self._reverse(ticket.payment.members, undone.entry_ids, uuid.uuid4().hex)
            )
        except PartydayError as error:
            if undone is None and ticket in self._done:
                self._done.remove(ticket)
            if error.exit_code == 1:  # the disk itself refused: nothing that waits would fare better
                self._done = [each for each in self._done if each not in self._waiting]
                self._waiting.clear()
            self._failed(error)
            return
        ticket.entry_ids = tuple(entry.id for entry in taken.receipt.entries)
        self._painted(ticket, taken)
