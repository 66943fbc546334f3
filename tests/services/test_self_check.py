"""The self-check names every rule in force: its duties with state and way, and the others with the reason (SUP-01)."""

from datetime import date

import pytest
from tests.services.years import event_on, hold, year_book

from partyday_tui.rules.month import Month
from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.services.presets import override_rule, presets, rule_book_of, switch_preset
from partyday_tui.services.self_check import read_check
from partyday_tui.services.ways import Way


@pytest.fixture
def book(tmp_path):
    book = year_book(tmp_path)
    yield book
    book.close()


@pytest.mark.parametrize("span", ["month", "quarter", "year"])
def test_each_duty_has_its_way_and_the_counts_add_up(book, span):
    check = read_check(book, span, Month(2026, 11))
    assert set(check.ways) == {duty.key for duty in check.duties}
    assert sum(check.counts.values()) == len(check.duties) > 0
    order = [str(duty.state) for duty in check.duties]
    assert order == sorted(order, key=("逾期", "待办", "未到期", "已办", "不适用").index)


@pytest.mark.parametrize("preset", [preset.id for preset in presets()])
def test_the_year_names_every_rule_of_the_preset(tmp_path, preset):
    book = year_book(tmp_path, preset)
    check = read_check(book, "year", Month(2026, 11))
    named = {duty.rule_key for duty in check.duties} | {other.rule.key for other in check.others}
    rules = rule_book_of(book)
    assert named >= {key for key in KEYS if rules.rule(key, date(2026, 11, 6))}
    assert all(other.why for other in check.others)
    assert not {duty.rule_key for duty in check.duties} & {other.rule.key for other in check.others}
    book.close()


def test_the_spans_are_the_month_the_quarter_and_the_year(book):
    found = {span: read_check(book, span, Month(2026, 11)) for span in ("month", "quarter", "year")}
    assert [it.period.which for it in found.values()] == ["2026-11", "2026-Q4", "2026"]
    keys = [{duty.key for duty in it.duties} for it in found.values()]
    assert keys[0] < keys[1] < keys[2]


def test_a_rule_without_a_duty_says_why_and_where(book):
    others = {other.rule.key: other for other in read_check(book, "year", Month(2026, 11)).others}
    assert others["praise.timely"].way == Way("registers", "praise")
    assert others["funding.given"].way is None
    assert others["party_day.holiday_policy"].why == "随每月的主题党日一起看"
    assert others["talk.triggers"].why == "本年没有这样的事"
    override_rule(book, "committee.before_event", False, "只有一名书记")
    others = {other.rule.key: other for other in read_check(book, "month", Month(2026, 12)).others}
    assert "talk.triggers" not in others, "a month does not name what had no occasion"


def test_a_rule_that_the_branch_switched_off_all_year_is_named(tmp_path):
    book = year_book(tmp_path)
    with book.act("早就定了") as act:
        act.connection.execute(
            "INSERT INTO rule_override (key, value, reason, valid_from) "
            "VALUES ('committee.before_event', 'false', '只有一名书记', '2026-01-01')"
        )
    others = {other.rule.key: other for other in read_check(book, "month", Month(2026, 11)).others}
    assert (others["committee.before_event"].why, others["committee.before_event"].way) == (
        "本支部定为不办",
        Way("settings"),
    )
    assert "只有一名书记" in others["committee.before_event"].rule.source
    book.close()


def test_the_past_is_checked_by_its_own_rules(book):
    hold(book, date(2026, 10, 9))
    switch_preset(book, "organ_strict", "撤村改制")
    october, november = (read_check(book, "month", Month(2026, month)) for month in (10, 11))
    assert {duty.seed for duty in october.duties} == {"S4-1"}
    assert "S1b" in {duty.seed for duty in november.duties}
    assert {other.rule.rule.seed for other in october.others} == {"S4-1"}
    event = f"event-{event_on(book, date(2026, 10, 9)).id}"
    assert "record.days_after" not in {duty.rule_key for duty in october.duties if duty.period.which == event}
