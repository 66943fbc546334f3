"""A member's year, recomputed by SQL of its own; the branch's year with both rates; one reading behind screen, sheet and JSON."""

import sqlite3
from datetime import date
from random import Random

import pytest
from openpyxl import load_workbook
from tests.absence_branch import KEYS, NAMES, fill, hold

from partyday_tui.cli.attendance import member_figures
from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import Step
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, Status
from partyday_tui.services import cases, forms, leave, make_up, registers
from partyday_tui.services import member_year as service

STATES = (None, *Status)

# Nothing of the program's own SQL: the year of one member, told from the bare tables.
INDEPENDENT = """
SELECT e.id, e.on_date, r.status,
  CASE WHEN r.status IN ('leave', 'absent') AND EXISTS (SELECT 1 FROM roll_close WHERE event_id = e.id) THEN 1 ELSE 0 END,
  (SELECT min(on_date) FROM case_step s WHERE s.event_id = e.id AND s.member_id = r.member_id AND s.step = 'contact' AND s.reached = 1),
  (SELECT min(on_date) FROM case_step s WHERE s.event_id = e.id AND s.member_id = r.member_id AND s.step = 'brief'),
  (SELECT min(l.on_date) FROM make_up l, make_up_case u WHERE u.make_up_id = l.id AND u.event_id = e.id AND u.member_id = r.member_id),
  (SELECT count(*) FROM leave l WHERE l.member_id = r.member_id AND (l.event_id = e.id OR (l.first_day <= e.on_date AND e.on_date <= l.last_day)))
FROM event e, roll_entry r WHERE r.event_id = e.id AND r.member_id = ? AND e.on_date LIKE ? ORDER BY e.on_date"""


@pytest.fixture
def branch(book):
    """Two years of events with chance marks, steps, lessons and slips."""
    fill(book)
    chance = Random(20261106)
    for year in (2025, 2026):
        for month in range(1, 12):
            marks = {name: chance.choice(STATES) for name in NAMES} | {NAMES[0]: Status.PRESENT}
            event = hold(book, date(year, month, 6), marks, close=chance.random() < 0.8)
            absent = [(event.id, KEYS[name]) for name, it in marks.items() if it in (Status.LEAVE, Status.ABSENT)]
            some = [key for key in absent if chance.random() < 0.6]
            if some:
                cases.write_visit(book, some, cases.Visit(date(year, month, 8), "上门", "罗有秀"))
                reached = chance.random() < 0.5
                cases.write_step(
                    book, some[:1], Step.CONTACT, cases.Visit(date(year, month, 7), "电话", reached=reached)
                )
                if month % 2:
                    make_up.add_lesson(book, some, {"on_date": f"{year}-{month:02d}-12", "form": "自学"})
    for first, last in (("2026-03-01", "2026-05-31"), ("2025-11-01", "2026-01-31")):
        texts = {"first_day": first, "last_day": last, "reason_class": "外出务工", "applied_on": first}
        leave.enter_slip(book, KEYS["仇伟"], None, texts)
    outreach = {"on_date": "2026-06-03", "way": "网络互动", "note": "发了资料"}
    registers.add(book, registers.register_named("outreach"), outreach, [KEYS["仇伟"], KEYS["范德"]])
    talk = {"on_date": "2026-07-03", "topic": "思想", "reason": "无故缺席"}
    registers.add(book, registers.register_named("talk"), talk, [KEYS["仇伟"], KEYS["罗有秀"]])
    return book


def written(book, key, period, folder):
    return forms.export_form(book, forms.asked_for(book, key, period), folder)


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("name", NAMES)
def test_the_year_of_a_member_is_what_the_tables_say(branch, name, year):
    page = service.member_year(branch, KEYS[name], year)

    def iso(on):
        return on.isoformat() if on else None

    shown = [
        (
            it.event_id,
            it.on.isoformat(),
            it.status,
            int(it.is_case),
            iso(it.done_on(Step.CONTACT)),
            iso(it.done_on(Step.BRIEF)),
            iso(it.done_on(Step.MAKE_UP)),
            int(it.leave is not None),
        )
        for it in page.events
    ]
    own = sqlite3.connect(branch.path)
    expected = own.execute(INDEPENDENT, (KEYS[name], f"{year}-%")).fetchall()
    assert shown == [tuple(row) for row in expected] and len(shown) == 11
    of_year = "SELECT count(*) FROM {} WHERE member_id = ? AND on_date LIKE ?"
    assert len(page.outreach) == own.execute(of_year.format("outreach"), (KEYS[name], f"{year}-%")).fetchone()[0]
    counted = own.execute(
        "SELECT count(*), sum(status IN ('present', 'late')), sum(status = 'absent') FROM roll_entry r, event e "
        "WHERE e.id = r.event_id AND member_id = ? AND on_date LIKE ?",
        (KEYS[name], f"{year}-%"),
    ).fetchone()
    own.close()
    assert (page.counts.expected, page.counts.came, page.counts.absent) == (
        counted[0],
        counted[1] or 0,
        counted[2] or 0,
    )


def test_screen_sheet_and_json_are_one_reading(branch, tmp_path):
    page = service.member_year(branch, KEYS["仇伟"], 2026)
    figures = member_figures(page)
    sheet = load_workbook(written(branch, "member-year", "仇伟", tmp_path)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if "出席" in row)
    events = [dict(zip(heads, row, strict=True)) for row in rows if isinstance(row[0], int)][:11]
    words = [STATUS_WORDS[it.status] if it.status else UNMARKED_WORD for it in page.events]
    assert [row["出席"] for row in events] == words
    assert [it["status"] for it in figures["events"]] == [it.status for it in page.events]
    assert [it["on"] for it in figures["outreach"]] == ["2026-06-03"] and [it["topic"] for it in figures["talks"]] == [
        "思想"
    ]
    text = "\n".join(str(value) for row in rows for value in row if value)
    assert "网络互动" in text and "谈话：思想" in text and "应到11次" in text


def test_the_branch_s_year_adds_up_and_lists_who_is_deducted(branch, tmp_path):
    year = service.year_of_all(branch, 2026)
    assert len(year.events) == 11 and len(year.members) == 12
    for event in year.events:
        counts = event.counts
        parts = counts.present + counts.late + counts.leave + counts.absent + counts.other + counts.unmarked
        assert counts.expected == parts == 12 and counts.deducted == len(event.deducted)
        assert {it.name for it in event.deducted} <= {"江良明", "万民丽"}
    assert sum(it.counts.absent for it in year.members) == sum(it.counts.absent for it in year.events)
    assert [it.name for it in year.members][:3] == ["邓金强", "范德", "冯磊发"], "in the order of the roster"
    workbook = load_workbook(written(branch, "attendance-rates", "2026", tmp_path))
    assert workbook.sheetnames == ["各月到会情况", "活动到会率", "扣除名单"]
    rows = [[cell.value for cell in row] for row in workbook["活动到会率"].iter_rows()]
    heads = next(row for row in rows if "到会率" in row)
    body = [dict(zip(heads, row, strict=True)) for row in rows if isinstance(row[0], int)]
    for row, it in zip(body, year.events, strict=True):
        assert (row["到会率"], row["扣除后"]) == pytest.approx((it.counts.rate, it.counts.rate_after_deductions))
    deducted = [row for row in workbook["扣除名单"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(deducted) == sum(it.counts.deducted for it in year.events)


def test_an_unknown_member_is_refused(branch):
    with pytest.raises(UserMistake, match="请重新选"):
        service.member_year(branch, 999, 2026)


def test_a_year_without_events_is_an_empty_page_that_prints(branch, tmp_path):
    assert service.member_year(branch, 1, 2024).events == ()
    for key, period in (
        ("member-year", "1 2024"),
        ("attendance", "2024"),
        ("attendance-rates", "2024"),
        ("make-up", "2024"),
    ):
        assert written(branch, key, period, tmp_path).is_file()
