"""Marks on their way: nothing painted before its commit, waiting marks share the next one, a refusal stops all."""

import asyncio

from partyday_tui.errors import PartydayError
from partyday_tui.rules.roll import Status
from partyday_tui.ui.screens.mark_queue import Mark, MarkQueue


def mark(member):
    return (Mark(member, Status.PRESENT),)


class SlowDisk:
    """A disk that finishes a commit only when told."""

    def __init__(self):
        self.commits = []
        self.go_on = asyncio.Event()
        self.error = None

    async def write(self, batches):
        self.commits.append([batch[0].member_id for batch in batches])
        await self.go_on.wait()
        if self.error:
            raise self.error
        return ["2026-11-06T19:00:00+08:00"] * len(batches)


async def test_marks_behind_a_slow_commit_share_the_next_and_none_is_painted_early():
    disk, painted, failed = SlowDisk(), [], []
    queue = MarkQueue(disk.write, lambda batches, _: painted.extend(batches), failed.append)
    for member in (1, 2, 3):
        queue.put(mark(member), mark(member))
        await asyncio.sleep(0)
    assert disk.commits == [[1]] and painted == []
    disk.go_on.set()
    await queue.drained()
    assert disk.commits == [[1], [2, 3]]
    assert [batch[0].member_id for batch in painted] == [1, 2, 3]
    assert not failed and not queue.is_busy


async def test_after_a_refusal_nothing_waiting_is_written_or_painted():
    disk, painted, failed = SlowDisk(), [], []
    disk.error = PartydayError("磁盘已满。")
    queue = MarkQueue(disk.write, lambda batches, _: painted.extend(batches), failed.append)
    queue.put(mark(1), mark(1))
    await asyncio.sleep(0)
    queue.put(mark(2), mark(2))
    disk.go_on.set()
    await queue.drained()
    assert disk.commits == [[1]] and painted == [] and failed == [disk.error]
    assert queue.undo() is None
