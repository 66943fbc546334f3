"""Collecting: what is owed, each kind of payment, and its reversal."""

import contextlib
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.services.dues_accounts import member_account, read_accounts
from partyday_tui.services.dues_assess import Decision, Relief, assess_members
from partyday_tui.services.dues_collect import (
    record_from_many,
    record_payment,
    record_voluntary,
)
from partyday_tui.services.dues_handover import record_fund, remit
from partyday_tui.services.dues_laid_out import AHEAD, VOLUNTARY
from partyday_tui.services.dues_months import close_month, closed_month, month_figures
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.dues_table import cash_in_hand, collection_list, collection_row
from partyday_tui.services.plan import event_or_ruled
from partyday_tui.services.roll import Mark, write_marks
from partyday_tui.store import dues
from partyday_tui.store.events import insert_event

NOV, DEC = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def lines(receipt):
    return [(entry.kind, entry.month, entry.amount_fen) for entry in receipt.entries]


def test_those_present_come_first_with_their_due_and_arrears(book):
    with book.act("活动", with_session=True) as act:
        insert_event(act, {"month": "2026-11", "on_date": "2026-11-06"}, frozenset({"party_day"}))
    event = event_or_ruled(book, date(2026, 11, 6))
    write_marks(book, event, [[Mark(3, Status.PRESENT), Mark(5, Status.LATE), Mark(1, Status.LEAVE)]])
    rows = collection_list(book, NOV, event).rows
    assert [(row.name, row.present) for row in rows] == [
        ("曹三", True),
        ("冯五", True),
        ("安一", False),
        ("白二", False),
        ("丁四", False),
    ]
    assert (rows[1].due_fen, rows[1].arrears_fen, rows[1].to_pay_fen) == (1608, 16_080, 17_688)
    assert collection_list(book, NOV).rows[0].present is None


def test_enter_takes_the_whole_amount_and_the_row_follows(book):
    receipt = record_payment(book, 1)
    assert [entry.month for entry in receipt.entries] == [f"2026-{month:02d}" for month in range(1, 12)]
    assert {entry.act_id for entry in receipt.entries} == {receipt.entries[0].act_id}
    assert receipt.amount_fen == 550 == cash_in_hand(book).in_hand_fen
    row = collection_row(book, NOV, 1)
    assert (row.to_pay_fen, row.paid_fen, row.running, row.level) == (0, 50, 0, "")
    assert row == collection_list(book, NOV).rows[0]


def test_an_entry_keeps_the_name_and_the_due_of_its_day(book):
    entry = record_payment(book, 4, [NOV], taken_by="曹三", note="会后").entries[0]
    assert (entry.member_name, entry.due_fen, entry.taken_by, entry.note) == ("丁四", 1173, "曹三", "会后")
    assert record_payment(book, 2, [NOV]).entries[0].taken_by == "罗有秀"


def test_a_part_payment_stays_open_oldest_month_first(book):
    assert lines(record_payment(book, 1, amount_fen=120)) == [
        ("back", "2026-01", 50),
        ("back", "2026-02", 50),
        ("back", "2026-03", 20),
    ]
    assert collection_row(book, NOV, 1).arrears[0] == (Month(2026, 3), 30)
    assert lines(record_payment(book, 1, [NOV, Month(2026, 3)], amount_fen=60)) == [
        ("dues", "2026-11", 50),
        ("back", "2026-03", 10),
    ]


def test_months_far_back_are_warned_of_and_taken(book):
    assert record_payment(book, 1, [Month(2026, 5)]).warnings == ()
    (warning,) = record_payment(book, 1, [Month(2026, 4)]).warnings
    assert "一般不得超过6个月" in warning


def test_a_surplus_needs_a_decision(book):
    with pytest.raises(UserMistake, match=r"多出 1\.00 元"):
        record_payment(book, 1, [NOV], amount_fen=150)
    assert cash_in_hand(book).in_hand_fen == 0
    assert lines(record_payment(book, 1, [NOV], amount_fen=80, surplus=VOLUNTARY)) == [
        ("dues", "2026-11", 50),
        ("voluntary", "", 30),
    ]


def test_a_surplus_ahead_goes_to_other_months_owed_and_then_ahead(book):
    record_payment(book, 1, [Month(2026, month) for month in range(1, 10)])
    assert lines(record_payment(book, 1, [NOV], amount_fen=150, surplus=AHEAD)) == [
        ("dues", "2026-11", 50),
        ("back", "2026-10", 50),
        ("ahead", "2026-12", 50),
    ]
    with pytest.raises(UserMistake, match="核定下一年"):
        record_payment(book, 1, [DEC], amount_fen=50, surplus=AHEAD)


def test_a_month_ahead_can_be_named(book):
    assert lines(record_payment(book, 1, [DEC])) == [("ahead", "2026-12", 50)]


def test_a_large_voluntary_payment_is_its_own_kind(book):
    assert lines(record_voluntary(book, 5, 100_000)) == [("voluntary", "", 100_000)]
    receipt = record_voluntary(book, 5, 100_001)
    assert lines(receipt) == [("large", "", 100_001)]
    assert "大额党费" in receipt.warnings[0]
    surplus = record_payment(book, 5, [NOV], amount_fen=1608 + 100_001, surplus=VOLUNTARY)
    assert lines(surplus)[1] == ("large", "", 100_001)


def test_more_than_a_thousand_for_a_month_is_asked_about(book_path):
    book = dues_branch(book_path, assessed=False)
    receipt = record_payment(book, 1, [NOV], amount_fen=100_001)
    assert lines(receipt) == [("dues", "2026-11", 100_001)]
    assert any("没有核定" in told for told in receipt.warnings) and any("1000" in told for told in receipt.warnings)
    assert receipt.entries[0].due_fen is None
    book.close()


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"method": "branch"}, "没有「branch」这种交纳方式"),
        ({"method": "proxy"}, "代交人的姓名"),
        ({"method": "proxy", "payer": "柳湾村党支部"}, "不得垫交"),
        ({"method": "proxy", "payer": "镇党委"}, "不得垫交"),
        ({"method": "wechat", "payer": "柳湾村支部委员会"}, "不得垫交"),
        ({"amount_fen": 0}, "大于 0"),
        ({"amount_fen": -50}, "大于 0"),
        ({"on_date": date(2026, 11, 7)}, "在今天以后"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(book, named, words):
    with pytest.raises(UserMistake, match=words):
        record_payment(book, 1, [NOV], **named)
    assert cash_in_hand(book).collected_fen == 0


@pytest.mark.parametrize(
    ("method", "pot", "words"),
    [
        ("proxy", "cash", "现金（安一之子代交）"),
        ("cash", "cash", "现金（安一之子代交）"),
        ("wechat", "wechat", "微信（安一之子代交）"),
    ],
)
def test_whoever_brings_it_is_named_and_the_money_lies_in_a_pot(book, method, pot, words):
    entry = record_payment(book, 1, [NOV], method=method, payer="安一之子").entries[0]
    assert (entry.method, entry.payer, entry.method_word) == (pot, "安一之子", words)
    assert {name: fen for name, fen in cash_in_hand(book).by_method.items() if fen} == {pot: 50}


def test_several_pay_in_one_act_and_one_commit_or_nobody_does(book):
    record_payment(book, 2)
    before = len(book.rows("SELECT id FROM act"))
    receipt = record_from_many(book, [1, 3, 1], request_key="其余")
    assert sorted({entry.member_id for entry in receipt.entries}) == [1, 3] and len(receipt.entries) == 22
    assert len(book.rows("SELECT id FROM act")) == before + 1
    assert record_from_many(book, [1, 3], request_key="其余").entries == receipt.entries
    with pytest.raises(UserMistake, match="白二 要交的党费已经交清"):
        record_from_many(book, [2, 1])
    with pytest.raises(UserMistake, match="没有指明"):
        record_from_many(book, [])
    undone = reverse(book, [entry.id for entry in receipt.entries], "点错")
    assert len({entry.act_id for entry in undone.entries}) == 1 and cash_in_hand(book).in_hand_fen == 550


def test_nothing_owed_is_told(book):
    record_payment(book, 1)
    with pytest.raises(UserMistake, match="已经交清"):
        record_payment(book, 1)
    with pytest.raises(UserMistake, match="已经交清"):
        record_payment(book, 1, [NOV])
    with pytest.raises(UserMistake, match="名册里没有"):
        record_payment(book, 99)


def test_a_year_without_assessment_is_told_and_not_guessed(book):
    with pytest.raises(UserMistake, match="还没有核定"):
        record_payment(book, 1, [Month(2027, 1)])


def test_the_same_request_never_writes_twice(book):
    first = record_payment(book, 1, request_key="按键一")
    assert record_payment(book, 1, request_key="按键一").entries == first.entries
    undone = reverse(book, [first.entries[0].id], "错", request_key="撤销一")
    assert reverse(book, [first.entries[0].id], "错", request_key="撤销一").entries == undone.entries
    assert cash_in_hand(book).in_hand_fen == 500


def test_undo_is_a_reversal_that_mirrors(book):
    before = collection_list(book, NOV).rows
    receipt = record_payment(book, 1, method="wechat")
    undone = reverse(book, [entry.id for entry in receipt.entries], "撤销")
    assert [entry.reverses for entry in undone.entries] == [entry.id for entry in receipt.entries]
    assert collection_list(book, NOV).rows == before
    assert cash_in_hand(book).in_hand_fen == 0


def test_a_reversal_is_final_and_needs_a_reason(book):
    first = record_payment(book, 1, [NOV]).entries[0]
    with pytest.raises(UserMistake, match="写明原因"):
        reverse(book, [first.id], "")
    undone = reverse(book, [first.id], "错").entries[0]
    for key, words in ((first.id, "已由第"), (undone.id, "本身是冲正"), (99, "没有第 99 笔")):
        with pytest.raises(UserMistake, match=words):
            reverse(book, [key], "错")
    with pytest.raises(UserMistake, match="没有指明"):
        reverse(book, [], "错")


def test_after_the_close_only_later_entries(book):
    first = record_payment(book, 1, [Month(2026, 10)], on_date=date(2026, 10, 9)).entries[0]
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    with pytest.raises(UserMistake, match="已经月结"):
        record_payment(book, 2, [Month(2026, 10)], on_date=date(2026, 10, 31))
    with pytest.raises(UserMistake, match="已经月结"):
        reverse(book, [first.id], "错", on_date=date(2026, 10, 31))
    assert reverse(book, [first.id], "错").entries[0].on_date == "2026-11-06"
    assert lines(record_payment(book, 2, [Month(2026, 10)])) == [("back", "2026-10", 50)]


def test_after_the_close_of_the_evening_dues_are_still_taken_and_dated_honestly(book):
    first = record_payment(book, 1, [NOV]).entries[0]
    close_month(book, NOV, {}, rest_unpaid=True)
    closed = closed_month(book, NOV)
    late = record_payment(book, 2, [NOV]).entries[0]
    assert (late.kind, late.month, late.on_date) == ("dues", "2026-11", "2026-11-06")
    assert lines(record_payment(book, 3, [Month(2026, 3), DEC])) == [("back", "2026-03", 50), ("ahead", "2026-12", 50)]
    undone = reverse(book, [first.id], "错").entries[0]
    assert undone.on_date == "2026-11-06" and undone.id > closed[0].head_id, (
        "after the close, in the order of the ledger"
    )
    with pytest.raises(UserMistake, match="已经月结"):
        record_payment(book, 2, [DEC], on_date=date(2026, 11, 5))
    assert closed_month(book, NOV) == closed, "what was closed stays as it was closed"
    rows = {row.member_name: (row.state, row.reason) for row in month_figures(book, NOV).rows}
    assert rows["安一"] == ("unpaid", "月结后冲正")
    assert rows["白二"] == ("paid", "月结后补交")
    assert rows["曹三"] == ("unpaid", "")
    book.clock = Clock(date(2026, 11, 7))
    assert record_payment(book, 1, [NOV]).entries[0].on_date == "2026-11-07"


def test_money_that_was_handed_over_and_is_taken_back_is_told(book):
    paid = record_payment(book, 1, [NOV]).entries[0]
    remit(book, receipt_no="77")
    undone = reverse(book, [paid.id], "记错")
    assert undone.warnings == ("现金在手成了 -0.50 元：冲正的钱已经上缴，请核对上缴的那一笔。",)


def test_a_warning_at_three_and_an_alarm_at_six_months(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1, [Month(2026, month) for month in range(1, 9)])
    record_payment(book, 2, [Month(2026, month) for month in range(1, 8)])
    record_payment(book, 3, [Month(2026, month) for month in range(1, 5)])
    rows = {row.name: row for row in collection_list(book, NOV).rows}
    assert [(rows[name].running, rows[name].level) for name in ("安一", "白二", "曹三")] == [
        (2, ""),
        (3, "warning"),
        (6, "alarm"),
    ]
    assert "党章第九条" in rows["曹三"].sentence and "只作提醒" in rows["曹三"].sentence
    book.close()


def test_the_book_says_the_same_after_it_is_opened_again(book, book_path):
    from partyday_tui.services.books import open_existing

    record_payment(book, 1)
    book.close()
    again = open_existing(book_path, Clock(date(2026, 11, 6)))
    assert cash_in_hand(again).in_hand_fen == 550
    again.close()


def test_years_gone_by_are_told_by_the_database_and_read_where_they_are_open(book_path):
    book = dues_branch(book_path)
    for year in (2024, 2025):
        assess_members(book, year, [Decision(key, "farmer") for key in range(1, 6)])
    year_2025 = [Month(2025, month) for month in range(1, 13)]
    for key in (1, 2):
        record_payment(book, key, [Month(2024, month) for month in range(1, 13)])
    record_payment(book, 1, year_2025)
    record_payment(book, 2, year_2025[:6])
    wrong = record_payment(book, 3, year_2025)
    reverse(book, [wrong.entries[4].id], "错")
    assert_same_as_whole(book)
    assert [len(each.account.months) for each in read_accounts(book, NOV)][:3] == [11, 24, 35]
    assert dues.years_to_look_at(book, 2026) == {2: {2025}, 3: {2024, 2025}, 4: {2024, 2025}, 5: {2024, 2025}}
    with pytest.raises(UserMistake, match="已经交清"):
        record_payment(book, 1, [Month(2024, 3)])
    book.close()


def assert_same_as_whole(book):
    """The quick accounts of all, and of one, against the account read month by month."""
    for quick in read_accounts(book, NOV):
        whole = member_account(book, quick.payer.id, NOV, whole=True).account
        for account in (quick.account, member_account(book, quick.payer.id, NOV).account):
            assert account.unpaid == whole.unpaid
            assert account.arrears_fen == whole.arrears_fen
            assert account.months_running() == whole.months_running()


_ASSESSED = st.lists(
    st.tuples(st.integers(2022, 2026), st.integers(1, 12), st.sampled_from((0, 50, 50, 80))), min_size=1, max_size=5
)
_PAID = st.lists(
    st.tuples(st.integers(2022, 2026), st.integers(1, 12), st.integers(1, 12), st.sampled_from((None, 20, 50))),
    max_size=6,
)


@given(_ASSESSED, _PAID, st.lists(st.integers(1, 40), max_size=4, unique=True))
@settings(max_examples=settings.default.max_examples // 4, deadline=None)
def test_the_quick_accounts_say_what_the_months_say(assessed, paid, undone):
    with tempfile.TemporaryDirectory() as folder:
        book = dues_branch(Path(folder) / "book.db", assessed=False)
        for year, month, fen in assessed:
            relief = Relief("批复", "镇党委", date(2026, 1, 1)) if fen < 50 else None
            decision = Decision(1, "farmer", monthly_fen=fen, relief=relief, valid_from=Month(year, month), reason="试")
            assess_members(book, year, [decision])
        for year, first, count, fen in paid:
            months = [Month(year, first) + at for at in range(min(count, 13 - first))]
            with contextlib.suppress(UserMistake):
                record_payment(book, 1, months, amount_fen=fen)
        for key in undone:
            with contextlib.suppress(UserMistake):
                reverse(book, [key], "错")
        assert_same_as_whole(book)
        book.close()


def test_who_owes_nothing_up_to_the_day_is_passed_over_and_told(book):
    book.clock = Clock(date(2026, 12, 1))
    record_payment(book, 2, [Month(2026, number) for number in range(1, 12)])
    with pytest.raises(UserMistake, match="白二 到 2026-11 要交的党费已经交清，没有记下；2026-12 的还没有交"):
        record_payment(book, 2, on_date=date(2026, 11, 30))
    receipt = record_from_many(book, [1, 2, 3], on_date=date(2026, 11, 30))
    assert {entry.member_id for entry in receipt.entries} == {1, 3} and receipt.amount_fen == 2 * 550
    assert any("白二 到 2026-11 要交的党费已经交清" in warning for warning in receipt.warnings)


@pytest.mark.parametrize("amount_fen", [None, 1173])
@pytest.mark.parametrize("ever", [True, False])
def test_who_is_not_assessed_is_not_said_to_have_paid(book_path, amount_fen, ever):
    book = dues_branch(book_path, assessed=ever, today=date(2027, 1, 8))
    if ever:
        record_payment(book, 4)
    with pytest.raises(UserMistake, match="丁四 2027-01 的党费还没有核定，没有记下；请先核定"):
        record_payment(book, 4, amount_fen=amount_fen)
    assert len(dues.entries_of_member(book, 4)) == (12 if ever else 0)


KEYED = {
    "payment": lambda book, key: record_payment(book, 1, request_key=key),
    "of another member": lambda book, key: record_payment(book, 2, request_key=key),
    "of another amount": lambda book, key: record_payment(book, 1, amount_fen=50, request_key=key),
    "of another month": lambda book, key: record_payment(book, 1, [DEC], request_key=key),
    "into another pot": lambda book, key: record_payment(book, 1, method="wechat", request_key=key),
    "of another day": lambda book, key: record_payment(book, 1, on_date=date(2026, 11, 5), request_key=key),
    "several": lambda book, key: record_from_many(book, [1, 3], request_key=key),
    "voluntary": lambda book, key: record_voluntary(book, 1, 300, request_key=key),
    "reversal": lambda book, key: reverse(book, [1], "错", request_key=key),
    "another reversal": lambda book, key: reverse(book, [2], "错", request_key=key),
    "remittance": lambda book, key: remit(book, request_key=key),
    "another remittance": lambda book, key: remit(book, 40, request_key=key),
    "returned": lambda book, key: record_fund(book, "returned", 500, request_key=key),
    "used": lambda book, key: record_fund(book, "used", 500, request_key=key),
}


@pytest.mark.parametrize("first", ["payment", "several", "voluntary", "reversal", "remittance", "returned"])
def test_a_key_answers_its_own_request_and_refuses_every_other(book, first):
    record_payment(book, 4, [NOV])
    record_payment(book, 5, [NOV])
    before = KEYED[first](book, "k1")
    assert KEYED[first](book, "k1").entries == before.entries
    for other in KEYED.keys() - {first}:
        with pytest.raises(
            UserMistake, match=r"^标识「k1」已经用在第 3 笔（.*元），这次和它不同，没有记下；请换一个标识。$"
        ):
            KEYED[other](book, "k1")
    assert len(book.rows("SELECT id FROM dues_entry")) == 2 + len(before.entries)


@pytest.mark.parametrize(
    ("day", "there"), [(date(2026, 10, 31), "0.50"), (date(2026, 11, 5), None), (date(2026, 11, 6), None)]
)
def test_a_hand_over_before_the_money_was_there_is_told(book, day, there):
    record_payment(book, 1, [Month(2026, 10)], on_date=date(2026, 10, 30))
    record_payment(book, 4, [NOV], on_date=date(2026, 11, 5))
    warnings = remit(book, receipt_no="77", on_date=day).warnings
    told = f"{day} 在手只有 {there} 元，却上缴了 12.23 元；日期写错的请冲正后重记。"
    assert warnings == ((told,) if there else ())


def test_a_fund_that_was_used_and_is_taken_back_is_told(book):
    first = record_fund(book, "returned", 500).entries[0].id
    second = record_fund(book, "returned", 200).entries[0].id
    record_fund(book, "used", 300)
    assert reverse(book, [second], "错").warnings == ()
    assert reverse(book, [first], "错").warnings == (
        "返还的党费成了 -3.00 元：冲正的钱已经使用，请核对使用的那一笔，或补登返还。",
    )
