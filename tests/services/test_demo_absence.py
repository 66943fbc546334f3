"""The demo branch's absences: every book behind the follow-up has something to show."""

from partyday_tui.clock import Clock
from partyday_tui.rules.attendance import case_state
from partyday_tui.rules.month import Month
from partyday_tui.services import absence_runs, care, cases, leave, make_up
from partyday_tui.services.books import open_existing
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.services.roll import event_to_call, read_roll


def test_a_year_of_absences(tmp_path):
    path = tmp_path / "demo.db"
    make_demo(path, Clock(DEMO_DAY))
    book = open_existing(path, Clock(DEMO_DAY))
    try:
        states = {case_state(it) for it in cases.cases_of_year(book, 2026)}
        assert {"已办结", "待补课", "待联系、通报、补课", "待联系、原因、通报、补课"} <= states
        waiting = cases.open_cases(book)
        assert waiting and [it.on for it in waiting] == sorted(it.on for it in waiting)
        assert [(it.name, it.run.count, it.talk_due) for it in absence_runs.prompts(book)] == [("曹春娟", 2, True)]
        slips = leave.slips_of_year(book, 2026)
        assert {it.form for it in slips} == {"written", "oral"} and leave.without_slip(book, 2026)
        assert len(read_roll(book, event_to_call(book)).proposals) == 3, "today's roll has slips to propose"
        lessons = make_up.lessons_of_year(book, 2026)
        assert any(it.archive_no for it in lessons) and not all(it.archive_no for it in lessons)
        assert any(len({(s.event_id, s.member_id) for s in it.served}) > 1 for it in lessons)
        assert care.unreached(book, Month(2026, 10)) and care.unreached(book, Month(2026, 11))
    finally:
        book.close()
