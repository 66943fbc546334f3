"""Members as they were: marks of a past month, the fiftieth year in the party, entries and exits."""

from datetime import date

import pytest
from tests.conftest import TODAY

from partyday_tui.clock import Clock
from partyday_tui.store.member_facts import _TURNS, members_of
from partyday_tui.store.members import members_on


def day(text):
    return date.fromisoformat(f"2026-{text}")


def change(book, text, sql):
    """Change the roster on a day of 2026."""
    book.clock = Clock(day(text))
    with book.act("改名册") as act:
        act.connection.execute(sql)
    book.clock = Clock(TODAY)


@pytest.fixture
def roster(book):
    change(
        book,
        "01-05",
        "INSERT INTO member (id, name, kind, post, joined_on) VALUES (1, '罗有秀', 'full', '书记', '1996-07'), "
        "(2, '张军', 'full', '', '1976-08-20'), (3, '李桂英', 'full', '', '1970'), (4, '王小军', 'full', '', NULL)",
    )
    return book


def on(book, text, member_id, year=2026):
    """The one row of a member on a day."""
    found = [it for it in members_of(book, year) if it.id == member_id and it.in_branch(day(text))]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("column", "value", "mark", "before", "after"),
    [
        ("floating", 1, "floating", False, True),
        ("infirm", 1, "infirm", False, True),
        ("hardship", 1, "hardship", False, True),
        ("leading_cadre", 1, "leading_cadre", False, True),
        ("post", "'组织委员'", "committee", False, True),
        ("dues_category", "'retired'", "retired", False, True),
    ],
)
def test_a_mark_holds_from_the_day_it_was_made(roster, column, value, mark, before, after):
    change(roster, "09-10", f"UPDATE member SET {column} = {value} WHERE id = 2")
    assert getattr(on(roster, "09-09", 2), mark) is before
    assert getattr(on(roster, "09-10", 2), mark) is after
    assert getattr(on(roster, "11-06", 2), mark) is after


def test_a_mark_that_comes_and_goes_is_told_for_each_time(roster):
    change(roster, "03-02", "UPDATE member SET floating = 1 WHERE id = 4")
    change(roster, "06-15", "UPDATE member SET floating = 0 WHERE id = 4")
    change(roster, "09-01", "UPDATE member SET floating = 1 WHERE id = 4")
    change(roster, "09-01", "UPDATE member SET floating = 0 WHERE id = 4")
    told = {text: on(roster, text, 4).floating for text in ("02-28", "03-31", "06-30", "08-31", "09-30")}
    assert told == {"02-28": False, "03-31": True, "06-30": False, "08-31": False, "09-30": False}


def test_the_past_of_another_year_is_not_touched_by_this_one(roster):
    change(roster, "09-10", "UPDATE member SET floating = 1 WHERE id = 4")
    assert [it.floating for it in members_of(roster, 2025) if it.id == 4 and it.in_branch(date(2025, 12, 31))] == [
        False
    ]
    assert [it.floating for it in members_of(roster, 2027) if it.id == 4] == [True]


@pytest.mark.parametrize(
    ("member_id", "text", "veteran"),
    [(2, "08-19", False), (2, "08-20", True), (3, "01-01", True), (1, "12-31", False), (4, "12-31", False)],
)
def test_a_veteran_has_been_in_the_party_for_fifty_years(roster, member_id, text, veteran):
    assert on(roster, text, member_id).veteran is veteran


def test_somebody_of_29_february_is_a_veteran_from_1_march(roster):
    change(roster, "02-01", "UPDATE member SET joined_on = '1976-02-29' WHERE id = 2")
    assert [on(roster, text, 2).veteran for text in ("02-28", "03-01")] == [False, True]


def test_who_came_and_who_left(roster):
    change(roster, "04-01", "INSERT INTO movement (member_id, kind, on_date) VALUES (2, 'transfer_out', '2026-05-10')")
    change(roster, "04-02", "INSERT INTO movement (member_id, kind, on_date) VALUES (4, 'transfer_in', '2026-03-10')")
    spells = {it.id: (it.since, it.until) for it in members_of(roster, 2026)}
    assert spells[2] == (date(1976, 8, 20), day("05-09"))
    assert spells[4] == (day("03-10"), None)
    assert 2 not in {it.id for it in members_of(roster, 2027)}
    assert 4 not in {it.id for it in members_of(roster, 2025)}


IN, OUT = "transfer_in", "transfer_out"


@pytest.mark.parametrize(
    "moves",
    [
        [("2026-03-10", OUT), ("2026-06-01", IN)],
        [("2026-03-10", OUT), ("2026-03-10", IN)],
        [("2020-01-01", IN), ("2026-02-01", OUT), ("2026-05-01", IN), ("2026-09-01", OUT)],
        [("2025-12-01", OUT), ("2026-05-01", "restored")],
        [("2026-05-01", IN), ("2026-07-01", "restored"), ("2026-08-01", OUT)],
        [("2026-05-01", OUT), ("2027-02-01", IN)],
        [("2024-05-01", OUT), ("2025-02-01", IN), ("2025-03-01", "died")],
    ],
)
def test_who_left_and_came_back_belongs_on_just_the_days_that_the_roster_says(roster, moves):
    with roster.act("变动") as act:
        act.connection.executemany(
            "INSERT INTO movement (member_id, kind, on_date) VALUES (2, ?, ?)", [(kind, on) for on, kind in moves]
        )
    facts = [it for it in members_of(roster, 2026) if it.id == 2]
    for ordinal in range(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1):
        today = date.fromordinal(ordinal)
        expected = any(it.id == 2 for it in members_on(roster, today))
        assert sum(it.in_branch(today) for it in facts) == expected, today


def test_only_the_marks_of_the_year_are_read_and_by_their_own_index(book):
    plan = "\n".join(row[3] for row in book.rows(f"EXPLAIN QUERY PLAN {_TURNS}", ("2026-01-01",)))
    assert "change_of_member_mark (act_id>?)" in plan
    assert "act_by_day (day>?)" in plan
