"""Payments on their way: nothing painted before its commit, a refusal stops no other, a failing disk stops all."""

import asyncio
from dataclasses import dataclass

import pytest

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.services.dues_evening import Payment
from partyday_tui.ui.screens.dues_queue import DuesQueue


@dataclass(frozen=True)
class Line:
    id: int


@dataclass(frozen=True)
class Receipt:
    entries: tuple


@dataclass(frozen=True)
class Took:
    receipt: Receipt


class SlowLedger:
    """A ledger that finishes a commit only when told, and refuses some members."""

    def __init__(self):
        self.asked, self.painted, self.failed, self.errors = [], [], [], {}
        self.go_on = asyncio.Event()
        self.queue = DuesQueue(
            self.write,
            self.reverse,
            lambda ticket, _: self.painted.append(ticket.payment.member_id),
            self.failed.append,
        )

    async def write(self, payment):
        self.asked.append(payment.member_id)
        await self.go_on.wait()
        if payment.member_id in self.errors:
            raise self.errors[payment.member_id]
        return Took(Receipt((Line(payment.member_id * 10),)))

    async def reverse(self, members, entry_ids, key):
        assert len(key) == 32
        self.asked.append((*(member_id for member_id, _ in members), tuple(entry_ids)))
        return Took(Receipt((Line(99),)))


def pay(ledger, *members):
    for member in members:
        ledger.queue.put(Payment(member, None, f"key {member}"))


async def test_one_after_another_and_none_painted_early():
    ledger = SlowLedger()
    pay(ledger, 1, 2, 3)
    await asyncio.sleep(0)
    assert ledger.asked == [1] and ledger.painted == [] and ledger.queue.is_busy
    ledger.go_on.set()
    await ledger.queue.drained()
    assert ledger.painted == [1, 2, 3] and not ledger.queue.is_busy


async def test_undo_reaches_a_payment_that_is_still_under_way():
    ledger = SlowLedger()
    pay(ledger, 1, 2)
    assert ledger.queue.undo().member_id == 2
    ledger.go_on.set()
    await ledger.queue.drained()
    assert ledger.asked == [1, 2, (2, (20,))]
    assert ledger.queue.undo().member_id == 1
    await ledger.queue.drained()
    assert ledger.queue.undo() is None


async def test_a_refusal_stops_no_other_and_is_not_undone():
    ledger = SlowLedger()
    ledger.errors[2] = UserMistake("已经交清。")
    ledger.go_on.set()
    pay(ledger, 1, 2, 3)
    await ledger.queue.drained()
    assert ledger.painted == [1, 3] and len(ledger.failed) == 1
    assert [ledger.queue.undo().member_id, ledger.queue.undo().member_id] == [3, 1]


@pytest.mark.parametrize("failing", [1, 2])
async def test_a_failing_disk_stops_what_waits(failing):
    ledger = SlowLedger()
    ledger.errors[failing] = PartydayError("磁盘已满。")
    pay(ledger, 1, 2, 3)
    ledger.go_on.set()
    await ledger.queue.drained()
    assert ledger.painted == list(range(1, failing)) and 3 not in ledger.asked
    undone = ledger.queue.undo()
    assert (undone and undone.member_id) == (1 if failing == 2 else None)


async def test_what_was_reversed_elsewhere_is_not_undone_again():
    ledger = SlowLedger()
    ledger.go_on.set()
    pay(ledger, 1, 2)
    await ledger.queue.drained()
    ledger.queue.forget([20])
    assert ledger.queue.undo().member_id == 1
