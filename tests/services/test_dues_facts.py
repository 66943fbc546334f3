"""The facts of domain.md 2.a, each as the program keeps it (D1 to D4, D7, D8, D11, D14, D18 and D22 have tests where they are worked out)."""

from datetime import date

import pytest
from tests.dues_branch import APPROVED, dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.services.books import make_book
from partyday_tui.services.dues_assess import Decision, assess_member, assess_members, by_table, set_term
from partyday_tui.services.dues_collect import record_from_many, record_payment, record_voluntary
from partyday_tui.services.dues_handover import fund_fen, record_fund, remit
from partyday_tui.services.dues_laid_out import AHEAD
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.dues_months import Noted, close_month, month_figures
from partyday_tui.services.dues_publish import year_sheet
from partyday_tui.services.dues_table import collection_list
from partyday_tui.store.members import insert_movement

NOV = Month(2026, 11)


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def test_the_village_of_d9_and_its_sheet_d23(book_path):
    """44 farmers at 0.5 pay 264.00 a year; five with a wage 564.00; together 828.00, by category, heads and sum."""
    book = make_book(
        book_path, Clock(date(2021, 12, 31)), name="汪村党支部", preset="rural_community", secretary="汪一"
    )
    with book.act("准备") as act:
        act.connection.executemany(
            "INSERT INTO member (id, name, reading, kind, joined_on) VALUES (?, ?, ?, 'full', '2001-06')",
            [(key, f"党员{key}", f"{key:02d}") for key in range(1, 50)],
        )
    wages = dict(zip(range(45, 50), (200_000, 180_000, 160_000, 140_000, 260_000), strict=True))
    decisions = [
        Decision(key, "wage" if key in wages else "farmer", wages.get(key), **APPROVED) for key in range(1, 50)
    ]
    assess_members(book, 2021, decisions)
    record_from_many(book, range(1, 50))
    sheet = year_sheet(book, 2021)
    assert [(each.category, each.heads, each.due_fen, each.paid_fen) for each in sheet.categories] == [
        ("wage", 5, 56_400, 56_400), ("farmer", 44, 26_400, 26_400),
    ]  # fmt: skip
    assert (sheet.grid.due_fen, sheet.grid.paid_fen, sheet.collected_fen) == (82_800,) * 3
    book.close()


def test_d5_the_yearly_salary_follows_the_pay_of_each_month(book):
    for number, base in ((1, 860_050), (2, 1_000_001)):
        reason = "" if number == 1 else "当月实际领取"
        assess_member(book, 2027, Decision(1, "annual_salary", base, valid_from=Month(2027, number), reason=reason))
    assert year_grid(book, 2027).rows[0].due[:2] == (12_901, 20_000)


def test_d6_the_self_employed_pay_by_the_average_of_the_last_quarter(book):
    assessed = by_table(book, "self_employed", 300_001, NOV)
    assert assessed.monthly_fen == 3000 and "上季度月平均纯收入" in assessed.base_grounds.sentence


def test_d10_a_farmer_with_a_fixed_wage_elsewhere_pays_as_one_with_a_wage(book):
    assert (
        assess_member(book, 2026, Decision(1, "wage", 400_000, valid_from=NOV, reason="外出务工")).assessment.rate
        == 100
    )


def test_d12_the_first_month_is_that_of_acceptance_and_confirmation_changes_nothing(book):
    with book.act("发展") as act:
        act.connection.execute(
            "INSERT INTO member (id, name, reading, kind, joined_on) VALUES (6, '庚六', '6', 'probationary', '2026-09-18')"
        )
    assess_member(book, 2026, Decision(6, "farmer", valid_from=Month(2026, 9), **APPROVED))
    before = next(row.due for row in year_grid(book, 2026).rows if row.payer.id == 6)
    assert before == (0,) * 8 + (50,) * 4
    with book.act("转正") as act:
        act.connection.execute("UPDATE member SET kind = 'full', confirmed_on = '2026-10-20' WHERE id = 6")
    assert next(row.due for row in year_grid(book, 2026).rows if row.payer.id == 6) == before


def test_d13_by_the_quarter_through_another_and_later_with_the_branchs_consent(book):
    quarter = record_payment(book, 1, [Month(2026, 10), NOV, Month(2026, 12)], method="cash", payer="安一之子")
    assert [entry.kind for entry in quarter.entries] == ["back", "dues", "ahead"]
    close_month(book, Month(2026, 10), {2: Noted("deferred", "季度末一起交")}, rest_unpaid=True)
    assert month_figures(book, Month(2026, 10)).heads("deferred") == 1
    assert record_payment(book, 3, [Month(2026, 4)]).warnings and not record_payment(book, 3, [Month(2026, 5)]).warnings


def test_d15_more_than_a_thousand_is_asked_about_and_large_sums_stand_apart(book):
    told = assess_member(book, 2026, Decision(4, "wage", 6_000_000, valid_from=NOV, reason="调资")).warnings
    assert any("1000元" in each for each in told)
    assert record_voluntary(book, 4, 100_001).entries[0].kind == "large"


def test_d16_reminds_and_never_judges(book):
    row = collection_list(book, NOV).rows[0]
    assert (
        (row.running, row.level) == (10, "alarm") and "支部大会应当决定" in row.sentence and "只作提醒" in row.sentence
    )
    assert book.rows("SELECT 1 FROM movement") == [] and book.rows("SELECT count(*) FROM member")[0][0] == 5


def test_d17_the_branch_neither_advances_nor_deducts(book):
    assert set(METHOD_WORDS) == {"cash", "wechat", "transfer"}
    with pytest.raises(UserMistake, match="不得垫交"):
        record_payment(book, 1, [NOV], payer="柳湾村党支部")
    record_payment(book, 1, [NOV])
    with pytest.raises(UserMistake, match="不得垫交"):
        remit(book, 51)


def test_d19_a_hand_over_of_a_quarter_carries_its_receipt(book):
    record_payment(book, 5, list(months_of_year(2026))[:9])
    assert remit(book, 9 * 1608, receipt_no="青012345").entries[0].receipt_no == "青012345"


def test_d20_a_transfer_letter_says_until_when_it_is_paid(book):
    with book.act("变动") as act:
        insert_movement(act, 1, "transfer_out", date(2026, 9, 20))
    set_term(book, 1, None, Month(2026, 6), "介绍信写明党费交至 2026-06")
    assert next(row.due for row in year_grid(book, 2026).rows if row.payer.id == 1) == (50,) * 6 + (0,) * 6


def test_d21_who_pays_where_they_are_is_deferred_or_ends_here_for_a_time(book):
    set_term(book, 1, None, Month(2026, 3), "持流动党员活动证在流入地交纳")
    assert next(row.due_fen for row in year_grid(book, 2026).rows if row.payer.id == 1) == 150


def test_d23_money_that_comes_back_has_entries_of_its_own(book):
    record_fund(book, "returned", 5_000, note="离退休返还")
    assert fund_fen(book) == 5_000 == year_sheet(book, 2026).by_kind["returned"]


def test_months_ahead_of_the_year_wait_for_its_assessment(book):
    with pytest.raises(UserMistake, match="核定下一年"):
        record_payment(book, 1, amount_fen=1_000, surplus=AHEAD)
