"""Prompts about unexcused absence: thresholds of the branch, talks in their register, nobody ranked."""

from datetime import date

import pytest
from tests.absence_branch import DAY, KEYS, case, fill, hold

from partyday_tui.rules.attendance import UNEXCUSED, Step
from partyday_tui.rules.registers import LONG_ABSENCE
from partyday_tui.rules.roll import Status
from partyday_tui.services import absence_runs as runs
from partyday_tui.services import cases, leave, registers
from partyday_tui.services.presets import override_rule, rules_in_force

MONTHS = [date(2026, month, 6) for month in range(5, 12)]
A, P = Status.ABSENT, Status.PRESENT


@pytest.fixture
def branch(book):
    fill(book)
    return book


def found(book):
    return {it.name: (it.run.count, it.talk_due, it.superior_due) for it in runs.prompts(book)}


def test_two_in_a_row_ask_for_a_talk_and_six_months_for_the_superior(branch):
    for day in MONTHS:
        hold(branch, day, {"仇伟": A, "范德": A if day >= MONTHS[-2] else P, "张刚军": A if day == MONTHS[-1] else P})
    assert found(branch) == {"范德": (2, True, False), "仇伟": (7, True, True), "张刚军": (1, False, False)}


def test_the_order_is_the_roster_s_never_the_count_s(branch):
    for day in MONTHS:
        hold(branch, day, {"张刚军": A, "冯磊发": A if day == MONTHS[-1] else P})
    assert list(found(branch)) == ["冯磊发", "张刚军"]


def test_coming_once_ends_the_run_and_a_slip_or_a_good_reason_excuses(branch):
    events = [hold(branch, day, {"仇伟": A, "范德": A, "张刚军": A}) for day in MONTHS[-2:]]
    leave.enter_slip(branch, KEYS["仇伟"], events[1].id, {"reason_class": "因病", "applied_on": "2026-11-06"})
    visit = cases.Visit(DAY, reason_class="照顾家人")
    cases.write_step(branch, [(events[0].id, KEYS["范德"])], Step.REASON, visit)
    bad = cases.Visit(DAY, reason_class=UNEXCUSED)
    cases.write_step(branch, [(events[0].id, KEYS["张刚军"])], Step.REASON, bad)
    assert found(branch) == {"范德": (1, False, False), "张刚军": (2, True, False)}


def test_the_thresholds_are_free(branch):
    for day in MONTHS[-3:]:
        hold(branch, day, {"仇伟": A})
    assert runs.thresholds(branch) == (2, 6)
    override_rule(branch, "absence.talk_after", 4, "支部决定")
    override_rule(branch, "absence.superior_after_months", 2, "支部决定")
    assert runs.thresholds(branch) == (4, 2) and found(branch) == {"仇伟": (3, False, True)}
    titles = [title for title, _ in rules_in_force(branch)[1]]
    assert "长期无故缺席几个月提示报告上级" in titles


def test_a_talk_in_the_register_settles_the_prompt_until_the_next_absence(branch):
    for day in MONTHS[-3:-1]:
        hold(branch, day, {"仇伟": A})
    talk = registers.register_named("talk")
    people = [runs.default_partner(branch), KEYS["仇伟"]]
    registers.add(branch, talk, {"on_date": "2026-10-20", "topic": "思想", "reason": "日常"}, people)
    assert found(branch)["仇伟"][1], "another talk is no reminder"
    registers.add(branch, talk, {"on_date": "2026-10-20", "topic": "思想", "reason": "无故缺席"}, people)
    (prompt,) = runs.prompts(branch)
    assert (prompt.talk_due, prompt.talked_on, prompt.words) == (False, date(2026, 10, 20), "2026-10-20 谈过")
    hold(branch, MONTHS[-1], {"仇伟": A})
    assert found(branch)["仇伟"] == (3, True, False)


def test_a_report_to_the_superior_settles_that_prompt_and_names_nobody_in_the_register(branch):
    for day in MONTHS:
        event = hold(branch, day, {"仇伟": A})
    (prompt,) = runs.prompts(branch)
    assert prompt.key == (event.id, KEYS["仇伟"]) and prompt.in_year == 7
    acts = branch.rows("SELECT count(*) FROM act")[0][0]
    runs.report(branch, prompt.key, DAY, "青山镇党委", "罗有秀", "柳支〔2026〕9号")
    assert branch.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    assert found(branch)["仇伟"] == (7, True, False) and runs.prompts(branch)[0].reported_on == DAY
    (entry,) = registers.entries_of(branch, registers.register_named("superior_report"), 2026)
    assert entry.values["kind"] == LONG_ABSENCE and "仇伟" not in str(entry.values)
    assert case(branch, event, "仇伟").steps[0].note == "青山镇党委，柳支〔2026〕9号"


def test_an_open_roll_and_those_who_left_prompt_nobody(branch):
    for day in MONTHS[-2:]:
        hold(branch, day, {"仇伟": A}, close=False)
    assert found(branch) == {}
