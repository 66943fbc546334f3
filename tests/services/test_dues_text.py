"""Every text that dues keep passes the gate: cleaned, or refused in one sentence; never a failure of the database."""

from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import Decision, Relief, assess_member, set_term
from partyday_tui.services.dues_away import set_away
from partyday_tui.services.dues_collect import record_payment, record_voluntary
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import Noted, close_month
from partyday_tui.services.dues_publish import record_publication
from partyday_tui.services.dues_reverse import reverse

NOV = [Month(2026, 11)]
DAY = date(2026, 11, 6)


def acts(text):
    relief = {"monthly_fen": 0, "reason": "重病"}
    yield lambda book: record_payment(book, 1, NOV, note=text, taken_by=text)
    yield lambda book: record_payment(book, 2, NOV, method="proxy", payer=text)
    yield lambda book: record_payment(book, 3, NOV, request_key=text)
    yield lambda book: record_voluntary(book, 1, 50, note=text)
    yield lambda book: remit(book, 1, receipt_no=text, note=text)
    yield lambda book: reverse(book, [1], text)
    yield lambda book: set_term(book, 1, Month(2026, 1), None, text)
    yield lambda book: set_away(book, 1, Month(2026, 1), None, text)
    yield lambda book: assess_member(book, 2026, Decision(1, "farmer", reason=text, approved_by=text))
    yield lambda book: assess_member(book, 2026, Decision(2, "farmer", relief=Relief(text, text, DAY), **relief))
    yield lambda book: record_publication(book, 2026, DAY, text)
    yield lambda book: close_month(
        book, Month(2026, 10), {1: Noted("deferred", text)}, rest_unpaid=True, counted_fen=7, difference_reason=text
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "张[/foo]三", "a\x00\x1b[31m\u202eb", "\u200b", "长" * 201, "两\n行", "\ud800", "%'\""]
)
def test_hostile_text_is_cleaned_or_refused(book_path, text):
    book = dues_branch(book_path)
    record_payment(book, 5, NOV)
    for act in acts(text):
        try:
            act(book)
        except UserMistake as mistake:
            assert "没有接受" not in mistake.sentence and mistake.sentence.endswith("。")
    for table in ("dues_entry", "dues_assessment", "dues_term", "dues_away", "dues_close_row", "dues_publication"):
        kept = "".join(str(value) for row in book.rows(f"SELECT * FROM {table}") for value in row)
        assert not set(kept) & set("\x00\x1b\u202e\u200b\n")
    book.close()
