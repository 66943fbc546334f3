"""The evening's work after a meeting by keyboard alone, counted in keys; and what the follow-up does key by key."""

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.attendance import Step
from partyday_tui.rules.roll import Status
from partyday_tui.services.books import open_existing
from partyday_tui.services.cases import cases_of_year, open_cases
from partyday_tui.services.leave import enter_slip
from partyday_tui.services.make_up import lessons_of_year
from partyday_tui.services.roll import event_to_call, read_roll
from partyday_tui.ui.screens.cases import CasesScreen
from tests.absence_branch import DAY, KEYS, NAMES, fill, hold
from tests.ui.screens.rolls import at_rest, open_roll, the_app, until

ABSENT = NAMES[2:]


@pytest.fixture
def path(book, book_path):
    """The evening of a party day: two came, ten did not, the roll is marked and not ended."""
    fill(book)
    hold(book, DAY, dict.fromkeys(ABSENT, Status.ABSENT) | {"万民丽": Status.LEAVE}, close=False)
    book.close()
    return book_path


class Reading:
    """The book as another program run would read it."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.book = open_existing(self.path, Clock(DAY))
        return self.book

    def __exit__(self, *_):
        self.book.close()


async def on_cases(pilot, rows):
    """Wait for the follow-up with so many lines."""
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, CasesScreen) and len(app.screen.register.rows) == rows)
    await pilot.pause()
    return app.screen


async def form_over(pilot, screen):
    await until(pilot, lambda: pilot.app.screen is not screen)
    await pilot.pause()


async def saved(pilot, screen, word):
    await until(pilot, lambda: pilot.app.screen is screen and word in screen._foot.text_of(0))


async def test_the_evening_in_14_keys(path):
    """End the roll (2 keys), settle ten visits with their reason (4), a home lesson for two members (8)."""
    end, visits, lesson = ("9", "1"), ("f5", "5", "3", "f5"), (*"jl", "space", *"wm", "space", "4", "f5")
    assert len(end) + len(visits) + len(lesson) == 14
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        await pilot.press(end[0])
        await form_over(pilot, roll)
        await pilot.press(end[1])
        screen = await on_cases(pilot, 10)
        await pilot.press(*visits[:2])
        await form_over(pilot, screen)
        await pilot.press(*visits[2:])
        await saved(pilot, screen, "已记10人次")
        await pilot.press(*lesson[:-1])
        await form_over(pilot, screen)
        await pilot.press(lesson[-1])
        await saved(pilot, screen, "补课已记2人次")
        assert len(screen.register.rows) == 8
    with Reading(path) as book:
        assert read_roll(book, event_to_call(book)).closed_at
        waiting = open_cases(book)
        assert len(waiting) == 8 and {it.lacking for it in waiting} == {(Step.MAKE_UP,)}
        (given,) = lessons_of_year(book, 2026)
        assert given.names == "江良明、万民丽" and given.form == "送学上门" and given.content == "11月主题"
        done = {it.name: it for it in cases_of_year(book, 2026)}
        assert {done[name].told_reason for name in ABSENT} == {"因病"}
        assert all(done[name].done_on(Step.CONTACT) == DAY and done[name].done_on(Step.BRIEF) == DAY for name in ABSENT)
        steps = {(it.word, it.by_whom) for case in done.values() for it in case.steps if it.step == Step.CONTACT}
        assert steps == {("上门", "罗有秀")}, "how and by whom"


async def test_the_same_step_for_some_and_the_way_back(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        await pilot.press("9")
        await form_over(pilot, roll)
        await pilot.press("1")
        screen = await on_cases(pilot, 10)
        await pilot.press("space", "space", "2")
        await form_over(pilot, screen)
        await pilot.press("2", "f5")
        await saved(pilot, screen, "已记2人次")
        with_reason = [row for row in screen.register.rows if "因病" in row.cells]
        assert len(with_reason) == 2
        await pilot.press("ctrl+z")
        await saved(pilot, screen, "已撤销")
        assert not [row for row in screen.register.rows if "因病" in row.cells]
        await pilot.press("ctrl+z")
        await saved(pilot, screen, "没有可以撤销")


async def test_ticks_follow_the_group_and_the_event(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        await pilot.press("9")
        await form_over(pilot, roll)
        await pilot.press("1")
        screen = await on_cases(pilot, 10)
        await pilot.press("ctrl+g", "f5")
        assert len(screen.register.rows) == 5 and "已勾5人次" in screen._head.text_of(1)
        await pilot.press("f5")
        assert "已勾" not in screen._head.text_of(1)
        await pilot.press("f5", "ctrl+g")
        assert "已勾" not in screen._head.text_of(1), "what is not shown is not ticked"


async def test_a_mark_corrected_after_the_end_says_so(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        await pilot.press("9")
        await form_over(pilot, roll)
        await pilot.press("2")
        await until(pilot, lambda: "缺席跟进10人" in roll._foot.text_of(0))
        await pilot.press(*"qw", "1")
        await at_rest(pilot, roll)
        assert "撤回缺席跟进：仇伟" in roll._foot.text_of(0) and "都留着" in roll._foot.text_of(0)
        await pilot.press("ctrl+z")
        await at_rest(pilot, roll)
        assert "列入缺席跟进：仇伟" in roll._foot.text_of(0)
    with Reading(path) as book:
        assert len(open_cases(book)) == 10


async def test_a_slip_proposes_and_marks_nothing_by_itself(book, book_path):
    fill(book)
    hold(book, DAY, {"罗有秀": Status.PRESENT}, rest=None, close=False)
    for name in ("仇伟", "范德"):
        texts = {
            "first_day": "2026-11-01",
            "last_day": "2026-11-30",
            "reason_class": "外出务工",
            "applied_on": "2026-10-30",
        }
        enter_slip(book, KEYS[name], None, texts)
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        hints = [row.cells[1] for row in roll.register.rows if row.cells[6] == "外出务工" and row.cells[5] == "假条"]
        assert hints == ["范德", "仇伟"] and "未点11" in roll._head.text_of(1)
        await pilot.press("f5")
        await at_rest(pilot, roll)
        assert "有请假条的2人没有点，按 6" in roll._foot.text_of(0) and "未点2" in roll._head.text_of(1)
        await pilot.press("6")
        await at_rest(pilot, roll)
        assert "请假2" in roll._head.text_of(1) and "都点到了，按 9 结束" in roll._head.text_of(2)
    with Reading(book_path) as found:
        entries = {it.name: it for it in read_roll(found, event_to_call(found)).entries}
        assert (entries["仇伟"].status, entries["仇伟"].reason) == (Status.LEAVE, "外出务工")


async def test_a_step_written_by_mistake_is_taken_out_of_the_course(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roll = await open_roll(pilot)
        await pilot.press("9")
        await form_over(pilot, roll)
        await pilot.press("1")
        screen = await on_cases(pilot, 10)
        await pilot.press("1")
        await form_over(pilot, screen)
        await pilot.press("f5")
        await saved(pilot, screen, "已记1人次")
        screen.run_action_named("show_course")
        await form_over(pilot, screen)
        await pilot.press("2")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Confirm")
        await pilot.press("1")
        await saved(pilot, screen, "已去掉")
    with Reading(path) as book:
        assert book.rows("SELECT count(*) FROM case_step")[0][0] == 0


async def test_an_empty_list_says_what_fills_it(book, book_path):
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None)
        await pilot.press("f9")
        screen = await on_cases(pilot, 0)
        await pilot.press("space", "f5", "1", "4", "5", "ctrl+z", "ctrl+g")
        await pilot.pause()
        assert "F4" in screen.register.empty and pilot.app.screen is screen


async def test_a_roll_that_nobody_ended_is_told_and_led_to(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None)
        await pilot.press("f9")
        screen = await on_cases(pilot, 0)
        await until(pilot, lambda: "还有1次点了名没有结束" in screen._foot.text_of(0))
        await pilot.press("ctrl+d")
        await form_over(pilot, screen)
        await pilot.press("1")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RollScreen" and pilot.app.screen._event)
        assert pilot.app.screen._event.on_date == DAY
