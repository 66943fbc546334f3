"""A reading that does not come to an end is waited for in the open, and Esc ends it."""

import asyncio
import os
import signal
import sys

import pytest

from partyday_tui.excel import worker
from partyday_tui.ui.dialogs.waiting import Waiting
from tests.ui.screens.rosters import VILLAGE, dialog, open_roster, pick, shown, the_app, told, until


@pytest.fixture
def path(book, book_path):
    book.close()
    return book_path


@pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped by a signal here")
async def test_esc_ends_a_reader_that_stands_still_and_the_next_file_is_read(path, monkeypatch):
    prepare = worker.prepare

    def prepare_one_that_stands_still():
        prepare()
        os.kill(worker._waiting[0].process.pid, signal.SIGSTOP)

    monkeypatch.setattr(worker, "prepare", prepare_one_that_stands_still)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pick(pilot, VILLAGE)
        waiting = await dialog(pilot, "Waiting")
        await until(pilot, lambda: "停止" in waiting.foot.text_of(1))
        await pilot.press("escape")
        await told(pilot, roster, "已停止读取")
        assert shown(roster) == [] and not worker._reading
        monkeypatch.undo()
        await pick(pilot, VILLAGE)
        await dialog(pilot, "RosterPreviewDialog")


async def test_what_is_waited_for_takes_the_dialog_away_itself(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        waiting = Waiting("正在读取文件", "请稍等。")
        answer = pilot.app.run_worker(roster.ask(waiting))
        await until(pilot, lambda: pilot.app.screen is waiting)
        waiting.finish()
        assert await asyncio.wait_for(answer.wait(), 5) is None
        again = Waiting("正在读取文件", "请稍等。")
        again.finish()
        assert await asyncio.wait_for(pilot.app.run_worker(roster.ask(again)).wait(), 5) is None
        assert pilot.app.screen is roster
