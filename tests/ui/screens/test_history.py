"""修改记录: when, who, what it was and what it became."""

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services.roster import save_member
from partyday_tui.ui.screens.history import History
from tests.services.test_roster import EMPTY, FULL
from tests.ui.looking import SIZES, lines
from tests.ui.screens.rolls import the_app, until
from tests.ui.screens.test_roster import a_list, open_roster


@pytest.mark.parametrize("size", SIZES)
async def test_the_record_of_a_member_is_read_newest_first(book, book_path, size):
    key, _ = save_member(book, None, EMPTY | FULL)
    book.act_as("罗有秀")
    save_member(book, key, EMPTY | FULL | {"kind": "full", "post": "[/foo]", "phone": "13800001111"})
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_roster(pilot)
        await pilot.press("enter")
        await a_list(pilot, "修改记录")
        await pilot.press("4")
        await until(pilot, lambda: isinstance(pilot.app.screen, History))
        await pilot.pause()
        shown = [" ".join(line.split()) for line in lines(pilot.app)]
        assert any("2026-11-06" in line and "修改党员 罗有秀" in line for line in shown)
        for words in ("类别 预备党员 正式党员", "党内职务 书记 [/foo]", "手机 138****1234 138****1111"):
            assert any(words in line for line in shown)
        text = "\n".join(shown)
        assert text.index("修改党员") < text.index("添加党员")
        await pilot.press("end")
        await pilot.pause()
        assert "13812341234" not in "\n".join(lines(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


def test_a_day_written_down_later_shows_both_days(book):
    key, _ = save_member(book, None, EMPTY | {"name": "甲"})
    from partyday_tui.services.roster import member_history

    (change,) = member_history(book, key)
    head = History("甲", [change]).register.rows[0].cells[0]
    assert "2026-11-06（写于 " in head or change.at.startswith("2026-11-06")
    assert Clock(book.clock.today).today.isoformat() in head
