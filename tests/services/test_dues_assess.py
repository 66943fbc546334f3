"""Assessment: dated decisions that stay, relief with the superior's approval, terms, and the year after."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dues_branch import APPROVED, dues_branch

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Part
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import (
    Decision,
    Relief,
    assess_member,
    assessment_history,
    assessment_sheet,
    by_table,
    set_term,
)
from partyday_tui.services.dues_assess_many import carry_over
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.dues_table import collection_list
from partyday_tui.services.presets import override_rule, rules_in_force
from partyday_tui.store.members import insert_movement

NOV = Month(2026, 11)
RELIEF = Relief("青党〔2026〕3号", "青山镇党委", date(2026, 5, 1))


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def row_of(book, key, month=NOV):
    return next((row for row in collection_list(book, month).rows if row.member_id == key), None)


def test_a_correction_is_a_new_dated_decision_with_its_reason(book):
    with pytest.raises(UserMistake, match="写明原因"):
        assess_member(book, 2026, Decision(4, "wage", 400_000, valid_from=Month(2026, 7)))
    written = assess_member(
        book, 2026, Decision(4, "wage", 400_000, valid_from=Month(2026, 7), reason="调资", **APPROVED)
    )
    assert written.assessment.monthly_fen == 4000
    grid = year_grid(book, 2026)
    assert next(row.due for row in grid.rows if row.payer.id == 4) == (1173,) * 6 + (4000,) * 6
    assert [each.monthly_fen for each, _ in assessment_history(book, 4)] == [1173, 4000]
    assert any("当年不变" in told for told in written.warnings)


def test_a_decision_keeps_its_parts(book):
    parts = (Part("岗位工资", "counts", 500_000), Part("养老保险", "taken_off", 40_000), Part("取暖费", "left_out", 9))
    assess_member(book, 2026, Decision(4, "wage", parts=parts, reason="补列各项", **APPROVED))
    newest, kept = assessment_history(book, 4)[-1]
    assert (newest.base_fen, newest.monthly_fen, tuple(kept)) == (460_000, 4600, parts)


@pytest.mark.parametrize(
    "named",
    [{}, {"relief": RELIEF}, {"reason": "困难"}, {"reason": "困难", "relief": Relief("", "镇党委", date(2026, 5, 1))}],
)
@pytest.mark.parametrize("monthly_fen", [0, 500])
def test_less_than_the_tables_needs_the_superiors_approval(book_path, monthly_fen, named):
    book = dues_branch(book_path, assessed=False)
    with pytest.raises(UserMistake, match="上级党委批准"):
        assess_member(book, 2026, Decision(4, "wage", 234_567, monthly_fen=monthly_fen, **named))
    assert assessment_history(book, 4) == []
    book.close()


@pytest.mark.parametrize(("monthly_fen", "kind"), [(0, "exempt"), (500, "reduced")])
def test_relief_with_its_document_is_written(book, monthly_fen, kind):
    decision = Decision(4, "wage", 234_567, (), monthly_fen, RELIEF, Month(2026, 6), "重病", **APPROVED)
    found = assess_member(book, 2026, decision).assessment
    assert (found.relief, found.relief_document, found.by_table_fen) == (kind, "青党〔2026〕3号", 1173)
    assert row_of(book, 4).due_fen == monthly_fen


def test_more_than_the_tables_needs_a_reason(book_path):
    book = dues_branch(book_path, assessed=False)
    with pytest.raises(UserMistake, match="高于标准"):
        assess_member(book, 2026, Decision(1, "farmer", monthly_fen=100))
    assert assess_member(book, 2026, Decision(1, "farmer", monthly_fen=100, reason="本人自愿")).assessment.relief == ""
    book.close()


def test_who_approved_is_asked_for_and_not_demanded(book_path):
    book = dues_branch(book_path, assessed=False)
    assert "批准人" in assess_member(book, 2026, Decision(1, "farmer")).warnings[-1]
    with pytest.raises(UserMistake, match="不在 2026 年里"):
        assess_member(book, 2026, Decision(1, "farmer", valid_from=Month(2027, 1)))
    with pytest.raises(UserMistake, match="名册里没有"):
        assess_member(book, 2026, Decision(99, "farmer"))
    book.close()


def test_the_branch_sets_rounding_and_the_farmers_rate(book_path):
    book = dues_branch(book_path, assessed=False)
    override_rule(book, "dues.farmer_monthly_fen", 100, "支部决定")
    override_rule(book, "dues.rounding", "jiao_up", "镇里要求")
    assert assess_member(book, 2027, Decision(1, "farmer")).assessment.monthly_fen == 100
    assert assess_member(book, 2027, Decision(4, "wage", 234_567)).assessment.monthly_fen == 1180
    shown = {rule.key: rule.value_words for _, rule in rules_in_force(book)[1] if rule.key.startswith("dues.")}
    assert shown["dues.farmer_monthly_fen"] == "100分" and shown["dues.first_month"] == "接收或转入的当月"
    book.close()


def test_a_rule_changed_today_reaches_what_is_assessed_today_from_whatever_month(book):
    before = [each for each, _ in assessment_history(book, 1)]
    override_rule(book, "dues.farmer_monthly_fen", 100, "镇里要求")
    override_rule(book, "dues.rounding", "jiao_up", "镇里要求")
    assert assessment_history(book, 1)[0][0] == before[0], "what is assessed already stays"
    january = assess_member(book, 2026, Decision(1, "farmer", reason="标准改了"))
    assert (january.assessment.valid_from, january.assessment.monthly_fen) == ("2026-01", 100)
    assert assess_member(book, 2026, Decision(4, "wage", 234_567, reason="标准改了")).assessment.monthly_fen == 1180
    assert by_table(book, "farmer", None, Month(2026, 1)).monthly_fen == 100


def test_what_was_approved_earlier_goes_by_the_rules_of_that_day_and_says_so(book):
    override_rule(book, "dues.farmer_monthly_fen", 100, "镇里要求")
    written = assess_member(book, 2026, Decision(2, "farmer", reason="补录", **APPROVED))
    assert written.assessment.monthly_fen == 50
    assert any("核定日期 2026-01-09" in told and "1.00" in told for told in written.warnings)
    later = assess_member(book, 2027, Decision(2, "farmer", **APPROVED))
    assert later.assessment.monthly_fen == 100, "a month to come goes by the rules that will hold then"


@pytest.mark.parametrize(("monthly_fen", "kind"), [(0, "exempt"), (500, "reduced")])
def test_for_the_retired_in_hardship_the_branch_agrees(book, monthly_fen, kind):
    decision = Decision(5, "retired", 321_500, (), monthly_fen, None, Month(2026, 6), "生活困难", **APPROVED)
    with pytest.raises(UserMistake, match="经党支部研究同意"):
        assess_member(book, 2026, decision)
    agreed = replace(decision, relief=Relief("", "", date(2026, 5, 9)))
    found = assess_member(book, 2026, agreed).assessment
    assert (found.relief, found.relief_document, found.relief_by) == (kind, "党支部研究同意", "柳湾村党支部")
    with pytest.raises(UserMistake, match="上级党委批准"):
        assess_member(book, 2026, replace(agreed, member_id=4, category="wage"))


def test_a_correction_that_reaches_into_closed_months_says_what_it_does(book):
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    told = assess_member(book, 2026, Decision(1, "farmer", reason="更正", **APPROVED)).warnings
    assert any("2026-01 至 2026-10 已经月结" in each for each in told)
    told = assess_member(book, 2026, Decision(1, "farmer", valid_from=NOV, reason="更正", **APPROVED)).warnings
    assert not any("已经月结" in each for each in told)


def test_first_and_last_month_follow_the_movements(book):
    with book.act("变动") as act:
        insert_movement(act, 1, "transfer_out", date(2026, 9, 20))
        insert_movement(act, 2, "died", date(2026, 9, 20))
    grid = {row.payer.id: row.due for row in year_grid(book, 2026).rows}
    assert grid[1] == (50,) * 9 + (0,) * 3
    assert grid[2] == (50,) * 8 + (0,) * 4
    assert row_of(book, 1).arrears_fen == 450
    record_payment(book, 1)
    assert row_of(book, 1) is None


def test_a_setting_of_first_month_holds_for_the_month_in_which_it_changes_and_not_before(book):
    with book.act("入党") as act:
        act.connection.execute("UPDATE member SET joined_on = '2026-11-03' WHERE id = 1")
        act.connection.execute("UPDATE member SET joined_on = '2026-10-30' WHERE id = 2")
    override_rule(book, "dues.first_month", "next_month", "支部决定")
    grid = {row.payer.id: row.due for row in year_grid(book, 2026).rows}
    assert grid[1] == (0,) * 11 + (50,)
    assert grid[2] == (0,) * 9 + (50,) * 3


def test_a_setting_holds_from_its_month(book):
    override_rule(book, "dues.last_month", "previous_month", "支部决定")
    with book.act("变动") as act:
        insert_movement(act, 1, "transfer_out", date(2026, 9, 20))
        insert_movement(act, 2, "transfer_out", date(2026, 11, 6))
    grid = {row.payer.id: row.due for row in year_grid(book, 2026).rows}
    assert grid[1] == (50,) * 9 + (0,) * 3
    assert grid[2] == (50,) * 10 + (0,) * 2


def test_months_set_by_hand_win_and_need_a_reason(book):
    with pytest.raises(UserMistake, match="写明原因"):
        set_term(book, 1, Month(2026, 10), None, "")
    with pytest.raises(UserMistake, match="早于"):
        set_term(book, 1, Month(2026, 10), Month(2026, 9), "信")
    set_term(book, 1, Month(2026, 10), None, "介绍信写明交至 2026-09")
    assert row_of(book, 1).to_pay_fen == 100
    set_term(book, 1, None, None, "照设置")
    assert row_of(book, 1).to_pay_fen == 550


def test_the_next_year_is_assessed_anew_and_relief_is_not_carried(book):
    assess_member(book, 2026, Decision(4, "wage", 234_567, (), 0, RELIEF, Month(2026, 6), "重病", **APPROVED))
    assert {row.payer.name for row in assessment_sheet(book, 2027) if row.current is None} == {
        "安一", "白二", "曹三", "丁四", "冯五",
    }  # fmt: skip
    written = carry_over(book, 2027, **APPROVED)
    assert [each.assessment.monthly_fen for each in written] == [50, 50, 50, 1173, 1608]
    assert carry_over(book, 2027, **APPROVED) == []
