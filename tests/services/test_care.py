"""Who was not reached this month, and what reaches them."""

from datetime import date

import pytest
from tests.absence_branch import DAY, KEYS, case, fill, hold, on

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.services import care, make_up, registers
from partyday_tui.services.cases import Visit, write_step
from partyday_tui.services.roll import read_roll

MONTH = Month(2026, 11)
LESSON = {"on_date": "2026-11-06", "content": "党史", "led_by": "罗有秀"}


@pytest.fixture
def branch(book):
    fill(book)
    return book


def names(book, month=MONTH):
    return [it.member.name for it in care.unreached(book, month)]


def test_the_floating_and_the_infirm_whom_nothing_reached_are_listed(branch):
    assert names(branch) == ["江良明", "万民丽"]
    hold(branch, DAY, {"江良明": Status.OTHER, "万民丽": Status.LEAVE})
    assert names(branch) == ["万民丽"]


def test_an_outreach_entry_reaches_for_its_month_only(branch):
    told = care.write_outreach(
        branch, [KEYS["万民丽"]], {"on_date": "2026-11-03", "way": "网络互动", "note": "发了资料"}
    )
    assert told == [] and names(branch) == ["江良明"]
    on(branch, date(2026, 12, 4))
    assert names(branch, Month(2026, 12)) == ["江良明", "万民丽"]
    assert care.unreached(branch, Month(2026, 12))[1].last_on == date(2026, 11, 3)
    assert names(branch, Month(2026, 10)) == ["江良明", "万民丽"], "what came later does not reach back"


def test_a_lesson_reaches_too(branch):
    event = hold(branch, date(2026, 10, 9), {"万民丽": Status.LEAVE, "江良明": Status.LEAVE})
    make_up.add_lesson(branch, [(event.id, KEYS["万民丽"])], LESSON | {"form": "线上补学"})
    assert names(branch) == ["江良明"]


def test_a_briefing_reaches_the_floating_and_is_not_yet_taking_part(branch):
    event = hold(branch, DAY, {"万民丽": Status.LEAVE, "江良明": Status.LEAVE})
    keys = [(event.id, KEYS["万民丽"]), (event.id, KEYS["江良明"])]
    write_step(branch, keys[:1], "contact", Visit(DAY, "电话", reached=False))
    assert names(branch) == ["江良明", "万民丽"]
    write_step(branch, keys, "brief", Visit(DAY, "微信"))
    assert names(branch) == ["江良明"]
    assert [it.name for it in registers.unreached(branch, MONTH)] == [], "the register's list says the same"


def test_home_teaching_is_another_way_of_taking_part(branch):
    event = hold(branch, DAY, {"江良明": None, "万民丽": Status.LEAVE})
    assert care.event_of(branch, MONTH).id == event.id and care.event_of(branch, Month(2026, 10)) is None
    lesson = care.teach_at_home(branch, event, [KEYS["江良明"], KEYS["万民丽"]], LESSON, signed=True)
    counts = read_roll(branch, event).counts
    assert (counts.other, counts.leave, counts.unmarked) == (2, 0, 0) and names(branch) == []
    found = case(branch, event, "万民丽")
    assert found.status is Status.OTHER and not found.is_case and found.lessons[0].id == lesson
    assert make_up.lesson_of(branch, lesson).form == "送学上门"


def test_a_home_lesson_for_nobody_or_a_stranger_writes_nothing(branch):
    event = hold(branch, DAY)
    with pytest.raises(UserMistake, match="请在名单里选中"):
        care.teach_at_home(branch, event, [], LESSON)
    with pytest.raises(UserMistake, match="应到名单"):
        care.teach_at_home(branch, event, [999], LESSON)
    assert make_up.lessons_of_year(branch, 2026) == []
