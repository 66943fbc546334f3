"""Slips: they propose and excuse, mark nothing, keep both dates, and are printed."""

from datetime import date

import pytest
from openpyxl import load_workbook
from tests.absence_branch import DAY, KEYS, case, fill, hold, on

from partyday_tui.errors import UserMistake
from partyday_tui.rules.leave import state_of
from partyday_tui.rules.roll import Status
from partyday_tui.services import forms, leave
from partyday_tui.services.cases import reason_classes
from partyday_tui.services.events import take_event_out
from partyday_tui.services.presets import override_rule, switch_preset
from partyday_tui.services.roll import read_roll
from partyday_tui.store.events import event as stored_event
from partyday_tui.store.events import insert_event

SPAN = {
    "first_day": "2026-11-01",
    "last_day": "2026-11-30",
    "reason_class": "外出务工",
    "applied_on": "2026-10-30",
    "granted_by": "罗有秀",
}
ONE = {"reason_class": "因病", "applied_on": "2026-11-05", "granted_by": "罗有秀"}


@pytest.fixture
def branch(book):
    fill(book)
    return book


def plan(book, day=DAY):
    with book.act("计划", with_session=True) as act:
        key = insert_event(act, {"month": f"{day:%Y-%m}", "on_date": day.isoformat()}, frozenset({"party_day"}))
    return stored_event(book, key)


def test_one_span_covers_every_event_in_it_and_marks_none(branch):
    first, second, after = (plan(branch, date(2026, month, day)) for month, day in ((11, 1), (11, 30), (12, 4)))
    leave.enter_slip(branch, KEYS["仇伟"], None, SPAN)
    rolls = [read_roll(branch, event) for event in (first, second, after)]
    assert [dict(roll.proposals) for roll in rolls] == [{KEYS["仇伟"]: "外出务工"}] * 2 + [{}]
    assert all(roll.counts.unmarked == 12 and not roll.is_frozen for roll in rolls)


def test_a_slip_for_the_event_comes_before_one_for_a_span(branch):
    event = plan(branch)
    leave.enter_slip(branch, KEYS["仇伟"], None, SPAN)
    leave.enter_slip(branch, KEYS["仇伟"], event.id, ONE | {"reason": "住院"})
    assert read_roll(branch, event).proposals[KEYS["仇伟"]] == "因病，住院"
    held = hold(branch, date(2026, 11, 20), {"仇伟": Status.ABSENT})
    assert case(branch, held, "仇伟").told_reason == "外出务工"


def test_a_slip_handed_in_later_keeps_both_dates_and_excuses(branch):
    event = hold(branch, marks={"仇伟": Status.ABSENT})
    assert case(branch, event, "仇伟").is_unexcused
    on(branch, date(2026, 11, 12))
    key, told = leave.enter_slip(branch, KEYS["仇伟"], event.id, ONE | {"applied_on": "2026-11-12"})
    slip = leave.slip_of(branch, key)
    assert (slip.event_on, slip.applied_on, state_of(slip)) == (DAY, date(2026, 11, 12), "事后补交")
    assert "2026-11-12" in told[0] and "2026-11-06" in told[0]
    found = case(branch, event, "仇伟")
    assert found.status is Status.ABSENT and not found.is_unexcused and found.is_case, (
        "leave does not waive the make-up"
    )


def test_an_oral_leave_waits_for_its_paper(branch):
    event = plan(branch)
    key, told = leave.enter_slip(branch, KEYS["仇伟"], event.id, ONE | {"form": "oral"})
    assert told == ["口头请假，请补书面材料"] and state_of(leave.slip_of(branch, key)) == "待补书面"
    assert leave.edit_slip(branch, key, {"paper": "2026年假条夹第3张"}) == []
    assert state_of(leave.slip_of(branch, key)) == "齐全"
    switch_preset(branch, "organ_strict", "试一试")
    assert "规则要求书面请假" in leave.enter_slip(branch, KEYS["范德"], event.id, ONE | {"form": "oral"})[1][0]


def test_who_is_marked_on_leave_without_a_slip_is_listed(branch):
    event = hold(branch, marks={"仇伟": Status.LEAVE, "范德": Status.LEAVE})
    leave.enter_slip(branch, KEYS["范德"], event.id, ONE)
    assert leave.without_slip(branch, 2026) == [(event.id, KEYS["仇伟"], "仇伟", DAY)]


def test_the_guide_s_classes_come_first(branch):
    assert reason_classes(branch)[0] == "外出务工"
    override_rule(branch, "leave.explained", ("教学安排", "实习"), "学生支部")
    assert reason_classes(branch)[:3] == ("教学安排", "实习", "外出务工")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason_class": ""}, "请选一类"),
        ({"applied_on": ""}, "请写上"),
        ({"applied_on": "2026-11"}, "写到哪一天"),
        ({"first_day": ""}, "从哪天到哪天"),
        ({"last_day": "2026-10-31"}, "请核对"),
        ({"form": "email"}, "oral"),
        ({"reason": "长" * 201}, "缩短"),
        ({"mood": "好"}, "可用"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(branch, change, words):
    with pytest.raises(UserMistake, match=words):
        leave.enter_slip(branch, 1, None, SPAN | change)
    assert leave.slips_of_year(branch, 2026) == []


def test_a_span_of_one_day_needs_one_date(branch):
    key, _ = leave.enter_slip(branch, 1, None, SPAN | {"last_day": ""})
    assert leave.slip_of(branch, key).last_day == date(2026, 11, 1)


def test_a_slip_keeps_its_event_and_a_slip_taken_out_stays_in_the_record(branch):
    event = plan(branch)
    key, _ = leave.enter_slip(branch, 1, event.id, ONE)
    with pytest.raises(UserMistake, match="请假条"):
        take_event_out(branch, event.id)
    leave.take_out(branch, key)
    assert [change.op for change in leave.slip_history(branch, key)] == ["delete", "insert"]
    take_event_out(branch, event.id)


def test_the_year_lists_what_touches_it_newest_first(branch):
    for first, last in (("2025-12-20", "2026-01-10"), ("2026-03-01", "2026-03-02"), ("2025-01-01", "2025-02-01")):
        leave.enter_slip(branch, 1, None, SPAN | {"first_day": first, "last_day": last, "applied_on": first})
    assert [str(it.first_day) for it in leave.slips_of_year(branch, 2026)] == ["2026-03-01", "2025-12-20"]


def test_a_printed_slip_holds_what_is_known(branch, tmp_path):
    event = plan(branch)
    key, _ = leave.enter_slip(branch, KEYS["仇伟"], event.id, ONE | {"reason": "=1+1", "applied_on": "2026-11-07"})
    sheet = load_workbook(forms.export_form(branch, forms.asked_for(branch, "leave", str(key)), tmp_path)).active
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    cells = {row[at]: row[at + 1] if at + 1 < len(row) else None for row in rows for at in range(0, len(row), 2)}
    assert (cells["姓名"], cells["事由"], cells["批准人"]) == ("仇伟", "因病，=1+1", "罗有秀")
    assert "2026年11月7日" in cells["申请日期"] and "补交" in cells["申请日期"] and "2026-11-06" in cells["活动及日期"]
    assert {"本人签字", "支部意见"} <= cells.keys()
