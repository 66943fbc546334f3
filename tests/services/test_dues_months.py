"""Month close, hand-over, publication and the line for the meeting."""

from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_handover import fund_fen, record_fund, remit
from partyday_tui.services.dues_months import (
    Noted,
    close_draft,
    close_month,
    closed_month,
    meeting_line,
    month_figures,
    note_members,
)
from partyday_tui.services.dues_publish import record_publication, year_sheet
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.dues_table import cash_in_hand, collection_list

OCT, NOV = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def test_a_close_settles_each_member(book):
    record_payment(book, 1, [OCT])
    record_payment(book, 2, [OCT], amount_fen=20)
    draft = close_draft(book, OCT)
    assert [row.member_name for row in draft.undecided] == ["白二", "曹三", "丁四", "冯五"]
    with pytest.raises(UserMistake, match="白二、曹三、丁四"):
        close_month(book, OCT, {5: Noted("unpaid")})
    with pytest.raises(UserMistake, match="写明原因"):
        close_month(book, OCT, {3: Noted("deferred")}, rest_unpaid=True)
    close_month(book, OCT, {3: Noted("deferred", "外出务工")}, rest_unpaid=True, counted_fen=70)
    close, rows = closed_month(book, OCT)
    assert [(row.member_name, row.state, row.paid_fen, row.reason) for row in rows] == [
        ("安一", "paid", 50, ""),
        ("白二", "unpaid", 20, ""),
        ("曹三", "deferred", 0, "外出务工"),
        ("丁四", "unpaid", 0, ""),
        ("冯五", "unpaid", 0, ""),
    ]
    assert (close.ledger_fen, close.counted_fen, close.through) == (70, 70, "2026-10-31")


def test_a_reason_on_file_is_told_with_the_run(book):
    record_payment(book, 3, [Month(2026, month) for month in range(1, 8)])
    close_month(book, OCT, {3: Noted("deferred", "外出务工")}, rest_unpaid=True)
    row = next(row for row in collection_list(book, NOV).rows if row.member_id == 3)
    assert row.running == 3 and "其中 1 个月已登记缓交理由" in row.sentence


def test_the_cash_counted_is_held_against_the_ledger(book):
    record_payment(book, 1, [OCT])
    with pytest.raises(UserMistake, match=r"少 0\.20 元"):
        close_month(book, OCT, {}, rest_unpaid=True, counted_fen=30)
    close = close_month(book, OCT, {}, rest_unpaid=True, counted_fen=30, difference_reason="找零时少收")
    assert (close.counted_fen, close.difference_reason) == (30, "找零时少收")


@pytest.mark.parametrize(
    ("month", "words"), [(Month(2026, 12), "还没有到"), (OCT, "已经月结"), (Month(2026, 9), "已经月结")]
)
def test_a_month_is_closed_once_and_in_order(book, month, words):
    close_month(book, OCT, {}, rest_unpaid=True)
    with pytest.raises(UserMistake, match=words):
        close_month(book, month, {}, rest_unpaid=True)


def test_a_gap_before_the_month_is_warned_of(book):
    close_month(book, Month(2026, 8), {}, rest_unpaid=True)
    assert "2026-09" in close_draft(book, OCT).warnings[0]
    assert close_draft(book, Month(2026, 9)).warnings == ()


def test_hand_over_in_part_and_whole(book):
    record_payment(book, 5, on_date=date(2026, 11, 5))
    part = remit(book, 10_000, receipt_no="77", on_date=date(2026, 11, 5))
    assert (part.entries[0].receipt_no, part.warnings) == ("77", ())
    with pytest.raises(UserMistake, match="不得垫交"):
        remit(book, 7_689, receipt_no="78")
    whole = remit(book)
    assert whole.amount_fen == 7_688 and "收据号" in whole.warnings[0]
    assert cash_in_hand(book).in_hand_fen == 0
    with pytest.raises(UserMistake, match="没有未上缴"):
        remit(book)
    reverse(book, [whole.entries[0].id], "没交成")
    assert cash_in_hand(book).in_hand_fen == 7_688


def test_a_hand_over_takes_from_the_pots_what_is_there_and_no_more(book):
    record_payment(book, 1, [NOV], method="proxy", payer="安一之子")
    record_payment(book, 2, [NOV], method="wechat")
    record_payment(book, 3, [NOV], method="transfer")
    with pytest.raises(UserMistake, match=r"微信在手只有 0\.50 元，不够上缴 0\.51 元"):
        remit(book, 51, method="wechat")
    with pytest.raises(UserMistake, match=r"账上在手只有 1\.50 元，不够上缴 1\.51 元"):
        remit(book, 151)
    with pytest.raises(UserMistake, match="没有「proxy」这一项"):
        remit(book, 50, method="proxy")
    part = remit(book, 70, receipt_no="77")
    assert [(entry.method, entry.amount_fen) for entry in part.entries] == [("cash", 50), ("wechat", 20)]
    with pytest.raises(UserMistake, match="现金一项没有"):
        remit(book, 1, method="cash")
    remit(book, 30, method="wechat", receipt_no="78")
    assert remit(book, receipt_no="79").amount_fen == 50
    cash = cash_in_hand(book)
    assert cash.in_hand_fen == 0 and set(cash.by_method.values()) == {0}


def test_what_is_noted_before_the_close_is_on_the_disk_and_closed_with(book):
    record_payment(book, 1, [OCT])
    note_members(book, OCT, {2: Noted("deferred", "外出务工"), 3: Noted("unpaid"), 4: Noted("unpaid")})
    note_members(book, OCT, {4: None})
    states = {row.member_name: (row.state, row.reason) for row in close_draft(book, OCT).rows}
    assert states == {
        "安一": ("paid", ""), "白二": ("deferred", "外出务工"), "曹三": ("unpaid", ""), "丁四": ("", ""), "冯五": ("", ""),
    }  # fmt: skip
    record_payment(book, 2, [OCT])
    with pytest.raises(UserMistake, match="丁四、冯五"):
        close_month(book, OCT, {})
    close_month(book, OCT, {4: Noted("deferred", "住院")}, rest_unpaid=True)
    assert [row.state for row in closed_month(book, OCT)[1]] == ["paid", "paid", "unpaid", "deferred", "unpaid"]
    with pytest.raises(UserMistake, match="已经月结"):
        note_members(book, OCT, {3: Noted("unpaid")})
    with pytest.raises(UserMistake, match="写明原因"):
        note_members(book, NOV, {3: Noted("deferred", " ")})


def test_money_that_comes_back_is_never_in_the_cash_box(book):
    record_fund(book, "returned", 5_000, note="离退休返还")
    with pytest.raises(UserMistake, match=r"还剩 50\.00 元"):
        record_fund(book, "used", 5_001)
    record_fund(book, "used", 2_000, note="慰问")
    assert (fund_fen(book), cash_in_hand(book).in_hand_fen) == (3_000, 0)


def test_the_line_for_the_meeting(book):
    record_payment(book, 1)
    record_payment(book, 4)
    remit(book, 550, receipt_no="77")
    assert meeting_line(book, NOV) == (
        "11月应交党费5人、29.31元，已交2人、12.23元，未交清3人，到本月累计欠交187.88元，今年已上缴5.50元，在手129.03元。"
    )
    figures = month_figures(book, NOV)
    assert figures.collected_fen == 550 + 11 * 1173 == figures.in_hand_fen + figures.remitted_fen


def test_the_year_is_published_with_its_sums(book):
    record_payment(book, 1)
    with pytest.raises(UserMistake, match="在今天以后"):
        record_publication(book, 2026, date(2026, 12, 31))
    with pytest.raises(UserMistake, match="还没有到"):
        record_publication(book, 2027, date(2026, 11, 6))
    record_publication(book, 2026, date(2026, 11, 6), "党务公开栏")
    sheet = year_sheet(book, 2026)
    assert [(each.category, each.heads, each.due_fen, each.paid_fen) for each in sheet.categories] == [
        ("wage", 1, 14_076, 0),
        ("retired", 1, 19_296, 0),
        ("farmer", 3, 1_800, 550),
    ]
    assert (sheet.collected_fen, sheet.by_kind) == (550, {"back": 500, "dues": 50})
    assert [(each.published_on, each.collected_fen) for each in sheet.published] == [("2026-11-06", 550)]
