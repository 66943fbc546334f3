"""The rules with their sentences, and the branch's own way of doing things."""

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.presets import preset_named, rule_book_of
from partyday_tui.ui.screens.settings import SettingsScreen
from tests.ui.screens.rolls import TODAY, the_app, until


async def open_settings(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("settings")
    await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen) and len(pilot.app.screen.register.rows) > 0)
    return pilot.app.screen


@pytest.fixture
def path(book, book_path):
    book.close()
    return book_path


async def test_every_rule_of_the_preset_is_shown_with_its_sentence(path):
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        screen = await open_settings(pilot)
        shown = {row.key: row.cells for row in screen.register.rows}
        for rule in preset_named("rural_community").rules:
            assert shown[rule.key][1] == rule.value_words
            assert rule.sentence in shown[rule.key][3]
        assert "party_day.day_off_reading" in shown, "what no guide says is shown too"


async def test_a_rule_is_changed_with_a_reason_and_given_back(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_settings(pilot)
        screen.register.go_to("party_day.schedule")
        await pilot.press("enter", "2")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press("2")  # 每月固定一天
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("down", *"经镇党委同意", "f5")
        await until(pilot, lambda: "已存盘" in screen._foot.text_of(0))
        assert any("每月5日" in row.cells for row in screen.register.rows)
        screen.register.go_to("party_day.schedule")
        await pilot.press("enter", "3")
        await until(pilot, lambda: "照规则办" in screen._foot.text_of(0))
    book = open_existing(path, Clock(TODAY))
    assert str(rule_book_of(book).rule("party_day.schedule", TODAY).value) == "每月第一个周五"
    book.close()


async def test_the_branch_is_renamed(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_settings(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"甲", "f5")
        await until(pilot, lambda: pilot.app.branch.name == "柳湾村党支部甲")


async def test_the_look_is_changed_and_kept(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_settings(pilot)
        await pilot.press("ctrl+y", "3")
        await until(pilot, lambda: "简朴" in screen._foot.text_of(0))
        assert pilot.app.theme == "partyday-plain"
    assert the_app(path).theme == "partyday-plain"
