"""What a month still lacks: named with its way while it is open, gone once it is settled."""

from datetime import date

import pytest
from tests.absence_branch import KEYS, fill, hold
from tests.dues_branch import dues_branch

from partyday_tui.rules.gaps import GAP_WORDS
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.services.cases import Visit, write_visit
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.ui.keys import PLACES

NOV = Month(2026, 11)


def told(book, key, month=NOV):
    return [gap.words for gap in month_gaps(book, month) if gap.key == key]


def test_a_roll_is_missing_until_it_has_ended_and_then_its_absent_are(book):
    fill(book)
    event = hold(book, marks={"仇伟": None}, rest=Status.PRESENT, close=False)
    assert [(gap.words, gap.where, gap.target) for gap in month_gaps(book, NOV) if gap.key == "roll"] == [
        ("2026-11-06 主题党日点名没有结束", "roll", event.id)
    ]
    assert told(book, "case") == []


def test_an_open_case_is_named_until_it_is_settled(book):
    fill(book)
    event = hold(book, marks={"仇伟": Status.ABSENT}, rest=Status.PRESENT)
    assert told(book, "roll") == []
    assert told(book, "case") == ["1人次没有办完：仇伟"]
    assert told(book, "case", NOV.previous) == [], "each month has its own"
    write_visit(book, [(event.id, KEYS["仇伟"])], Visit(date(2026, 11, 6), "上门", "罗有秀", reason_class="因病"))
    assert told(book, "case") == ["1人次没有办完：仇伟"], "the make-up is still open"


def test_dues_are_missing_until_paid_and_until_the_month_is_closed(book_path):
    book = dues_branch(book_path)
    assert told(book, "close") == ["2026-11 还没有月结"]
    before = told(book, "dues")[0]
    record_payment(book, 1, [NOV])
    after = told(book, "dues")[0]
    assert "安一" in before and "安一" not in after
    close_month(book, NOV, {}, rest_unpaid=True)
    assert told(book, "close") == [] and "没有交清" in told(book, "dues")[0], "the unpaid stay named"
    book.close()


@pytest.mark.parametrize("month", [Month(2026, month) for month in (3, 10, 11, 12)])
def test_each_gap_of_the_demo_has_words_a_kind_and_a_place(demo, month):
    places = {place.where for place in PLACES} | {"roll", "event"}
    for gap in month_gaps(demo, month):
        assert gap.words and gap.line.startswith(GAP_WORDS[gap.key]) and gap.where in places


def test_what_is_not_due_yet_is_no_gap(demo):
    december = [gap.words for gap in month_gaps(demo, Month(2026, 12))]
    assert not [words for words in december if "12月主题党日" in words]
