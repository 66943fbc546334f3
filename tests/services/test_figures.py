"""The figures of a span are those of the screens, and those that independent SQL finds in the demo's file."""

import json
from datetime import date

import pytest
from tests.absence_branch import fill, hold, mark

from partyday_tui.__main__ import main
from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.excel.finish import finish
from partyday_tui.excel.named_sheet import read_sheet
from partyday_tui.excel.page import print_form
from partyday_tui.rules.figures import SHEET, figures_of
from partyday_tui.rules.month import Month, months
from partyday_tui.rules.roll import Status
from partyday_tui.services.cases import open_cases
from partyday_tui.services.dues_months import month_figures
from partyday_tui.services.figures import branch_figures
from partyday_tui.services.self_check import read_check
from partyday_tui.services.sheets.figures import figures_form
from partyday_tui.store.events import insert_event

SPANS = [
    ("2026-01", "2026-12"),
    ("2026-10", "2026-10"),
    ("2026-07", "2026-09"),
    ("2025-07", "2026-06"),
    ("2024-01", "2024-12"),
]
BETWEEN = "BETWEEN ?1 || '-01' AND ?2 || '-31'"
PARTY_DAYS = "FROM event e JOIN event_kind k ON k.event_id = e.id AND k.kind = 'party_day'"
ROLLS = f"{PARTY_DAYS} JOIN roll_entry r ON r.event_id = e.id WHERE e.on_date {BETWEEN}"
CALLED = "EXISTS (SELECT 1 FROM roll_entry c WHERE c.event_id = e.id AND c.status IS NOT NULL)"
CAME = "r.status IN ('present', 'late')"
DUE = """SELECT sum(a.monthly_fen) FROM dues_assessment a JOIN member m ON m.id = a.member_id WHERE a.id =
  (SELECT id FROM dues_assessment b WHERE b.member_id = a.member_id AND b.valid_from <= ?1 AND b.year = substr(?1, 1, 4) + 0
   ORDER BY valid_from DESC, id DESC LIMIT 1)
  AND substr(coalesce(m.joined_on, ''), 1, 7) <= ?1 AND NOT EXISTS (SELECT 1 FROM movement x WHERE x.member_id = m.id
   AND (substr(x.on_date, 1, 7) < ?1 OR x.kind = 'died' AND substr(x.on_date, 1, 7) = ?1))"""
LACKS = "NOT EXISTS (SELECT 1 FROM case_step s WHERE s.event_id = e.id AND s.member_id = r.member_id AND s.reached AND s.step = {})"
OPEN_CASES = f"""SELECT count(*) FROM roll_entry r JOIN event e ON e.id = r.event_id JOIN roll_close c ON c.event_id = e.id
  WHERE r.status IN ('leave', 'absent') AND e.on_date {BETWEEN} AND (NOT EXISTS
   (SELECT 1 FROM make_up_case u WHERE u.event_id = e.id AND u.member_id = r.member_id)
   OR {LACKS.format("'contact'")} OR {LACKS.format("'brief'")})"""
BY_SQL = {
    "planned": f"SELECT count(*) {PARTY_DAYS} WHERE coalesce(e.on_date, e.month || '-01') {BETWEEN}",
    "held": f"SELECT count(*) {PARTY_DAYS} WHERE e.on_date {BETWEEN} AND {CALLED}",
    "called": f"SELECT count(*) {PARTY_DAYS} WHERE e.on_date {BETWEEN} AND {CALLED}",
    "expected": f"SELECT count(*) {ROLLS} AND {CALLED}",
    "came": f"SELECT count(*) {ROLLS} AND {CAME}",
    "deducted": f"SELECT count(*) {ROLLS} AND {CALLED} AND (r.floating OR r.infirm) AND NOT coalesce({CAME}, 0)",
    "collected_fen": f"SELECT sum(amount_fen) FROM dues_entry WHERE on_date {BETWEEN} AND kind NOT IN ('remittance', 'returned', 'used')",
    "remitted_fen": f"SELECT sum(amount_fen) FROM dues_entry WHERE on_date {BETWEEN} AND kind = 'remittance'",
    "open_cases": OPEN_CASES,
    "reviews": "SELECT count(DISTINCT r.event_id) FROM review r JOIN event e ON e.id = r.event_id JOIN review_ballots b "
    f"ON b.event_id = r.event_id AND b.returned > 0 WHERE e.on_date {BETWEEN}",
    "revision": "SELECT max(id) FROM act WHERE ?1 <= ?2",
}  # fmt: skip


def span(first, last):
    return Month.parse(first), Month.parse(last)


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_every_figure_is_what_sql_finds(demo, ask, first, last):
    found = branch_figures(demo, *span(first, last))
    for key, sql in BY_SQL.items():
        ((number,),) = ask(sql, first, last)
        assert getattr(found, key) == (number or 0), key
    due = [ask(DUE, str(month))[0][0] or 0 for month in months(*found.span)]
    assert found.due_fen == sum(due)
    ((key, name, superior),) = ask("SELECT book_key, name, superior FROM branch")
    assert (found.book_key, found.branch, found.superior) == (key, name, superior)
    assert found.made_on == demo.clock.today
    assert found.preset == "农村（社区）党支部"


def test_something_was_there_to_be_counted(demo):
    found = branch_figures(demo, *span("2026-01", "2026-12"))
    assert all(getattr(found, key) for key in (*BY_SQL, "due_fen", "overdue"))


@pytest.mark.parametrize("month", ["2026-03", "2026-08", "2026-10"])
def test_a_month_is_what_its_screens_say(demo, month):
    at = Month.parse(month)
    found, dues = branch_figures(demo, at, at), month_figures(demo, at)
    assert (found.due_fen, found.collected_fen, found.remitted_fen) == (
        dues.due_fen,
        dues.collected_fen,
        dues.remitted_fen,
    )
    assert found.open_cases == sum(case.on in at for case in open_cases(demo))


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        ("2026-10", "2026-10", "month"),
        ("2026-07", "2026-09", "quarter"),
        ("2026-10", "2026-12", "quarter"),
        ("2026-01", "2026-12", "year"),
    ],
)
def test_the_duties_that_are_late_are_those_of_the_self_check(demo, first, last, word):
    check = read_check(demo, word, Month.parse(last))
    assert branch_figures(demo, *span(first, last)).overdue == check.counts.get("逾期", 0) > 0


@pytest.mark.parametrize("words", [("--year", "2026"), ("--year", "2026", "--month", "10")])
def test_the_duties_that_are_late_are_those_of_the_command_line(demo, capsys, words):
    last = Month(2026, 10) if "--month" in words else Month(2026, 12)
    first = last if "--month" in words else Month(2026, 1)
    found, path, today = branch_figures(demo, first, last), demo.path, str(demo.clock.today)
    demo.close()
    assert main(["--book", str(path), "--today", today, "duties", *words, "--json"]) == 0
    late = [duty for duty in json.loads(capsys.readouterr().out) if duty["state"] == "逾期"]
    assert found.overdue == len(late) > 0


def test_months_add_up_to_their_year_but_for_the_duties(demo):
    year = branch_figures(demo, *span("2026-01", "2026-12"))
    each = [branch_figures(demo, month, month) for month in months(*year.span)]
    for key in (*BY_SQL, "due_fen"):
        if key != "revision":
            assert getattr(year, key) == sum(getattr(it, key) for it in each), key


def test_a_party_day_counts_by_its_day_and_one_without_a_day_in_its_month_of_the_plan(book):
    fill(book)
    hold(book, date(2026, 10, 9), {"仇伟": Status.ABSENT, "万民丽": Status.LEAVE})
    hold(book, date(2026, 10, 10), kind="lesson")
    with book.act("准备", with_session=True) as act:
        insert_event(act, {"month": "2026-11", "on_date": "2026-10-31"}, frozenset({"party_day"}))
        insert_event(act, {"month": "2027-01", "on_date": "2026-12-31"}, frozenset({"party_day"}))
        insert_event(act, {"month": "2026-10"}, frozenset({"party_day"}))
        insert_event(act, {"month": "2026-10", "on_date": "2026-11-02"}, frozenset({"lesson"}))
        talked = insert_event(act, {"month": "2026-10", "on_date": "2026-10-30"}, frozenset({"party_day"}))
        act.connection.execute("INSERT INTO event_record (event_id, minutes) VALUES (?, '议')", (talked,))
    found = branch_figures(book, *span("2026-10", "2026-10"))
    assert (found.planned, found.held, found.called) == (4, 2, 1)
    assert (found.expected, found.came, found.deducted, found.open_cases) == (12, 10, 1, 2)
    assert branch_figures(book, *span("2026-11", "2026-11")).planned == 0
    assert branch_figures(book, *span("2026-12", "2026-12")).planned == 1


def test_a_correction_is_counted_anew_and_makes_a_later_revision(book):
    fill(book)
    event = hold(book, date(2026, 10, 9), {"仇伟": Status.ABSENT})
    before = branch_figures(book, *span("2026-10", "2026-10"))
    mark(book, event, "仇伟", Status.PRESENT)
    after = branch_figures(book, *span("2026-10", "2026-10"))
    assert (before.came, before.open_cases) == (11, 1)
    assert (after.came, after.open_cases) == (12, 0)
    assert after.revision > before.revision


def test_an_empty_book_has_figures_without_rates(book):
    found = branch_figures(book, *span("2026-10", "2026-10"))
    assert (found.planned, found.expected, found.due_fen, found.rate, found.rate_after_deductions) == (
        0,
        0,
        0,
        None,
        None,
    )


@pytest.mark.parametrize(("first", "last"), [("2026-11", "2026-10"), ("0001-01", "0001-01")])
def test_a_span_that_is_none_is_refused(book, first, last):
    with pytest.raises(UserMistake):
        branch_figures(book, *span(first, last))


def test_the_sheet_read_back_from_a_package_is_the_figures(demo, tmp_path):
    asked = span("2026-01", "2026-12")
    demo.clock = Clock(date(2026, 11, 6))
    path = finish(print_form(figures_form(demo, *asked)), tmp_path, "资料包")
    assert figures_of(read_sheet(path, SHEET)) == branch_figures(demo, *asked)
