"""The desk and the self-check by keyboard: Enter leads to where a line is settled, and the screen shows what the command tells."""

import json
from datetime import date

import pytest

from partyday_tui.cli.duties import duty_figures
from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.duties import duties_of, month_period
from partyday_tui.ui.screens.duties import DutiesScreen
from partyday_tui.ui.screens.event import EventScreen
from partyday_tui.ui.screens.reading import ReadingScreen
from partyday_tui.ui.screens.register_entries import EntriesScreen
from partyday_tui.ui.screens.roll import RollScreen
from partyday_tui.ui.screens.settings import SettingsScreen
from tests.services.years import event_on, year_book
from tests.ui.screens.rolls import TODAY, the_app, until


@pytest.fixture
def path(tmp_path):
    book = year_book(tmp_path)
    book.clock = Clock(date(2026, 2, 1))
    with book.act("外出务工") as act:
        act.connection.execute("UPDATE member SET floating = 1 WHERE id = 2")
    book.close()
    return tmp_path / "year.db"


async def open_desk(pilot):
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk and len(app.desk.register.rows) > 3)
    return app.desk


async def open_place(pilot, where, kind):
    await open_desk(pilot)
    pilot.app.go(where)
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and len(pilot.app.screen.register.rows) > 0)
    return pilot.app.screen


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        ("联系流动党员", EntriesScreen, "流动党员联系"),
        ("活动前召开支委会", EventScreen, "2026-11-06"),
        ("待点名", RollScreen, "2026-11-06"),
        ("在自查里逐项看", DutiesScreen, "2026年"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_enter_on_a_line_leads_to_where_it_is_settled(path, words, kind, says, size):
    async with the_app(path).run_test(size=size) as pilot:
        desk = await open_desk(pilot)
        desk.register.go_to(next(row.key for row in desk.register.rows if any(words in cell for cell in row.cells)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, kind) and says in pilot.app.screen._head.text_of(0))


async def test_the_desk_tells_the_sentence_of_the_line_under_the_cursor(path):
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        desk = await open_desk(pilot)
        desk.register.go_to(next(row.key for row in desk.register.rows if "活动前召开支委会" in row.cells[-2:][0]))
        await until(pilot, lambda: "「在每次支部主题党日前召开支委会」" in desk._foot.text_of(0))
        assert "本月活动1次" in desk._head.text_of(1)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("constitution.readings_per_year", ReadingScreen),
        ("floating.outreach", EntriesScreen),
        ("party_day.schedule", RollScreen),
        ("affairs.report", EventScreen),
    ],
)
async def test_the_self_check_leads_on(path, rule, kind):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_place(pilot, "duties", DutiesScreen)
        if rule.startswith("constitution"):
            await pilot.press("f5", "f5")
            await until(pilot, lambda: "按年看" in screen._head.text_of(1))
        screen.register.go_to(next(row.key for row in screen.register.rows if rule in str(row.key)))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, kind))


async def test_the_self_check_names_the_other_rules_with_the_reason(path):
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        screen = await open_place(pilot, "duties", DutiesScreen)
        screen.register.go_to("rule funding.given")
        await until(pilot, lambda: "要落实经费保障" in screen._foot.text_of(0))
        await pilot.press("enter")
        await until(pilot, lambda: "由上级去办" in screen._foot.text_of(0))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        screen.register.go_to("rule praise.timely")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EntriesScreen))


async def test_the_self_check_shows_what_the_command_tells(path):
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        screen = await open_place(pilot, "duties", DutiesScreen)
        shown = {row.key: row.cells for row in screen.register.rows if row.key and not str(row.key).startswith("rule ")}
        told = await pilot.app.call(lambda book: duties_of(book, month_period(Month(2026, 11))))
        figures = json.loads(json.dumps([duty_figures(duty) for duty in told]))
    assert {key: (cells[0], cells[1]) for key, cells in shown.items()} == {
        it["key"]: (it["state"], it["due_on"] or "") for it in figures
    }


async def test_the_branch_sets_a_rule_that_its_guide_does_not_say(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_place(pilot, "settings", SettingsScreen)
        await pilot.press("insert")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"提前公示", "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("down", *"经支委会研究", "f5")
        await until(pilot, lambda: "已存盘" in screen._foot.text_of(0))
        assert ("5天", "自定") in {row.cells[1:3] for row in screen.register.rows}
        duties = await pilot.app.call(lambda book: duties_of(book, month_period(Month(2026, 11))))
        event = await pilot.app.call(lambda book: event_on(book, TODAY).id)
    assert f"CAL-14 notice.days_before event-{event}" in {duty.key for duty in duties}
