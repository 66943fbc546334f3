"""Assessing many at once: the village of D9, a book begun in mid-year, who is left for another way."""

from datetime import date

import pytest
from tests.dues_branch import APPROVED, dues_branch

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.books import make_book
from partyday_tui.services.dues_assess import Decision, assess_member, assessment_sheet
from partyday_tui.services.dues_assess_many import assess_fixed, fixed_decisions, month_to_begin, waiting_for
from partyday_tui.services.dues_ledger import member_card, year_grid
from partyday_tui.services.dues_months import close_draft
from partyday_tui.services.dues_publish import year_sheet
from partyday_tui.services.dues_table import collection_list

JAN, NOV = Month(2026, 1), Month(2026, 11)


def village(path, today, categories):
    """A book with a member for each category ('' for none), keys from 1 on."""
    book = make_book(path, Clock(today), name="汪村党支部", preset="rural_community", secretary="罗有秀")
    with book.act("准备") as act:
        act.connection.executemany(
            "INSERT INTO member (name, reading, kind, joined_on, dues_category) VALUES (?, ?, 'full', ?, ?)",
            [(f"党员{key}", f"{key:03}", "2001-06", category) for key, category in enumerate(categories, 1)],
        )
    return book


def fixed(book, begins, **named):
    return assess_fixed(book, begins.year, fixed_decisions(book, begins.year, begins, **APPROVED, **named))


def test_forty_four_farmers_in_one_act_are_264_yuan_a_year(book_path):
    book = village(book_path, date(2026, 1, 9), ["farmer"] * 44)
    acts = book.rows("SELECT count(*) FROM act")[0][0]
    assert len(fixed(book, month_to_begin(book, 2026))) == 44
    assert book.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    sheet = year_sheet(book, 2026)
    assert [(each.category, each.heads, each.due_fen) for each in sheet.categories] == [("farmer", 44, 26_400)]
    assert fixed(book, JAN) == [], "nobody is assessed twice"
    book.close()


def test_each_goes_by_the_category_on_the_roster_and_nobody_is_guessed(book_path):
    book = village(book_path, date(2026, 1, 9), ["farmer", "student", "relief", "wage", "", ""])
    waiting = waiting_for(book, 2026)
    heads = {category: len(rows) for category, rows in waiting.fixed.items()}
    assert heads == {"farmer": 1, "student": 1, "relief": 1}
    assert ([row.payer.id for row in waiting.by_income], [row.payer.id for row in waiting.unnamed]) == ([4], [5, 6])
    assert [each.assessment.monthly_fen for each in fixed(book, JAN)] == [50, 20, 20]
    written = fixed(book, JAN, unnamed_as="farmer")
    assert [(each.assessment.member_id, each.assessment.category) for each in written] == [(5, "farmer"), (6, "farmer")]
    book.close()


def test_those_assessed_last_year_are_left_for_the_carry_over(book_path):
    book = dues_branch(book_path)
    assert [row.payer.id for row in waiting_for(book, 2027).as_before] == [1, 2, 3, 4, 5]
    assert fixed(book, Month(2027, 1), unnamed_as="farmer") == []
    book.close()


@pytest.mark.parametrize(
    ("today", "written", "begins"),
    [
        (date(2026, 11, 6), {}, "2026-11"),
        (date(2026, 1, 9), {}, "2026-01"),
        (date(2026, 11, 6), {1: (2026, 4), 2: (2026, 9), 3: (2026, 9)}, "2026-09"),
        (date(2026, 11, 6), {1: (2025, 1)}, "2026-01"),
    ],
)
def test_the_month_proposed_is_that_of_the_others_and_in_a_new_book_this_one(book_path, today, written, begins):
    book = village(book_path, today, ["farmer"] * 4)
    for key, (year, month) in written.items():
        assess_member(book, year, Decision(key, "farmer", valid_from=Month(year, month), **APPROVED))
    assert str(month_to_begin(book, 2026)) == begins
    book.close()


def test_a_book_begun_in_november_owes_nothing_for_the_months_on_paper(book_path):
    book = village(book_path, date(2026, 11, 6), ["farmer"] * 3)
    assert fixed(book, month_to_begin(book, 2026))[0].warnings == ()
    with book.act("入党") as act:
        act.connection.execute("UPDATE member SET joined_on = '2026-12-01' WHERE id = 3")
    assert {row.to_pay_fen for row in collection_list(book, NOV).rows} == {50}
    assert year_grid(book, 2026).rows[0].due == (0,) * 10 + (50, 50)
    assert member_card(book, 1)[1].unassessed == ()
    assert not close_draft(book, NOV).warnings
    told = assess_member(book, 2026, Decision(1, "farmer", valid_from=Month(2026, 4), reason="4月起没有交", **APPROVED))
    assert told.assessment.valid_from == "2026-04"
    assert collection_list(book, NOV).rows[0].running == 7, "and arrears of before are written for whom there are any"
    assert year_grid(book, 2026).rows[1].due[3] == 0
    book.close()


def test_a_year_that_was_kept_before_still_shows_what_is_not_assessed(book_path):
    book = village(book_path, date(2026, 11, 6), ["farmer"] * 2)
    assess_member(book, 2025, Decision(1, "farmer", **APPROVED))
    for key in (1, 2):
        told = assess_member(book, 2026, Decision(key, "farmer", valid_from=Month(2026, 5), **APPROVED)).warnings
        assert any("2026-05 到 2026-10 没有交的都算往月欠" in each for each in told)
    grid = {row.payer.id: row.due for row in year_grid(book, 2026).rows}
    assert (grid[1][:4], grid[2][:4]) == ((None,) * 4, (0,) * 4)
    book.close()


def test_who_joined_later_begins_with_the_month_of_joining(book_path):
    book = village(book_path, date(2026, 11, 6), ["farmer"] * 2)
    with book.act("入党") as act:
        act.connection.execute("UPDATE member SET joined_on = '2026-07-01' WHERE id = 2")
    fixed(book, Month(2026, 3))
    assert [row.current.valid_from for row in assessment_sheet(book, 2026)] == ["2026-03", "2026-07"]
    book.close()
