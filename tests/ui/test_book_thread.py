"""The book's thread: in order, with its errors, and nothing new once it is going away."""

import asyncio

import pytest

from partyday_tui.ui.book_thread import BookThread


async def test_functions_run_in_the_order_they_were_asked_for_and_raise_where_they_were_asked():
    thread, done = BookThread(), []
    await asyncio.gather(*(thread.run(done.append, number) for number in range(20)))
    assert done == list(range(20))
    with pytest.raises(ZeroDivisionError):
        await thread.run(lambda: 1 // 0)
    thread.stop()


async def test_who_asks_after_the_end_is_cancelled_and_what_was_asked_before_is_done():
    thread, done = BookThread(), []
    asked = asyncio.create_task(thread.run(done.append, 1))
    await asyncio.sleep(0)
    thread.stop()
    with pytest.raises(asyncio.CancelledError):
        await thread.run(done.append, 2)
    await asked
    assert done == [1]
